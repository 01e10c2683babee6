import { describe, expect, it } from 'vitest';
import type { Dependency } from '#model/types.ts';
import { againstText, retyped } from './provenance.ts';

const FOUND: Dependency = {
  id: 'd',
  determinant: ['a', 'b'],
  dependent: ['c'],
  discovered: { source: 'a.csv', rows: 2000, error: 0.0015, date: '2026-01-01' },
  exempt: { kind: 'temporal', reason: 'price then', date: '2026-01-02' },
};

describe('where a dependency comes from', () => {
  it('tells the rows against it', () => {
    expect(againstText({ source: 'a.csv', rows: 2000, error: 0.0015, date: '2026-01-01' })).toBe('3 of 2,000 rows (0.15 %)');
    expect(againstText({ source: 'a.csv', rows: 2000, date: '2026-01-01' })).toBeUndefined();
    expect(againstText({ source: 'a.csv', rows: 2000, error: 0, date: '2026-01-01' })).toBeUndefined();
  });

  it('stays when the same is typed in another order', () => {
    const patch = retyped(FOUND, { determinant: ['b', 'a'], dependent: ['c'] });
    expect(patch).toEqual({ determinant: ['b', 'a'], dependent: ['c'], multivalued: null });
  });

  it.each([
    ['left side', { determinant: ['a'], dependent: ['c'] }],
    ['right side', { determinant: ['a', 'b'], dependent: ['c', 'e'] }],
    ['kind', { determinant: ['a', 'b'], dependent: ['c'], multivalued: true as const }],
  ])('is forgotten with another %s', (_, next) => {
    expect(retyped(FOUND, next)).toMatchObject({ ...next, discovered: null, exempt: null });
  });
});
