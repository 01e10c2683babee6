import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { MARK_PATHS } from '../marks.ts';
import { parsePath, type Segment } from './path-data.ts';

/** A point of a cubic curve. */
function along(
  [, ax, ay, bx, by, x, y]: Extract<Segment, readonly ['C', ...number[]]>,
  from: readonly [number, number],
  t: number,
) {
  const u = 1 - t;
  const at = (p: number, a: number, b: number, q: number) => u ** 3 * p + 3 * u * u * t * a + 3 * u * t * t * b + t ** 3 * q;
  return [at(from[0], ax, bx, x), at(from[1], ay, by, y)] as const;
}

describe('parsePath', () => {
  it('reads absolute and relative commands, repeated ones, and numbers without blanks', () => {
    expect(parsePath('M1 2l3-1H9v4h-2V0z')).toEqual([
      ['M', 1, 2],
      ['L', 4, 1],
      ['L', 9, 1],
      ['L', 9, 5],
      ['L', 7, 5],
      ['L', 7, 0],
      ['Z'],
    ]);
    expect(parsePath('m1 1 2 2L5 5 6 6')).toEqual([
      ['M', 1, 1],
      ['L', 3, 3],
      ['L', 5, 5],
      ['L', 6, 6],
    ]);
    expect(parsePath('M.5-.5c1 0 2 1 2 2')).toEqual([
      ['M', 0.5, -0.5],
      ['C', 1.5, -0.5, 2.5, 0.5, 2.5, 1.5],
    ]);
    expect(parsePath('')).toEqual([]);
  });

  it('goes on from where a closed part began', () => {
    expect(parsePath('M1 1h4v4zl1 1').at(-1)).toEqual(['L', 2, 2]);
  });

  it('turns a quadratic curve into the same cubic one', () => {
    const [, curve] = parsePath('M0 0Q10 20 30 0');
    if (curve?.[0] !== 'C') throw new Error('no curve');
    for (const t of [0.1, 0.5, 0.8]) {
      const u = 1 - t;
      const [x, y] = along(curve, [0, 0], t);
      expect(x).toBeCloseTo(2 * u * t * 10 + t * t * 30);
      expect(y).toBeCloseTo(2 * u * t * 20);
    }
  });

  it('keeps every point of an arc on its circle, and ends where it ends', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.double({ min: 0.1, max: 6, noNaN: true }),
        (r, from, sweep) => {
          const [x0, y0] = [Math.cos(from) * r, Math.sin(from) * r];
          const [x1, y1] = [Math.cos(from + sweep) * r, Math.sin(from + sweep) * r];
          const large = sweep > Math.PI ? 1 : 0;
          const parts = parsePath(
            `M${x0.toFixed(9)} ${y0.toFixed(9)}A${r.toFixed(9)} ${r.toFixed(9)} 0 ${large} 1 ${x1.toFixed(9)} ${y1.toFixed(9)}`,
          );
          let at: readonly [number, number] = [x0, y0];
          for (const part of parts.slice(1)) {
            if (part[0] !== 'C') throw new Error(`a ${part[0]} in an arc`);
            for (const t of [0.25, 0.5, 0.75]) expect(Math.hypot(...along(part, at, t)) / r).toBeCloseTo(1, 3);
            at = [part[5], part[6]];
          }
          expect(at[0]).toBeCloseTo(x1, 5);
          expect(at[1]).toBeCloseTo(y1, 5);
        },
      ),
      runs(12, 200),
    );
  });

  it('draws an arc without radius, or to where it is, as a line', () => {
    expect(parsePath('M0 0A0 0 0 0 1 5 5').at(-1)).toEqual(['L', 5, 5]);
    expect(parsePath('M1 1a3 3 0 1 0 0 0').at(-1)).toEqual(['L', 1, 1]);
  });

  it('reads every sign of the tables', () => {
    for (const [mark, data] of Object.entries(MARK_PATHS)) {
      const numbers = parsePath(data).flatMap(([, ...values]) => values as number[]);
      expect(mark === 'none' || numbers.length > 4).toBe(true);
      for (const value of numbers) expect(value >= -0.5 && value <= 16.5).toBe(true);
    }
  });
});
