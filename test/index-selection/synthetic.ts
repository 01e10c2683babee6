import type { Combination, IndexOption, SelectionProblem } from '#engine/indexes/select/problem.ts';

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SyntheticShape {
  readonly seed: number;
  readonly tables: number;
  readonly indexesPerTable: number;
  readonly queries: number;
  /** Tables that one query joins, at most. */
  readonly joins: number;
  /** Share of all bytes. */
  readonly budget: number;
  /** Write cost of an index against what it takes to read its table once. */
  readonly writes: number;
}

/**
 * A workload as a planner would cost it: each query reads some tables, each by one index or whole, and a join is cheap only
 * when both of its sides have an index. So indexes of different tables gain together what none of them gains alone.
 */
export function synthetic(shape: SyntheticShape): Omit<SelectionProblem, 'budget'> & { readonly budget: number } {
  const random = numbers(shape.seed);
  const whole = Array.from({ length: shape.tables }, () => Math.floor(10 ** (3 + 3 * random())));
  const indexes: IndexOption[] = [];
  const ofTable = whole.map((size, table) =>
    Array.from({ length: shape.indexesPerTable }, (_, at) => {
      const id = `t${table}_${at}`;
      const bytes = Math.round(size * (0.1 + 0.5 * random()) * 100);
      indexes.push({ id, bytes, writeCost: size * shape.writes * random(), standing: 'candidate' });
      return id;
    }),
  );
  const costs = new Map<string, Combination[]>();
  const queries = Array.from({ length: shape.queries }, (_, at) => {
    const read = [
      ...new Set(Array.from({ length: 1 + Math.floor(random() * shape.joins) }, () => Math.floor(random() * shape.tables))),
    ];
    // What of a table a query reads with each of the few indexes that suit it.
    const suits = read.map((table) =>
      (ofTable[table] ?? []).filter(() => random() < 0.4).map((id) => ({ id, share: random() ** 2 })),
    );
    let lists: { readonly indexes: string[]; readonly cost: number; readonly without: number }[] = [
      { indexes: [], cost: 0, without: 0 },
    ];
    read.forEach((table, which) => {
      const size = whole[table] as number;
      lists = lists.flatMap((list) => [
        { ...list, cost: list.cost + size, without: list.without + size },
        ...(suits[which] ?? []).map(({ id, share }) => ({
          indexes: [...list.indexes, id],
          // An index on one side alone leaves half of the work.
          cost: list.cost + size * share,
          without: list.without,
        })),
      ]);
    });
    const found = lists.map(({ indexes: used, cost, without }) => ({
      indexes: used,
      cost: cost + (without > 0 ? 0.3 * (cost - without) : 0),
    }));
    costs.set(`q${at}`, found);
    return { id: `q${at}`, calls: 1 + Math.floor(random() * 20) };
  });
  const all = indexes.reduce((sum, { bytes }) => sum + bytes, 0);
  return { indexes, queries, costs, budget: all * shape.budget };
}
