import { describe, expect, it } from 'vitest';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Schema, Table, Trigger, View } from '#model/types.ts';
import { defaultSql, typeSql } from './column.ts';

const SCHEMA = 'sch_public';

const column = (id: string, name: string, type: string, more: Partial<Column> = {}): Column => ({
  id,
  name,
  type: { kind: 'builtin', name: type },
  nullable: true,
  ...more,
});

function documentOf(tables: readonly Table[], more: Partial<Document> = {}): Document {
  return { ...emptyDocument('x', undefined, 'sqlite'), tables: Object.fromEntries(tables.map((one) => [one.id, one])), ...more };
}

function written(document: Document): { text: string; lost: string[] } {
  const result = writeDocument(document, { version: 3 });
  return { text: writtenText(result).trim(), lost: result.unsupported.map((one) => `${one.feature}: ${one.message}`) };
}

const table = (id: string, columns: readonly Column[], more: Partial<Table> = {}): Table => ({
  ...emptyTable(id, SCHEMA, id),
  columns,
  ...more,
});

describe('what SQLite can say', () => {
  it('stands in the table’s own statement', () => {
    const users = table(
      'users',
      [
        column('u1', 'id', 'INTEGER', { identity: { mode: 'by default' } }),
        column('u2', 'mail', 'TEXT', { nullable: false, collation: 'NOCASE' }),
      ],
      {
        keys: [
          { id: 'k1', kind: 'primary', columns: ['u1'] },
          { id: 'k2', kind: 'unique', columns: ['u2'] },
        ],
        indexes: [{ id: 'i1', name: 'by mail', elements: [{ expression: 'lower(mail)', order: 'desc' }], where: 'id > 0 -- some' }],
      },
    );
    const posts = table('posts', [column('p1', 'user', 'INT', { default: { kind: 'expression', sql: '1 + 1' } })], {
      parameters: [{ name: 'STRICT', value: '' }],
      checks: [{ id: 'c1', name: 'positive', expression: 'user > 0' }],
    });
    const link = {
      id: 'r1',
      child: 'posts',
      parent: 'users',
      childColumns: ['p1'],
      parentColumns: ['u1'],
      onDelete: 'cascade' as const,
    };
    const { text, lost } = written(documentOf([posts, users], { relationships: { r1: link } }));
    expect(lost).toEqual([]);
    expect(text).toBe(`CREATE TABLE users (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    mail TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE INDEX "by mail" ON users (lower(mail) DESC)
WHERE id > 0 -- some
;

CREATE TABLE posts (
    user INT DEFAULT (1 + 1),
    CONSTRAINT positive CHECK (user > 0),
    FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE
) STRICT;`);
  });

  it.each([
    ['INTEGER', 'INTEGER'],
    ['UNSIGNED BIG INT', 'UNSIGNED BIG INT'],
    ['DECIMAL(10, 2)', 'DECIMAL(10, 2)'],
    ["enum('a','b')", `"enum('a','b')"`],
    ['int); DROP TABLE t; --', '"int); DROP TABLE t; --"'],
    ['TEXT NOT NULL', '"TEXT NOT NULL"'],
    ['', ''],
  ])('a type %s is written %s', (name, sql) => {
    expect(typeSql({ kind: 'builtin', name })).toBe(sql);
  });

  it.each([
    ['1', '1'],
    ['-1.5', '-1.5'],
    ["'a'", "'a'"],
    ['CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP'],
    ['(a)', '(a)'],
    ['(a) + (b)', '((a) + (b))'],
    ["datetime('now')", "(datetime('now'))"],
    ['1 -- one', '1 -- one'],
    ['a -- b', 'a -- b'],
    ['a() -- b', '(a() -- b\n)'],
  ])('a default %s is written %s', (sql, expected) => {
    expect(defaultSql(sql)).toBe(expected);
  });
});

describe('what SQLite has no words for', () => {
  it('is told, and written in the closest form', () => {
    const schema: Schema = { id: 'sch_sales', name: 'sales' };
    const orders = table(
      'orders',
      [
        column('o1', 'id', 'TEXT', { identity: { mode: 'always' }, comment: 'Which' }),
        column('o2', 'tags', 'text', { type: { kind: 'builtin', name: 'text', dims: 1 } }),
      ],
      {
        schema: 'sch_sales',
        comment: 'What was bought',
        owner: 'me',
        parameters: [{ name: 'ENGINE', value: 'InnoDB' }],
        indexes: [
          { id: 'i1', elements: [{ column: 'o1' }] },
          { id: 'i2', elements: [{ column: 'o1', nulls: 'first' }], method: 'gin' },
        ],
      },
    );
    const document = documentOf([orders], { schemas: { ...emptyDocument().schemas, sch_sales: schema } });
    const { text, lost } = written(document);
    expect(text).toBe(
      `-- What was bought
CREATE TABLE orders (
    id   TEXT /* Which */,
    tags text
);

CREATE INDEX orders_id_idx ON orders (id);

CREATE INDEX orders_id_idx_1 ON orders (id);`.replace('"text[]"', 'text'),
    );
    expect(lost.map((one) => one.split(':')[0]).toSorted()).toEqual([
      'array type',
      'column comment',
      'identity',
      'identity always',
      'index method',
      'index name',
      'index name',
      'nulls order',
      'owner',
      'schema',
      'table comment',
      'table parameters',
    ]);
  });

  it('counts names that SQLite keeps for itself', () => {
    const { lost } = written(documentOf([table('sqlite_stat', [column('c', 'a', 'INT')])]));
    expect(lost).toEqual([expect.stringContaining('keeps such names for itself')]);
  });

  it('counts triggers that run no statements, and views that are kept', () => {
    const t = table('t', [column('c', 'a', 'INT')]);
    const view: View = { id: 'v', schema: SCHEMA, name: 'v', materialized: true, query: 'SELECT a FROM t;', indexes: [] };
    const trigger: Trigger = {
      id: 'tr',
      name: 'tr',
      on: 't',
      timing: 'after',
      events: ['insert'],
      forEach: 'statement',
      execute: 'audit.log()',
    };
    const { text, lost } = written(documentOf([t], { views: { v: view }, triggers: { tr: trigger } }));
    expect(text).toContain('CREATE VIEW v AS\nSELECT a FROM t;');
    expect(text).not.toContain('TRIGGER');
    expect(lost.map((one) => one.split(':')[0])).toEqual(
      expect.arrayContaining(['materialized view', 'trigger body', 'statement trigger']),
    );
  });
});
