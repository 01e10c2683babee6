import { TRAITS } from '../dialects/base/traits.ts';
import type { MovePlan } from '../move/plan-types.ts';
import { blocks, code, fence, table as grid, text } from './markdown.ts';

/** What a move to another database maps and loses, as Markdown: every mapping with its reason, every loss with its object. */
export function moveReport({ source, from, to, version, mappings, losses }: MovePlan): string {
  const name = source.settings['settings']?.name ?? 'the design';
  const rows = mappings.map(({ what, from: here, to: there, verdict, count, reason }) => [
    text(what),
    code(here, true),
    there === '' ? 'nothing' : code(there, true),
    verdict,
    String(count),
    text(reason),
  ]);
  const lost = losses.map(({ object, feature, reason, sql }) =>
    blocks(`- ${text(object)}, ${text(feature)}: ${text(reason)}`, sql === undefined ? '' : fence('sql', sql)),
  );
  return `${blocks(
    `# ${text(name)}: from ${TRAITS[from].label} to ${TRAITS[to].label} ${version}`,
    '## What becomes what',
    rows.length === 0 ? 'Everything stays as it is.' : grid(['What', 'Here', 'There', 'Verdict', 'Places', 'Why'], rows),
    '## What is lost',
    lost.length === 0 ? 'Nothing.' : lost,
  )}\n`;
}
