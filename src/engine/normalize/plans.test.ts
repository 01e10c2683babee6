import { expect, test } from 'vitest';
import { allBits, type Bits, bitCount, bitItems, bitsOf, isSubset, sameBits, union } from '#lib/bitset.ts';
import { SCHEMAS } from '#test/normalize-arbitrary.ts';
import { armstrong } from '#test/normalize-chase.ts';
import { itemsOf, lcg, maskOf, narrowPairs, oracle, type Pair, projectAll } from '#test/normalize-oracle.ts';
import { more, seedOf } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { decomposeBcnf } from './bcnf.ts';
import { closer, implies } from './closure.ts';
import { canonicalCover } from './cover.ts';
import { synthesize3nf } from './decompose.ts';
import { fdSet } from './dependencies.ts';
import { judgePart, type Part, PartJudge } from './parts.ts';
import { findPlans } from './plans.ts';
import { recommend } from './recommend.ts';
import { partsToCheck } from './rejoin.ts';

const attributesOf = (parts: readonly Part[]) => parts.map((part) => part.attributes);
const masksOf = (parts: readonly Part[]) => attributesOf(parts).map((part) => maskOf(bitItems(part)));

function truthOf(size: number, pairs: readonly Pair[], mask: number) {
  return oracle(itemsOf(mask).length, narrowPairs(projectAll(size, pairs, mask), mask));
}

/** Whether every dependency can be kept in BCNF: put every set of attributes in BCNF to use, and see what they imply together. */
function preservingExists(size: number, pairs: readonly Pair[]): boolean {
  const masks = Array.from({ length: 2 ** size }, (_, mask) => mask).filter((mask) => truthOf(size, pairs, mask).is.BCNF);
  const kept = closer(
    fdSet(
      size,
      masks.flatMap((mask) => projectAll(size, pairs, mask)),
    ),
  );
  return fdSet(size, pairs).fds.every((fd) => implies(kept, fd));
}

test('the recommended plan keeps everything, each part in 3NF, no more outside BCNF than the synthesis, and no BCNF part for nothing', () => {
  let fewer = 0;
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const { value, complete } = recommend(set, UNLIMITED);
    const what = JSON.stringify({ size, pairs });
    expect(complete, what).toBe(true);
    expect(value.lossless, what).toBe(true);
    expect(value.lost, what).toEqual([]);
    const masks = masksOf(value.parts);
    expect(
      masks.reduce((all, mask) => all | mask, 0),
      what,
    ).toBe(2 ** size - 1);
    for (const [at, mask] of masks.entries()) {
      const truth = truthOf(size, pairs, mask);
      expect(truth.is['3NF'], what).toBe(true);
      expect(value.parts[at]?.is.BCNF ?? false).toBe(truth.is.BCNF);
      expect(masks.some((other, where) => where !== at && (mask & ~other) === 0)).toBe(false);
    }
    const outside = (parts: readonly Part[]) => parts.filter((part) => part.is.BCNF !== true).length;
    const synthesis = synthesize3nf(set, UNLIMITED).value.parts;
    expect(outside(value.parts), what).toBeLessThanOrEqual(outside(synthesis));
    if (outside(value.parts) < outside(synthesis)) fewer++;
  }
  expect(fewer).toBeGreaterThan(0);
});

/** Four or five attributes under many small dependencies: where keeping them in BCNF is in doubt. */
const next = lcg(seedOf(31));
const DENSE = Array.from({ length: more(300, 20) }, () => {
  const size = 4 + Math.floor(next() * 2);
  const item = () => Math.floor(next() * size);
  const pairs = Array.from(
    { length: 3 + Math.floor(next() * 3) },
    (): Pair => [next() < 0.7 ? [item(), item()] : [item()], [item()]],
  );
  return { size, pairs };
});

test('whether BCNF can keep every dependency agrees with trying every part', () => {
  const counts = { exists: 0, 'proved-none': 0, 'none-found': 0 };
  for (const { size, pairs } of DENSE) {
    const { value } = recommend(fdSet(size, pairs), UNLIMITED);
    counts[value.preservingBcnf]++;
    expect(value.preservingBcnf, JSON.stringify({ size, pairs })).toBe(preservingExists(size, pairs) ? 'exists' : 'proved-none');
    expect(value.parts.every((part) => part.is.BCNF === true)).toBe(value.preservingBcnf === 'exists');
  }
  expect(counts.exists).toBeGreaterThan(50);
  expect(counts['proved-none']).toBeGreaterThan(30);
});

test('a BCNF plan loses a dependency only where it must', () => {
  for (const { size, pairs } of SCHEMAS) {
    const { value, complete } = decomposeBcnf(fdSet(size, pairs), UNLIMITED);
    expect(complete).toBe(true);
    expect(value.lossless).toBe(true);
    for (const part of value.parts) expect(part.is.BCNF).toBe(true);
    expect(value.lost.length === 0).toBe(value.preservingBcnf === 'exists');
  }
});

test('street, city and zip: proved that BCNF cannot keep both dependencies; 3NF keeps the one table', () => {
  const set = fdSet(3, [
    [[0, 1], [2]],
    [[2], [1]],
  ]);
  const plans = findPlans(set, [], UNLIMITED);
  expect(plans.recommended.value.preservingBcnf).toBe('proved-none');
  expect(masksOf(plans.recommended.value.parts)).toEqual([7]);
  expect(masksOf(plans.bcnf.value.parts).sort()).toEqual([0b101, 0b110]);
  expect(plans.bcnf.value).toMatchObject({ explored: expect.any(Number), exhausted: true });
  expect(plans.fourth).toBe(plans.bcnf);
});

test('a part in BCNF is left whole when it is taken for a heading of its own', () => {
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    for (const plan of [recommend(set, UNLIMITED), decomposeBcnf(set, UNLIMITED)]) {
      for (const part of plan.value.parts) {
        if (part.is.BCNF !== true) continue;
        const mask = maskOf(bitItems(part.attributes));
        const inside = narrowPairs(projectAll(size, pairs, mask), mask);
        const again = fdSet(bitCount(part.attributes), inside);
        expect(masksOf(recommend(again, UNLIMITED).value.parts)).toEqual([2 ** again.size - 1]);
        expect(masksOf(decomposeBcnf(again, UNLIMITED).value.parts)).toEqual([2 ** again.size - 1]);
      }
    }
  }
});

test('rows: what is taken apart and joined again is what it was, for rows that satisfy exactly the dependencies', () => {
  const random = lcg(5);
  for (const { size, pairs } of SCHEMAS) {
    const rows = armstrong(size, oracle(size, pairs).close);
    const set = fdSet(size, pairs);
    for (const plan of [recommend(set, UNLIMITED), decomposeBcnf(set, UNLIMITED), synthesize3nf(set, UNLIMITED)]) {
      expect(rejoined(rows, attributesOf(plan.value.parts), size)).toEqual(new Set(rows.map((row) => row.join(','))));
    }
    const one = Math.floor(random() * 2 ** size);
    const parts = [bitsOf(size, itemsOf(one)), bitsOf(size, itemsOf(2 ** size - 1 - one))];
    const { lossless } = new PartJudge(set, UNLIMITED).assemble(parts).value;
    if (lossless) expect(rejoined(rows, parts, size).size).toBe(new Set(rows.map((row) => row.join(','))).size);
  }
});

/** Natural join of the projections, as texts of whole rows. */
function rejoined(rows: readonly (readonly string[])[], parts: readonly Bits[], size: number): Set<string> {
  let joined: (string | undefined)[][] = [Array.from({ length: size }, () => undefined)];
  for (const part of parts) {
    const items = bitItems(part);
    const projected = [...new Map(rows.map((row) => [items.map((at) => row[at]).join(), row])).values()];
    joined = joined.flatMap((left) =>
      projected
        .filter((row) => items.every((at) => left[at] === undefined || left[at] === row[at]))
        .map((row) => left.map((value, at) => (items.includes(at) ? row[at] : value))),
    );
  }
  return new Set(joined.map((row) => row.join(',')));
}

test('the parts to join for a lost dependency hold it, and their join makes up nothing', () => {
  let checked = 0;
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const { value } = decomposeBcnf(set, UNLIMITED);
    const rows = armstrong(size, oracle(size, pairs).close);
    const parts = attributesOf(value.parts);
    for (const fd of value.lost) {
      const join = partsToCheck(canonicalCover(set), parts, fd);
      expect(join).toBeDefined();
      const some = (join ?? []).map((at) => parts[at] as Bits);
      const held = some.reduce(union);
      expect(isSubset(union(fd.left, fd.right), held)).toBe(true);
      const items = bitItems(held);
      const direct = new Set(rows.map((row) => row.map((value, at) => (items.includes(at) ? value : '')).join(',')));
      expect(rejoined(rows, some, size)).toEqual(direct);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(10);
});

test('with no time left, plans are still lossless and say what they did not settle', () => {
  for (const { size, pairs } of SCHEMAS.slice(0, 100)) {
    const set = fdSet(size, pairs);
    for (const after of [0, 3, 9]) {
      let asked = 0;
      const budget = { shouldStop: () => ++asked > after };
      const plan = recommend(set, budget);
      expect(plan.value.lossless).toBe(true);
      expect(plan.value.lost).toEqual([]);
      for (const [at, mask] of masksOf(plan.value.parts).entries()) {
        const truth = truthOf(size, pairs, mask);
        const part = plan.value.parts[at] as Part;
        for (const form of ['2NF', '3NF', 'EKNF', 'BCNF'] as const)
          if (part.is[form] !== undefined) expect(part.is[form]).toBe(truth.is[form]);
      }
      if (plan.value.preservingBcnf === 'proved-none') expect(preservingExists(size, pairs)).toBe(false);
      if (!plan.complete) expect(plan.reason).toBeDefined();
      const bcnf = decomposeBcnf(set, { shouldStop: () => ++asked > after });
      // Where there was no time for the chase, the join is not called lossless, and that is said.
      if (!bcnf.value.lossless) expect(bcnf).toMatchObject({ complete: false, reason: 'the chase of the join was not finished' });
      const { lossless } = new PartJudge(set, UNLIMITED).assemble(attributesOf(bcnf.value.parts)).value;
      expect(lossless).toBe(true);
    }
  }
});

test('a wide part that cannot be projected in time is left open, not called BCNF', () => {
  // Outside attributes link every pair of the part's attributes: elimination meets the budget.
  const size = 40;
  const pairs: Pair[] = Array.from({ length: 20 }, (_, i): Pair[] => [
    [[i, (i + 1) % 20], [20 + i]],
    [[20 + i, 20 + ((i + 3) % 20)], [(i + 7) % 20]],
  ]).flat();
  const part = bitsOf(
    size,
    Array.from({ length: 20 }, (_, i) => i),
  );
  let asked = 0;
  const judged = judgePart(fdSet(size, pairs), part, { shouldStop: () => ++asked > 400 });
  expect(judged.complete).toBe(false);
  expect(judged.is.BCNF).not.toBe(true);
  expect(judged.reason).toBeDefined();
  expect(sameBits(allBits(size), part)).toBe(false);
});
