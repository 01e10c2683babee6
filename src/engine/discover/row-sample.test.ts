import { describe, expect, it } from 'vitest';
import { relationOf } from './relation.ts';
import { sampleOf } from './row-sample.ts';

const counted = (rows: number, columns: number) =>
  relationOf(
    Array.from({ length: columns }, (_, at) => `c${at}`),
    Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, at) => (at === 1 ? undefined : `${row}`))),
  );

describe('rows to show', () => {
  it('are all of small data, with NULL as it is', () => {
    expect(sampleOf(counted(3, 2))).toEqual({
      numbers: [1, 2, 3],
      rows: [
        ['0', undefined],
        ['1', undefined],
        ['2', undefined],
      ],
    });
  });

  it('are the wanted ones and the first of large data, in order', () => {
    const { numbers, rows } = sampleOf(counted(5000, 2), [4999, 7, 4000]);
    expect(numbers).toHaveLength(2000);
    expect(numbers.slice(-3)).toEqual([1998, 4001, 5000]);
    expect(rows.at(-1)?.[0]).toBe('4999');
  });

  it('are fewer where there are many columns, the wanted first', () => {
    const { numbers } = sampleOf(counted(50, 10_000), [40, 30, 20, 10, 5]);
    expect(numbers).toEqual([11, 21, 31, 41]);
  });
});
