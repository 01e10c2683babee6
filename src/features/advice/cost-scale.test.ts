import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/runs.ts';
import { logScale, shareScale } from './cost-scale.ts';

describe('scales of costs', () => {
  it('shows nine orders of magnitude beside each other', () => {
    const scale = logScale([0.4, 8, 1e3, 4e8]);
    const lengths = [0.4, 8, 1e3, 4e8].map((cost) => scale.lengthOf(cost));
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths[0]).toBeGreaterThan(0);
    expect(lengths.at(-1)).toBe(1);
    expect((lengths[1] ?? 0) - (lengths[0] ?? 0)).toBeGreaterThan(0.1);
    expect(scale.ticks.length).toBeLessThanOrEqual(6);
    expect(scale.ticks.every(({ at, value }) => Math.abs(scale.lengthOf(value) - at) < 1e-9)).toBe(true);
  });

  it('draws nothing for nothing', () => {
    expect(logScale([]).lengthOf(5)).toBe(0);
    expect(logScale([0, Number.NaN, Number.POSITIVE_INFINITY]).ticks).toEqual([]);
    expect(logScale([10]).lengthOf(0)).toBe(0);
    expect(shareScale(0).lengthOf(5)).toBe(0);
  });

  it('draws shares of a whole', () => {
    const scale = shareScale(200);
    expect([0, 50, 200, 900].map((cost) => scale.lengthOf(cost))).toEqual([0, 0.25, 1, 1]);
    // What costs anything is seen.
    expect(scale.lengthOf(1e-9)).toBeGreaterThan(0);
  });

  it('never draws the dearer one shorter, nor beyond the end', () => {
    const costs = fc.array(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(costs, (all) => {
        const scale = logScale(all);
        const lengths = [...all].sort((a, b) => a - b).map((cost) => scale.lengthOf(cost));
        expect(lengths.every((one, at) => one > 0 && one <= 1 && one >= (lengths[at - 1] ?? 0))).toBe(true);
        expect(scale.ticks.every(({ at }) => at > 0 && at <= 1 + 1e-9)).toBe(true);
      }),
      runs(73, 300),
    );
  });
});
