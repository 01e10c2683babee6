import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

const score = (needle: string, text: string) => fuzzyMatch(needle, text)?.score ?? Number.NEGATIVE_INFINITY;

describe('fuzzy matching', () => {
  it('finds characters in order only', () => {
    expect(fuzzyMatch('oi', 'order_items')).toBeDefined();
    expect(fuzzyMatch('io', 'order_items')).toBeUndefined();
    expect(fuzzyMatch('x', 'order_items')).toBeUndefined();
  });

  it('ignores case and blanks of the needle', () => {
    expect(fuzzyMatch('Ord It', 'order_items')?.ranges).toEqual([
      [0, 3],
      [6, 8],
    ]);
  });

  it('prefers the whole name, then the start, then word starts, then scattered characters', () => {
    expect(score('orders', 'orders')).toBeGreaterThan(score('orders', 'orders_archive'));
    expect(score('ord', 'orders')).toBeGreaterThan(score('ord', 'old_reader'));
    expect(score('oi', 'order_items')).toBeGreaterThan(score('oi', 'boiler'));
    expect(score('item', 'order_items')).toBeGreaterThan(score('item', 'invoice_template'));
  });

  it('says where: the ranges spell the needle', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '_', 'C'), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (needle, text) => {
        const found = fuzzyMatch(needle, text);
        if (found === undefined) return;
        const spelled = found.ranges.map(([start, end]) => text.slice(start, end)).join('');
        expect(spelled.toLowerCase()).toBe(needle.toLowerCase());
      }),
      { seed: 4 },
    );
  });

  it('finds every subsequence', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 10 }),
        fc.infiniteStream(fc.boolean()),
        (text, keep) => {
          const needle = [...text].filter(() => keep.next().value).join('');
          expect(fuzzyMatch(needle, text)).toBeDefined();
        },
      ),
      { seed: 5 },
    );
  });
});
