import { linksOf } from '#model/derive/links.ts';
import { isAggregated } from '../terms.ts';
import type { From } from '../tree.ts';
import type { Advice } from './advice.ts';
import type { Block, Source } from './blocks.ts';
import type { QueryRead } from './read.ts';

/** A query in FROM that gives one row at most. */
function isOneRow(from: From): boolean {
  if (from.is === 'function') return true;
  if (from.is !== 'query' || from.query.body.is !== 'core') return false;
  const { body, limit } = from.query;
  if (limit?.is === 'literal' && limit.text === '1') return true;
  return (
    body.from.length === 0 || (body.group.length === 0 && body.items.some((item) => item.of !== undefined && isAggregated(item.of)))
  );
}

/** What a foreign key between two sources would be joined by. */
function byForeignKey(q: QueryRead, a: Source, b: Source): string | undefined {
  const links = linksOf(q.document);
  for (const [child, parent] of [
    [a, b],
    [b, a],
  ] as const) {
    if (child.table === undefined || parent.table === undefined) continue;
    const found = links.byChild.get(child.table.id)?.find((one) => one.parent === parent.table?.id && one.childColumns.length > 0);
    if (found === undefined) continue;
    return found.childColumns
      .map((id, i) => {
        const from = child.columns.find((one) => one.id === id)?.name ?? '?';
        const to = parent.columns.find((one) => one.id === found.parentColumns[i])?.name ?? '?';
        return `${child.name}.${from} = ${parent.name}.${to}`;
      })
      .join(' AND ');
  }
  return undefined;
}

function blockAt(q: QueryRead, at: { readonly start: number }): { block: Block; source: Source } | undefined {
  for (const block of q.blocks) {
    const source = block.sources.find(
      ({ from }) => from.at.start <= at.start && at.start < Math.max(from.at.end, from.at.start + 1),
    );
    if (source !== undefined && source.from.is !== 'join') return { block, source };
  }
  return undefined;
}

/** Tables side by side that nothing connects. */
export function missingJoinCondition(q: QueryRead): readonly Advice[] {
  return q.facts.findings.flatMap((one): Advice[] => {
    if (one.code !== 'joins-without-condition') return [];
    const found = blockAt(q, one.at);
    if (found === undefined) return [];
    const { block, source } = found;
    const others = block.sources.filter((each) => each !== source);
    // One row meets every row once.
    if (isOneRow(source.from) || others.every((each) => isOneRow(each.from))) return [];
    const keyed = others.flatMap((each) => byForeignKey(q, source, each) ?? []);
    // A row found by its key may stand beside all others, unless a foreign key says that it has to do with some.
    const alone = q.single(block, source) || others.every((each) => isOneRow(each.from) || q.single(block, each));
    if (alone && keyed.length === 0) return [];
    return [
      {
        at: one.at,
        what: `In ${q.query.name} no condition joins ${source.table?.name ?? source.name} to what stands before it.`,
        todo:
          keyed[0] === undefined
            ? 'Say what joins them, or write CROSS JOIN where every pair is meant.'
            : `Add ${keyed[0]}, which a foreign key says they have in common, or write CROSS JOIN where every pair is meant.`,
        about: source.table === undefined ? [] : [{ record: source.table.id }],
      },
    ];
  });
}
