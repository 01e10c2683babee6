import { describe, expect, it } from 'vitest';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlColumn, DdlTable } from '../../base/read/ddl.ts';
import { SQLITE_GRAMMAR } from './grammar.ts';

const read = (sql: string) => SQLITE_GRAMMAR.read(new Cursor(sql, 'sqlite'));

function ddl(sql: string): Ddl {
  const result = read(sql);
  if (!result.ok) throw new Error(`${result.problem.message} at ${result.problem.position}`);
  expect(result.ddl).toHaveLength(1);
  return result.ddl[0] as Ddl;
}

function table(sql: string): DdlTable {
  const one = ddl(sql);
  if (one.kind !== 'table') throw new Error(one.kind);
  return one;
}

const column = (definition: string): DdlColumn => table(`CREATE TABLE t (${definition})`).columns[0] as DdlColumn;

describe('columns', () => {
  it.each([
    ['a', ''],
    ['a INT', 'INT'],
    ['a UNSIGNED BIG INT NOT NULL', 'UNSIGNED BIG INT'],
    ['a DECIMAL (10, +2) DEFAULT 1', 'DECIMAL (10, +2)'],
    ['a [my type] UNIQUE', '[my type]'],
    ["a 'text' CHECK (a)", "'text'"],
    ['a NATIVE CHARACTER(70)', 'NATIVE CHARACTER(70)'],
    ['a INTEGER GENERATED ALWAYS AS (1)', 'INTEGER'],
    ['a GENERATED', 'GENERATED'],
  ])('%s: the type is what was written', (definition, type) => {
    expect(column(definition).type).toEqual({ name: type });
  });

  it.each([
    ["'it''s'", 'literal'],
    ["x'ff'", 'literal'],
    ['-1.5e3', 'literal'],
    ['- 7', 'literal'],
    ['.5', 'literal'],
    ['TRUE', 'literal'],
    ['null', 'null'],
    ['CURRENT_TIMESTAMP', 'expression'],
    ['"quoted"', 'expression'],
    ["(strftime('%s', 'now') + (1))", 'expression'],
  ])('DEFAULT %s is a %s', (sql, kind) => {
    expect(column(`a TEXT DEFAULT ${sql} NOT NULL`)).toMatchObject({ default: { kind, sql }, nullable: false });
  });

  it('takes every clause in any order', () => {
    const read = column(
      "a TEXT COLLATE NOCASE CONSTRAINT n NOT NULL ON CONFLICT FAIL CONSTRAINT u UNIQUE ON CONFLICT ABORT CONSTRAINT c CHECK (a <> ')') CONSTRAINT r REFERENCES p (x) ON UPDATE CASCADE NOT DEFERRABLE CONSTRAINT d DEFAULT (1)",
    );
    expect(read).toMatchObject({
      collation: 'NOCASE',
      nullable: false,
      notNullName: 'n',
      residue: ['NOT NULL ON CONFLICT FAIL'],
      defaultName: 'd',
      default: { kind: 'expression', sql: '(1)' },
    });
    expect(read.constraints).toMatchObject([
      { kind: 'unique', name: 'u', elements: [{ column: 'a' }], residue: ['ON CONFLICT ABORT'] },
      { kind: 'check', name: 'c', expression: "a <> ')'" },
      { kind: 'foreign', name: 'r', columns: ['a'], parent: { name: 'p' }, parentColumns: ['x'], onUpdate: 'cascade' },
    ]);
    expect(read.constraints?.[2]).not.toHaveProperty('deferral');
  });

  it('knows rows that count up, and values that are worked out', () => {
    expect(column('id INTEGER PRIMARY KEY AUTOINCREMENT').identity).toEqual({ mode: 'by default' });
    expect(column('id INTEGER PRIMARY KEY DESC').constraints).toMatchObject([{ elements: [{ column: 'id', order: 'desc' }] }]);
    expect(column('a AS (b || c) STORED').generated).toEqual({ expression: 'b || c', stored: true });
    expect(column('a INT GENERATED ALWAYS AS (1)').generated).toEqual({ expression: '1', stored: false });
  });
});

describe('tables', () => {
  it('reads constraints with and without commas between them', () => {
    const read = table(
      'CREATE TEMP TABLE IF NOT EXISTS x.t (a, b, CONSTRAINT k PRIMARY KEY (a DESC, b) UNIQUE (b COLLATE RTRIM) CHECK (a) ON CONFLICT IGNORE, FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL MATCH PARTIAL DEFERRABLE INITIALLY DEFERRED)',
    );
    expect(read).toMatchObject({ name: { schema: 'x', name: 't' }, temporary: true, ifNotExists: true });
    expect(read.constraints).toMatchObject([
      { kind: 'primary', name: 'k', elements: [{ column: 'a', order: 'desc' }, { column: 'b' }] },
      { kind: 'unique', elements: [{ column: 'b', collation: 'RTRIM' }], residue: ['(b COLLATE RTRIM)'] },
      { kind: 'check', expression: 'a', residue: ['ON CONFLICT IGNORE'] },
      { kind: 'foreign', parentColumns: [], onDelete: 'set null', deferral: 'initially deferred', residue: ['MATCH PARTIAL'] },
    ]);
  });

  it('knows where a primary key says that there is a value', () => {
    const nullable = (sql: string) => table(sql).columns.map((one) => one.nullable);
    expect(nullable('CREATE TABLE t (a INT, b INT, PRIMARY KEY (b))')).toEqual([undefined, undefined]);
    expect(nullable('CREATE TABLE t (a INT, b INT, PRIMARY KEY (B)) WITHOUT ROWID')).toEqual([undefined, false]);
    expect(nullable('CREATE TABLE t (a INT PRIMARY KEY, b INT) STRICT')).toEqual([false, undefined]);
    expect(table('CREATE TABLE main.t (a INT PRIMARY KEY) STRICT, WITHOUT ROWID').parameters).toEqual([
      { name: 'STRICT', value: '' },
      { name: 'WITHOUT ROWID', value: '' },
    ]);
  });
});

describe('other statements', () => {
  it('reads indexes', () => {
    expect(
      ddl('CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t ("a", lower(b) COLLATE NOCASE DESC, (c), \'d\' ASC) WHERE a > 0;'),
    ).toMatchObject({
      kind: 'create index',
      table: { name: 't' },
      ifNotExists: true,
      index: {
        name: 'i',
        unique: true,
        elements: [
          { column: 'a' },
          { expression: 'lower(b)', collation: 'NOCASE', order: 'desc' },
          { column: 'c' },
          { column: 'd' },
        ],
        where: 'a > 0',
      },
    });
  });

  it('reads views and triggers', () => {
    expect(ddl('CREATE TEMPORARY VIEW v (a, [b c]) AS VALUES (1, 2);')).toEqual({
      kind: 'view',
      name: { name: 'v' },
      temporary: true,
      columns: ['a', 'b c'],
      query: 'VALUES (1, 2)',
    });
    expect(
      ddl("CREATE TRIGGER IF NOT EXISTS r UPDATE OF a, b ON t WHEN (CASE new.a WHEN 1 THEN 0 END) BEGIN SELECT 'x'; END;"),
    ).toEqual({
      kind: 'trigger',
      name: { name: 'r' },
      on: { name: 't' },
      ifNotExists: true,
      timing: 'before',
      events: ['update'],
      updateOf: ['a', 'b'],
      forEach: 'row',
      when: '(CASE new.a WHEN 1 THEN 0 END)',
      body: "BEGIN SELECT 'x'; END",
    });
  });

  it('reads every change of a table', () => {
    const action = (sql: string) => {
      const one = ddl(`ALTER TABLE t ${sql}`);
      return one.kind === 'alter table' ? one.actions[0] : undefined;
    };
    expect(action('RENAME TO "u v"')).toEqual({ kind: 'rename table', to: { name: 'u v' } });
    expect(action('RENAME a TO b')).toEqual({ kind: 'rename column', from: 'a', to: 'b' });
    expect(action('RENAME COLUMN a TO b')).toEqual({ kind: 'rename column', from: 'a', to: 'b' });
    expect(action('ADD a INT')).toMatchObject({ kind: 'add column', column: { name: 'a' } });
    expect(action('ADD COLUMN "check" TEXT')).toMatchObject({ kind: 'add column', column: { name: 'check' } });
    expect(action('ADD CONSTRAINT c CHECK (a > 0)')).toMatchObject({ kind: 'add constraint', constraint: { name: 'c' } });
    expect(action('DROP COLUMN a')).toEqual({ kind: 'drop column', name: 'a' });
    expect(action('DROP CONSTRAINT c')).toEqual({ kind: 'drop constraint', what: 'any', name: 'c' });
    expect(action('ALTER COLUMN a SET NOT NULL')).toEqual({ kind: 'alter column', name: 'a', nullable: false });
    expect(action('ALTER a DROP NOT NULL')).toEqual({ kind: 'alter column', name: 'a', nullable: true });
  });

  it('keeps what a model has no place for, and skips what defines nothing', () => {
    expect(ddl('CREATE VIRTUAL TABLE s USING fts5(a, b=c)')).toMatchObject({ kind: 'keep', words: 'CREATE VIRTUAL TABLE' });
    expect(ddl('CREATE TABLE t AS SELECT 1')).toMatchObject({ kind: 'keep', words: 'CREATE TABLE AS' });
    expect(ddl('PRAGMA user_version = 4')).toMatchObject({ kind: 'keep', words: 'PRAGMA', first: true });
    for (const sql of [
      'PRAGMA user_version',
      'PRAGMA foreign_keys=ON',
      'BEGIN',
      'COMMIT',
      'VACUUM',
      'ANALYZE t',
      'SELECT 1',
      'DELETE FROM t',
    ])
      expect(ddl(sql)).toMatchObject({ kind: 'skip' });
  });

  it.each([
    ['CREATE TABLE t', 14],
    ['CREATE TABLE t (a INT', 21],
    ['CREATE TABLE t (a INT,, b)', 22],
    ['CREATE TABLE t (a INT) WITH ROWID', 23],
    ['CREATE INDEX i ON t ()', 21],
    ['CREATE VIEW v AS UPDATE t', 17],
    ['CREATE TRIGGER r AFTER SELECT ON t BEGIN END', 23],
    ['ALTER TABLE t MODIFY a', 14],
    ['DROP DATABASE d', 5],
    ['CREATE SCHEMA s', 7],
    ['GRANT ALL', 0],
  ])('%s: says where it stops', (sql, position) => {
    expect(read(sql)).toMatchObject({ ok: false, problem: { position } });
  });
});
