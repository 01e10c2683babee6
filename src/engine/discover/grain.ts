import { bitItems } from '#lib/bitset.ts';
import type { Fd } from '../normalize/dependencies.ts';
import type { Partition, Partitioner } from './fds/partitions.ts';
import type { Grid } from './relation.ts';

/**
 * How often a left side was really put to the test. Rows that were joined together repeat whole things: three lines of one
 * order agree on the order's day and total because they are one order, not because a day and a total determine an order. So
 * repetitions are counted among the values of the coarsest column that determines the left side without following from it (here
 * the order's number): different orders of the same day and total.
 */
export class Grains {
  readonly #grid: Grid;
  readonly #numbered: readonly boolean[];
  /** For each column which columns determine it alone. */
  readonly #above: readonly ReadonlySet<number>[];

  /**
   * @param fds minimal dependencies, those with one column on the left at least.
   * @param identifying whether each column is of a kind that things are numbered by: names and measures are no things.
   * @param numbered whether each column says that it is such a number.
   */
  constructor(grid: Grid, fds: readonly Fd[], identifying: readonly boolean[], numbered: readonly boolean[] = []) {
    this.#numbered = numbered;
    this.#grid = grid;
    const above = Array.from({ length: grid.size }, (_, column) => new Set([column]));
    for (const { left, right } of fds) {
      const [only, ...more] = bitItems(left);
      if (only === undefined || more.length > 0 || identifying[only] !== true) continue;
      for (const column of bitItems(right)) above[column]?.add(only);
    }
    this.#above = above;
  }

  /**
   * The column whose values are the things that have a value of the left side. Several columns that tell all things apart
   * that have a number do so by chance, as far as these rows show: then it is the number, and there is no repetition.
   * @param distinct how many different values the left side has. @returns undefined when no column is finer: rows are.
   */
  of(left: readonly number[], distinct: number): number | undefined {
    const { cards, rows } = this.#grid;
    const [first, ...rest] = left;
    let fewest = rows;
    let found: number | undefined;
    if (first === undefined) return found;
    for (const column of this.#above[first] ?? []) {
      const card = cards[column] as number;
      const tells = card === distinct && rest.length > 0 && this.#numbered[column] === true;
      if ((card <= distinct && !tells) || card >= fewest || left.includes(column)) continue;
      if (!rest.every((other) => this.#above[other]?.has(column))) continue;
      fewest = card;
      found = column;
    }
    return found;
  }
}

/** Counts different values among rows, again and again without clearing. */
class Stamps {
  readonly #seen: Int32Array;
  #round = 0;

  constructor(size: number) {
    this.#seen = new Int32Array(size);
  }

  next(): void {
    this.#round++;
  }

  /** Whether the value was not there since the last round began. */
  isNew(value: number): boolean {
    if (this.#seen[value] === this.#round) return false;
    this.#seen[value] = this.#round;
    return true;
  }
}

/**
 * Counts how many things put a left side of several columns to the test as a whole. Where all but one of its columns determine
 * the right side nearly everywhere, any column that tells the few exceptions apart makes a dependency: so only the things
 * among which the others alone do not determine it count, for the column that is needed least.
 */
export class WholeTests {
  readonly #parts: Partitioner;
  readonly #things: Stamps;
  readonly #groups: Stamps;
  /** For each row its group on the left side in question, 0 when it is alone. */
  readonly #groupOf: Int32Array;

  constructor(parts: Partitioner) {
    const { rows, cards } = parts.grid;
    this.#parts = parts;
    this.#things = new Stamps(cards.reduce((most, card) => Math.max(most, card), 1));
    this.#groups = new Stamps(rows + 1);
    this.#groupOf = new Int32Array(rows);
  }

  /** @param whole the partition by the left side. @param grain the column of the things; undefined when rows are. */
  repeats(left: readonly number[], whole: Partition, right: readonly number[], grain: number | undefined): number {
    const { codes, rows } = this.#parts.grid;
    const rights = right.map((column) => codes[column] as Int32Array);
    const things = grain === undefined ? undefined : (codes[grain] as Int32Array);
    this.#groupOf.fill(0);
    for (let group = 0; group + 1 < whole.starts.length; group++) {
      const to = whole.starts[group + 1] as number;
      for (let at = whole.starts[group] as number; at < to; at++) this.#groupOf[whole.rows[at] as number] = group + 1;
    }
    let fewest = rows;
    for (const dropped of left) {
      const rest = this.#parts.of(left.filter((column) => column !== dropped));
      fewest = Math.min(fewest, this.#mixed(rest, rights, things));
      if (fewest === 0) break;
    }
    return fewest;
  }

  /** Things without the different left sides among them, where some right column has several values in a group of the rest. */
  #mixed({ rows, starts }: Partition, rights: readonly Int32Array[], things: Int32Array | undefined): number {
    this.#things.next();
    this.#groups.next();
    let repeats = 0;
    for (let group = 0; group + 1 < starts.length; group++) {
      const from = starts[group] as number;
      const to = starts[group + 1] as number;
      if (!rights.some((codes) => varies(codes, rows, from, to))) continue;
      for (let at = from; at < to; at++) {
        const row = rows[at] as number;
        if (things === undefined || this.#things.isNew(things[row] as number)) repeats++;
        const own = this.#groupOf[row] as number;
        if (own === 0 || this.#groups.isNew(own)) repeats--;
      }
    }
    return repeats;
  }
}

function varies(codes: Int32Array, rows: Int32Array, from: number, to: number): boolean {
  const first = codes[rows[from] as number];
  for (let at = from + 1; at < to; at++) if (codes[rows[at] as number] !== first) return true;
  return false;
}
