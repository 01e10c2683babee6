import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitItems, bitsOf } from '#lib/bitset.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../../budget.ts';
import { gridOf, relationOf } from '../relation.ts';
import { allAgreeSets, comparer } from './agree.ts';
import { HittingSets } from './hitting.ts';
import { AgreeIndex } from './maximal.ts';
import { Checker, Partitioner } from './partitions.ts';
import { sampleAgreeSets } from './sample.ts';
import { SetList } from './set-list.ts';
import { popcount, SetStore } from './set-store.ts';

/** Sets of numbers below a capacity that takes one, two or three words, or fits a bitmap. */
const family = fc
  .constantFrom(5, 20, 21, 32, 40, 70)
  .chain((size) =>
    fc.record({ size: fc.constant(size), sets: fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 6 }), { maxLength: 60 }) }),
  );

const sorted = (set: readonly number[]) => [...set].sort((a, b) => a - b).join();

function stored(size: number, sets: readonly (readonly number[])[]): SetStore {
  const store = new SetStore(size);
  for (const set of sets) store.add(bitsOf(size, set), 0);
  return store;
}

function setAt(store: SetStore, at: number): number[] {
  return bitItems(store.data.slice(at * store.words, (at + 1) * store.words));
}

describe('a store of sets', () => {
  it('holds each set once, in order of first appearance', () => {
    fc.assert(
      fc.property(family, ({ size, sets }) => {
        const store = new SetStore(size);
        const seen = new Set<string>();
        for (const set of sets) {
          expect(store.add(bitsOf(size, set), 0)).toBe(!seen.has(sorted(set)));
          seen.add(sorted(set));
        }
        expect(Array.from({ length: store.size }, (_, at) => setAt(store, at).join())).toEqual([...seen]);
      }),
      runs(5601, 200),
    );
  });

  it('grows past its first room, by bitmap, by words and by several words', () => {
    for (const size of [16, 30, 50]) {
      const sets = Array.from({ length: 3000 }, (_, i) => bitItems(Int32Array.of(i)));
      const store = stored(size, [...sets, ...sets]);
      expect(store.size).toBe(3000);
      expect(setAt(store, 2999)).toEqual(sets[2999]);
    }
  });

  it('counts members of a word', () => {
    for (const word of [0, 1, -1, 0x80000000 | 0, 0x55555555]) expect(popcount(word)).toBe(bitItems(Int32Array.of(word)).length);
  });

  it('and a list that grows keeps what is in it', () => {
    const list = new SetList(1);
    for (let i = 0; i < 100; i++) list.pushWord(i);
    expect([...list.flat().data]).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([list.at(77)[0], list.sizeAt(7)]).toEqual([77, 3]);
  });
});

describe('what left sides must meet', () => {
  it('is outside the largest agree sets without the target', () => {
    fc.assert(
      fc.property(family, ({ size, sets }) => {
        const index = new AgreeIndex(stored(size, sets), size);
        for (const target of [0, 3, size]) {
          const without = sets.filter((set) => !set.includes(target)).map((set) => new Set(set));
          const largest = without.filter(
            (set) => !without.some((other) => other.size > set.size && [...set].every((item) => other.has(item))),
          );
          const outside = largest.map((set) =>
            Array.from({ length: size }, (_, i) => i).filter((i) => i !== target && !set.has(i)),
          );
          const found = index.edgesOf(target, UNLIMITED);
          const words = (size + 31) >>> 5;
          const edges = Array.from({ length: found?.count ?? 0 }, (_, at) =>
            bitItems(found?.edges.slice(at * words, (at + 1) * words) ?? Int32Array.of()),
          );
          expect(edges.map(sorted).sort()).toEqual([...new Set(outside.map(sorted))].sort());
        }
      }),
      runs(5602, 100),
    );
  });

  it('of many sets is not looked for to the end when the budget is over', () => {
    const store = stored(
      30,
      Array.from({ length: 3000 }, (_, i) => bitItems(Int32Array.of(i))),
    );
    expect(new AgreeIndex(store, 30).edgesOf(30, { shouldStop: () => true })).toBeUndefined();
  });
});

describe('minimal hitting sets', () => {
  const edges = fc.array(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 5 }), { maxLength: 8 });
  const brute = (list: readonly (readonly number[])[]) => {
    const hits = (mask: number) => list.every((edge) => edge.some((item) => (mask >> item) & 1));
    return Array.from({ length: 256 }, (_, mask) => mask).filter(
      (mask) => hits(mask) && bitItems(Int32Array.of(mask)).every((item) => !hits(mask & ~(1 << item))),
    );
  };
  const flat = (list: readonly (readonly number[])[]) => Int32Array.from(list.map((edge) => bitsOf(8, edge)[0] as number));

  it('are all found, each once, and those up to a size', () => {
    fc.assert(
      fc.property(edges, fc.integer({ min: 0, max: 8 }), (list, maxSize) => {
        const found: number[] = [];
        const run = new HittingSets(8, flat(list), list.length, {
          maxSize,
          shouldStop: () => false,
          leaf: (set, size) => {
            expect(popcount(set[0] as number)).toBe(size);
            found.push(set[0] as number);
            return undefined;
          },
        }).run();
        expect(run).toEqual({ finished: true, learned: false });
        expect(found.sort((a, b) => a - b)).toEqual(brute(list).filter((set) => popcount(set) <= maxSize));
      }),
      runs(5603, 300),
    );
  });

  it('of edges that are learned on the way are right at once and all there when run again', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const known: number[] = [];
        const all = [...flat(list)];
        for (let round = 0; ; round++) {
          const found: number[] = [];
          const run = new HittingSets(8, Int32Array.from(known), known.length, {
            maxSize: 8,
            shouldStop: () => false,
            leaf: (set) => {
              const missed = all.find((edge) => (edge & (set[0] as number)) === 0);
              if (missed === undefined) {
                found.push(set[0] as number);
                return undefined;
              }
              known.push(missed);
              return Int32Array.of(missed);
            },
          }).run();
          const expected = brute(list);
          expect(expected).toEqual(expect.arrayContaining(found));
          expect(new Set(found).size).toBe(found.length);
          if (run.learned) {
            expect(round).toBeLessThan(20);
            continue;
          }
          expect(found.sort((a, b) => a - b)).toEqual(expected);
          return;
        }
      }),
      runs(5604, 300),
    );
  });

  it('end when the leaf says so', () => {
    let leaves = 0;
    const run = new HittingSets(8, flat([[0, 1, 2]]), 1, {
      maxSize: 8,
      shouldStop: () => false,
      leaf: () => (++leaves === 2 ? 'stop' : undefined),
    }).run();
    expect([run.finished, leaves]).toEqual([false, 2]);
  });
});

describe('rows', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((size) =>
      fc.array(fc.array(fc.constantFrom('0', '1', '2'), { minLength: size, maxLength: size }), { minLength: 2, maxLength: 20 }),
    );
  const gridFor = (rows: readonly (readonly string[])[]) =>
    gridOf(relationOf(rows[0]?.map((_, i) => `c${i}`) ?? [], rows), 'equal');
  const agreement = (one: readonly string[], other: readonly string[]) =>
    one.flatMap((value, i) => (value === other[i] ? [i] : [])).join();

  it('compared pair by pair give the agree sets; a sample gives some of them', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const grid = gridFor(rows);
        const expected = new Set(rows.flatMap((one, i) => rows.slice(i + 1).map((other) => agreement(one, other))));
        const all = allAgreeSets(grid, UNLIMITED) as SetStore;
        expect(new Set(Array.from({ length: all.size }, (_, at) => setAt(all, at).join()))).toEqual(expected);
        const compare = comparer(grid);
        sampleAgreeSets(grid, compare, UNLIMITED);
        expect(compare.store.size).toBeGreaterThan(0);
        for (let at = 0; at < compare.store.size; at++) expect(expected).toContain(setAt(compare.store, at).join());
      }),
      runs(5605, 150),
    );
  });

  it('in partitions are together exactly when they are equal on the columns', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const parts = new Partitioner(gridFor(rows));
        let partition = parts.whole();
        for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
          partition = column === 0 ? parts.single(0) : parts.refine(partition, column);
          const groups = Array.from({ length: partition.starts.length - 1 }, (_, at) =>
            [...partition.rows.slice(partition.starts[at], partition.starts[at + 1])].sort((a, b) => a - b).join(),
          );
          const byValue = new Map<string, number[]>();
          rows.forEach((row, at) => {
            const key = row.slice(0, column + 1).join();
            byValue.set(key, [...(byValue.get(key) ?? []), at]);
          });
          const expected = [...byValue.values()].filter((group) => group.length > 1).map((group) => group.join());
          expect(groups.sort()).toEqual(expected.sort());
        }
      }),
      runs(5606, 150),
    );
  });

  it('in partitions that are remembered are the same as in those made anew, in every order of asking', () => {
    const asked = fc.array(fc.uniqueArray(fc.nat(3), { maxLength: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(table, asked, (rows, lists) => {
        const grid = gridFor(rows);
        const parts = new Partitioner(grid);
        for (const columns of lists.map((list) => list.filter((column) => column < grid.size))) {
          const fresh = new Partitioner(grid);
          const [first, ...rest] = columns;
          const start = first === undefined ? fresh.whole() : fresh.single(first);
          expect(parts.of(columns)).toEqual(rest.reduce((made, column) => fresh.refine(made, column), start));
        }
      }),
      runs(5608, 100),
    );
  });

  it('are checked for what a left side determines, and what it does not is shown by a pair', () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat(31), { minLength: 1, maxLength: 6 }), (rows, lefts) => {
        const grid = gridFor(rows);
        const compare = comparer(grid);
        const checker = new Checker(new Partitioner(grid), compare);
        for (const mask of lefts) {
          const left = bitItems(Int32Array.of(mask)).filter((column) => column < grid.size);
          const targets = Array.from({ length: grid.size + 1 }, (_, i) => i).filter((i) => !left.includes(i));
          const equal = (one: readonly string[], other: readonly string[]) => left.every((column) => one[column] === other[column]);
          const holds = (target: number) =>
            rows.every((one, i) =>
              rows.slice(i + 1).every((other) => !equal(one, other) || (target < grid.size && one[target] === other[target])),
            );
          expect(checker.determined(left, targets)).toEqual(targets.filter(holds));
          for (const target of targets.filter((one) => !holds(one))) {
            const shown = Array.from({ length: compare.store.size }, (_, at) => setAt(compare.store, at));
            expect(shown.some((set) => !set.includes(target) && left.every((column) => set.includes(column)))).toBe(true);
          }
        }
      }),
      runs(5607, 150),
    );
  });
});
