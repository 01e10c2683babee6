import { ident } from '../dialects/postgres/quote.ts';
import type { Plan, PlanNode } from './plan.ts';

/** The first version of PostgreSQL whose B-trees are searched once for each value of a first column that no condition names. */
export const SKIPS_SINCE = 18;

/** Whether a condition, as EXPLAIN with VERBOSE writes it, names a column of a table. */
function names(condition: string, alias: string, column: string): boolean {
  const name = `${ident(alias)}.${ident(column)}`;
  for (let at = condition.indexOf(name); at >= 0; at = condition.indexOf(name, at + 1)) {
    const [before, after] = [condition[at - 1] ?? ' ', condition[at + name.length] ?? ' '];
    if (!/[\w$".]/.test(before) && !/[\w$"]/.test(after)) return true;
  }
  return false;
}

/**
 * Indexes that a plan searches by other columns than their first: PostgreSQL 18 does so in steps, one for each value of the
 * first column ("skip scan": PostgreSQL 18, "Multicolumn Indexes"); earlier versions then read the whole index.
 * @param plan of EXPLAIN with VERBOSE
 * @param firstOf the first column of an index, by `schema.name`; undefined where it is an expression or the index no B-tree
 * @returns their names, `schema.name`
 */
export function skippedIn(plan: Plan, firstOf: (index: string) => string | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  // A bitmap index scan has no table of its own: that of the heap scan above is meant.
  const walk = (node: PlanNode, schemaAbove: string | undefined, aliasAbove: string | undefined) => {
    const { schema = schemaAbove, alias = aliasAbove } = node;
    const index = `${schema}.${node.index}`;
    const first = node.index === undefined ? undefined : firstOf(index);
    const condition = node.conditions.find(({ what }) => what === 'Index Cond')?.text;
    if (first !== undefined && condition !== undefined && !names(condition, alias ?? '', first)) found.add(index);
    for (const child of node.children) walk(child, schema, alias);
  };
  walk(plan.root, undefined, undefined);
  return found;
}
