import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from '../../dialects/postgres/names.ts';
import { quoteIdent } from '../../dialects/postgres/quote.ts';
import { plain, shortened, unreserved } from './suggest.ts';

test.each([
  ['OrderLines', 'table', 'order_lines'],
  ['unit price', 'column', 'unit_price'],
  ['2024 sales', 'table', 'n_2024_sales'],
  ['Größe', 'column', 'grosse'],
  ['Über-Weg', 'table', 'uber_weg'],
  ['User', 'table', 'users'],
  ['Order', 'column', 'sort_order'],
  ['日本', 'table', undefined],
  ['--', 'column', undefined],
])('%s of a %s becomes %s', (name, noun, expected) => {
  expect(plain(name, noun)).toBe(expected);
});

test.each([
  ['user', 'table', 'users'],
  ['analyse', 'table', 'analyses'],
  ['like', 'column', 'like_value'],
  ['desc', 'column', 'description'],
  ['name', 'column', 'name'],
])('the reserved %s of a %s becomes %s', (name, noun, expected) => {
  expect(unreserved(name, noun)).toBe(expected);
});

test('what is suggested needs no quotes and is kept whole, whatever the name was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.constantFrom('table', 'column'), (name, noun) => {
      const to = plain(name, noun);
      if (to === undefined) return;
      expect(quoteIdent(to)).toEqual({ ok: true, value: to });
      expect(utf8Length(to)).toBeLessThanOrEqual(63);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('two long names that begin alike stay two', () => {
  const long = 'a'.repeat(80);
  expect(shortened(`${long}1`)).not.toBe(shortened(`${long}2`));
  expect(shortened('short')).toBe('short');
});
