import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { analyseQuery } from '../../workload/analyse.ts';
import { type Looked, mayServe } from './relevance.ts';

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(
    parser,
    'CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text, d date); CREATE TABLE u (id int PRIMARY KEY, t int);',
  );
});

const tableOf = (name: string) => Object.values(document.tables).find((table) => table.name === name) as Table;

interface Given {
  readonly on?: string;
  readonly include?: readonly string[];
  readonly where?: string;
  readonly madeFor?: readonly string[];
}

/** @param key names of columns; what is none is an expression */
function index(key: readonly string[], { on = 't', include = [], where, madeFor = [] }: Given = {}): Looked {
  const table = tableOf(on);
  const id = (name: string) => table.columns.find((column) => column.name === name)?.id;
  return {
    table: table.id,
    elements: key.map((name) => (id(name) === undefined ? { expression: name } : { column: id(name) as string })),
    include: include.map((name) => id(name) as string),
    ...(where === undefined ? {} : { where }),
    madeFor: new Set(madeFor),
  };
}

const serves = (looked: Looked, sql: string) =>
  mayServe(looked, 'q', analyseQuery(document, { sql }, parser), (column) => (column === 'c' ? undefined : 'number'));

describe('whether an index may change a plan', () => {
  it.each([
    ['a condition', 'SELECT * FROM t WHERE a = 1', true],
    ['a range', 'SELECT * FROM t WHERE a BETWEEN 1 AND 2', true],
    ['one arm of an OR', 'SELECT * FROM t WHERE a = 1 OR b = 2', true],
    ['an order', 'SELECT * FROM t ORDER BY a', true],
    ['a group', 'SELECT a, count(*) FROM t GROUP BY a', true],
    ['DISTINCT', 'SELECT DISTINCT a FROM t', true],
    ['the least', 'SELECT min(a) FROM t', true],
    ['a join', 'SELECT * FROM t JOIN u ON u.t = t.a', true],
    ['a place in an order', 'SELECT * FROM t WHERE (a, b) > (1, 2) ORDER BY a, b', true],
    ['an expression on it', 'SELECT * FROM t WHERE a + 1 = 2', true],
    ['a write that looks for rows', 'DELETE FROM t WHERE a = 1', true],
    ['nothing', 'SELECT * FROM t WHERE b = 1', false],
    ['what is only shown', 'SELECT a, b FROM t WHERE b = 1', false],
    ['another table', 'SELECT * FROM u WHERE u.id = 1', false],
    ['new rows', 'INSERT INTO t (a) VALUES (1)', false],
  ])('begins with %s', (_, sql, expected) => {
    expect(serves(index(['a', 'c']), sql)).toBe(expected);
  });

  it('holds all that is read', () => {
    const covering = index(['c'], { include: ['b'] });
    expect(serves(covering, 'SELECT b, c FROM t WHERE b = 1')).toBe(true);
    expect(serves(covering, 'SELECT b, c, a FROM t WHERE b = 1')).toBe(false);
  });

  it('is partial, and the query asks for no other rows', () => {
    const partial = index(['a'], { where: 'b > 5' });
    expect(serves(partial, 'SELECT * FROM t WHERE a = 1 AND b > 7')).toBe(true);
    expect(serves(partial, 'SELECT * FROM t WHERE a = 1 AND b = 9')).toBe(true);
    expect(serves(partial, 'SELECT * FROM t WHERE a = 1 AND b > 3')).toBe(false);
    expect(serves(partial, 'SELECT * FROM t WHERE a = 1')).toBe(false);
    expect(serves(partial, 'SELECT * FROM u LEFT JOIN t ON t.a = u.t AND t.b > 7')).toBe(true);
  });

  it('is on an expression that is asked for, however it is spaced', () => {
    expect(serves(index(['lower(c)']), `SELECT * FROM t WHERE lower( c ) = 'x'`)).toBe(true);
    expect(serves(index(['upper(c)']), `SELECT * FROM t WHERE lower(c) = 'x'`)).toBe(false);
  });

  it('was made for it', () => {
    expect(serves(index(['d'], { madeFor: ['q'] }), 'SELECT 1 FROM t WHERE a = 1')).toBe(true);
  });
});
