/** Sets of indexes that others would make, for the same workload and room. */
import type { JudgedIndex, JudgedQuery, RealServer } from './real-server.ts';

export interface Rival {
  readonly name: string;
  readonly set: readonly JudgedIndex[];
}

const bytesOf = (set: readonly JudgedIndex[]) => set.reduce((sum, one) => sum + one.bytes, 0);

/** Numbers between 0 and 1, the same each time (Park and Miller). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Sets drawn at random that fill the room. */
export function randomSets(indexes: readonly JudgedIndex[], budget: number, size: number, count: number): readonly Rival[] {
  const next = numbers(20_260);
  return Array.from({ length: count }, (_, at) => {
    const left = [...indexes];
    const set: JudgedIndex[] = [];
    while (left.length > 0 && set.length < size) {
      const [one] = left.splice(Math.floor(next() * left.length), 1) as [JudgedIndex];
      if (bytesOf(set) + one.bytes <= budget) set.push(one);
    }
    return { name: `random ${at + 1}`, set };
  });
}

/**
 * As dexter does: all plain indexes of one and two columns are shown, and of each query those that its plan uses are taken
 * when they make it cheaper by half.
 */
export async function dexterSet(
  server: RealServer,
  queries: readonly JudgedQuery[],
  plain: readonly JudgedIndex[],
): Promise<Rival> {
  const taken = new Set<string>();
  for (const { sql } of queries) {
    await server.show(new Set());
    const before = await server.plan(sql);
    await server.show(new Set(plain.map((one) => one.id)));
    const after = await server.plan(sql);
    if (after.cost < before.cost / 2) for (const name of after.indexes) taken.add(name);
  }
  return { name: 'dexter: plans of one and two columns', set: plain.filter((one) => taken.has(one.id)) };
}

/** Takes the step that saves most by byte, again and again, until none saves enough. */
async function stepwise(
  steps: (set: readonly JudgedIndex[]) => readonly (readonly JudgedIndex[])[],
  total: (set: readonly JudgedIndex[]) => Promise<number>,
  budget: number,
  least: number,
): Promise<readonly JudgedIndex[]> {
  let set: readonly JudgedIndex[] = [];
  let now = await total(set);
  for (;;) {
    let best: { readonly set: readonly JudgedIndex[]; readonly total: number; readonly ratio: number } | undefined;
    for (const next of steps(set)) {
      if (bytesOf(next) > budget) continue;
      const after = await total(next);
      const ratio = (now - after) / Math.max(1, bytesOf(next) - bytesOf(set));
      if (after * least < now && ratio > (best?.ratio ?? 0)) best = { set: next, total: after, ratio };
    }
    if (best === undefined) return set;
    set = best.set;
    now = best.total;
  }
}

/** A greedy that knows the truth: it adds what saves most of the pages that the server really touches. */
export async function greedyOnTruth(server: RealServer, indexes: readonly JudgedIndex[], budget: number): Promise<Rival> {
  const steps = (set: readonly JudgedIndex[]) => indexes.filter((one) => !set.includes(one)).map((one) => [...set, one]);
  return { name: 'greedy that knows the pages', set: await stepwise(steps, (set) => server.total(set), budget, 1.001) };
}

/** Extend, by the costs of the server's own planner: a new index of one column, or one column more for an index that is there. */
export async function extendSet(server: RealServer, indexes: readonly JudgedIndex[], budget: number): Promise<Rival> {
  const steps = (set: readonly JudgedIndex[]) =>
    indexes.flatMap((one) => {
      const { columns = [] } = one;
      if (set.includes(one) || columns.length === 0) return [];
      const begun = set.find((other) => other.table === one.table && other.columns?.join() === columns.slice(0, -1).join());
      if (begun !== undefined) return [[...set.filter((other) => other !== begun), one]];
      return columns.length === 1 ? [[...set, one]] : [];
    });
  return { name: 'extend', set: await stepwise(steps, (set) => server.cost(set), budget, 1.003) };
}

/** One index out, one in, or one for another of its table. */
export function localSwaps(set: readonly JudgedIndex[], indexes: readonly JudgedIndex[], budget: number): readonly Rival[] {
  const others = indexes.filter((one) => !set.includes(one));
  const out = set.map((one) => ({ name: `without ${one.id}`, set: set.filter((other) => other !== one) }));
  const added = others.map((one) => ({ name: `and ${one.id}`, set: [...set, one] }));
  const swapped = set.flatMap((one) =>
    others
      .filter((other) => other.table === one.table)
      .map((other) => ({ name: `${other.id} for ${one.id}`, set: [...set.filter((same) => same !== one), other] })),
  );
  return [...out, ...added, ...swapped].filter((rival) => bytesOf(rival.set) <= budget);
}
