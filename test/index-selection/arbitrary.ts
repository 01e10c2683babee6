import fc from 'fast-check';
import type { Combination, IndexOption, SelectionProblem, Standing } from '#engine/indexes/select/problem.ts';
import { totalOf } from './baselines.ts';

/** Random small problems with everything a problem can say, and their answer by trying every set. */

const idOf = (at: number) => `i${at}`;

interface Shape {
  readonly sizes: readonly { readonly bytes: number; readonly writeCost: number; readonly standing: Standing }[];
  readonly requires: readonly (readonly [number, number])[];
  readonly supersedes: readonly (readonly [number, number])[];
  readonly queries: readonly {
    readonly calls: number;
    readonly base: number;
    readonly options: readonly { readonly indexes: readonly number[]; readonly share: number }[];
  }[];
  readonly updates: readonly { readonly calls: number; readonly breaks: readonly number[]; readonly entries: readonly number[] }[];
  readonly budgetShare: number;
  readonly writePenalty: number;
}

function build(shape: Shape): SelectionProblem {
  const size = shape.sizes.length;
  const pairs = (list: Shape['requires'], from: number) =>
    list.flatMap(([a, b]) => (a % size === from && b % size !== from ? [idOf(b % size)] : []));
  const indexes: IndexOption[] = shape.sizes.map((one, at) => ({
    id: idOf(at),
    ...one,
    requires: pairs(shape.requires, at),
    supersedes: pairs(shape.supersedes, at),
  }));
  const costs = new Map<string, Combination[]>();
  const queries = shape.queries.map(({ calls, base, options }, at) => {
    const id = `q${at}`;
    const list = options.map(({ indexes: used, share }) => ({
      indexes: [...new Set(used.map((one) => idOf(one % size)))],
      cost: base * share,
    }));
    costs.set(id, [...list, { indexes: [], cost: base }]);
    return { id, calls };
  });
  const all = indexes.reduce((sum, { bytes, standing }) => (standing === 'key' ? sum : sum + bytes), 0);
  return {
    indexes,
    queries,
    costs,
    updates: shape.updates.map(({ calls, breaks, entries }, at) => ({
      id: `u${at}`,
      calls,
      breaks: breaks.map((one) => idOf(one % size)),
      entries: entries.map((cost, index) => ({ index: idOf(index % size), cost })),
    })),
    budget: all * shape.budgetShare,
    writePenalty: shape.writePenalty,
  };
}

const nat = (max: number) => fc.nat({ max });

/** @param most indexes at most */
export function problems(most: number): fc.Arbitrary<SelectionProblem> {
  const standing = fc.constantFrom<Standing>(
    'candidate',
    'candidate',
    'candidate',
    'candidate',
    'existing',
    'existing',
    'kept',
    'key',
  );
  const pair = fc.tuple(nat(most), nat(most));
  return fc
    .record<Shape>({
      sizes: fc.array(fc.record({ bytes: nat(50), writeCost: fc.oneof(fc.constant(0), nat(20)), standing }), {
        minLength: 1,
        maxLength: most,
      }),
      requires: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(pair, { maxLength: 3 })),
      supersedes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(pair, { maxLength: 3 })),
      queries: fc.array(
        fc.record({
          calls: nat(5),
          base: nat(100),
          options: fc.array(
            fc.record({
              indexes: fc.array(nat(most), { minLength: 1, maxLength: 4 }),
              share: fc.double({ min: 0, max: 1.2, noNaN: true }),
            }),
            { maxLength: 8 },
          ),
        }),
        { minLength: 1, maxLength: 7 },
      ),
      updates: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        fc.array(
          fc.record({
            calls: nat(3),
            breaks: fc.array(nat(most), { maxLength: 3 }),
            entries: fc.array(nat(5), { maxLength: most }),
          }),
          { maxLength: 2 },
        ),
      ),
      budgetShare: fc.double({ min: 0, max: 1, noNaN: true }),
      writePenalty: fc.constantFrom(0, 0.5, 1, 2),
    })
    .map(build);
}

/** What must be in every answer: what is kept, and what that requires. */
export function mustHave(problem: SelectionProblem): Set<string> {
  const byId = new Map(problem.indexes.map((index) => [index.id, index]));
  const kept = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'kept' ? [id] : [])));
  for (const id of kept) for (const other of byId.get(id)?.requires ?? []) if (byId.get(other)?.standing !== 'key') kept.add(other);
  return kept;
}

/** Whether a set (keys apart) may be an answer. What must be kept, and what that needs, is in it whatever else is said. */
export function isAdmissible(problem: SelectionProblem, set: ReadonlySet<string>): boolean {
  const keys = new Set(problem.indexes.flatMap(({ id, standing }) => (standing === 'key' ? [id] : [])));
  const kept = mustHave(problem);
  const there = (id: string) => set.has(id) || keys.has(id);
  let bytes = 0;
  for (const { id, bytes: size, requires = [], supersedes = [] } of problem.indexes) {
    if (!set.has(id)) {
      if (kept.has(id)) return false;
      if (!keys.has(id)) continue;
    } else bytes += size;
    const stays = (one: string) => kept.has(one) || keys.has(one);
    if (set.has(id) && !requires.every(there)) return false;
    if (supersedes.some((other) => set.has(other) && !(stays(other) && stays(id)))) return false;
    // Beside a key that it supersedes an index has no place: the key cannot go.
    if (set.has(id) && supersedes.some((other) => keys.has(other)) && !stays(id)) return false;
  }
  return bytes <= problem.budget;
}

/** The least total, by trying every set; undefined when no set is admissible. */
export function bruteForce(problem: SelectionProblem): number | undefined {
  const movable = problem.indexes.filter(({ standing }) => standing !== 'key').map(({ id }) => id);
  let best: number | undefined;
  for (let mask = 0; mask < 2 ** movable.length; mask++) {
    const set = new Set(movable.filter((_, at) => (mask >> at) & 1));
    if (!isAdmissible(problem, set)) continue;
    const total = totalOf(problem, set);
    if (best === undefined || total < best) best = total;
  }
  return best;
}
