import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { figure, readFigure, shortFigure } from './figures.ts';

describe('figures as people write them', () => {
  it('take separators and suffixes', () => {
    expect(['1,500', '20k', '1.5 M', '0', "2'000", '3G'].map(readFigure)).toEqual([1500, 20_000, 1_500_000, 0, 2000, 3e9]);
  });

  it('nothing takes the figure back, and what is no number is refused', () => {
    expect(['', '  '].map(readFigure)).toEqual([undefined, undefined]);
    expect(['-1', 'many', '1e9', '1..2', '5kk', '9'.repeat(40)].map(readFigure)).toEqual(Array(6).fill('bad'));
  });

  it('are short in cells', () => {
    expect([2_000_000, 50_000, 1500, 1_234_567, 12.5].map(shortFigure)).toEqual(['2M', '50k', '1,500', '1,234,567', '13']);
  });

  it('[law] a whole number that is shown in a cell is read back as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (value) => {
        expect(readFigure(shortFigure(value))).toBe(value);
      }),
      runs(61),
    );
  });
});

it('figures have thousands apart and few digits', () => {
  expect([0, 0.0061, 5.71, 99.6, 1234.5, 3_200_000].map(figure)).toEqual(['0', '0.0061', '5.7', '100', '1,235', '3,200,000']);
});
