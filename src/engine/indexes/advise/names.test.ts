import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { utf8Length } from '../../dialects/postgres/names.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { IndexNames } from './names.ts';

let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
});

const TABLES = 'CREATE TABLE shops (id int PRIMARY KEY, city text, "Open Since" date); CREATE TABLE sales (id int, shop int);';

function give(document: Document, table: string, ...columns: readonly string[]): string {
  return giver(document)(table, ...columns);
}

function giver(document: Document) {
  const names = new IndexNames(document);
  return (name: string, ...columns: readonly string[]) => {
    const table = Object.values(document.tables).find((one) => one.name === name) as Table;
    const elements = columns.map((column) => {
      const own = table.columns.find((one) => one.name === column);
      return own === undefined ? { expression: column } : { column: own.id };
    });
    return names.give(table, { elements });
  };
}

const read = (...indexes: readonly string[]) => readDdl(parser, `${TABLES} ${indexes.join('; ')}`);

describe('names of new indexes', () => {
  it.each([
    ['PostgreSQL, where there is none', [], 'shops_city_idx'],
    ['idx_ first', ['CREATE INDEX idx_sales_shop ON sales (shop)'], 'idx_shops_city'],
    ['IX_ first', ['CREATE INDEX "IX_sales_shop" ON sales (shop)'], 'IX_shops_city'],
    ['_index last', ['CREATE INDEX sales_shop_index ON sales (shop)'], 'shops_city_index'],
    [
      'most of them',
      ['CREATE INDEX a_idx ON sales (shop)', 'CREATE INDEX ix_a ON sales (id)', 'CREATE INDEX ix_b ON sales (id, shop)'],
      'ix_shops_city',
    ],
    ['unique ones do not count', ['CREATE UNIQUE INDEX idx_a ON sales (shop)'], 'shops_city_idx'],
    ['none at all', ['CREATE INDEX fast ON sales (shop)'], 'shops_city_idx'],
  ])('follow the convention of the project: %s', (_, indexes, name) => {
    expect(give(read(...indexes), 'shops', 'city')).toBe(name);
  });

  it('are given once in a schema, whatever has the name and in whatever case', () => {
    const next = giver(read('CREATE TABLE "Shops_City_idx" (x int)', 'CREATE INDEX shops_city_idx1 ON shops (city)'));
    expect([next('shops', 'city'), next('shops', 'city'), next('shops', 'id')]).toEqual([
      'shops_city_idx2',
      'shops_city_idx3',
      'shops_id_idx',
    ]);
  });

  it('say columns as they are and expressions by their function', () => {
    const document = read();
    expect(give(document, 'shops', 'Open Since', 'lower(city)')).toBe('shops_Open Since_lower_idx');
  });

  it('are cut where the dialect takes no more, and stay different', () => {
    const long = 'ä'.repeat(30);
    const document = readDdl(parser, `CREATE TABLE ${long} (${'b'.repeat(60)} int, c int);`);
    const next = giver(document);
    const given = [next(long, 'b'.repeat(60), 'c'), next(long, 'b'.repeat(60))];
    expect(new Set(given).size).toBe(2);
    for (const name of given) {
      expect(utf8Length(name)).toBeLessThanOrEqual(63);
      expect(name).toMatch(/_idx\d?$/);
    }
  });

  it('are left as they are wished where they are free, of views and sequences, too', () => {
    const document = read('CREATE VIEW seen AS SELECT 1 AS a', 'CREATE SEQUENCE counted', 'CREATE INDEX fast ON sales (shop)');
    const names = new IndexNames(document);
    const schema = Object.values(document.tables)[0]?.schema as string;
    const given = ['seen', 'counted', 'fast', 'Fast', 'new', 'new', 'n'.repeat(70)].map((wish) => names.free(schema, wish));
    expect(given).toEqual(['seen1', 'counted1', 'fast1', 'Fast2', 'new', 'new1', 'n'.repeat(63)]);
  });
});
