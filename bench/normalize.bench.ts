import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { INTERACTIVE_KEYS, judgeHeading } from '#engine/normalize/beyond.ts';
import { canonicalCover } from '#engine/normalize/cover.ts';
import { type FdSet, fdSet } from '#engine/normalize/dependencies.ts';
import { proveBreaches, proveJoin } from '#engine/normalize/explain.ts';
import { findKeys } from '#engine/normalize/keys.ts';
import { findPlans } from '#engine/normalize/plans.ts';
import { lcg } from '../test/normalize-oracle.ts';
import { cpu, printTable, timesOf } from './measure.ts';

/** Random dependencies of up to three attributes on the left and two on the right. */
function dense(size: number, count: number, seed: number): FdSet {
  const random = lcg(seed);
  const some = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * size));
  return fdSet(
    size,
    Array.from({ length: count }, () => [some(3), some(2)] as const),
  );
}

/** A table as they are drawn: a key, then attributes that hang on it or on an earlier attribute; some keys beside it. */
function table(size: number, count: number, seed: number): FdSet {
  const random = lcg(seed);
  const pairs = Array.from({ length: size - 1 }, (_, i) => i + 1)
    .sort(() => random() - 0.5)
    .slice(0, count - 1)
    .map((item) => [[Math.floor(random() ** 3 * item)], [item]] as const);
  return fdSet(size, [[[0], Array.from({ length: size }, (_, i) => i)], ...pairs]);
}

const pairsOf = (count: number): FdSet =>
  fdSet(
    2 * count,
    Array.from({ length: count }, (_, i) => [[[2 * i], [2 * i + 1]] as const, [[2 * i + 1], [2 * i]] as const]).flat(),
  );

const RUNS = 200;
const WARM = 100;
const many = (make: (seed: number) => FdSet) => Array.from({ length: RUNS + 1 }, (_, seed) => make(seed + 1));

/** What follows a keystroke in one table's dependencies: forms, violations and their proofs; keys at most 200 in a group. */
function recheck(set: FdSet): void {
  const { forms, set: whole } = judgeHeading(set, [], UNLIMITED, INTERACTIVE_KEYS);
  proveBreaches(whole, forms.value);
}

/** What the side by side preview needs: every plan, the proof of each join. */
function preview(set: FdSet): void {
  const { recommended, third, bcnf } = findPlans(set, [], UNLIMITED);
  const cover = canonicalCover(set);
  for (const plan of [recommended, third, bcnf]) {
    proveJoin(
      cover,
      plan.value.parts.map((part) => part.attributes),
    );
  }
}

describe('normal forms', () => {
  it('follows a keystroke', () => {
    const sixty = many((seed) => dense(60, 100, seed));
    const drawn = many((seed) => table(60, 60, seed));
    const first = cpu();
    recheck(sixty[0] as FdSet);
    console.log(`\nThe first re-check of this process, nothing compiled yet: ${(cpu() - first).toFixed(1)} CPU ms`);
    // As after a few words typed: with other tables, so that nothing but the code is known.
    for (let seed = 1000; seed < 1000 + WARM; seed++) recheck(dense(60, 100, seed));
    printTable('A keystroke in the dependencies of one table (intent: 5 ms at 60 attributes and 100 dependencies)', [
      {
        what: '60 attributes, 100 random dependencies: forms and proofs',
        times: timesOf(RUNS, (run) => recheck(sixty[run + 1] as FdSet)),
      },
      {
        what: '60 attributes hanging on each other: forms and proofs',
        times: timesOf(RUNS, (run) => recheck(drawn[run + 1] as FdSet)),
      },
      { what: '    their canonical cover alone', times: timesOf(RUNS, (run) => void canonicalCover(sixty[run + 1] as FdSet)) },
      {
        what: '    all keys, 4,096 in a group at most',
        times: timesOf(RUNS, (run) => void findKeys(sixty[run + 1] as FdSet, UNLIMITED)),
      },
    ]);
  });

  it('judges a model', () => {
    const drawn = Array.from({ length: 500 }, (_, seed) => table(30, 20, seed + 1));
    const random = Array.from({ length: 500 }, (_, seed) => dense(30, 20, seed + 1));
    printTable('500 tables of 30 attributes and 20 dependencies, cold (intent: 300 ms)', [
      { what: 'dependencies as tables have them', times: timesOf(5, () => drawn.forEach(recheck)) },
      { what: 'random dependencies', times: timesOf(5, () => random.forEach(recheck)) },
    ]);
  });

  it('counts keys that cannot be listed', () => {
    const [fifty, two] = [pairsOf(50), pairsOf(200)];
    expect(findKeys(two, UNLIMITED).value.count).toBe(2n ** 200n);
    printTable('Keys of independent pairs, counted exactly', [
      { what: '50 pairs: 2^50 keys', times: timesOf(10, () => void findKeys(fifty, UNLIMITED)) },
      { what: '200 pairs: 2^200 keys', times: timesOf(10, () => void findKeys(two, UNLIMITED)) },
      { what: '200 pairs: forms and proofs', times: timesOf(5, () => recheck(two)) },
    ]);
  });

  it('shows plans', () => {
    const drawn = many((seed) => table(40, 30, seed));
    const random = many((seed) => dense(40, 30, seed));
    printTable('Side by side plans of 40 attributes and 30 dependencies, with the chase of each join (intent: 50 ms)', [
      { what: 'dependencies as tables have them', times: timesOf(RUNS, (run) => preview(drawn[run + 1] as FdSet)) },
      { what: 'random dependencies', times: timesOf(RUNS, (run) => preview(random[run + 1] as FdSet)) },
    ]);
  });
});
