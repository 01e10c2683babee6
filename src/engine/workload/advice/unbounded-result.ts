import { isAggregated } from '../terms.ts';
import type { Advice } from './advice.ts';
import { atMostOne } from './clauses.ts';
import type { QueryRead } from './read.ts';

/** A screen that waits for all rows of a table. */
export function unboundedResult(q: QueryRead): readonly Advice[] {
  if (q.query.purpose !== 'interactive' || q.statement.is !== 'select' || !q.sound) return [];
  const { query } = q.statement;
  const block = q.blocks.find((one) => one.query === query);
  const { core } = block ?? {};
  if (block === undefined || core === undefined || query.limit !== undefined || block.sources.length === 0) return [];
  if (core.items.some((item) => item.of !== undefined && isAggregated(item.of)) && core.group.length === 0) return [];
  if (core.group.length > 0 || core.distinct !== undefined || atMostOne(q, block)) return [];
  const tables = block.sources.flatMap((source) => (source.table === undefined ? [] : [source.table]));
  if (tables.length !== block.sources.length) return [];
  // What any condition leaves may be few; only a result of all rows is certain to grow.
  if (q.conditions(block).length > 0 && (block.where !== undefined || block.sources.length === 1)) return [];
  const largest = Math.max(...tables.map((table) => q.rows(table.id) ?? 0));
  if (largest > 0 && largest < 1000) return [];
  const name = tables.map((table) => table.name).join(', ');
  return [
    {
      at: core.at,
      what: `${q.query.name} is interactive and gives every row of ${name}.`,
      evidence: largest > 0 ? [`${largest.toLocaleString('en')} rows are declared.`] : ['How many rows there are nobody said.'],
      about: tables.map((table) => ({ record: table.id })),
    },
  ];
}
