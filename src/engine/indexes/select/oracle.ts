import type { Combination } from './problem.ts';

/** What a query costs with some indexes there, keys apart: those are there in every case. */
export interface CostRequest {
  readonly query: string;
  readonly indexes: readonly string[];
}

export interface CostAnswer {
  /** Cost of one call. */
  readonly cost: number;
  /** The indexes, keys apart, that the plan uses. Without it more has to be asked. */
  readonly used?: readonly string[];
}

/**
 * Says what queries cost: a planner, or a model of one. Requests come many at a time, so that those with the same indexes can
 * be answered together. It is taken to choose the cheapest plan there is: with more indexes no query costs more, and a plan
 * is chosen again when only indexes are gone that it did not use.
 */
export type CostOracle = (requests: readonly CostRequest[]) => readonly CostAnswer[] | Promise<readonly CostAnswer[]>;

/** An answer that is remembered. */
interface Known {
  readonly indexes: ReadonlySet<string>;
  readonly used: readonly string[];
  readonly cost: number;
}

/** A set that is still to be looked at. */
interface Waiting {
  readonly indexes: readonly string[];
  /** No subset of it costs less. */
  readonly least: number;
}

const keyOf = (indexes: Iterable<string>) => JSON.stringify([...indexes].sort());
const isWithin = (small: readonly string[], large: ReadonlySet<string>) => small.every((one) => large.has(one));

/**
 * What is known of one query: the index benefit graph of K. Schnaitter, N. Polyzotis and L. Getoor (Index interactions in
 * physical design tuning, VLDB 2009). From the set of all indexes one goes down by taking away, one at a time, the indexes
 * that the plan used; what is found on the way are all plans that some set of indexes can lead to.
 */
export class Graph {
  readonly query: string;
  readonly calls: number;
  readonly relevant: readonly string[];
  /** With no index but the keys. */
  base = Number.NaN;
  /** With all of them: nothing is cheaper. */
  floor = 0;
  private readonly known: Known[] = [];
  private readonly seen = new Set<string>();
  private waiting: Waiting[] = [];
  private whole = false;

  constructor(query: string, calls: number, relevant: readonly string[]) {
    this.query = query;
    this.calls = calls;
    this.relevant = relevant;
  }

  /** The answer for a set when it follows from another: a larger one whose plan used nothing else. */
  knows(indexes: ReadonlySet<string>): Known | undefined {
    return this.known.find((one) => isWithin(one.used, indexes) && [...indexes].every((index) => one.indexes.has(index)));
  }

  learn(indexes: readonly string[], cost: number, used: readonly string[]): void {
    if (indexes.length === 0) this.base = cost;
    this.known.push({ indexes: new Set(indexes), used, cost });
  }

  /** Once what all indexes cost together is known. */
  begin(): void {
    this.floor = Math.min(this.base, this.knows(new Set(this.relevant))?.cost ?? 0);
  }

  /** Begins to look for all plans within a set. */
  open(within: readonly string[]): void {
    if (within.length === this.relevant.length) this.whole = true;
    this.wait(within, this.floor);
  }

  private wait(indexes: readonly string[], least: number): void {
    const key = keyOf(indexes);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.waiting.push({ indexes, least });
  }

  /** Goes down wherever answers are known. Returns the sets that have to be asked for, what may gain most first. */
  advance(): readonly Waiting[] {
    const unknown: Waiting[] = [];
    for (let next = this.waiting.pop(); next !== undefined; next = this.waiting.pop()) {
      const found = this.knows(new Set(next.indexes));
      if (found === undefined) unknown.push(next);
      // Below a set that gains nothing there is nothing to gain.
      else if (found.cost < this.base)
        for (const gone of found.used)
          this.wait(
            next.indexes.filter((index) => index !== gone),
            found.cost,
          );
    }
    this.waiting = unknown.sort((a, b) => a.least - b.least || b.indexes.length - a.indexes.length);
    return this.waiting;
  }

  /** Whether every plan is known that some set of indexes leads to. */
  get complete(): boolean {
    return this.whole && this.waiting.length === 0;
  }

  /** Answers that it has. */
  get size(): number {
    return this.known.length;
  }

  /** What an hour of it could gain at most from what is not known yet. */
  get promise(): number {
    const [first] = this.waiting;
    return first === undefined ? 0 : this.calls * (this.base - first.least);
  }

  /** All that is known, as ways to answer the query. */
  combinations(): Combination[] {
    return this.known.map(({ used, cost }) => ({ indexes: used, cost }));
  }
}
