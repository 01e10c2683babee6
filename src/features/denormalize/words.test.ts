import { expect, it } from 'vitest';
import { bytesText, costLines } from './words.ts';

it('bytes are told in few digits', () => {
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
