import { beforeAll, describe, expect, it } from 'vitest';
import type { QueryParameter } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { analyseQuery } from '../workload/analyse.ts';
import { keysLookedUp, runsOf } from './runs.ts';

const DDL = `
CREATE SCHEMA shop;
CREATE TABLE shop.regions (id integer, no integer, name text, PRIMARY KEY (id, no));
CREATE TABLE shop.customers (id integer PRIMARY KEY, region integer, region_no integer, name text,
  FOREIGN KEY (region, region_no) REFERENCES shop.regions);
CREATE TABLE shop."Order" (id integer PRIMARY KEY, customer integer REFERENCES shop.customers, status text);
CREATE TABLE shop.visits (customer integer REFERENCES shop.customers, at date) PARTITION BY RANGE (at);`;

let parser: PgParser;
let empty: Document;

beforeAll(async () => {
  parser = await parserForTests();
  empty = readDdl(parser, DDL);
});

function runs(sql: string, parameters: readonly QueryParameter[] = []) {
  const document = { ...empty, queries: { q: { id: 'q', name: 'q', sql, parameters } } };
  return runsOf(document, { id: 'q', sql, facts: analyseQuery(document, { sql }, parser) });
}

const value = (sql: string, share?: number) => ({ sql, ...(share === undefined ? {} : { share }) });

describe('what is planned for a query', () => {
  it('is the statement itself where nothing is known of its parameters', () => {
    const sql = 'SELECT * FROM shop."Order" WHERE status = $1';
    expect(runs(sql)).toEqual({ statements: [{ sql, times: 1 }], lookups: [] });
    expect(runs(sql, [{ name: '$1', values: [] }]).statements).toEqual([{ sql, times: 1 }]);
  });

  it('is the statement with each value that is declared, the most frequent first; the rest of the calls stay a parameter', () => {
    const sql = 'SELECT $1, $11 FROM shop."Order" WHERE status = $1';
    const values = [value(`'failed'`, 0.1), value(`'open'`, 0.6)];
    expect(runs(sql, [{ name: '$1', values }]).statements.map((one) => [one.sql, Number(one.times.toFixed(3))])).toEqual([
      [`SELECT 'open', $11 FROM shop."Order" WHERE status = 'open'`, 0.6],
      [sql, 0.3],
      [`SELECT 'failed', $11 FROM shop."Order" WHERE status = 'failed'`, 0.1],
    ]);
  });

  it('takes samples for what is left, and shares that are too much for parts of the whole', () => {
    const sql = 'SELECT $1::int';
    const times = (...values: QueryParameter['values']) => runs(sql, [{ name: '$1', values }]).statements.map((one) => one.times);
    expect(times(value('1'), value('2'))).toEqual([0.5, 0.5]);
    expect(times(value('1', 0.5), value('2'))).toEqual([0.5, 0.5]);
    expect(times(value('1', 1), value('2', 1))).toEqual([0.5, 0.5]);
  });

  it('combines the values of several parameters, the most frequent six', () => {
    const values = [value('1', 0.5), value('2', 0.3), value('3', 0.2)];
    const { statements } = runs('SELECT $1::int, $2::int', [
      { name: '$1', values },
      { name: '$2', values },
    ]);
    expect(statements).toHaveLength(6);
    expect(statements[0]?.sql).toBe('SELECT 1::int, 1::int');
    expect(statements.reduce((sum, { times }) => sum + times, 0)).toBeCloseTo(1);
  });

  it('leaves alone what only looks like a parameter', () => {
    const sql = `SELECT '$1', "$1", $1::int, $$ $1 $$ /* $1 */ -- $1\n`;
    const [first] = runs(sql, [{ name: '$1', values: [value('7', 1)] }]).statements;
    expect(first?.sql).toBe(`SELECT '$1', "$1", 7::int, $$ $1 $$ /* $1 */ -- $1\n`);
  });

  it('holds what foreign keys look for when rows go, from partitioned tables as a whole', () => {
    expect(runs('DELETE FROM shop.customers WHERE id = $1').lookups.map(({ sql }) => sql)).toEqual([
      'SELECT 1 FROM ONLY shop."Order" x WHERE $1 = customer FOR KEY SHARE OF x',
      'SELECT 1 FROM shop.visits x WHERE $1 = customer FOR KEY SHARE OF x',
    ]);
    expect(runs('DELETE FROM shop.regions').lookups.map(({ sql }) => sql)).toEqual([
      'SELECT 1 FROM ONLY shop.customers x WHERE $1 = region AND $2 = region_no FOR KEY SHARE OF x',
    ]);
  });

  it('looks nothing up when keys stay what they are', () => {
    const keys = (sql: string) => keysLookedUp(empty, analyseQuery(empty, { sql }, parser)).length;
    expect(keys(`UPDATE shop.customers SET name = 'a' WHERE id = 1`)).toBe(0);
    expect(keys('UPDATE shop.customers SET id = 2 WHERE id = 1')).toBe(2);
    expect(keys('INSERT INTO shop.customers (id) VALUES (1)')).toBe(0);
    expect(keys('SELECT * FROM shop.customers')).toBe(0);
    expect(keys('DELETE FROM shop."Order"')).toBe(0);
  });
});
