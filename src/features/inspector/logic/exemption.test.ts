import { expect, test } from 'vitest';
import type { Exemption } from '#model/types.ts';
import { draftOf, exemptionLines, exemptionOf, statusOf } from './exemption.ts';

const accepted: Exemption = {
  kind: 'accepted',
  reason: 'read often',
  maintenance: 'application',
  staleness: '1 h',
  date: '2026-01-01',
};

test('a status says what the dependency counts for, and where it comes from', () => {
  expect(statusOf({})).toMatchObject({ label: 'declared', tone: 'accent' });
  const discovered = { source: 'a.csv', rows: 10, error: 0.1, date: '2026-01-01' };
  expect(statusOf({ discovered })).toMatchObject({
    label: 'found, 10 % against',
    tone: 'warn',
    title: expect.stringContaining('a.csv, 10 rows, 1 of 10 rows (10 %) against it; accepted 2026-01-01'),
  });
  expect(statusOf({ discovered: { ...discovered, error: 0 } })).toMatchObject({
    label: 'found',
    tone: 'accent',
    title: expect.stringContaining('a.csv, 10 rows, without exception'),
  });
  expect(statusOf({ exempt: accepted })).toMatchObject({
    label: 'accepted',
    title: expect.stringContaining('the application, within 1 h'),
  });
});

test('a draft and its exemption are one another', () => {
  expect(exemptionOf(draftOf(accepted), '2026-01-01')).toEqual(accepted);
  const temporal: Exemption = { kind: 'temporal', reason: 'price then', date: '2026-01-01' };
  expect(exemptionOf(draftOf(temporal), '2026-01-01')).toEqual(temporal);
  expect(exemptionOf(draftOf(undefined), '2026-01-01')).toBeNull();
  expect(exemptionOf({ ...draftOf(accepted), staleness: ' ' }, '2026-01-01')).not.toHaveProperty('staleness');
});

test('a reason is asked for', () => {
  expect(exemptionOf({ ...draftOf(undefined), kind: 'temporal', reason: '  ' }, 'd')).toMatch(/^Say why/);
});

test('what is left alone says who keeps it equal, how far it may lag, and since when', () => {
  expect(exemptionLines(accepted)).toBe('Accepted redundancy: the application keeps it equal, within 1 h. Since 2026-01-01.');
  const { staleness: _, ...atOnce } = accepted as Extract<Exemption, { kind: 'accepted' }>;
  expect(exemptionLines(atOnce)).toContain('at once');
  expect(exemptionLines({ kind: 'temporal', reason: 'price then', date: '2026-01-01' })).toBe(
    'The value of its time, never normalised. Since 2026-01-01.',
  );
});
