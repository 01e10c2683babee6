import type { Partitioning } from '#model/table-parts.ts';
import type { Sql, Table } from '#model/types.ts';
import { type Edge, edgeSql } from './edges.ts';
import { keyWithout } from './fit.ts';
import type { Part, Shape, Unshaped } from './shape.ts';

/** A table's partitions as PostgreSQL has them: each a table with a bound. */
export interface PostgresParts {
  readonly partitioning: Partitioning;
  readonly parts: readonly { readonly name: string; readonly bound: Sql }[];
  readonly notes: readonly string[];
}

function row(edges: readonly Edge[]): string {
  return `(${edges.map((edge) => edgeSql(edge, 'postgresql')).join(', ')})`;
}

/** After the highest or lowest value the other columns do not matter, and must say so. */
function filled(edges: readonly Edge[]): readonly Edge[] {
  const at = edges.findIndex(({ is }) => is === 'low' || is === 'high');
  return at < 0 ? edges : edges.map((edge, place) => (place > at ? (edges[at] as Edge) : edge));
}

function boundOf(part: Part): Sql {
  switch (part.is) {
    case 'range':
      return `FOR VALUES FROM ${row(filled(part.from))} TO ${row(filled(part.to))}`;
    case 'list':
      return `FOR VALUES IN ${row(part.values)}`;
    case 'hash':
      return `FOR VALUES WITH (MODULUS ${part.modulus}, REMAINDER ${part.remainder})`;
    case 'default':
      return 'DEFAULT';
  }
}

/** Why PostgreSQL cannot have the table partitioned (5.12.2.3 of its manual). */
function refused(table: Table, columns: readonly string[]): string | undefined {
  const key = keyWithout(table, columns);
  if (key !== undefined)
    return `PostgreSQL wants the columns of the partitions in every primary and unique key: ${key} does not hold them. Partition it by hand where the key may be wider.`;
  if (table.persistence === 'unlogged') return 'PostgreSQL partitions no unlogged table.';
  const generated = columns.some((id) => table.columns.find((column) => column.id === id)?.generated !== undefined);
  return generated ? 'PostgreSQL partitions by no generated column.' : undefined;
}

/** Ranges take no NULL: where some rows have one, a partition for everything else takes them. */
function withNulls(table: Table, shape: Shape): { readonly parts: readonly Part[]; readonly notes: readonly string[] } {
  const nullable = shape.columns.some((id) => table.columns.find((column) => column.id === id)?.nullable === true);
  const { parts, nulls } = shape;
  if (shape.strategy !== 'range' || !nullable || nulls === undefined || parts.some(({ is }) => is === 'default'))
    return { parts, notes: [] };
  const last = parts.at(-1);
  const open = last?.is === 'range' && last.to[0]?.is === 'high';
  // Above the last bound and NULL: what no other partition holds.
  if (nulls === 'last') return { parts: open ? [...parts.slice(0, -1), { name: last.name, is: 'default' }] : parts, notes: [] };
  const note = open
    ? 'Rows with NULL have a partition of their own, DEFAULT.'
    : 'Rows with NULL have a partition of their own, DEFAULT, which takes rows beyond the last bound too.';
  return { parts: [...parts, { name: 'default', is: 'default' }], notes: [note] };
}

/** @param table as it is in the target. @param shape with values that fit. */
export function postgresParts(table: Table, shape: Shape): PostgresParts | Unshaped {
  const problem = refused(table, shape.columns);
  if (problem !== undefined) return { problem };
  const { parts, notes } = withNulls(table, shape);
  return {
    partitioning: { strategy: shape.strategy, elements: shape.columns.map((column) => ({ column })) },
    parts: parts.map((part) => ({ name: part.name, bound: boundOf(part) })),
    notes: [...shape.notes, ...notes],
  };
}
