import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { MoveLoss, MoveMapping, MovePlan } from '#engine/move/plan-types.ts';
import { blocks, code, fence, table as grid, text } from './markdown.ts';
import { loadOrder, numberingStatements, verificationQueries } from './migration-load.ts';
import { PUT_ASIDE, tools, valueRules } from './migration-words.ts';
import { qualifiedName } from './words.ts';

function mappingRows(mappings: readonly MoveMapping[]): string {
  return grid(
    ['From', 'To', 'Verdict', 'Places', 'Why'],
    mappings.map((one) => [
      code(one.from === '' ? one.what : one.from, true),
      one.to === '' ? '' : code(one.to, true),
      one.verdict,
      String(one.count),
      text(
        one.options === undefined
          ? one.reason
          : `${one.reason} (Chosen: ${one.options.find(({ id }) => id === one.chosen)?.label ?? ''}.)`,
      ),
    ]),
  );
}

function conversions({ mappings }: MovePlan): string {
  const types = mappings.filter(({ group }) => group === 'type');
  return types.length === 0 ? 'No column needs another type.' : mappingRows(types);
}

function features({ mappings }: MovePlan): string {
  const others = mappings.filter(({ group }) => group !== 'type');
  return others.length === 0
    ? 'Everything else is the same.'
    : grid(
        ['What', 'From', 'To', 'Verdict', 'Places', 'Why'],
        others.map((one) => [
          text(one.what),
          code(one.from, true),
          code(one.to, true),
          one.verdict,
          String(one.count),
          text(one.reason),
        ]),
      );
}

/** SQL that a loss holds is worth keeping when a person must write it anew. */
function keptTexts(losses: readonly MoveLoss[]): string {
  const kept = losses.filter(
    ({ sql, mapping }) =>
      sql !== undefined &&
      /^lost:(?:object:(?!owner|comment)|constraint:(?:check|domain-check|exclusion)|value:(?:default|generated)|index:(?:expression|predicate))/.test(
        mapping,
      ),
  );
  return blocks(
    ...kept.map((one) => blocks(`**${text(one.feature)}** ${code(one.object)}: ${text(one.reason)}`, fence('sql', one.sql ?? ''))),
  );
}

function lost({ losses }: MovePlan): string {
  if (losses.length === 0) return 'Nothing is lost.';
  return blocks(
    grid(
      ['What', 'Where', 'Why'],
      losses.map((one) => [text(one.feature), code(one.object, true), text(one.reason)]),
    ),
    '### To be written anew',
    keptTexts(losses) || 'None of it holds SQL of its own.',
  );
}

function order({ document }: MovePlan): string {
  const groups = loadOrder(document);
  const lines = groups.map(({ tables, circle }, at) => {
    const names = tables.map((table) => code(qualifiedName(document, table))).join(', ');
    if (circle === undefined) return `${at + 1}. ${names}`;
    const links = circle
      .map((link) => code(link.name ?? `${document.tables[link.child]?.name} -> ${document.tables[link.parent]?.name}`))
      .join(', ');
    return `${at + 1}. ${names}: they refer to each other in a circle. Load them while ${links} ${circle.length === 1 ? 'is' : 'are'} off, or with NULL first and an UPDATE afterwards.`;
  });
  const own = Object.values(document.relationships).filter((link) => link.child === link.parent && link.childColumns.length > 0);
  const selves = [...new Set(own.flatMap((link) => document.tables[link.child] ?? []))].map((table) =>
    code(qualifiedName(document, table)),
  );
  return blocks(
    lines.join('\n'),
    selves.length === 0
      ? ''
      : `Rows that refer to rows of their own table (${selves.join(', ')}) must come after them, or with the key off.`,
  );
}

function numbering(plan: MovePlan): string {
  const statements = numberingStatements(plan.document, plan.to);
  return statements.length === 0
    ? 'No column is numbered by the engine.'
    : blocks(
        'After the rows are in, the next number of each column must be beyond the greatest one:',
        fence('sql', statements.join('\n')),
      );
}

function verification(plan: MovePlan): string {
  const queries = verificationQueries(plan.source, plan.document, plan.from, plan.to);
  const [a, b] = [TRAITS[plan.from].label, TRAITS[plan.to].label];
  return blocks(
    'Each query gives one row: number of rows, of values that are not NULL, least and greatest values, sums of numbers and of lengths of texts. The figures of both sides must be equal; floating point may differ in the last digits.',
    `In ${a}:`,
    fence('sql', queries.map(({ before }) => before).join('\n')),
    `In ${b}:`,
    fence('sql', queries.map(({ after }) => after).join('\n')),
  );
}

function cutover({ from, to }: MovePlan): string {
  const [a, b] = [TRAITS[from].label, TRAITS[to].label];
  return [
    `1. Rehearse on a copy: schema, load, verification, the application's tests against ${b}. Note how long each step takes.`,
    `2. Set a moment, and how long writing may rest. If it may not, replicate changes from ${a} while the load runs.`,
    '3. Stop writing to the old database and keep a backup of this state.',
    '4. Load in the order above, set the next numbers, switch constraints on, gather statistics.',
    '5. Run the verification queries on both sides and compare. Any difference stops the move.',
    '6. Point the application to the new database; let the old one be read only.',
    `7. **Back out** before the first write: point the application back. After it: ${a} needs the new rows too, so decide beforehand how they come back (a job that writes both, or replication the other way), and until when.`,
    '8. Keep the old database, read only, until a full business cycle has passed.',
  ].join('\n');
}

/**
 * The guide from one database product to another, as a Markdown section that begins with a heading of the first level:
 * what becomes of types and features, what is lost with its text, how rows are brought over, checked and cut over. The same
 * plan gives the same bytes.
 */
export function migrationGuide(plan: MovePlan): string {
  const { from, to, version, document } = plan;
  const [a, b] = [TRAITS[from].label, `${TRAITS[to].label} ${version}`];
  const aside = PUT_ASIDE[to];
  const name = document.settings['settings']?.name ?? 'Database';
  const count = (verdict: string) => plan.mappings.filter((one) => one.verdict === verdict).length;
  const markdown = blocks(
    `# ${text(name)}: from ${a} to ${b}`,
    `${count('faithful')} types and features are the same there, ${count('approximate')} come close, ${count('lost')} are lost (in ${plan.losses.length} ${plan.losses.length === 1 ? 'place' : 'places'}).`,
    '## Data types',
    conversions(plan),
    '## Features',
    features(plan),
    '## What is lost',
    lost(plan),
    '## Values',
    valueRules(plan).map((rule) => `**${text(rule.title)}.** ${rule.text}`),
    '## Bringing the rows',
    tools(plan)
      .map((tool) => `- **${text(tool.name)}**: ${tool.why}`)
      .join('\n'),
    '### Order',
    order(plan),
    '### Constraints while loading',
    aside.note,
    fence('sql', `${aside.off}\n-- load\n${aside.on}`),
    '### Next numbers',
    numbering(plan),
    '## Verification',
    verification(plan),
    '## Cutover',
    cutover(plan),
  );
  return `${markdown}\n`;
}
