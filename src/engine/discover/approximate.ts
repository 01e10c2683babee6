import type { Budget } from '../budget.ts';
import { type Partition, Partitioner } from './fds/partitions.ts';
import { type Grid, gridOf, type NullMeaning, type Relation } from './relation.ts';

/** Two rows that are equal on the left and not on the right: one as most rows of its group have it, one that differs. */
export interface CounterExample {
  readonly usual: number;
  readonly odd: number;
}

/** A dependency that nearly holds. */
export interface ApproximateFd {
  readonly left: readonly number[];
  readonly right: number;
  /** Rows that would have to go so that it holds (g3 of Kivinen and Mannila, 1995, times the rows). */
  readonly violating: number;
  /** `violating` as a share of all rows. */
  readonly g3: number;
  /** Rows whose left values stand more than once. */
  readonly support: number;
  readonly examples: readonly CounterExample[];
}

export interface ApproximateOptions {
  readonly nulls?: NullMeaning;
  /** Largest share of rows that may violate. Default 0.05. */
  readonly maxError?: number;
  /** Columns on the left at most, 1 or 2. Default 2. */
  readonly maxLeft?: 1 | 2;
}

export interface ApproximateResult {
  readonly value: readonly ApproximateFd[];
  readonly complete: boolean;
  readonly reason?: string;
}

const MAX_EXAMPLES = 5;

/** Counts how far a target is from being determined by groups of rows. */
class Counter {
  readonly #grid: Grid;
  readonly #counts: Int32Array;

  constructor(grid: Grid) {
    this.#grid = grid;
    this.#counts = new Int32Array(grid.cards.reduce((most, card) => Math.max(most, card), 1));
  }

  /** Rows outside the most frequent right value of their group; gives up above the limit. */
  violating(partition: Partition, right: number, limit: number): number {
    const codes = this.#grid.codes[right] as Int32Array;
    const counts = this.#counts;
    let violating = 0;
    for (let group = 0; group + 1 < partition.starts.length && violating <= limit; group++) {
      const from = partition.starts[group] as number;
      const to = partition.starts[group + 1] as number;
      let most = 0;
      for (let i = from; i < to; i++) {
        const code = codes[partition.rows[i] as number] as number;
        const count = (counts[code] as number) + 1;
        counts[code] = count;
        if (count > most) most = count;
      }
      for (let i = from; i < to; i++) counts[codes[partition.rows[i] as number] as number] = 0;
      violating += to - from - most;
    }
    return violating;
  }

  /** Pairs that show the violation, from different groups as far as there are. */
  examples(partition: Partition, right: number): CounterExample[] {
    const codes = this.#grid.codes[right] as Int32Array;
    const found: CounterExample[] = [];
    for (let group = 0; group + 1 < partition.starts.length && found.length < MAX_EXAMPLES; group++) {
      const rows = partition.rows.subarray(partition.starts[group], partition.starts[group + 1]);
      const counts = new Map<number, number>();
      for (const row of rows) counts.set(codes[row] as number, (counts.get(codes[row] as number) ?? 0) + 1);
      if (counts.size < 2) continue;
      const [usual] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
      const usualRow = rows.find((row) => codes[row] === usual) as number;
      const odd = rows.find((row) => codes[row] !== usual) as number;
      found.push({ usual: usualRow, odd });
    }
    return found;
  }
}

/**
 * Dependencies with one or two columns on the left that hold in nearly all rows, with what speaks against them; those that
 * hold in all are not among them. One with two columns is left out where one of them alone does as well or holds. Violations
 * that outnumber half of what could repeat are chance, and left out too.
 */
export function approximateFds(relation: Relation, budget: Budget, options: ApproximateOptions = {}): ApproximateResult {
  const grid = gridOf(relation, options.nulls ?? 'equal');
  const { size, rows } = grid;
  const maxError = options.maxError ?? 0.05;
  const limit = Math.floor(rows * maxError);
  const parts = new Partitioner(grid);
  const counter = new Counter(grid);
  const found: ApproximateFd[] = [];
  /** For each left column the right ones that it determines, if only nearly. */
  const settled = Array.from({ length: size }, () => new Set<number>());
  // Constant columns are determined by nothing at all.
  const varied = Array.from({ length: size }, (_, column) => column).filter((column) => (grid.cards[column] as number) > 1);
  const look = (left: readonly number[], partition: Partition) => {
    const support = partition.rows.length;
    const groups = partition.starts.length - 1;
    if (groups === 0) return;
    for (const right of varied) {
      if (left.includes(right) || (left.length > 1 && left.some((column) => settled[column]?.has(right)))) continue;
      const violating = counter.violating(partition, right, limit);
      if (violating > limit) continue;
      if (left.length === 1) settled[left[0] as number]?.add(right);
      if (violating === 0 || violating * 2 > support - groups) continue;
      found.push({ left, right, violating, g3: violating / rows, support, examples: counter.examples(partition, right) });
    }
  };
  const order = () => found.sort((a, b) => a.g3 - b.g3 || b.support - a.support);
  for (const [at, one] of varied.entries()) {
    if (budget.shouldStop()) return { value: order(), complete: false, reason: 'stopped among left sides of one column' };
    budget.progress?.((at / varied.length) * 0.1, 'dependencies that nearly hold');
    look([one], parts.single(one));
  }
  if ((options.maxLeft ?? 2) < 2) return { value: order(), complete: true };
  for (const [at, one] of varied.entries()) {
    budget.progress?.(0.1 + (at / varied.length) * 0.9, 'dependencies that nearly hold, two columns on the left');
    for (const other of varied.slice(at + 1)) {
      if (budget.shouldStop()) return { value: order(), complete: false, reason: 'stopped among left sides of two columns' };
      look([one, other], parts.refine(parts.single(one), other));
    }
  }
  return { value: order(), complete: true };
}
