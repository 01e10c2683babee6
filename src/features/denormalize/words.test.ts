import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { bytesText, costLines, figure, readFigure, shortFigure } from './words.ts';

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
  expect([12, 1500, 400_000, 2.5e12].map(bytesText)).toEqual(['12 bytes', '1.5 kB', '400 kB', '2.5 TB']);
});

it('a busy row says that writers wait, a quiet one that they hardly meet', () => {
  const cost = { bytesPerRow: 8, rows: 10, bytes: 80, writesPerHour: 3 };
  expect(costLines({ ...cost, contention: { perSecond: 40, busy: 0.2, hot: true } }).join(' ')).toMatch(
    /40 times per second and locked 20 % .*wait for each other: 16 slots/,
  );
  expect(costLines({ ...cost, contention: { perSecond: 0.01, busy: 0.0001, hot: false } }).join(' ')).toContain('hardly meet');
  expect(costLines({ bytesPerRow: 0, rows: 10, bytes: 0, writesPerHour: 0 })).toEqual([
    'No bytes: it is there already.',
    'No rows are written in addition.',
  ]);
});
