import type { DependencySets } from '../dependencies.ts';
import { gridOf, type NullMeaning, type Relation } from '../relation.ts';
import { SetList } from './set-list.ts';

/** Whether rows that are equal on the left are equal on the right. */
function holds(left: Int32Array, right: Int32Array, first: Int32Array): boolean {
  for (let row = 0; row < left.length; row++) {
    if (right[row] !== right[first[left[row] as number] as number]) return false;
  }
  return true;
}

/** The first row of each code. */
function firstRowsOf(codes: Int32Array, card: number): Int32Array {
  const first = new Int32Array(card).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if ((first[code] as number) < 0) first[code] = row;
  }
  return first;
}

/**
 * All minimal dependencies and keys with at most one column on the left: each pair of columns is compared until two rows
 * disagree, at most `columns² x rows` steps, so that a search that had to be ended has something complete to say.
 */
export function singleColumnDependencies(relation: Relation, nulls: NullMeaning): DependencySets {
  const { codes, cards, size, rows } = gridOf(relation, nulls);
  const words = Math.max(1, (size + 31) >>> 5);
  const lefts = Array.from({ length: size }, () => new SetList(words));
  const keys = new SetList(words);
  const set = (...columns: readonly number[]) => {
    const bits = new Int32Array(words);
    for (const column of columns) bits[column >>> 5] = (bits[column >>> 5] as number) | (1 << (column & 31));
    return bits;
  };
  const seen = codes.map((column) => new Set(column).size);
  if (rows < 2) keys.push(set());
  for (let left = 0; left < size; left++) {
    const column = codes[left] as Int32Array;
    if ((seen[left] as number) < 2) {
      lefts[left]?.push(set());
      continue;
    }
    if (seen[left] === rows) keys.push(set(left));
    const first = firstRowsOf(column, cards[left] as number);
    for (let right = 0; right < size; right++) {
      if (right === left || (seen[right] as number) < 2) continue;
      if (holds(column, codes[right] as Int32Array, first)) lefts[right]?.push(set(left));
    }
  }
  const flat = lefts.map((list) => list.flat());
  return { size, lefts: flat, keys: keys.flat(), count: flat.reduce((sum, list) => sum + list.count, 0) };
}
