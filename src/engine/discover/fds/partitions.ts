import type { Grid } from '../relation.ts';
import type { Comparer } from './agree.ts';
import { allRows, sortByCodes } from './clusters.ts';

/** Groups of at least two rows that are equal on some columns, one after the other (a stripped partition). */
export interface Partition {
  readonly rows: Int32Array;
  /** Where each group begins; one more entry ends the last. */
  readonly starts: Int32Array;
}

/** Numbers that partitions by two columns take at most: 64 MB. */
const MAX_REMEMBERED = 16_000_000;

/** Makes partitions of one grid finer, with memory of its own. */
export class Partitioner {
  readonly grid: Grid;
  readonly #counts: Int32Array;
  readonly #single: (Partition | undefined)[];
  readonly #pairs = new Map<number, Partition>();
  #remembered = 0;

  constructor(grid: Grid) {
    this.grid = grid;
    this.#counts = new Int32Array(grid.cards.reduce((most, card) => Math.max(most, card), 1));
    this.#single = new Array<Partition | undefined>(grid.size).fill(undefined);
  }

  /** Rows that are equal on one column. */
  single(column: number): Partition {
    const known = this.#single[column];
    if (known !== undefined) return known;
    const { order, starts } = sortByCodes(
      allRows(this.grid.rows),
      this.grid.codes[column] as Int32Array,
      this.grid.cards[column] as number,
    );
    const rows = new Int32Array(order.length);
    const kept = [0];
    let length = 0;
    for (let code = 0; code + 1 < starts.length; code++) {
      const from = starts[code] as number;
      const to = starts[code + 1] as number;
      if (to - from < 2) continue;
      for (let i = from; i < to; i++) rows[length++] = order[i] as number;
      kept.push(length);
    }
    const made = { rows: rows.slice(0, length), starts: Int32Array.from(kept) };
    this.#single[column] = made;
    return made;
  }

  /** All rows in one group. */
  whole(): Partition {
    const { rows } = this.grid;
    return rows < 2
      ? { rows: new Int32Array(0), starts: new Int32Array(1) }
      : { rows: allRows(rows), starts: Int32Array.from([0, rows]) };
  }

  /** Rows that are equal on all of the columns. Those of two columns are remembered, as far as memory allows. */
  of(columns: readonly number[]): Partition {
    const [first, second, ...rest] = columns;
    if (first === undefined) return this.whole();
    const start = second === undefined ? this.single(first) : this.#pair(first, second);
    return rest.reduce((made, column) => this.refine(made, column), start);
  }

  #pair(first: number, second: number): Partition {
    const key = first * this.grid.size + second;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const made = this.refine(this.single(first), second);
    this.#remembered += made.rows.length + made.starts.length;
    if (this.#remembered > MAX_REMEMBERED) {
      this.#pairs.clear();
      this.#remembered = made.rows.length + made.starts.length;
    }
    this.#pairs.set(key, made);
    return made;
  }

  /** The partition split further by one column. */
  refine(partition: Partition, column: number): Partition {
    const codes = this.grid.codes[column] as Int32Array;
    const counts = this.#counts;
    const rows = new Int32Array(partition.rows.length);
    const starts: number[] = [0];
    let length = 0;
    for (let group = 0; group + 1 < partition.starts.length; group++) {
      const from = partition.starts[group] as number;
      const to = partition.starts[group + 1] as number;
      for (let i = from; i < to; i++) {
        const code = codes[partition.rows[i] as number] as number;
        counts[code] = (counts[code] as number) + 1;
      }
      // A count above one becomes where its rows go, negative so that it is told from a count.
      for (let i = from; i < to; i++) {
        const row = partition.rows[i] as number;
        const code = codes[row] as number;
        const count = counts[code] as number;
        if (count === 1) continue;
        if (count > 1) {
          counts[code] = -length - 2;
          rows[length] = row;
          length += count;
          starts.push(length);
        } else {
          rows[-count - 1] = row;
          counts[code] = count - 1;
        }
      }
      for (let i = from; i < to; i++) counts[codes[partition.rows[i] as number] as number] = 0;
    }
    return { rows: rows.slice(0, length), starts: Int32Array.from(starts) };
  }
}

/** Groups are numbered as they are checked; before the numbers leave 32 bits they begin anew. */
const MAX_STAMP = 2 ** 30;

/** Rows that all remembered partitions together hold at most: 64 MB. */
const MAX_HELD_ROWS = 16_000_000;

/** Tells whether dependencies hold in all rows. */
export class Checker {
  readonly #parts: Partitioner;
  readonly #comparer: Comparer;
  readonly #seen: Int32Array;
  readonly #first: Int32Array;
  #stamp = 0;
  /** Partitions by the columns they were refined with, in order; the oldest go when they hold too many rows. */
  readonly #known = new Map<string, Partition>();
  #held = 0;

  constructor(parts: Partitioner, comparer: Comparer) {
    this.#parts = parts;
    this.#comparer = comparer;
    const most = parts.grid.cards.reduce((max, card) => Math.max(max, card), 1);
    this.#seen = new Int32Array(most);
    this.#first = new Int32Array(most);
  }

  /**
   * Which of the targets the columns determine. For each that they do not, a pair of rows that shows it goes to the
   * comparer. Columns with many values come first, so that partitions are small soon and beginnings are shared from call to call.
   * @param targets columns not in `left`; the number of columns stands for the row itself, which a key determines.
   */
  determined(left: readonly number[], targets: readonly number[]): number[] {
    const { grid } = this.#parts;
    const columns = [...left].sort((a, b) => (grid.cards[b] as number) - (grid.cards[a] as number) || a - b);
    const last = columns.pop();
    if (last === undefined) return this.#checkGroups(this.#parts.whole(), targets);
    if (columns.length === 0) return this.#checkGroups(this.#parts.single(last), targets);
    if (this.#stamp > MAX_STAMP) {
      this.#seen.fill(0);
      this.#stamp = 0;
    }
    return this.#checkSplit(this.#partitionOf(columns), last, targets);
  }

  /** The partition by some columns, made from that of the longest beginning that is known. */
  #partitionOf(columns: readonly number[]): Partition {
    const [first] = columns;
    const key = columns.join();
    const known = this.#known.get(key);
    if (known !== undefined || first === undefined) return known ?? this.#parts.whole();
    if (columns.length === 1) return this.#parts.single(first);
    const made = this.#parts.refine(this.#partitionOf(columns.slice(0, -1)), columns[columns.length - 1] as number);
    this.#known.set(key, made);
    this.#held += made.rows.length;
    for (const [old, partition] of this.#known) {
      if (this.#held <= MAX_HELD_ROWS || old === key) break;
      this.#known.delete(old);
      this.#held -= partition.rows.length;
    }
    return made;
  }

  /** Leaves those on which the two rows agree. */
  #agreeing(alive: number[], one: number, other: number): number[] {
    const { codes, size } = this.#parts.grid;
    let all = true;
    for (const target of alive) {
      const own = codes[target];
      if (target === size || own === undefined || own[one] !== own[other]) {
        all = false;
        break;
      }
    }
    if (all) return alive;
    this.#comparer.compare(one, other);
    return alive.filter((target) => {
      const own = codes[target];
      return own !== undefined && own[one] === own[other];
    });
  }

  #checkGroups(partition: Partition, targets: readonly number[]): number[] {
    let alive = [...targets];
    const { rows, starts } = partition;
    for (let group = 0; group + 1 < starts.length; group++) {
      const from = starts[group] as number;
      const first = rows[from] as number;
      for (let i = from + 1; i < (starts[group + 1] as number); i++) {
        alive = this.#agreeing(alive, first, rows[i] as number);
        if (alive.length === 0) return alive;
      }
    }
    return alive;
  }

  #checkSplit(partition: Partition, column: number, targets: readonly number[]): number[] {
    const codes = this.#parts.grid.codes[column] as Int32Array;
    const { rows, starts } = partition;
    const seen = this.#seen;
    const first = this.#first;
    let alive = [...targets];
    for (let group = 0; group + 1 < starts.length; group++) {
      const stamp = ++this.#stamp;
      const to = starts[group + 1] as number;
      for (let i = starts[group] as number; i < to; i++) {
        const row = rows[i] as number;
        const code = codes[row] as number;
        if (seen[code] !== stamp) {
          seen[code] = stamp;
          first[code] = row;
          continue;
        }
        alive = this.#agreeing(alive, first[code] as number, row);
        if (alive.length === 0) return alive;
      }
    }
    return alive;
  }
}
