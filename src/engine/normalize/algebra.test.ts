import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allBits,
  type Bits,
  bitCount,
  bitItems,
  bitsKey,
  bitsOf,
  hasBit,
  isSubset,
  minus,
  sameBits,
  union,
  without,
} from '#lib/bitset.ts';
import { SCHEMAS, schema } from '#test/normalize-arbitrary.ts';
import { itemsOf, lcg, maskOf, narrowPairs, oracle, type Pair, projectAll } from '#test/normalize-oracle.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { decomposeBcnf } from './bcnf.ts';
import { closer, equivalent, implies, proofOf } from './closure.ts';
import { canonicalCover, minimalCover } from './cover.ts';
import { synthesize3nf } from './decompose.ts';
import { type FdSet, fdSet } from './dependencies.ts';
import { findForms } from './forms.ts';
import { chase, isPreserved } from './join.ts';
import { eachKey, findKeys, inSomeKey, listKeys } from './keys.ts';
import { project } from './project.ts';

const sorted = (sets: readonly (readonly number[])[]) => sets.map((set) => [...set].sort((a, b) => a - b).join()).sort();
const toPairs = (set: FdSet): Pair[] => set.fds.map((fd) => [bitItems(fd.left), bitItems(fd.right)]);
const FORMS = ['2NF', '3NF', 'EKNF', 'BCNF'] as const;

/** 10,000 random schemas in a long run. */
const RUNS = runs(7, 200, 50);

test('keys, prime attributes and every normal form agree with exhaustive search on 300 random schemas', () => {
  const counts = { '2NF': 0, '3NF': 0, EKNF: 0, BCNF: 0 };
  for (const { size, pairs } of SCHEMAS) {
    const truth = oracle(size, pairs);
    const set = fdSet(size, pairs);
    const keys = findKeys(set, UNLIMITED);
    expect(keys.complete).toBe(true);
    expect(sorted(listKeys(keys.value, 10_000).map(bitItems))).toEqual(sorted(truth.keys.map(itemsOf)));
    expect(keys.value.count).toBe(BigInt(truth.keys.length));
    expect(maskOf(bitItems(keys.value.prime))).toBe(truth.prime);
    const forms = findForms(set, UNLIMITED);
    expect(forms.complete).toBe(true);
    for (const form of FORMS) {
      // A broken form breaks those above; what is not asked for is not stated.
      expect(forms.value.is[form] ?? false, `${form} of ${JSON.stringify({ size, pairs })}`).toBe(truth.is[form]);
      if (!truth.is[form]) counts[form]++;
    }
  }
  // The sample must hold schemas on both sides of each form, or agreement would mean nothing.
  for (const form of FORMS) expect(counts[form]).toBeGreaterThan(form === 'EKNF' ? 60 : 50);
  expect(counts.BCNF).toBeLessThan(SCHEMAS.length * 0.87);
});

test('every breach is a real one: its left side is no key and its right side breaks the form it names', () => {
  for (const { size, pairs } of SCHEMAS) {
    const truth = oracle(size, pairs);
    const { value } = findForms(fdSet(size, pairs), UNLIMITED);
    expect(value.breaches.length > 0).toBe(!truth.is.BCNF);
    for (const { form, left, right } of value.breaches) {
      const mask = maskOf(bitItems(left));
      const closure = truth.close(mask);
      expect(closure).not.toBe(2 ** size - 1);
      for (const item of bitItems(right)) {
        expect((closure >> item) & 1).toBe(1);
        const prime = ((truth.prime >> item) & 1) === 1;
        if (form === '2NF') expect(!prime && truth.keys.some((key) => (mask & ~key) === 0)).toBe(true);
        if (form === '3NF') expect(prime).toBe(false);
        if (form === 'EKNF' || form === 'BCNF') expect(prime).toBe(true);
      }
      expect(truth.is[form]).toBe(false);
    }
  }
});

test('closure: extensive, monotone, idempotent, and its recorded derivation replays to the same set', () => {
  fc.assert(
    fc.property(schema, fc.nat(63), fc.nat(63), ({ size, pairs }, one, two) => {
      const set = fdSet(size, pairs);
      const known = closer(set);
      const from = bitsOf(size, itemsOf(one & (2 ** size - 1)));
      const more = union(from, bitsOf(size, itemsOf(two & (2 ** size - 1))));
      const { closure, steps } = known.derive(from);
      expect(maskOf(bitItems(closure))).toBe(oracle(size, pairs).close(maskOf(bitItems(from))));
      expect(isSubset(from, closure)).toBe(true);
      expect(isSubset(closure, known.close(more))).toBe(true);
      expect(sameBits(known.close(closure), closure)).toBe(true);
      let replayed: Bits = from;
      for (const step of steps) {
        const fd = set.fds[step.fd] as FdSet['fds'][number];
        expect(isSubset(fd.left, replayed)).toBe(true);
        replayed = union(replayed, bitsOf(size, step.added));
      }
      expect(sameBits(replayed, closure)).toBe(true);
    }),
    RUNS,
  );
});

test('a proof reaches its target and needs each of its steps', () => {
  fc.assert(
    fc.property(schema, ({ size, pairs }) => {
      const set = fdSet(size, pairs);
      const from = bitsOf(size, [0]);
      const { closure, steps } = closer(set).derive(from);
      for (const item of bitItems(minus(closure, from))) {
        const proof = proofOf(set, from, steps, bitsOf(size, [item]));
        let reached: Bits = from;
        for (const step of proof) {
          expect(isSubset((set.fds[step.fd] as FdSet['fds'][number]).left, reached)).toBe(true);
          reached = union(reached, bitsOf(size, step.added));
        }
        expect(hasBit(reached, item)).toBe(true);
        expect(proof.length).toBeLessThanOrEqual(steps.length);
      }
    }),
    RUNS,
  );
});

test('cover: says the same, repeats to itself, holds no redundant dependency and no extraneous attribute', () => {
  fc.assert(
    fc.property(schema, ({ size, pairs }) => {
      const set = fdSet(size, pairs);
      const cover = minimalCover(set);
      expect(equivalent(set, cover)).toBe(true);
      expect(equivalent(cover, canonicalCover(set))).toBe(true);
      expect(toPairs(minimalCover(cover))).toEqual(toPairs(cover));
      const known = closer(cover);
      for (const [at, fd] of cover.fds.entries()) {
        expect(bitCount(fd.right)).toBe(1);
        expect(isSubset(fd.right, known.close(fd.left, at))).toBe(false);
        for (const item of bitItems(fd.left)) expect(isSubset(fd.right, known.close(without(fd.left, item)))).toBe(false);
      }
      const lefts = canonicalCover(set).fds.map((fd) => bitsKey(fd.left));
      expect(new Set(lefts).size).toBe(lefts.length);
    }),
    RUNS,
  );
});

test('keys do not depend on the order or numbering of attributes, nor on adding implied dependencies', () => {
  fc.assert(
    fc.property(schema, fc.integer(), ({ size, pairs }, seed) => {
      const next = lcg(seed);
      const order = Array.from({ length: size }, (_, i) => i).sort(() => next() - 0.5);
      const move = (items: readonly number[]) => items.map((item) => order[item] as number);
      const truth = sorted(listKeys(findKeys(fdSet(size, pairs), UNLIMITED).value, 1000).map(bitItems));
      const moved = findKeys(fdSet(size, pairs.map(([l, r]): Pair => [move(l), move(r)]).reverse()), UNLIMITED).value;
      const back = listKeys(moved, 1000).map((key) => bitItems(key).map((item) => order.indexOf(item)));
      expect(sorted(back)).toEqual(truth);
      const implied = projectAll(size, pairs, 2 ** size - 1).slice(0, 5);
      expect(sorted(listKeys(findKeys(fdSet(size, [...pairs, ...implied]), UNLIMITED).value, 1000).map(bitItems))).toEqual(truth);
    }),
    RUNS,
  );
});

test('independent pairs: two to the power of 200 keys are counted exactly and never enumerated', () => {
  const pairs: Pair[] = Array.from({ length: 200 }, (_, i): Pair[] => [
    [[2 * i], [2 * i + 1]],
    [[2 * i + 1], [2 * i]],
  ]).flat();
  const keys = findKeys(fdSet(400, pairs), UNLIMITED);
  expect(keys.complete).toBe(true);
  expect(keys.value.count).toBe(2n ** 200n);
  expect(keys.value.groups).toHaveLength(200);
  expect(bitCount(keys.value.prime)).toBe(400);
  expect(listKeys(keys.value, 3).map((key) => bitCount(key))).toEqual([200, 200, 200]);
  expect(inSomeKey(keys.value, bitsOf(400, [0, 3]))).toBe(true);
  expect(inSomeKey(keys.value, bitsOf(400, [0, 1]))).toBe(false);
  const forms = findForms(fdSet(400, pairs), UNLIMITED);
  expect(forms.value.highest).toBe('3NF');
  expect(forms.value.is.BCNF).toBe(false);
});

test('a budget that is used up leaves lower bounds and says so', () => {
  // One connected group with many keys: any 4 of 8 attributes determine the rest.
  const size = 8;
  const pairs: Pair[] = [];
  for (let mask = 0; mask < 2 ** size; mask++) {
    const items = itemsOf(mask);
    if (items.length === size / 2) pairs.push([items, Array.from({ length: size }, (_, i) => i)]);
  }
  const few = findKeys(fdSet(size, pairs), UNLIMITED, 10);
  expect(few.complete).toBe(false);
  expect(few.reason).toContain('10 keys');
  expect(few.value.count).toBe(10n);
  let asked = 0;
  const stopped = findKeys(fdSet(size, pairs), { shouldStop: () => ++asked > 3 });
  expect(stopped.complete).toBe(false);
  const all = findKeys(fdSet(size, pairs), UNLIMITED);
  expect(all.value.count).toBe(70n);
});

test('the product of group keys is walked in full and without repeats', () => {
  const pairs: Pair[] = [
    [[0], [1]],
    [[1], [0]],
    [[2], [3]],
    [[3], [2]],
    [[4], [5]],
    [[5], [4]],
  ];
  const keys = findKeys(fdSet(7, pairs), UNLIMITED).value;
  const list = [...eachKey(keys)].map(bitsKey);
  expect(list).toHaveLength(8);
  expect(new Set(list).size).toBe(8);
});

test('projection: every dependency of a part and none other, by exhaustive closure', () => {
  for (const [at, { size, pairs }] of SCHEMAS.entries()) {
    const part = (at * 37 + 11) & (2 ** size - 1);
    const projected = project(fdSet(size, pairs), bitsOf(size, itemsOf(part)), UNLIMITED);
    expect(projected.complete).toBe(true);
    const truth = fdSet(size, projectAll(size, pairs, part));
    expect(equivalent(projected.value, truth)).toBe(true);
    for (const fd of projected.value.fds) expect(maskOf(bitItems(union(fd.left, fd.right))) & ~part).toBe(0);
  }
});

test('3NF synthesis: lossless, preserving, every part at least 3NF by exhaustive projection, none inside another', () => {
  for (const [at, { size, pairs }] of SCHEMAS.entries()) {
    const set = fdSet(size, pairs);
    const { value, complete } = synthesize3nf(set, UNLIMITED, at % 3 !== 0);
    expect(complete).toBe(true);
    expect(value.lossless, JSON.stringify({ size, pairs })).toBe(true);
    expect(value.lost).toEqual([]);
    checkParts(
      size,
      pairs,
      value.parts.map((part) => part.attributes),
      (is) => is['3NF'],
    );
    for (const part of value.parts) {
      const mask = maskOf(bitItems(part.attributes));
      const truth = oracle(bitCount(part.attributes), narrowPairs(projectAll(size, pairs, mask), mask));
      for (const form of FORMS) expect(part.is[form] ?? false).toBe(truth.is[form]);
    }
  }
});

test('BCNF decomposition: lossless, every part BCNF by exhaustive projection, lost dependencies named exactly', () => {
  let lossy = 0;
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const { value, complete } = decomposeBcnf(set, UNLIMITED);
    expect(complete).toBe(true);
    expect(value.lossless).toBe(true);
    const parts = value.parts.map((part) => part.attributes);
    checkParts(size, pairs, parts, (is) => is.BCNF);
    const kept = parts.flatMap((part) => projectAll(size, pairs, maskOf(bitItems(part))));
    const truth = closer(fdSet(size, kept));
    const lost = canonicalCover(set).fds.filter((fd) => !implies(truth, fd));
    expect(value.lost.map((fd) => [bitItems(fd.left), bitItems(fd.right)])).toEqual(
      lost.map((fd) => [bitItems(fd.left), bitItems(fd.right)]),
    );
    if (lost.length > 0) lossy++;
  }
  expect(lossy).toBeGreaterThan(0);
});

function checkParts(
  size: number,
  pairs: readonly Pair[],
  parts: readonly Bits[],
  holds: (is: ReturnType<typeof oracle>['is']) => boolean,
): void {
  expect(sameBits(parts.reduce(union, bitsOf(size, [])), allBits(size))).toBe(true);
  for (const part of parts) {
    const mask = maskOf(bitItems(part));
    const truth = oracle(bitCount(part), narrowPairs(projectAll(size, pairs, mask), mask));
    expect(holds(truth.is), JSON.stringify({ size, pairs, part: bitItems(part) })).toBe(true);
    expect(parts.some((other) => other !== part && isSubset(part, other))).toBe(false);
  }
}

test('the chase agrees with the rule for two parts: lossless when what they share determines one of them', () => {
  for (const [at, { size, pairs }] of SCHEMAS.entries()) {
    const one = (at * 29 + 5) & (2 ** size - 1);
    const two = ((2 ** size - 1) & ~one) | ((at * 13) & (2 ** size - 1));
    const set = fdSet(size, pairs);
    const shared = oracle(size, pairs).close(one & two);
    const expected = (one & ~shared) === 0 || (two & ~shared) === 0;
    const parts = [bitsOf(size, itemsOf(one)), bitsOf(size, itemsOf(two))];
    expect(chase(set, parts).lossless).toBe(expected);
  }
});

test('preservation agrees with projecting every dependency', () => {
  for (const [at, { size, pairs }] of SCHEMAS.entries()) {
    const masks = [(at * 29 + 5) & (2 ** size - 1), (at * 7 + 3) & (2 ** size - 1)];
    const parts = masks.map((mask) => bitsOf(size, itemsOf(mask)));
    const kept = closer(
      fdSet(
        size,
        masks.flatMap((mask) => projectAll(size, pairs, mask)),
      ),
    );
    const set = fdSet(size, pairs);
    for (const fd of set.fds) expect(isPreserved(closer(set), parts, fd)).toBe(implies(kept, fd));
  }
});
