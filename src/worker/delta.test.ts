import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from '#lib/same.ts';
import { runs } from '#test/runs.ts';
import { applyDelta, deltaOf } from './delta.ts';

const list = (max: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: max })
    .chain((keys) => fc.tuple(...keys.map((key) => fc.tuple(fc.constant(`k${key}`), fc.integer({ min: 0, max: 3 })))))
    .map((entries) => new Map<string, number>(entries as [string, number][]));

describe('deltas', () => {
  it('lead from any list to any other, order included', () => {
    fc.assert(
      fc.property(list(10), list(10), (before, after) => {
        const delta = deltaOf(before, after, (a, b) => a === b);
        const got = delta === undefined ? before : applyDelta(before, delta);
        expect([...got]).toEqual([...after]);
      }),
      runs(7, 500),
    );
  });

  it('say nothing when nothing changed', () => {
    const one = new Map([['a', { x: [1] }]]);
    expect(deltaOf(one, new Map([['a', { x: [1] }]]), sameValue)).toBeUndefined();
  });

  it('carry no order for a change in place or a removal', () => {
    const before = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect(deltaOf(before, new Map([...before, ['b', 9]]), Object.is)).toEqual({ changed: [['b', 9]], removed: [] });
    const without = new Map(before);
    without.delete('b');
    expect(deltaOf(before, without, Object.is)).toEqual({ changed: [], removed: ['b'] });
  });

  it('keep the identity of what did not change', () => {
    const a = { v: 1 };
    const before = new Map([
      ['a', a],
      ['b', { v: 2 }],
    ]);
    const delta = deltaOf(
      before,
      new Map([
        ['a', { v: 1 }],
        ['b', { v: 3 }],
      ]),
      sameValue,
    );
    expect(delta?.changed.map(([key]) => key)).toEqual(['b']);
    expect(delta && applyDelta(before, delta).get('a')).toBe(a);
  });
});

describe('sameValue', () => {
  it('tells apart arrays, records and absent keys', () => {
    expect(sameValue({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true);
    expect(sameValue([1], { 0: 1 })).toBe(false);
    expect(sameValue({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
  });
});
