import type { Table } from '#model/types.ts';
import type { Advice } from './advice.ts';
import type { QueryRead } from './read.ts';

function bounds(q: QueryRead, table: Table): readonly string[] {
  const own = table.partitioning?.parts?.flatMap((one) => (one.bound === undefined ? [] : [`${one.name}: ${one.bound}`])) ?? [];
  const apart = Object.values(q.document.tables).flatMap((one) =>
    one.partitionOf?.parent === table.id ? [`${one.name}: ${one.partitionOf.bound}`] : [],
  );
  return [...own, ...apart];
}

const PRUNING: Readonly<Record<string, ReadonlySet<string>>> = {
  range: new Set(['equal', 'in', 'range', 'null', 'prefix']),
  list: new Set(['equal', 'in', 'null', 'range']),
  hash: new Set(['equal', 'in', 'null']),
  key: new Set(['equal', 'in', 'null']),
};

/** A query that looks into every partition, as nothing it says tells which one holds its rows. */
export function partitionMissed(q: QueryRead): readonly Advice[] {
  return q.facts.uses.flatMap((use, at): Advice[] => {
    const table = q.document.tables[use.table];
    const partitioning = table?.partitioning;
    if (table === undefined || partitioning === undefined || !use.read) return [];
    const [first] = partitioning.elements;
    // Partitions by an expression are told by that expression alone.
    if (
      first?.column === undefined ||
      (partitioning.strategy !== 'range' && partitioning.strategy !== 'list' && partitioning.elements.length > 1)
    )
      return [];
    const key = first.column;
    const prunes = PRUNING[partitioning.strategy] ?? new Set();
    const says = use.predicates.some((one) => one.term.column === key && prunes.has(one.test) && one.filterOnly !== true);
    const joined = q.facts.joins.some(
      ({ left, right, operator }) => operator === '=' && [left, right].some((end) => end.use === at && end.term.column === key),
    );
    const ordered = use.order[0]?.term.column === key && use.limit !== undefined;
    const extreme = use.extremes.some((one) => one.column === key);
    const either = use.alternatives.some(({ arms }) =>
      arms.every((arm) => arm.some((one) => one.term.column === key && prunes.has(one.test))),
    );
    const keyset = use.keysets.some((one) => one.terms[0]?.column === key);
    if (says || joined || ordered || extreme || either || keyset) return [];
    const name = table.columns.find((one) => one.id === key)?.name ?? '?';
    const around = use.predicates.find((one) => one.term.column === undefined && one.term.columns.includes(key));
    const all = bounds(q, table);
    // One partition, or none that is known, is all that could be read.
    if (all.length < 2 && partitioning.count === undefined && partitioning.interval === undefined) return [];
    const wanted = partitioning.strategy === 'range' ? `${name} >= … AND ${name} < …` : `${name} = …`;
    return [
      {
        at: use.at ?? { start: 0, end: q.sql.length },
        what: `${q.query.name} reads every partition of ${table.name}: nothing it says tells which ${name} it wants.`,
        todo: `Say ${wanted} too, where it is known; then only the partitions that can hold such rows are opened.`,
        evidence: [
          `${table.name} is partitioned by ${partitioning.strategy} of ${name}.`,
          ...(around === undefined ? [] : [`${around.sql} is computed from ${name}, which tells no partition.`]),
          ...all.slice(0, 6),
          ...(all.length > 6 ? [`and ${all.length - 6} more`] : []),
        ],
        about: [{ record: table.id, part: key }],
      },
    ];
  });
}
