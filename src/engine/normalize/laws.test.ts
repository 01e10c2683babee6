import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allBits, type Bits, bitItems, bitsOf, isSubset, sameBits, without } from '#lib/bitset.ts';
import { SCHEMAS, schema } from '#test/normalize-arbitrary.ts';
import { armstrong } from '#test/normalize-chase.ts';
import { itemsOf, lcg, maskOf, oracle, type Pair } from '#test/normalize-oracle.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { closer, equivalent } from './closure.ts';
import { canonicalCover, minimalCover } from './cover.ts';
import { type FdSet, fdSet } from './dependencies.ts';
import { atomicClosure, hasOtherCover, minimumCover } from './determinants.ts';
import { findForms } from './forms.ts';
import { findKeys, listKeys } from './keys.ts';

const RUNS = runs(11, 200, 50);
const FORMS = ['2NF', '3NF', 'EKNF', 'BCNF'] as const;
const keysOf = (set: FdSet) => listKeys(findKeys(set, UNLIMITED).value, 1000);
const formsOf = (set: FdSet) => {
  const { is } = findForms(set, UNLIMITED).value;
  return FORMS.map((form) => is[form] ?? false);
};
const text = (set: FdSet) => set.fds.map((fd) => `${bitItems(fd.left)}>${bitItems(fd.right)}`).sort();
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const next = lcg(seed);
  return list
    .map((one) => [next(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
};

test('keys: each determines all, none holds a smaller one, every superkey holds one', () => {
  fc.assert(
    fc.property(schema, fc.nat(63), ({ size, pairs }, some) => {
      const set = fdSet(size, pairs);
      const known = closer(set);
      const all = allBits(size);
      const keys = keysOf(set);
      for (const [at, key] of keys.entries()) {
        expect(sameBits(known.close(key), all)).toBe(true);
        for (const item of bitItems(key)) expect(sameBits(known.close(without(key, item)), all)).toBe(false);
        expect(keys.some((other, where) => where !== at && isSubset(other, key))).toBe(false);
      }
      const superkey: Bits = bitsOf(size, itemsOf(some & (2 ** size - 1)));
      if (sameBits(known.close(superkey), all)) expect(keys.some((key) => isSubset(key, superkey))).toBe(true);
    }),
    RUNS,
  );
});

test('normal forms: each holds with those below it, and neither numbering nor cover changes them', () => {
  fc.assert(
    fc.property(schema, fc.integer(), ({ size, pairs }, seed) => {
      const forms = formsOf(fdSet(size, pairs));
      for (let at = 1; at < forms.length; at++) expect(!forms[at] || forms[at - 1]).toBe(true);
      const order = shuffled(
        Array.from({ length: size }, (_, i) => i),
        seed,
      );
      const move = (items: readonly number[]) => items.map((item) => order[item] as number);
      const moved = shuffled(pairs, seed).map(([left, right]): Pair => [move(left), move(right)]);
      expect(formsOf(fdSet(size, moved))).toEqual(forms);
      expect(formsOf(minimalCover(fdSet(size, pairs)))).toEqual(forms);
    }),
    RUNS,
  );
});

test('two attributes are in BCNF unless one is the same in every row', () => {
  fc.assert(
    fc.property(schema, ({ pairs }) => {
      const two = pairs.map(([left, right]): Pair => [left.filter((item) => item < 2), right.filter((item) => item < 2)]);
      const set = fdSet(2, two);
      const constant = closer(set).close(bitsOf(2, []));
      const free = bitItems(constant).length === 0 || bitItems(constant).length === 2;
      expect(findForms(set, UNLIMITED).value.is.BCNF).toBe(free);
    }),
    RUNS,
  );
});

test('an attribute that only a key determines keeps BCNF', () => {
  fc.assert(
    fc.property(schema, ({ size, pairs }) => {
      const set = fdSet(size, pairs);
      const [key] = keysOf(set);
      const wider = fdSet(size + 1, [...pairs, [bitItems(key as Bits), [size]]]);
      expect(findForms(wider, UNLIMITED).value.is.BCNF).toBe(findForms(set, UNLIMITED).value.is.BCNF);
    }),
    RUNS,
  );
});

test('covers: any order of declaration gives one that says the same, and the fewest dependencies are as many', () => {
  fc.assert(
    fc.property(schema, fc.integer(), ({ size, pairs }, seed) => {
      const set = fdSet(size, pairs);
      const other = fdSet(size, shuffled(pairs, seed));
      expect(equivalent(minimalCover(set), minimalCover(other))).toBe(true);
      const fewest = minimumCover(canonicalCover(set));
      expect(equivalent(fewest, set)).toBe(true);
      expect(fewest.fds.length).toBeLessThanOrEqual(canonicalCover(set).fds.length);
      expect(minimumCover(canonicalCover(other)).fds.length).toBe(fewest.fds.length);
    }),
    RUNS,
  );
});

test('a cover with the fewest dependencies can be smaller than a canonical one', () => {
  // ab -> c, ab -> d by way of cd: a b determine c d, c d determine a b, and e goes with one, f with the other.
  const set = fdSet(6, [
    [
      [0, 1],
      [2, 3, 4],
    ],
    [
      [2, 3],
      [0, 1, 5],
    ],
  ]);
  expect(minimumCover(canonicalCover(set)).fds).toHaveLength(2);
  // Maier's example: a -> bc, b -> a, ad -> e, bd -> f holds ad and bd as equivalents without their own class.
  const maier = fdSet(6, [
    [[0], [1, 2]],
    [[1], [0]],
    [[0, 3], [4]],
    [[1, 3], [5]],
  ]);
  expect(canonicalCover(maier).fds).toHaveLength(4);
  expect(minimumCover(canonicalCover(maier)).fds).toHaveLength(3);
});

test('every smallest determinant is found, and whether another minimal cover exists is told', () => {
  let several = 0;
  for (const [at, { size, pairs }] of SCHEMAS.entries()) {
    const set = fdSet(size, pairs);
    const truth = oracle(size, pairs);
    const minimal = minimalCover(set);
    const atoms = atomicClosure(minimal, UNLIMITED);
    const expected: string[] = [];
    for (let left = 0; left < 2 ** size; left++) {
      for (const item of itemsOf(truth.close(left) & ~left)) {
        if (itemsOf(left).every((drop) => ((truth.close(left & ~(1 << drop)) >> item) & 1) === 0))
          expected.push(`${itemsOf(left)}>${item}`);
      }
    }
    expect(text({ size, fds: atoms.value })).toEqual(expected.sort());
    const other = hasOtherCover(minimal, atoms);
    const found = [1, 2, 3, 4, 5, 6].some(
      (seed) => text(minimalCover(fdSet(size, shuffled(expandedPairs(atoms.value), seed + at)))).join() !== text(minimal).join(),
    );
    if (found) expect(other).toBe(true);
    if (other === true) several++;
  }
  expect(several).toBeGreaterThan(20);
  expect(several).toBeLessThan(SCHEMAS.length);
});

const expandedPairs = (fds: FdSet['fds']) => fds.map((fd): Pair => [bitItems(fd.left), bitItems(fd.right)]);

test('rows of an Armstrong relation satisfy exactly the dependencies that the closure gives', () => {
  fc.assert(
    fc.property(schema, fc.nat(63), ({ size, pairs }, some) => {
      const truth = oracle(size, pairs);
      const rows = armstrong(size, truth.close);
      const left = itemsOf(some & (2 ** size - 1));
      const groups = new Map<string, (readonly string[])[]>();
      for (const row of rows) {
        const key = left.map((item) => row[item]).join();
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      const held = Array.from({ length: size }, (_, item) => item).filter((item) =>
        [...groups.values()].every((group) => group.every((row) => row[item] === group[0]?.[item])),
      );
      expect(maskOf(bitItems(closer(fdSet(size, pairs)).close(bitsOf(size, left))))).toBe(maskOf(held));
    }),
    RUNS,
  );
});

test('with no time left, what is said is still true, and what is not known is left open', () => {
  for (const { size, pairs } of SCHEMAS) {
    const truth = oracle(size, pairs);
    for (const after of [0, 2, 5, 11]) {
      let asked = 0;
      const { value, complete, reason } = findForms(fdSet(size, pairs), { shouldStop: () => ++asked > after });
      for (const form of FORMS) if (value.is[form] !== undefined) expect(value.is[form]).toBe(truth.is[form]);
      if (!complete) expect(reason).toMatch(/undecided/);
      if (!complete && value.is.BCNF === false) expect(reason).toMatch(/^not (2NF|3NF|EKNF|BCNF) \(proved\); /);
      expect(maskOf(bitItems(value.keys.value.prime)) & ~truth.prime).toBe(0);
      expect(maskOf(bitItems(value.keys.value.nonPrime)) & truth.prime).toBe(0);
    }
  }
});
