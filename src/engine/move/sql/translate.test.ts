import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import type { Common } from '../types/common.ts';
import { expressionOf, queryOf } from './parse.ts';
import { type Names, Printer } from './print.ts';
import { QueryPrinter, type Source } from './print-query.ts';

/** Columns of the one table that the expressions speak of. */
const COLUMNS: Readonly<Record<string, Common>> = {
  a: { is: 'integer', bits: 32 },
  b: { is: 'integer', bits: 32 },
  price: { is: 'decimal', precision: 10, scale: 2 },
  name: { is: 'text', length: 40, unit: 'characters' },
  status: { is: 'text', length: 10, unit: 'characters' },
  active: { is: 'boolean' },
  born: { is: 'date' },
  at: { is: 'timestamp' },
  data: { is: 'json', binary: true },
};

const names: Names = {
  column: (path) => {
    const name = path.at(-1)?.name.toLowerCase() ?? '';
    return Object.hasOwn(COLUMNS, name) ? { path: [name], holds: COLUMNS[name] } : undefined;
  },
};

function say(
  sql: string,
  from: Dialect,
  to: Dialect,
  as: 'value' | 'condition' = 'condition',
  version = DEFAULT_VERSION[to],
): string {
  const read = expressionOf(sql, from);
  if ('problem' in read) return `? ${read.problem}`;
  const printer = new Printer(from, to, version, names);
  const text = as === 'condition' ? printer.condition(read.value) : printer.value(read.value);
  return printer.problem === undefined ? text : `! ${printer.problem}`;
}

/** Names without their quotes, so that a row reads in every dialect. */
const bare = (text: string) => text.replaceAll(/[`"[\]]/g, '');

const CONDITIONS: readonly (readonly [Dialect, string, Dialect, string])[] = [
  [
    'postgresql',
    "((status)::text = ANY ((ARRAY['A'::character varying, 'B'::character varying])::text[]))",
    'mysql',
    "status IN ('A', 'B')",
  ],
  ['postgresql', "status <> ALL (ARRAY['A'::text, 'B'::text])", 'sqlite', "status NOT IN ('A', 'B')"],
  ['postgresql', "(name)::text ~~ 'a%'::text", 'oracle', "name LIKE 'a%'"],
  ['postgresql', "name ~~* 'a%'", 'mssql', "LOWER(name) LIKE LOWER('a%')"],
  ['postgresql', "name ~ '^[a-z]+$'", 'mysql', "name REGEXP '(?-i)^a-z+$'"],
  ['postgresql', "name ~ '^[a-z]+$'", 'oracle', "REGEXP_LIKE(name, '^a-z+$', 'c')"],
  ['postgresql', "name ~ '^[a-z]+$'", 'sqlite', '! regular expressions'],
  ['postgresql', 'active', 'mssql', 'active = 1'],
  ['postgresql', 'NOT active', 'oracle', 'NOT active'],
  ['postgresql', 'active = true AND a > 0', 'mysql', 'active = 1 AND a > 0'],
  ['postgresql', 'active IS TRUE', 'mssql', 'active = 1'],
  ['postgresql', 'a IS DISTINCT FROM b', 'mysql', 'NOT (a <=> b)'],
  ['postgresql', 'a IS DISTINCT FROM b', 'sqlite', 'a IS NOT b'],
  ['postgresql', 'a IS NOT DISTINCT FROM b', 'oracle', 'DECODE(a, b, 0, 1) = 0'],
  ['postgresql', "born >= '2020-01-01'::date", 'oracle', "born >= DATE '2020-01-01'"],
  ['postgresql', "born >= '2020-01-01'::date", 'sqlite', "born >= '2020-01-01'"],
  ['postgresql', "at < (now() - '1 day'::interval)", 'mysql', 'at < (CURRENT_TIMESTAMP - INTERVAL 1 DAY)'],
  ['postgresql', "at < (now() - INTERVAL '7 days')", 'mysql', 'at < (CURRENT_TIMESTAMP - INTERVAL 7 DAY)'],
  ['postgresql', "at < (now() - INTERVAL '7 days')", 'mssql', 'at < DATEADD(day, -7, SYSDATETIME())'],
  ['postgresql', "at < (now() - INTERVAL '7 days')", 'sqlite', "at < datetime(CURRENT_TIMESTAMP, '-7 days')"],
  ['postgresql', 'price > (0)::numeric', 'mysql', 'price > 0'],
  ['postgresql', 'char_length(name) > 3', 'mssql', 'LEN(name) > 3'],
  ['postgresql', 'a > 0 AND (b > 0 OR price > 0)', 'mysql', 'a > 0 AND (b > 0 OR price > 0)'],
  ['postgresql', "data ->> 'kind' = 'x'", 'mysql', "JSON_UNQUOTE(JSON_EXTRACT(data, '$.kind')) = 'x'"],
  ['postgresql', 'unheard_of(a)', 'mysql', '! the function unheard_of'],
  ['postgresql', 'name COLLATE "C" = \'x\'', 'mysql', '? COLLATE inside an expression names a collation of its own dialect'],
  ['mysql', '`active` = 1', 'postgresql', 'active = TRUE'],
  ['mysql', '`active`', 'postgresql', 'active'],
  ['mysql', '`a`', 'postgresql', 'a <> 0'],
  ['mysql', "`status` in ('x','y')", 'postgresql', "status IN ('x', 'y')"],
  ['mysql', "`name` like 'a\\_b%'", 'sqlite', "name LIKE 'a\\_b%' ESCAPE '\\'"],
  ['mysql', 'a || b', 'postgresql', 'a <> 0 OR b <> 0'],
  ['mysql', 'a <=> b', 'postgresql', 'a IS NOT DISTINCT FROM b'],
  ['mysql', 'name = "it\'s"', 'postgresql', "name = 'it''s'"],
  ['mysql', "a = '5'", 'postgresql', 'a = 5'],
  ['mysql', 'status = 5', 'postgresql', "status = '5'"],
  ['mysql', 'name = a', 'postgresql', '! comparing a text with a number'],
  ['mssql', '([a]>=(0) AND [a]<=(10))', 'postgresql', 'a >= 0 AND a <= 10'],
  ['mssql', "[name] LIKE N'[A-Z]%'", 'postgresql', '! brackets in a pattern of LIKE'],
  ['mssql', '[active]=(1)', 'postgresql', 'active = TRUE'],
  ['oracle', "status IN ('a','b')", 'mysql', "status IN ('a', 'b')"],
  ['oracle', 'NVL(a, 0) > 1', 'sqlite', 'COALESCE(a, 0) > 1'],
  ['sqlite', 'a == b', 'postgresql', 'a = b'],
  ['sqlite', "a || data ->> '$.kind' = 'x'", 'mysql', "CONCAT(a, JSON_UNQUOTE(JSON_EXTRACT(data, '$.kind'))) = 'x'"],
  ['sqlite', 'a IS b', 'mysql', '(a <=> b)'],
];

const VALUES: readonly (readonly [Dialect, string, Dialect, string])[] = [
  ['postgresql', "name || ' ' || status", 'mysql', "CONCAT(name, ' ', status)"],
  ['postgresql', "name || ' ' || status", 'mssql', "(name + ' ' + status)"],
  ['mysql', "concat(name, ' ', a)", 'postgresql', "(name || ' ' || CAST(a AS text))"],
  ['mssql', "[name] + N' ' + [status]", 'postgresql', "(name || ' ' || status)"],
  ['mysql', 'a / b', 'postgresql', 'a * 1.0 / b'],
  ['postgresql', 'a / b', 'mysql', 'a DIV b'],
  ['postgresql', 'a / b', 'oracle', 'TRUNC(a / b)'],
  ['mysql', 'price / 2', 'postgresql', 'price / 2'],
  ['mysql', 'if(active, name, 0)', 'postgresql', 'CASE WHEN active THEN name ELSE 0 END'],
  ['mysql', 'ifnull(a, 0)', 'oracle', 'COALESCE(a, 0)'],
  ['mysql', 'year(born)', 'postgresql', 'EXTRACT(YEAR FROM born)'],
  ['mysql', 'year(born)', 'sqlite', "CAST(strftime('%Y', born) AS INTEGER)"],
  ['mysql', 'date_add(at, interval 3 month)', 'postgresql', "(at + INTERVAL '3 month')"],
  ['mssql', 'dateadd(day, 2, [at])', 'mysql', '(at + INTERVAL 2 DAY)'],
  ['oracle', "DECODE(status, 'a', 1, 2)", 'postgresql', "CASE status WHEN 'a' THEN 1 ELSE 2 END"],
  ['postgresql', 'a > 0', 'mssql', 'CASE WHEN a > 0 THEN 1 ELSE 0 END'],
  ['postgresql', 'lower((name)::text)', 'mysql', 'LOWER(name)'],
  ['postgresql', 'a % 2', 'oracle', 'MOD(a, 2)'],
  ['postgresql', 'a + b * 2', 'sqlite', 'a + b * 2'],
  ['postgresql', '(a + b) * 2', 'sqlite', '(a + b) * 2'],
  ['postgresql', 'a - (b - 1)', 'sqlite', 'a - (b - 1)'],
  ['postgresql', "E'a\\\\b'", 'mysql', "'a\\\\b'"],
  ['mysql', "'a\\\\b'", 'postgresql', "E'a\\\\b'"],
];

describe('expressions', () => {
  it.each(CONDITIONS)('%s %s -> %s', (from, sql, to, expected) => {
    expect(bare(say(sql, from, to))).toBe(bare(expected));
  });
  it.each(VALUES)('%s %s -> %s', (from, sql, to, expected) => {
    expect(bare(say(sql, from, to, 'value'))).toBe(bare(expected));
  });
  it('quotes names as the target does', () => {
    expect([
      say('a > 0', 'postgresql', 'mysql'),
      say('a > 0', 'postgresql', 'mssql'),
      say('`a` > 0', 'mysql', 'postgresql'),
    ]).toEqual(['`a` > 0', '[a] > 0', 'a > 0']);
  });
  it('never goes on after a problem, whatever the text', () => {
    for (const text of [
      '',
      '(',
      'a >',
      'CASE',
      'a IN (',
      'CAST(a AS',
      "'open",
      'a BETWEEN 1',
      'f(',
      'INTERVAL',
      'EXTRACT(',
      'a ::',
      ')',
      '= 1',
    ])
      for (const from of ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'] as const)
        expect(say(text, from, from === 'mysql' ? 'sqlite' : 'mysql')).toMatch(/^[?!]|open/);
  });
});

const TABLE: Source = {
  path: ['t'],
  column: (name) =>
    Object.hasOwn(COLUMNS, name.toLowerCase()) ? { name: name.toLowerCase(), holds: COLUMNS[name.toLowerCase()] } : undefined,
};

function query(sql: string, from: Dialect, to: Dialect): string {
  const read = queryOf(sql, from);
  if ('problem' in read) return `? ${read.problem}`;
  const own = new QueryPrinter({
    table: (path) => (path.at(-1)?.name.toLowerCase() === 't' ? TABLE : undefined),
    form: (name) => name.toLowerCase(),
    key: (name) => name.toLowerCase(),
    ownType: undefined,
  });
  const printer = new Printer(from, to, DEFAULT_VERSION[to], own);
  const text = own.query(read.value, printer);
  return printer.problem === undefined ? bare(text).replaceAll(/\s+/g, ' ') : `! ${printer.problem}`;
}

const QUERIES: readonly (readonly [Dialect, string, Dialect, string])[] = [
  [
    'postgresql',
    'SELECT a, name AS n FROM t WHERE active ORDER BY n LIMIT 5',
    'mysql',
    'SELECT a, name AS n FROM t WHERE active ORDER BY n LIMIT 5',
  ],
  [
    'postgresql',
    'SELECT a FROM t ORDER BY a LIMIT 5 OFFSET 2',
    'oracle',
    'SELECT a FROM t ORDER BY a OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY',
  ],
  [
    'mysql',
    'select x.a, count(0) AS n from t x left join t y on x.a = y.b group by x.a',
    'postgresql',
    'SELECT x.a, COUNT(0) AS n FROM t AS x LEFT JOIN t AS y ON x.a = y.b GROUP BY x.a',
  ],
  ['mysql', 'select a, name from t group by a', 'postgresql', '! selecting what GROUP BY does not name'],
  [
    'mysql',
    "select group_concat(name order by a separator '; ') AS l from t",
    'postgresql',
    "SELECT STRING_AGG(name, '; ' ORDER BY a) AS l FROM t",
  ],
  [
    'mysql',
    'select a from t where b in (select a from t where active)',
    'mssql',
    'SELECT a FROM t WHERE b IN (SELECT a FROM t WHERE active = 1)',
  ],
  ['oracle', 'SELECT a FROM t MINUS SELECT b FROM t', 'postgresql', 'SELECT a FROM t EXCEPT SELECT b FROM t'],
  ['postgresql', 'SELECT a FROM nowhere', 'mysql', '! nowhere, which is no table or view here'],
  ['postgresql', 'SELECT missing FROM t', 'mysql', '! missing is no column that is known here'],
  ['postgresql', 'SELECT DISTINCT ON (a) a FROM t', 'mysql', '? DISTINCT ON is not known elsewhere'],
  ['postgresql', 'SELECT a FROM t FULL JOIN t u ON t.a = u.a', 'mysql', '! FULL JOIN'],
  ['postgresql', 'WITH c AS (SELECT a AS z FROM t) SELECT z FROM c', 'sqlite', 'WITH c AS (SELECT a AS z FROM t) SELECT z FROM c'],
  [
    'postgresql',
    'SELECT rank() OVER (PARTITION BY a ORDER BY b DESC) AS r FROM t',
    'mysql',
    'SELECT RANK() OVER (PARTITION BY a ORDER BY b DESC) AS r FROM t',
  ],
  ['sqlite', 'SELECT u.q FROM (SELECT a AS q FROM t) u', 'postgresql', 'SELECT u.q FROM (SELECT a AS q FROM t) AS u'],
];

describe('queries', () => {
  it.each(QUERIES)('%s %s -> %s', (from, sql, to, expected) => {
    expect(query(sql, from, to)).toBe(expected);
  });
});
