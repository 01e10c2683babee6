import type { Id } from '#model/types.ts';
import type { ProposedJoin, ProposedTable } from './types.ts';

/**
 * The order in which the tables give back the old rows, the remainder first. Each comes as soon as its key is known, so that
 * it adds columns and no rows: what is joined by then is exactly the old rows cut to the columns that are known.
 *
 * When no key of those that are left is known (a left side that is spread over several of them), the rest is a natural join:
 * one that is joined on less than its key adds combinations, which only the others take away again. So from there on every
 * table is joined on all that it shares with those before it and filters, also one whose key becomes known; their order does
 * not matter to the rows, and the one that shares most comes first. It gives back the old rows where all the tables together
 * do (Aho, Beeri, Ullman, The Theory of Joins in Relational Databases, TODS 4 (1979): the chase), NULL being a value that
 * equals itself.
 */
export function joinsOf(tables: readonly Pick<ProposedTable, 'columns' | 'key'>[]): ProposedJoin[] {
  const known = new Set(tables[0]?.columns);
  const waiting = tables.map((_, at) => at).slice(1);
  const joins: ProposedJoin[] = [];
  const shared = (at: number) => (tables[at]?.columns ?? []).filter((id) => known.has(id));
  let byKey = true;
  while (waiting.length > 0) {
    const ready: number = byKey ? waiting.findIndex((at) => tables[at]?.key.every((id) => known.has(id)) === true) : -1;
    byKey = ready >= 0;
    const counts = waiting.map((at) => shared(at).length);
    const [at = 0] = waiting.splice(byKey ? ready : counts.indexOf(Math.max(...counts)), 1);
    const { columns = [], key = [] } = tables[at] ?? {};
    const gives = columns.filter((id) => !known.has(id));
    const on: readonly Id[] = byKey ? key : shared(at);
    joins.push({ table: at, on, byKey, gives });
    for (const id of gives) known.add(id);
  }
  return joins;
}

/**
 * Whether rows without a value in a table's key can do without a row there (the policy `keep`), as the joins give back the
 * old rows: only when the table is joined by its key, so that such a row finds nothing and stays; one that filters would take
 * it away. And when others filter after it, only when all it says beyond its key comes from it alone: then it is NULL in all
 * such rows, and NULL determines it as a value does; a column known from elsewhere may differ among them, and what the
 * filtering rests on would not hold.
 */
export function mayMissRows(
  tables: readonly Pick<ProposedTable, 'columns' | 'key'>[],
  joins: readonly ProposedJoin[],
  at: number,
): boolean {
  const own = joins.find(({ table }) => table === at);
  if (own?.byKey !== true) return false;
  const { columns = [], key = [] } = tables[at] ?? {};
  return joins.every(({ byKey }) => byKey) || columns.every((id) => key.includes(id) || own.gives.includes(id));
}
