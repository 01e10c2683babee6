import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { utf8Length } from '../../dialects/postgres/names.ts';
import { IndexNamer } from './index-name.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const TABLE = 'CREATE TABLE t (id int PRIMARY KEY, a int, b text);';

function named(document: Document, ...parts: string[]): string {
  const table = Object.values(document.tables).find(({ name }) => name === 't') as Table;
  const elements = parts.map((text) => {
    const column = table.columns.find(({ name }) => name === text);
    return column === undefined ? { expression: text } : { column: column.id };
  });
  return new IndexNamer(document).next(table.id, { elements });
}

describe('names of indexes to be', () => {
  it.each([
    ['', 't_a_b_idx'],
    ['CREATE INDEX ON t (a);', 't_a_b_idx'],
    ['CREATE INDEX t_a_idx ON t (a);', 't_a_b_idx'],
    ['CREATE INDEX idx_t_a ON t (a);', 'idx_t_a_b'],
    ['CREATE INDEX ix_t_a ON t (a);', 'ix_t_a_b'],
    ['CREATE INDEX "IX_t_a" ON t (a);', 'IX_t_a_b'],
    ['CREATE INDEX index_t_on_a ON t (a);', 'index_t_on_a_and_b'],
    ['CREATE INDEX idx_a ON t (a);', 'idx_a_b'],
    ['CREATE INDEX find_them ON t (a);', 't_a_b_idx'],
    ['CREATE INDEX idx_t_b ON t (b); CREATE INDEX ix_t_a ON t (a); CREATE INDEX ix_t_b_a ON t (b, a);', 'ix_t_a_b'],
  ])('are like the others: %s', (ddl, expected) => {
    expect(named(readDdl(parser, `${TABLE}${ddl}`), 'a', 'b')).toBe(expected);
  });

  it('say the column of an expression', () => {
    const document = readDdl(parser, TABLE);
    expect(named(document, 'lower(b)')).toBe('t_b_idx');
    expect(named(document, '1 + 1')).toBe('t_expr_idx');
  });

  it('are free: of tables, keys and other indexes, and of those given before', () => {
    const document = readDdl(parser, `${TABLE} CREATE TABLE t_a_idx (x int CONSTRAINT t_a_idx_2 UNIQUE);`);
    expect(named(document, 'a')).toBe('t_a_idx_3');
    const namer = new IndexNamer(document);
    expect([namer.free('x'), namer.free('x'), namer.free('x')]).toEqual(['x', 'x_2', 'x_3']);
  });

  it('fit the limit of the dialect and stay different', () => {
    const namer = new IndexNamer(readDdl(parser, TABLE));
    const [one, two, three] = [
      namer.free(`${'ü'.repeat(60)}a`),
      namer.free(`${'ü'.repeat(60)}b`),
      namer.free(`${'ü'.repeat(60)}a`),
    ];
    for (const name of [one, two, three]) expect(utf8Length(name)).toBeLessThanOrEqual(63);
    expect(new Set([one, two, three]).size).toBe(3);
  });
});
