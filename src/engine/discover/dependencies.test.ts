import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitItems, bitsOf, isSubset } from '#lib/bitset.ts';
import { bruteForce, type Cell, type Listed, type Nulls, type Rows } from '#test/discovery/brute-force.ts';
import { tane } from '#test/discovery/tane.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { closer } from '../normalize/closure.ts';
import { fdSet } from '../normalize/dependencies.ts';
import { constantColumns, discoverDependencies, equivalentColumns, fdsOf, keysOf, setsOf } from './dependencies.ts';
import { type FindOptions, type Found, findDependencies } from './fds/find.ts';
import { gridOf, relationOf } from './relation.ts';

const WAYS: readonly FindOptions['way'][] = [
  undefined,
  { source: 'all pairs', lattice: true },
  { source: 'all pairs', lattice: false },
  { source: 'sample', lattice: true },
  { source: 'sample', lattice: false },
];

function names(size: number): string[] {
  return Array.from({ length: size }, (_, i) => `c${i}`);
}

function listed(found: Found): Listed {
  const flat = found.lists.map((list) => setsOf(list.flat()));
  const keys = (flat.pop() ?? []).map((key) => bitItems(key).join());
  return {
    fds: flat.flatMap((lefts, right) => lefts.map((left) => `${bitItems(left).join()}>${right}`)).sort(),
    keys: keys.sort(),
  };
}

/** Small tables whose values repeat, NULLs among them. */
const table = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc
    .array(fc.array(fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 5 }), { minLength: size, maxLength: size }), {
      maxLength: 12,
    })
    .map((rows) => ({ size, rows: rows.map((row) => row.map((cell): Cell => cell?.toString())) })),
);

function search(size: number, rows: Rows, nulls: Nulls, way?: FindOptions['way']): Listed {
  return listed(findDependencies(gridOf(relationOf(names(size), rows), nulls), UNLIMITED, { way }));
}

describe('all minimal dependencies and keys', () => {
  it.each(['equal', 'distinct'] as const)('are what trying everything finds, whatever way is taken (NULLs are %s)', (nulls) => {
    fc.assert(
      fc.property(table, ({ size, rows }) => {
        const expected = bruteForce(size, rows, nulls);
        for (const way of WAYS) expect(search(size, rows, nulls, way)).toEqual(expected);
      }),
      runs(5101, 400),
    );
  });

  it('are what TANE finds on larger random tables', () => {
    const wide = fc.tuple(fc.integer({ min: 7, max: 11 }), fc.integer({ min: 10, max: 120 }), fc.integer({ min: 0, max: 2 ** 30 }));
    fc.assert(
      fc.property(wide, ([size, count, seed]) => {
        const rows = seededRows(size, count, seed);
        const grid = gridOf(relationOf(names(size), rows), 'equal');
        const judge = tane(grid.rows, grid.codes) ?? { lefts: [], keys: [] };
        const words = (list: readonly number[]) => list.map((word) => bitItems(Int32Array.of(word)).join());
        const fds = judge.lefts.flatMap((lefts, right) => words(lefts).map((left) => `${left}>${right}`)).sort();
        for (const way of WAYS) {
          const found = listed(findDependencies(grid, UNLIMITED, { way }));
          expect(found.fds).toEqual(fds);
          expect(found.keys).toEqual(words(judge.keys).sort());
        }
      }),
      runs(5102, 30),
    );
  });

  it('are the same for tables of more than 32 and more than 64 columns, by every way', () => {
    for (const [size, seed] of [
      [34, 1],
      [70, 2],
    ] as const) {
      const rows = seededRows(size, 6, seed);
      const first = search(size, rows, 'equal', { source: 'all pairs' });
      expect(first.fds.length).toBeGreaterThan(100);
      expect(search(size, rows, 'equal', { source: 'sample' })).toEqual(first);
      // The first seven columns alone have the dependencies that lie in them.
      const few = bruteForce(
        7,
        rows.map((row) => row.slice(0, 7)),
        'equal',
      );
      const inside = first.fds.filter((fd) => fd.split(/[,>]/).every((item) => Number(item) < 7));
      expect(inside).toEqual(few.fds);
    }
  });

  it('say what a table without rows, with one row, and without columns has', () => {
    expect(search(2, [], 'equal')).toEqual({ fds: ['>0', '>1'], keys: [''] });
    expect(search(2, [['a', 'b']], 'equal')).toEqual({ fds: ['>0', '>1'], keys: [''] });
    expect(search(0, [], 'equal')).toEqual({ fds: [], keys: [''] });
  });

  it('know no key when a row stands twice', () => {
    expect(
      search(
        2,
        [
          ['a', 'b'],
          ['a', 'b'],
          ['a', 'c'],
        ],
        'equal',
      ),
    ).toEqual({ fds: ['>0'], keys: [] });
  });
});

/** Repeatable rows, some columns copies or parts of others so that there is something to find. */
function seededRows(size: number, count: number, seed: number): string[][] {
  let state = seed >>> 0;
  const draw = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => {
    const row: number[] = [];
    for (let column = 0; column < size; column++) {
      const before = row[column - 2] ?? 0;
      row.push(column % 3 === 2 ? (before * 7) % 4 : draw(2 + (column % 5)));
    }
    return row.map(String);
  });
}

describe('laws', () => {
  const permutation = (size: number) =>
    fc.shuffledSubarray(
      names(size).map((_, i) => i),
      { minLength: size, maxLength: size },
    );

  it('do not depend on the order of rows and columns, on what values are called, or on rows standing twice', () => {
    const arranged = table.chain(({ size, rows }) =>
      fc.record({ size: fc.constant(size), rows: fc.constant(rows), columns: permutation(size), order: permutation(rows.length) }),
    );
    fc.assert(
      fc.property(arranged, ({ size, rows, columns, order }) => {
        const plain = search(size, rows, 'equal');
        const moved = order.map((at) => columns.map((column) => rows[at]?.[column]));
        const back = (list: string) =>
          list === ''
            ? ''
            : list
                .split(',')
                .map((item) => columns[Number(item)] as number)
                .sort((a, b) => a - b)
                .join();
        const renamed = search(size, moved, 'equal');
        expect(renamed.keys.map(back).sort()).toEqual(plain.keys);
        const fds = renamed.fds.map((fd) => fd.split('>').map(back).join('>'));
        expect(fds.sort()).toEqual(plain.fds);
        const recoded = rows.map((row) =>
          row.map((cell, column) => (cell === undefined ? undefined : `${column}/${9 - Number(cell)}`)),
        );
        expect(search(size, recoded, 'equal')).toEqual(plain);
        expect(search(size, [...rows, ...rows], 'equal').fds).toEqual(plain.fds);
      }),
      runs(5103, 150),
    );
  });

  it('another row never makes a dependency hold that did not', () => {
    fc.assert(
      fc.property(table, fc.constantFrom<Nulls>('equal', 'distinct'), ({ size, rows }, nulls) => {
        const before = search(size, rows.slice(0, -1), nulls);
        for (const fd of search(size, rows, nulls).fds) {
          const [left = '', right = ''] = fd.split('>');
          const within = new Set(left.split(','));
          const implied = before.fds.some((one) => {
            const [smaller = '', same] = one.split('>');
            return same === right && smaller.split(',').every((item) => item === '' || within.has(item));
          });
          expect(implied).toBe(true);
        }
      }),
      runs(5104, 150),
    );
  });

  it('an Armstrong relation of dependencies gives back a cover of them', () => {
    const declared = fc.integer({ min: 2, max: 6 }).chain((size) => {
      const some = fc.subarray(names(size).map((_, i) => i));
      return fc.record({ size: fc.constant(size), fds: fc.array(fc.tuple(some, some), { maxLength: 5 }) });
    });
    fc.assert(
      fc.property(declared, ({ size, fds }) => {
        const given = closer(fdSet(size, fds));
        // One row of zeros, and for each closed set one that agrees with it on exactly that set (Armstrong, 1974).
        const closed = new Map<string, readonly number[]>();
        for (let mask = 0; mask < 2 ** size; mask++) {
          const closure = bitItems(
            given.close(
              bitsOf(
                size,
                names(size).flatMap((_, i) => ((mask >> i) & 1 ? [i] : [])),
              ),
            ),
          );
          closed.set(closure.join(), closure);
        }
        const rows = [...closed.values()].map((set, at) => names(size).map((_, i) => (set.includes(i) ? '0' : `${at + 1}`)));
        const found = discoverDependencies(relationOf(names(size), [names(size).map(() => '0'), ...rows]), UNLIMITED);
        const discovered = closer({ size, fds: fdsOf(found.value) });
        for (let mask = 0; mask < 2 ** size; mask++) {
          const set = bitsOf(
            size,
            names(size).flatMap((_, i) => ((mask >> i) & 1 ? [i] : [])),
          );
          expect(bitItems(discovered.close(set))).toEqual(bitItems(given.close(set)));
        }
      }),
      runs(5105, 150),
    );
  });
});

describe('columns', () => {
  it('that hold one value, and those that say the same, are told', () => {
    const rows = [
      ['1', 'x', 'one', 'a'],
      ['2', 'x', 'two', 'a'],
      ['1', 'x', 'one', 'b'],
      ['3', 'x', 'three', 'b'],
    ];
    const { value } = discoverDependencies(relationOf(names(4), rows), UNLIMITED);
    expect(constantColumns(value)).toEqual([1]);
    expect(equivalentColumns(value)).toEqual([[0, 2]]);
  });
});

describe('honesty', () => {
  const rows = seededRows(9, 60, 7);
  const relation = relationOf(names(9), rows);
  const all = discoverDependencies(relation, UNLIMITED);

  it('says that everything was found', () => {
    expect(all).toMatchObject({ complete: true, completeUpToLeft: 9, sampledRows: 60 });
    expect(all.reason).toBeUndefined();
    expect(all.value.count).toBe(fdsOf(all.value).reduce((sum, fd) => sum + bitItems(fd.right).length, 0));
  });

  it('with a limit of the left side finds all up to it and says so', () => {
    for (const maxLeft of [0, 1, 2, 3]) {
      const part = discoverDependencies(relation, UNLIMITED, { maxLeft });
      expect(part).toMatchObject({ complete: false, completeUpToLeft: maxLeft });
      expect(part.reason).toContain('not asked for');
      const small = fdsOf(all.value).filter((fd) => bitItems(fd.left).length <= maxLeft);
      expect(fdsOf(part.value)).toEqual(small);
      expect(keysOf(part.value)).toEqual(keysOf(all.value).filter((key) => key.length <= maxLeft));
    }
  });

  it('looks at the first rows when told, and says so', () => {
    const part = discoverDependencies(relation, UNLIMITED, { maxRows: 20 });
    expect(part.sampledRows).toBe(20);
    expect(part.complete).toBe(false);
    expect(part.reason).toContain('first 20 of 60 rows');
    expect(fdsOf(part.value)).toEqual(fdsOf(discoverDependencies(relationOf(names(9), rows.slice(0, 20)), UNLIMITED).value));
  });

  it.each([{ lattice: true }, { lattice: false }])(
    'stopped at any moment, has nothing wrong and what it calls complete (%o)',
    (way) => {
      const grid = gridOf(relation, 'equal');
      const expected = listed(findDependencies(grid, UNLIMITED, { way }));
      const size = (list: string) => (list === '' ? 0 : list.split(',').length);
      const left = (fd: string) => size(fd.split('>')[0] ?? '');
      const levels = new Set<number>();
      for (const source of ['all pairs', 'sample'] as const) {
        for (let looks = 0; looks < 400; looks += 1 + Math.floor(looks / 8)) {
          let rest = looks;
          const found = findDependencies(grid, { shouldStop: () => rest-- <= 0 }, { way: { ...way, source } });
          const some = listed(found);
          expect(expected.fds).toEqual(expect.arrayContaining([...some.fds]));
          expect(expected.keys).toEqual(expect.arrayContaining([...some.keys]));
          const upTo = found.completeUpToLeft;
          levels.add(upTo);
          expect(some.fds.filter((fd) => left(fd) <= upTo)).toEqual(expected.fds.filter((fd) => left(fd) <= upTo));
          expect(some.keys.filter((key) => size(key) <= upTo)).toEqual(expected.keys.filter((key) => size(key) <= upTo));
          if (!found.complete) expect(found.stop).toBe('budget');
        }
      }
      expect(levels.size).toBeGreaterThan(2);
    },
  );

  it('searches 150 columns by size of the left side, and says how far', () => {
    const many = seededRows(150, 40, 3);
    const found = discoverDependencies(relationOf(names(150), many), UNLIMITED, { maxLeft: 2 });
    expect(found).toMatchObject({ complete: false, completeUpToLeft: 2 });
    const few = relationOf(
      names(12),
      many.map((row) => row.slice(0, 12)),
    );
    const inside = fdsOf(found.value).filter((fd) => isSubset(fd.left, bitsOf(150, [...few.columns.keys()])));
    const expected = fdsOf(discoverDependencies(few, UNLIMITED, { maxLeft: 2 }).value);
    const text = (fd: (typeof inside)[number]) =>
      bitItems(fd.right).flatMap((item) => (item < 12 ? [`${bitItems(fd.left)}>${item}`] : []));
    expect(inside.flatMap(text)).toEqual(expected.flatMap(text));
  });

  it('stops at a number of dependencies', () => {
    const found = findDependencies(gridOf(relation, 'equal'), UNLIMITED, { maxFound: 5, way: { lattice: false } });
    expect(found.stop).toBe('found');
    expect(found.complete).toBe(false);
  });

  it('tells progress that grows', () => {
    const told: number[] = [];
    discoverDependencies(relation, { shouldStop: () => false, progress: (done) => void told.push(done) });
    expect(told.length).toBeGreaterThan(3);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
  });
});
