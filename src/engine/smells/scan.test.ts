import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '#test/cpu-time.ts';
import { runs } from '#test/runs.ts';
import { scanSql, type Use } from './scan.ts';

const uses = (sql: string) =>
  scanSql(sql).uses.map(({ kind, qualifier, column, literals }) =>
    `${kind} ${qualifier === undefined ? '' : `${qualifier}.`}${column} ${literals.join(' ')}`.trim(),
  );

describe('elements of JSON', () => {
  it.each([
    ['SELECT jsonb_array_elements(o.lines) FROM orders o', 'element o.lines'],
    ["SELECT l FROM orders, jsonb_array_elements_text(lines -> 'items') l", 'element lines'],
    ['SELECT lines -> 0 FROM orders', 'element lines'],
    ['SELECT "Lines" ->> 0 FROM orders', 'element lines'],
    ["SELECT lines #>> '{items,0,sku}' FROM orders", 'element lines'],
    [`SELECT * FROM orders WHERE lines @> '[{"a": 1}]'`, 'element lines'],
    ["SELECT jsonb_path_query(lines, '$.items[*]') FROM orders", 'element lines $.items[*]'],
    ["SELECT * FROM orders, JSON_TABLE(`lines`, '$[*]' COLUMNS (a INT PATH '$.a')) t", 'element lines $[*] $.a'],
    ['SELECT * FROM orders CROSS APPLY OPENJSON([lines])', 'element lines'],
    ['SELECT value FROM orders, json_each(orders.lines)', 'element orders.lines'],
    ["SELECT JSON_EXTRACT(lines, '$[0].sku') FROM orders", 'element lines $[0]'.replace('$[0]', '$[0].sku')],
  ])('%s', (sql, use) => {
    expect(uses(sql)).toContain(use);
  });

  it.each([
    "SELECT lines ->> 'sku' FROM orders",
    "SELECT lines #>> '{editor,font}' FROM orders",
    `SELECT * FROM orders WHERE lines @> '{"a": 1}'`,
    "SELECT JSON_EXTRACT(lines, '$.sku') FROM orders",
    'SELECT lines FROM orders',
    "SELECT 'jsonb_array_elements(lines)' -- jsonb_array_elements(lines)",
  ])('not in %s', (sql) => {
    expect(uses(sql).filter((one) => one.startsWith('element'))).toEqual([]);
  });

  it('says whether the column alone is taken apart', () => {
    const direct = (sql: string) => scanSql(sql).uses.map((one: Use) => one.direct === true);
    expect(direct('SELECT jsonb_array_elements(lines)')).toEqual([true]);
    expect(direct('SELECT jsonb_array_elements(lines::jsonb)')).toEqual([true]);
    expect(direct("SELECT jsonb_array_elements(lines -> 'x')")).toEqual([false]);
  });
});

describe('lists that are split', () => {
  it.each([
    ["SELECT unnest(string_to_array(p.tags, ',')) FROM posts p", 'split p.tags ,'],
    ["SELECT regexp_split_to_table(tags, ';') FROM posts", 'split tags ;'],
    ["SELECT * FROM posts WHERE FIND_IN_SET('a', tags)", 'split tags ,'],
    ["SELECT value FROM posts CROSS APPLY STRING_SPLIT(tags, '|')", 'split tags |'],
    ["SELECT SUBSTRING_INDEX(tags, ',', 1) FROM posts", 'split tags ,'],
    ["SELECT split_part(lower(code), '-', 2) FROM invoices", 'split code -'],
    ["SELECT * FROM posts WHERE tags LIKE '%,a,%'", 'split tags ,'],
    ["CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT string_to_array(tags, ',') FROM posts $$", 'split tags ,'],
  ])('%s', (sql, use) => {
    expect(uses(sql)).toContain(use);
  });
});

describe('comparisons with literals', () => {
  it.each([
    ["SELECT 1 FROM a WHERE t = 'x'", 'equals t x'],
    ["SELECT 1 FROM a WHERE a.t IN ('x', 'it''s')", "equals a.t x it's"],
    ["CHECK (((t)::text = 'x'::text))", 'equals t x'],
    ["CHECK (((t)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])))", 'equals t x y'],
    ['CHECK (`t` = "x" OR t in (\'y\'))', 'equals t y'],
  ])('%s', (sql, use) => {
    expect(uses(sql)).toContain(use);
  });

  it('knows what an alias stands for', () => {
    const { aliases } = scanSql('SELECT * FROM shop.orders AS o JOIN lines l ON l.o = o.id, items i LEFT JOIN only x USING (id)');
    expect(Object.fromEntries(aliases)).toMatchObject({ o: 'orders', orders: 'orders', l: 'lines', i: 'items' });
    expect(aliases.has('left')).toBe(false);
  });
});

it('reads any text to its end, hostile ones too', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          'string_to_array(',
          ')',
          ',',
          "'",
          '"',
          'a',
          '.',
          '::',
          'text',
          '=',
          'ANY',
          '[',
          ']',
          'IN',
          '(',
          '$$',
          '->',
          '0',
          'LIKE',
          '--',
          '\n',
          '/*',
          ' ',
        ),
        { maxLength: 40 },
      ),
      (parts) => {
        expect(Array.isArray(scanSql(parts.join(' ')).uses)).toBe(true);
      },
    ),
    runs(7302, 500),
  );
  const long = `SELECT ${'f('.repeat(3000)}a${')'.repeat(3000)} FROM t WHERE ${"x = 'y' OR ".repeat(3000)} true`;
  expect(scanSql(long).uses.length).toBe(3000);
});

it('costs hostile text no more than its length', () => {
  const nested = Array.from({ length: 5000 }, (_, at) => `$a${at}$`).join(' ');
  expect(scanSql(nested).uses).toEqual([]);
  for (const text of ['find_in_set(', 'a = any ', 'a in (', 'a ) ) ', 'from a, ']) {
    expect(
      cpuMs(() => scanSql(text.repeat(10_000))),
      text,
    ).toBeLessThan(4000);
  }
});
