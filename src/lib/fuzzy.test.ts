import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch, fuzzyNeedle, fuzzyScore, fuzzyText } from './fuzzy.ts';

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

  it('finds nothing that is not a subsequence', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '_', '.', '7', 'ß'), maxLength: 10 });
    const within = (needle: string, text: string) => {
      let at = 0;
      for (const one of text) if (one === needle[at]) at += 1;
      return at === needle.length;
    };
    fc.assert(
      fc.property(letters, letters, (needle, text) => {
        expect(fuzzyMatch(needle, text) !== undefined).toBe(within(needle, text));
      }),
      { seed: 6 },
    );
  });

  it('takes the best of all ways to find the characters, as trying every one shows', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '_', 'B', '1'), minLength: 1, maxLength: 14 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(needle, text, (wanted, given) => {
        const found = fuzzyScore(fuzzyNeedle(wanted), fuzzyText(given));
        const ways = embeddings(wanted, given.toLowerCase()).map((places) => worth(places, given));
        const lower = given.toLowerCase();
        const at = lower.indexOf(wanted);
        const bonus = (lower === wanted ? 40 : 0) + (at === 0 ? 10 : 0) + (at >= 0 ? 8 : 0) - given.length / 16;
        expect(found).toEqual(ways.length === 0 ? undefined : Math.max(...ways) + bonus);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it('shows the way it counted', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '_', 'B', '1'), minLength: 1, maxLength: 14 });
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(needle, text, (wanted, given) => {
        const found = fuzzyMatch(wanted, given);
        if (found === undefined) return;
        const places = found.ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, at) => start + at));
        const best = Math.max(...embeddings(wanted, given.toLowerCase()).map((one) => worth(one, given)));
        expect(worth(places, given)).toBe(best);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('knows humps and numbers as starts of words', () => {
    expect(fuzzyMatch('oi', 'orderItems')?.ranges).toEqual([
      [0, 1],
      [5, 6],
    ]);
    expect(score('oi', 'orderItems')).toBeGreaterThan(score('oi', 'orders_in'.replace('_', 'x')));
    expect(score('a2', 'address2')).toBeGreaterThan(score('ad', 'xaxdxx'));
  });

  it('ranks what a person means first', () => {
    const ranked = (needle: string, ...texts: string[]) => texts.toSorted((a, b) => score(needle, b) - score(needle, a));
    expect(ranked('orders.', 'order_items.orders', 'old_orders.id', 'orders.id')[0]).toBe('orders.id');
    expect(ranked('cust', 'accustomed', 'invoice_customers', 'customers')).toEqual([
      'customers',
      'invoice_customers',
      'accustomed',
    ]);
    expect(ranked('pi', 'pipeline', 'product_images', 'api')[0]).toBe('pipeline');
    expect(ranked('prim', 'product_images', 'primary')[0]).toBe('primary');
    expect(ranked('uid', 'users.id', 'fluid', 'uid')[0]).toBe('uid');
  });

  it('takes letters whose lower case is longer, and texts without end', () => {
    expect(fuzzyMatch('stan', 'İstanbul')?.ranges).toEqual([[1, 5]]);
    expect(fuzzyMatch('x', `${'a'.repeat(300)}x`)).toBeUndefined();
    expect(fuzzyMatch('ax', `x${'a'.repeat(300)}`)).toBeUndefined();
    expect(fuzzyMatch('a'.repeat(600), 'a'.repeat(700))).toBeUndefined();
  });
});

/** Every way to find the characters in order. */
function embeddings(wanted: string, lower: string, from = 0): number[][] {
  if (wanted === '') return [[]];
  const ways: number[][] = [];
  for (let at = from; at < lower.length; at++) {
    if (lower[at] !== wanted[0]) continue;
    for (const rest of embeddings(wanted.slice(1), lower, at + 1)) ways.push([at, ...rest]);
  }
  return ways;
}

/** The points of one way, counted plainly. */
function worth(places: readonly number[], text: string): number {
  let points = 0;
  for (const [i, at] of places.entries()) {
    const before = places[i - 1];
    const left = text[at - 1] ?? '';
    const here = text[at] ?? '';
    const start = at === 0 ? 14 : /[^A-Za-z0-9]/.test(left) || (/[a-z]/.test(left) && /[A-Z]/.test(here)) ? 12 : 1;
    const stands = start === 1 && /\D/.test(left) && /\d/.test(here) ? 8 : start;
    const apart = before === undefined ? 0 : at - before - 1;
    const gapped = stands - Math.min(6, apart);
    points += before !== undefined && apart === 0 ? 8 : gapped;
  }
  return points;
}
