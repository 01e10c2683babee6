import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allBits, bitCount, bitItems, bitsOf, isSubset, sameBits, union } from '#lib/bitset.ts';
import { mixedSchema } from '#test/normalize-arbitrary.ts';
import { chaseClosure, chaseRows, combines } from '#test/normalize-chase.ts';
import { itemsOf, type Pair } from '#test/normalize-oracle.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { closeMixed, dependencyBasis, deriveBasis, Mixed, subsetsOf } from './basis.ts';
import { judgeHeading } from './beyond.ts';
import { closer } from './closure.ts';
import { fdSet } from './dependencies.ts';
import { fourthBreachIn, isFourth, splitFourth } from './fourth.ts';
import { listKeys } from './keys.ts';
import { judgePart } from './parts.ts';
import { findPlans } from './plans.ts';

const RUNS = runs(23, 150, 50);

/** Whether every multivalued dependency that holds in a part, by the chase, has a superkey of the part on its left. */
function fourthByChase(size: number, fds: readonly Pair[], mvds: readonly Pair[], part: number): boolean {
  for (let left = part; ; left = (left - 1) & part) {
    const rows = chaseRows(size, fds, mvds, itemsOf(left));
    const rest = part & ~left;
    const key = itemsOf(part).every((at) => chaseClosure(rows, size).includes(at));
    for (let right = rest; !key && right > 0; right = (right - 1) & rest) {
      if (right !== rest && combines(rows, itemsOf(left), itemsOf(right), itemsOf(part))) return false;
    }
    if (left === 0) return true;
  }
}

test('the dependency basis, what it determines, and all functional dependencies together agree with the chase', () => {
  fc.assert(
    fc.property(mixedSchema, fc.nat(31), ({ size, pairs, mvds }, some) => {
      const from = itemsOf(some & (2 ** size - 1));
      const rows = chaseRows(size, pairs, mvds, from);
      const set = fdSet(size, pairs);
      const rules = fdSet(size, mvds).fds;
      const { blocks, steps } = deriveBasis(set, rules, bitsOf(size, from));
      const all = Array.from({ length: size }, (_, at) => at);
      for (const block of blocks) {
        expect(combines(rows, from, bitItems(block), all)).toBe(true);
        // A block is smallest: no part of it combines freely on its own.
        for (const inner of subsetsOf(size, bitItems(block))) {
          if (bitCount(inner) > 0 && !sameBits(inner, block)) expect(combines(rows, from, bitItems(inner), all)).toBe(false);
        }
      }
      for (const { rule, block, inside } of steps) {
        expect(rule).toBeLessThan(pairs.length + mvds.length);
        expect(isSubset(inside, block)).toBe(true);
      }
      const closure = chaseClosure(rows, size);
      const mixed = new Mixed(set, rules);
      expect(bitItems(mixed.close(bitsOf(size, from)))).toEqual(closure);
      expect(dependencyBasis(set, rules, bitsOf(size, from)).map(String).sort()).toEqual(blocks.map(String).sort());
      const closed = closeMixed(set, rules, UNLIMITED);
      expect(closed.complete).toBe(true);
      expect(bitItems(closer(closed.value).close(bitsOf(size, from)))).toEqual(closure);
    }),
    RUNS,
  );
});

test('4NF of the whole and of every part agrees with the chase of every left side', () => {
  let broken = 0;
  fc.assert(
    fc.property(mixedSchema, fc.nat(31), ({ size, pairs, mvds }, some) => {
      const set = fdSet(size, pairs);
      const rules = fdSet(size, mvds).fds;
      const whole = fourthByChase(size, pairs, mvds, 2 ** size - 1);
      expect(isFourth(set, rules)).toBe(whole);
      const part = (some & (2 ** size - 1)) | 1;
      const truth = fourthByChase(size, pairs, mvds, part);
      const breach = fourthBreachIn(new Mixed(set, rules), bitsOf(size, itemsOf(part)), UNLIMITED);
      expect(breach.complete).toBe(true);
      expect(breach.value === undefined).toBe(truth);
      const closed = closeMixed(set, rules, UNLIMITED).value;
      expect(judgePart(closed, bitsOf(size, itemsOf(part)), UNLIMITED, rules).fourth).toBe(truth);
      if (!truth) broken++;
    }),
    RUNS,
  );
  expect(broken).toBeGreaterThan(10);
});

test('4NF implies BCNF; the one-line cases of Date and Fagin never disagree with the test', () => {
  const seen = { 'simple-key': 0, 'simple-keys': 0, given: 0, multivalued: 0, 'lower-form': 0, undecided: 0 };
  fc.assert(
    fc.property(mixedSchema, ({ size, pairs, mvds }) => {
      const set = fdSet(size, pairs);
      const rules = fdSet(size, mvds).fds;
      const { forms, beyond } = judgeHeading(set, rules, UNLIMITED);
      const truth = isFourth(set, rules);
      expect(beyond.fourth.holds).toBe(truth);
      if (truth) expect(forms.value.is.BCNF).toBe(true);
      if (beyond.fifth.holds === true) expect(truth).toBe(true);
      const keys = listKeys(forms.value.keys.value, 100);
      if (beyond.fifth.because === 'simple-keys') expect(keys.every((key) => bitCount(key) <= 1)).toBe(true);
      if (beyond.fourth.because === 'simple-key') expect(keys.some((key) => bitCount(key) <= 1)).toBe(true);
      if (beyond.breaches.length > 0) expect(truth).toBe(false);
      seen[beyond.fourth.because]++;
      if (beyond.fifth.because === 'simple-keys') seen['simple-keys']++;
    }),
    RUNS,
  );
  for (const because of ['simple-key', 'simple-keys', 'given', 'multivalued', 'lower-form'] as const)
    expect(seen[because]).toBeGreaterThan(0);
});

test('the 4NF plan: every part in 4NF by the chase, every split on a dependency that holds', () => {
  fc.assert(
    fc.property(mixedSchema, ({ size, pairs, mvds }) => {
      const rules = fdSet(size, mvds).fds;
      const closed = closeMixed(fdSet(size, pairs), rules, UNLIMITED).value;
      const { fourth } = findPlans(closed, rules, UNLIMITED);
      expect(fourth.complete).toBe(true);
      let held = bitsOf(size, []);
      for (const { attributes } of fourth.value.parts) {
        held = union(held, attributes);
        const mask = bitItems(attributes).reduce((bits, at) => bits | (1 << at), 0);
        expect(fourthByChase(size, pairs, mvds, mask)).toBe(true);
      }
      expect(sameBits(held, allBits(size))).toBe(true);
      expect(fourth.value.lossless).toBe(true);
    }),
    RUNS,
  );
});

test('each split joins again to the part it was made of', () => {
  fc.assert(
    fc.property(mixedSchema, ({ size, pairs, mvds }) => {
      const rules = fdSet(size, mvds).fds;
      const { value } = splitFourth(fdSet(size, pairs), rules, [allBits(size)], UNLIMITED);
      for (const { part, left, block } of value.splits) {
        const rows = chaseRows(size, pairs, mvds, bitItems(left));
        expect(combines(rows, bitItems(left), bitItems(block), bitItems(part))).toBe(true);
      }
    }),
    RUNS,
  );
});

test('a functional dependency inside a block of a multivalued one holds from its left side', () => {
  // a ->> bc and d -> b give a -> b.
  const set = fdSet(4, [[[3], [1]]]);
  const mvds = fdSet(4, [[[0], [1, 2]]]).fds;
  expect(bitItems(closer(closeMixed(set, mvds, UNLIMITED).value).close(bitsOf(4, [0])))).toEqual([0, 1]);
});

test('no time: 4NF of the whole is still exact, and lower forms are left open', () => {
  const set = fdSet(3, [[[0], [1]]]);
  const mvds = fdSet(3, [[[1], [0]]]).fds;
  const { forms, beyond } = judgeHeading(set, mvds, { shouldStop: () => true });
  expect(forms.complete).toBe(false);
  expect(forms.reason).toMatch(/^not BCNF \(proved\); 2NF undecided: /);
  expect(beyond.fourth.holds).toBe(false);
  const fine = judgeHeading(fdSet(2, [[[0], [1]]]), fdSet(2, [[[0], [1]]]).fds, { shouldStop: () => true });
  expect(fine.forms.value).toMatchObject({ highest: 'BCNF', is: { BCNF: true } });
});

test('subsets come smallest first, each once', () => {
  const all = [...subsetsOf(4, [0, 1, 2, 3])].map(bitItems);
  expect(all).toHaveLength(16);
  expect(new Set(all.map(String)).size).toBe(16);
  for (let at = 1; at < all.length; at++)
    expect((all[at - 1] as number[]).length).toBeLessThanOrEqual((all[at] as number[]).length);
});
