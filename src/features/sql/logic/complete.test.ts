import { beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect, Document } from '#model/types.ts';
import { completeSql } from './complete.ts';

const KEYWORDS = ['create', 'table', 'references'];
const documents = new Map<Dialect, Document>();
beforeAll(async () => {
  for (const [dialect, sql] of [
    ['mysql', 'CREATE TABLE shop (id int unsigned PRIMARY KEY, `full name` varchar(20));'],
    ['mssql', 'CREATE TABLE sales.Orders (Id int PRIMARY KEY);'],
    [
      'postgresql',
      "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE shop (id bigint); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW kept AS SELECT s.*, count(*) AS pieces FROM shop s GROUP BY s.id;",
    ],
  ] as const) {
    const read = readSql([{ name: 'a', text: sql }], { dialect }, await loadPorts(dialect));
    if (!read.ok) throw new Error(read.problem.message);
    documents.set(dialect, read.value.document);
  }
});

/** What is offered at the bar. */
function offered(dialect: Dialect, marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { start, items } = completeSql(documents.get(dialect) as Document, dialect, KEYWORDS, text, offset);
  return {
    typed: text.slice(start, offset),
    texts: items.map((one) => one.text),
    kinds: [...new Set(items.map((one) => one.kind))],
  };
}

describe('completing SQL', () => {
  it('offers tables where a table is named', () => {
    expect(offered('mysql', 'CREATE TABLE t (a int REFERENCES sh|')).toEqual({ typed: 'sh', texts: ['shop'], kinds: ['table'] });
    expect(offered('mssql', 'SELECT * FROM |').texts).toEqual(['sales.Orders']);
    expect(offered('mssql', 'SELECT * FROM sales.|').texts).toEqual(['Orders']);
    expect(offered('postgresql', 'CREATE INDEX i ON |').texts).toEqual(['kept', 'shop', 'v']);
  });

  it('offers the columns that the query of a view gives, stored or not', () => {
    expect(offered('postgresql', 'SELECT kept.| FROM kept').texts).toEqual(['id', 'pieces']);
    expect(offered('postgresql', 'SELECT p| FROM kept').texts).toContain('pieces');
    expect(offered('postgresql', 'SELECT v.| FROM v').texts).toEqual([]);
  });

  it('offers columns of the table in question, quoted where they need it', () => {
    expect(offered('mysql', 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES shop (|').texts).toEqual(['id', '`full name`']);
    expect(offered('mysql', 'CREATE INDEX i ON shop (f|)').texts).toEqual(['id', '`full name`']);
    expect(offered('mysql', 'SELECT shop.| FROM shop').texts).toEqual(['id', '`full name`']);
    expect(offered('mysql', 'SELECT | FROM shop').texts.slice(0, 2)).toEqual(['id', '`full name`']);
  });

  it('offers the statement’s own columns in its keys', () => {
    expect(offered('mysql', 'CREATE TABLE t (first int, second int, PRIMARY KEY (|').texts).toEqual(['first', 'second']);
  });

  it('offers types after the name of a column, and words elsewhere', () => {
    expect(offered('mysql', 'CREATE TABLE t (a int, b |').texts).toContain('int unsigned');
    expect(offered('mssql', 'CREATE TABLE t (a nv|').texts).toContain('nvarchar');
    expect(offered('postgresql', 'CREATE TABLE t (a |').texts).toContain('mood');
    expect(offered('mysql', 'CREATE TABLE t (a int |').kinds).toEqual(['keyword']);
    expect(offered('mysql', '|').texts).toEqual(['CREATE', 'TABLE', 'REFERENCES']);
  });

  it('looks at the statement at the caret only', () => {
    expect(offered('mysql', 'SELECT * FROM shop; |').kinds).toEqual(['keyword']);
  });
});
