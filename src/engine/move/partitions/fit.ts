import type { Table } from '#model/types.ts';
import type { Common } from '../types/common.ts';
import { compareRows, type Edge, fitted, surelyAscending } from './edges.ts';
import type { Part, Shape, Unshaped } from './shape.ts';

/** Each value as one of its column, or undefined when one is none. */
function row(edges: readonly Edge[], holds: readonly Common[], single: boolean): readonly Edge[] | undefined {
  const made = edges.flatMap((edge, at) => fitted(edge, holds[single ? 0 : at] ?? { is: 'any' }) ?? []);
  return made.length === edges.length ? made : undefined;
}

function fitPart(part: Part, holds: readonly Common[]): Part | undefined {
  if (part.is === 'range') {
    const from = row(part.from, holds, false);
    const to = row(part.to, holds, false);
    return from === undefined || to === undefined ? undefined : { ...part, from, to };
  }
  if (part.is !== 'list') return part;
  const values = row(part.values, holds, true);
  return values === undefined ? undefined : { ...part, values };
}

/** Texts in ranges have an order that every collation keeps, or the partitions would overlap. */
function orderProblem(parts: readonly Part[], holds: readonly Common[]): string | undefined {
  const ranges = parts.flatMap((part) => (part.is === 'range' ? [part] : []));
  for (const [at, { is }] of holds.entries()) {
    if (is === 'boolean' || is === 'enum')
      return ranges.length === 0 ? undefined : 'Ranges of such values have another order there.';
    if (is !== 'text') continue;
    const texts = ranges.flatMap(({ to }) => (to[at]?.is === 'text' ? [to[at].value] : []));
    if (!surelyAscending(texts)) return 'Its bounds are texts that another collation may sort in another order.';
  }
  return ranges.some(({ from, to }) => compareRows(from, to) >= 0) ? 'A bound is not beyond the one before it.' : undefined;
}

/** The same partitions with values of what the columns hold in the target. @param holds by the shape's columns. */
export function fittedShape(shape: Shape, holds: readonly Common[]): Shape | Unshaped {
  const parts: Part[] = [];
  for (const part of shape.parts) {
    const made = fitPart(part, holds);
    if (made === undefined) return { problem: `A bound of ${part.name} is no value of the column's type there.` };
    parts.push(made);
  }
  const ranges = parts.flatMap((part) => (part.is === 'range' ? [part] : []));
  const others = parts.filter(({ is }) => is !== 'range');
  const ordered = [...ranges.toSorted((a, b) => compareRows(a.to, b.to)), ...others];
  const problem = orderProblem(ordered, holds);
  if (problem !== undefined) return { problem };
  const texts = shape.strategy !== 'hash' && holds.some(({ is }) => is === 'text');
  const notes = texts ? ['Texts are compared by the collation of the target: case may count, or count no more.'] : [];
  return { ...shape, parts: ordered, notes: [...shape.notes, ...notes] };
}

/** A key or unique index that does not hold all columns of the partitions, which most products refuse; undefined: all do. */
export function keyWithout(table: Table, columns: readonly string[]): string | undefined {
  const lacks = (held: readonly (string | undefined)[]) => !columns.every((column) => held.includes(column));
  const key = table.keys.find((one) => lacks(one.columns));
  if (key !== undefined) return key.name ?? (key.kind === 'primary' ? 'the primary key' : 'a unique key');
  const index = table.indexes.find(
    ({ unique, elements }) =>
      unique === true && lacks(elements.map(({ column, length }) => (length === undefined ? column : undefined))),
  );
  return index === undefined ? undefined : (index.name ?? 'a unique index');
}
