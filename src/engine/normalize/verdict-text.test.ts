import { expect, test } from 'vitest';
import type { Verdict, Violation } from './verdict.ts';
import { formBadge, formText, isBroken } from './verdict-text.ts';

const verdict: Verdict = {
  table: 't',
  highest: 'BCNF',
  byAssumption: false,
  noKey: false,
  candidateKeys: [['id']],
  keysComplete: true,
  keyCount: '1',
  prime: ['id'],
  violations: [],
  complete: true,
};
const violation: Violation = {
  form: '3NF',
  determinant: ['zip'],
  dependent: ['city'],
  closure: ['zip', 'city'],
  missing: ['id'],
  derivation: ['d'],
};
const beyond = (holds: boolean) =>
  ({ fourth: { holds, because: 'given', words: '' }, fifth: { holds, because: 'given', words: '' } }) as const;

test.each([
  ['proved', {}, 'BCNF', 'ok'],
  ['broken', { highest: '2NF', violations: [violation] }, '2NF', 'warn'],
  ['accepted', { highest: '2NF', violations: [{ ...violation, accepted: true }] }, '2NF', 'ok'],
  ['assumed', { byAssumption: true }, 'BCNF ?', 'assume'],
  ['no key', { noKey: true, highest: '1NF' }, 'no key', 'warn'],
  ['open above, nothing broken so far', { highest: '3NF', complete: false, reason: 'BCNF undecided: x' }, '3NF+', 'assume'],
  ['open above a breach', { highest: '1NF', complete: false, violations: [violation] }, '1NF+', 'warn'],
  ['fourth form', { multivalued: [], beyond: beyond(true) }, '4NF', 'ok'],
  ['fourth form open', { multivalued: [], beyond: beyond(false) }, 'BCNF', 'ok'],
  [
    'not fourth form',
    { multivalued: [{ dependency: 'm', determinant: ['a'], dependent: ['b'] }], beyond: beyond(false) },
    'BCNF',
    'warn',
  ],
] as const satisfies readonly (readonly [string, Partial<Verdict>, string, string])[])('a badge says %s', (_, more, text, tone) => {
  expect(formBadge({ ...verdict, ...more })).toMatchObject({ text, tone });
});

test('a badge says what is proved where time ended, by choice where redundancy is accepted, and nothing of nothing', () => {
  const open = { ...verdict, highest: '1NF', complete: false, reason: 'not BCNF (proved); 3NF undecided: too many keys' } as const;
  expect(formBadge(open)?.title).toBe('At least 1NF (proved); not BCNF (proved); 3NF undecided: too many keys');
  expect(formBadge({ ...verdict, violations: [{ ...violation, accepted: true }] })?.title).toContain('by choice');
  expect(formBadge(undefined)).toBeUndefined();
  expect(isBroken(verdict)).toBe(false);
  expect(formText({ ...verdict, byAssumption: true, complete: false })).toBe('BCNF ?');
});
