import type { Id } from '#model/types.ts';
import type { ProposedJoin, ProposedTable } from './types.ts';

/**
 * The order in which the tables give back the old rows, the remainder first: each comes as soon as its key is known, so that
 * it adds columns and no rows; one whose key is never known is joined on whatever it shares.
 */
export function joinsOf(tables: readonly Pick<ProposedTable, 'columns' | 'key'>[]): ProposedJoin[] {
  const known = new Set(tables[0]?.columns);
  const waiting = tables.map((_, at) => at).slice(1);
  const joins: ProposedJoin[] = [];
  while (waiting.length > 0) {
    const found = waiting.findIndex((at) => tables[at]?.key.every((id) => known.has(id)) === true);
    const [at = 0] = waiting.splice(Math.max(0, found), 1);
    const { columns = [], key = [] } = tables[at] ?? {};
    const gives = columns.filter((id) => !known.has(id));
    const on: readonly Id[] = found < 0 ? columns.filter((id) => known.has(id)) : key;
    joins.push({ table: at, on, byKey: found >= 0, gives });
    for (const id of gives) known.add(id);
  }
  return joins;
}
