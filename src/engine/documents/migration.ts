import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { MoveLoss, MoveMapping, MovePlan } from '#engine/move/plan-types.ts';
import { blocks, code, fence, table as grid, text } from './markdown.ts';
import { sequenceQuery, sourceChecks } from './migration-checks.ts';
import { orphanQueries, verificationQueries, zoneStatement } from './migration-figures.ts';
import { loadOrder, numberingStatements } from './migration-load.ts';
import { recipe } from './migration-recipes.ts';
import { PUT_ASIDE, tools, valueRules } from './migration-words.ts';
import { qualifiedName } from './words.ts';

/** Why the form is this one, where several are possible, and which the others are. */
function reasonOf(one: MoveMapping): string {
  const chosen = one.options?.find(({ id }) => id === one.chosen);
  if (one.options === undefined || chosen === undefined) return one.reason;
  const others = one.options.filter((option) => option !== chosen).map(({ label }) => label);
  const instead = others.length === 0 ? '' : ` Instead: ${others.join(', ')}.`;
  const why = chosen.reason === one.reason ? '' : ` Chosen: ${chosen.label}. ${chosen.reason}`;
  return `${one.reason}${why}${instead}`;
}

function mappingRows(mappings: readonly MoveMapping[]): string {
  return grid(
    ['From', 'To', 'Verdict', 'Places', 'Why'],
    mappings.map((one) => [
      code(one.from === '' ? one.what : one.from, true),
      one.to === '' ? '' : code(one.to, true),
      one.verdict,
      String(one.count),
      text(reasonOf(one)),
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
          text(reasonOf(one)),
        ]),
      );
}

/** SQL that a loss holds is worth keeping when a person must write it anew. */
function keptTexts(losses: readonly MoveLoss[]): string {
  const kept = losses.filter(
    ({ sql, mapping }) =>
      sql !== undefined &&
      /^lost:(?:object:(?!owner|comment|read-only|check-option|materialized)|constraint:(?:check|domain-check|exclusion)|value:(?:default|generated)|index:(?:expression|predicate))/.test(
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
  const sequences = sequenceQuery(plan);
  const own = Object.values(plan.document.sequences).map((one) => code(one.name));
  return blocks(
    statements.length === 0
      ? 'No column is numbered by the engine.'
      : blocks(
          'After the rows are in, the next number of each column must be beyond the greatest one:',
          fence('sql', statements.join('\n')),
        ),
    own.length === 0
      ? ''
      : sequences === undefined
        ? `The sequences ${own.join(', ')} must go on where the old ones stop.`
        : blocks(
            `The sequences ${own.join(', ')} must go on where the old ones stop. This query, in ${TRAITS[plan.from].label}, writes the statements for ${TRAITS[plan.to].label}; run it after writing has stopped:`,
            fence('sql', sequences),
          ),
  );
}

function before(plan: MovePlan): string {
  const checks = sourceChecks(plan);
  return checks.length === 0
    ? 'Nothing in the values is known to need a look.'
    : blocks(
        `Queries of ${TRAITS[plan.from].label} that find what would not fit; a count for each column.`,
        checks.map((one) =>
          blocks(`**${text(one.title)}.** ${one.text}`, one.queries.length === 0 ? '' : fence('sql', one.queries.join('\n'))),
        ),
      );
}

function tooling(plan: MovePlan): string {
  const found = recipe(plan);
  return blocks(
    tools(plan)
      .map((tool) => `- **${text(tool.name)}**: ${tool.why}`)
      .join('\n'),
    found === undefined ? '' : blocks(found.title, fence(found.language, found.text)),
  );
}

function verification(plan: MovePlan): string {
  const queries = verificationQueries(plan);
  const links = orphanQueries(plan.document, plan.to);
  const [a, b] = [TRAITS[plan.from].label, TRAITS[plan.to].label];
  const zones = [zoneStatement(plan.source, plan.from), zoneStatement(plan.document, plan.to)];
  const all = (zone: string | undefined, list: readonly string[]) => [...(zone === undefined ? [] : [zone]), ...list].join('\n');
  return blocks(
    'Each query gives one row: the table, its number of rows, then for each column the values that are not NULL (where it may be NULL), least and greatest values and sums: of numbers, of true values, of digests (or lengths) of texts, of lengths of bytes. Compared as numbers, the figures of both sides must be equal; sums of floating point may differ in the last digits.',
    `In ${a}:`,
    fence(
      'sql',
      all(
        zones[0],
        queries.map((one) => one.before),
      ),
    ),
    `In ${b}:`,
    fence(
      'sql',
      all(
        zones[1],
        queries.map((one) => one.after),
      ),
    ),
    links.length === 0
      ? ''
      : blocks(
          `Rows that refer to nothing, in ${b}: each count must be 0, whatever was off while loading.`,
          fence('sql', links.join('\n')),
        ),
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
    '### Before the load',
    before(plan),
    '## Bringing the rows',
    tooling(plan),
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
