import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/runs.ts';
import { bytesText, many, readBytes, shortNumber } from './amounts.ts';

describe('amounts', () => {
  it('says bytes by thousands', () => {
    expect([0, 1, 999, 999.6, 1500, 9_950_000, 12_345_678, 999_600_000, 2.5e12, 1e18].map(bytesText)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      '1.5 kB',
      '10 MB',
      '12 MB',
      '1 GB',
      '2.5 TB',
      '1000 PB',
    ]);
  });

  it('reads what people write', () => {
    expect(['', ' ', '500 MB', '2.5g', '1,200 kB', '64', '1 GiB', '10 bytes'].map(readBytes)).toEqual([
      undefined,
      undefined,
      5e8,
      2.5e9,
      1.2e6,
      6.4e7,
      2 ** 30,
      10,
    ]);
  });

  it('refuses what is no amount', () => {
    expect(['much', '-5 MB', '5 apples', '1.2.3 MB', '5 constructor', '5__proto__', '1e9'].map(readBytes)).toEqual(
      Array.from({ length: 7 }, () => 'bad'),
    );
  });

  it('reads back what it says, as near as two digits tell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), (bytes) => {
        const back = readBytes(bytesText(bytes));
        expect(typeof back === 'number' && Math.abs(back - bytes) / bytes <= 0.051).toBe(true);
      }),
      runs(71, 200),
    );
  });

  it('says numbers of any size in few letters', () => {
    expect([0, 0.001, 0.429, 1, 7.54, 42.4, 830, 1234.4, 9999, 12_345, 4_520_000, 999_960, 3e9, -5000].map(shortNumber)).toEqual([
      '0',
      '< 0.01',
      '0.43',
      '1',
      '7.5',
      '42',
      '830',
      '1,234',
      '9,999',
      '12k',
      '4.5M',
      '1M',
      '3G',
      '−5,000',
    ]);
    expect(shortNumber(Number.POSITIVE_INFINITY)).toBe('∞');
  });

  it('counts what there is one of, and several', () => {
    expect([many(1, 'row'), many(2345, 'row'), many(0, 'dependency', 'dependencies')]).toEqual([
      '1 row',
      '2,345 rows',
      '0 dependencies',
    ]);
  });
});
