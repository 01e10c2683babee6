import { describe, expect, it } from 'vitest';
import { bitsOf } from '#lib/bitset.ts';
import { fdSet } from '../normalize/dependencies.ts';
import { isLossless, mergesOf } from './lossless.ts';

const bits = (...items: number[]) => bitsOf(4, items);
const mvd = (left: number[], right: number[]) => ({ left: bits(...left), right: bits(...right) });

describe('joins that lose nothing', () => {
  it('are seen by functional dependencies', () => {
    const given = { set: fdSet(4, [[[1], [2, 3]]]), mvds: [] };
    expect(isLossless(given, [bits(0, 1), bits(1, 2, 3)])).toBe(true);
    expect(isLossless(given, [bits(0, 1, 2), bits(2, 3)])).toBe(false);
  });

  it('are seen two at a time by multivalued dependencies', () => {
    const given = { set: fdSet(4, []), mvds: [mvd([0], [1]), mvd([0], [2])] };
    const parts = [bits(0, 1), bits(0, 2), bits(0, 3)];
    expect(isLossless(given, parts)).toBe(true);
    expect(mergesOf(given, parts)).toHaveLength(2);
    expect(isLossless(given, [bits(0, 1), bits(1, 2), bits(0, 3)])).toBe(false);
  });

  it('are not claimed when a block reaches from one part into the other', () => {
    const given = { set: fdSet(4, []), mvds: [mvd([0], [1, 2])] };
    expect(isLossless(given, [bits(0, 1), bits(0, 2, 3)])).toBe(false);
    expect(isLossless(given, [bits(0, 1, 2), bits(0, 3)])).toBe(true);
  });
});
