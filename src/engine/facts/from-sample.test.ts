import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import { commonCount, estimateDistinct } from './from-sample.ts';

describe('different values of a whole from a sample', () => {
  it('are all of them in a whole, another for every row where none repeats, and no more where all do', () => {
    expect(estimateDistinct({ rows: 100, distinct: 40, singles: 20 }, 100)).toBe(40);
    expect(estimateDistinct({ rows: 100, distinct: 100, singles: 100 }, 1e6)).toBe(1e6);
    expect(estimateDistinct({ rows: 100, distinct: 4, singles: 0 }, 1e6)).toBe(4);
    expect(estimateDistinct({ rows: 0, distinct: 0, singles: 0 }, 1e6)).toBe(0);
  });

  it('are what Duj1 says between', () => {
    // n d / (n - f1 + f1 n / N), by hand: 30000 * 5000 / (30000 - 1000 + 1000 * 0.03) = 5167.07…
    expect(estimateDistinct({ rows: 30_000, distinct: 5000, singles: 1000 }, 1_000_000)).toBe(5167);
  });

  it('[law] lie between those seen and all rows, and grow with the whole', () => {
    const counts = fc.record({
      rows: fc.integer({ min: 1, max: 30_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      once: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 1e9 }), ({ rows, share, once }, total) => {
        const distinct = Math.max(1, Math.round(rows * share));
        const singles = Math.round(distinct * once);
        const sample = { rows, distinct, singles };
        const estimate = estimateDistinct(sample, total);
        expect(estimate).toBeGreaterThanOrEqual(distinct);
        expect(estimate).toBeLessThanOrEqual(Math.max(rows, total));
        expect(estimateDistinct(sample, total * 2)).toBeGreaterThanOrEqual(estimate);
      }),
      runs(321),
    );
  });

  it('come near the truth for skewed values', () => {
    // 200,000 rows of 10,000 values, the first ones much more frequent; one row in ten is looked at.
    const dice = seededDice(322);
    const rows = Array.from({ length: 200_000 }, () => Math.floor(10_000 * (dice.roll(1_000_000) / 1_000_000) ** 2));
    const sample = rows.filter(() => dice.roll(10) === 0);
    const counts = new Map<number, number>();
    for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1);
    const singles = [...counts.values()].filter((count) => count === 1).length;
    const estimate = estimateDistinct({ rows: sample.length, distinct: counts.size, singles }, rows.length);
    expect(estimate / new Set(rows).size).toBeGreaterThan(0.8);
    expect(estimate / new Set(rows).size).toBeLessThan(1.2);
  });
});

describe('common values', () => {
  it('are all that repeat in a whole, and those clearly above the others in a sample', () => {
    expect(commonCount([50, 30, 2], 100, 0, 100, 10)).toBe(3);
    expect(commonCount([5000, 3000, 4, 3, 2, 2], 10_000, 0, 1e6, 2000)).toBe(2);
    expect(commonCount([3, 2, 2], 10_000, 0, 1e6, 900_000)).toBeLessThanOrEqual(1);
    expect(commonCount([], 10, 0, 100, 10)).toBe(0);
  });
});
