/**
 * Implication by the chase on rows, for functional and multivalued dependencies together (Maier, Mendelzon and Sagiv, ACM TODS
 * 4(4), 1979): an oracle that shares nothing with the engine. Rows are texts of one character per attribute.
 */
import type { Pair } from './normalize-oracle.ts';

type Row = readonly string[];

const pick = (row: Row, items: readonly number[]) => items.map((item) => row[item]).join(' ');

function rename(rows: readonly Row[], from: string, to: string): Row[] {
  return rows.map((row) => row.map((symbol) => (symbol === from ? to : symbol)));
}

function distinct(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()];
}

/** Equates two symbols that a functional dependency makes equal, if there are any. */
function equate(rows: readonly Row[], fds: readonly Pair[]): Row[] | undefined {
  for (const [left, right] of fds) {
    for (const one of rows) {
      for (const other of rows) {
        if (pick(one, left) !== pick(other, left)) continue;
        const item = right.find((at) => one[at] !== other[at]);
        // The symbol of the first row (a) wins, so that the goal's symbols stay.
        if (item === undefined) continue;
        const [a, b] = [one[item] as string, other[item] as string].sort() as [string, string];
        return rename(rows, b, a);
      }
    }
  }
  return undefined;
}

/** The rows with those that multivalued dependencies demand. */
function exchange(rows: readonly Row[], mvds: readonly Pair[]): Row[] {
  const more = [...rows];
  for (const [left, right] of mvds) {
    for (const one of rows) {
      for (const other of rows) {
        if (pick(one, left) === pick(other, left))
          more.push(one.map((symbol, at) => (right.includes(at) ? symbol : (other[at] as string))));
      }
    }
  }
  return distinct(more);
}

/** Two rows that agree exactly on `from`, with everything the dependencies make of them. */
export function chaseRows(size: number, fds: readonly Pair[], mvds: readonly Pair[], from: readonly number[]): Row[] {
  const start = (letter: string) => Array.from({ length: size }, (_, at) => (from.includes(at) ? `a${at}` : `${letter}${at}`));
  let rows: Row[] = [start('a'), start('b')];
  for (;;) {
    const equated = equate(rows, fds);
    if (equated !== undefined) {
      rows = distinct(equated);
      continue;
    }
    const next = exchange(rows, mvds);
    if (next.length === rows.length) return rows;
    rows = next;
  }
}

/** What `from` determines. */
export function chaseClosure(rows: readonly Row[], size: number): number[] {
  return Array.from({ length: size }, (_, at) => at).filter((at) => rows.every((row) => row[at] === `a${at}`));
}

/**
 * Whether the values of `right` and those of the rest of `part` combine freely for equal `from`, by the chased rows of `from`:
 * the row with `right` of the first and the rest of the second must be there, as far as the second's symbols still differ.
 */
export function combines(
  rows: readonly Row[],
  from: readonly number[],
  right: readonly number[],
  part: readonly number[],
): boolean {
  return rows.some((row) =>
    part.every((at) => {
      const equal = rows.every((one) => one[at] === `a${at}`);
      if (from.includes(at) || equal) return true;
      return row[at] === (right.includes(at) ? `a${at}` : `b${at}`);
    }),
  );
}

/** A relation that satisfies exactly what follows from functional dependencies: one row for each closed set, agreeing there with the first. */
export function armstrong(size: number, close: (mask: number) => number): Row[] {
  const closed = new Set(Array.from({ length: 2 ** size }, (_, mask) => close(mask)));
  const first = Array.from({ length: size }, () => '0');
  return [first, ...[...closed].map((mask, at) => first.map((zero, item) => ((mask >> item) & 1 ? zero : `${at + 1}`)))];
}
