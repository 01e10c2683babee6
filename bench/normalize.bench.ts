import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { decomposeBcnf } from '#engine/normalize/bcnf.ts';
import { canonicalCover } from '#engine/normalize/cover.ts';
import { synthesize3nf } from '#engine/normalize/decompose.ts';
import { type FdSet, fdSet } from '#engine/normalize/dependencies.ts';
import { findForms } from '#engine/normalize/forms.ts';
import { findKeys } from '#engine/normalize/keys.ts';
import { lcg } from '../test/normalize-oracle.ts';
import { printTable, timesOf } from './measure.ts';

function randomSet(size: number, count: number, seed: number): FdSet {
  const random = lcg(seed);
  const some = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, () => Math.floor(random() * size));
  return fdSet(
    size,
    Array.from({ length: count }, () => [some(3), some(2)] as const),
  );
}

describe('normal forms', () => {
  it('x', () => {
    const sets = Array.from({ length: 20 }, (_, i) => randomSet(60, 100, i + 1));
    const small = Array.from({ length: 500 }, (_, i) => randomSet(30, 20, i + 1));
    const mid = Array.from({ length: 20 }, (_, i) => randomSet(40, 30, i + 1));
    printTable('norm', [
      { what: 'forms 60/100', times: timesOf(19, (run) => findForms(sets[run + 1] as FdSet, UNLIMITED)) },
      { what: 'cover 60/100', times: timesOf(19, (run) => canonicalCover(sets[run + 1] as FdSet)) },
      { what: 'keys 60/100', times: timesOf(19, (run) => findKeys(sets[run + 1] as FdSet, UNLIMITED)) },
      { what: 'keys<=200 60/100', times: timesOf(19, (run) => findKeys(sets[run + 1] as FdSet, UNLIMITED, 200)) },
      { what: '500 tables', times: timesOf(3, () => small.forEach((set) => findForms(set, UNLIMITED))) },
      { what: '3nf 40/30', times: timesOf(19, (run) => synthesize3nf(mid[run + 1] as FdSet, UNLIMITED)) },
      { what: 'bcnf 40/30', times: timesOf(19, (run) => decomposeBcnf(mid[run + 1] as FdSet, UNLIMITED)) },
    ]);
    expect(1).toBe(1);
  });
});
