import { describe, expect, it } from 'vitest';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl } from '../../base/read/ddl.ts';
import { MSSQL_GRAMMAR } from './grammar.ts';

function read(sql: string): readonly Ddl[] {
  const result = MSSQL_GRAMMAR.read(new Cursor(sql, 'mssql'));
  if (!result.ok) throw new Error(`${result.problem.message} at ${result.problem.position}`);
  return result.ddl;
}

function problemOf(sql: string) {
  const result = MSSQL_GRAMMAR.read(new Cursor(sql, 'mssql'));
  return result.ok ? undefined : result.problem;
}

/** Examples after the syntax of the Transact-SQL reference: what each says, in part. */
const SAYS: readonly (readonly [string, string, unknown])[] = [
  [
    'a column of every clause',
    'CREATE TABLE [s].[t] ([a] [nvarchar](max) COLLATE Latin1_General_CI_AS SPARSE NULL, b int IDENTITY(5,2) NOT FOR REPLICATION)',
    {
      kind: 'table',
      name: { schema: 's', name: 't' },
      columns: [
        {
          name: 'a',
          type: { name: 'nvarchar', args: ['max'] },
          collation: 'Latin1_General_CI_AS',
          nullable: true,
          residue: ['SPARSE'],
        },
        {
          name: 'b',
          identity: { mode: 'always', options: { start: '5', increment: '2' } },
          nullable: false,
          residue: ['NOT FOR REPLICATION'],
        },
      ],
    },
  ],
  ['names of three parts', 'CREATE TABLE [db].[dbo].[t] (a int); ', { kind: 'table', name: { schema: 'dbo', name: 't' } }],
  ['a database without its schema', 'CREATE TABLE db..t (a int)', { kind: 'table', name: { name: 't' } }],
  ['a temporary table', 'CREATE TABLE #t (a int)', { kind: 'table', name: { name: '#t' }, temporary: true }],
  ['a comma too many', 'CREATE TABLE t (a int, )', { kind: 'table', columns: [{ name: 'a' }] }],
  [
    'a default that is called',
    "CREATE TABLE t (a datetime DEFAULT getdate() NOT NULL, b nchar(1) DEFAULT N'x' CHECK (b <> ''), c int DEFAULT -1, d int DEFAULT NULL NULL)",
    {
      columns: [
        { default: { kind: 'expression', sql: 'getdate()' }, nullable: false },
        { default: { kind: 'literal', sql: "N'x'" }, constraints: [{ kind: 'check', expression: "b <> ''" }] },
        { default: { kind: 'literal', sql: '-1' } },
        { default: { kind: 'null', sql: 'NULL' }, nullable: true },
      ],
    },
  ],
  [
    'a computed column',
    'CREATE TABLE t (a AS b * 2 PERSISTED NOT NULL UNIQUE, c AS (x) + (y), d AS upper(e) COLLATE Latin1_General_BIN)',
    {
      columns: [
        {
          generated: { expression: 'b * 2', stored: true },
          nullable: false,
          constraints: [{ kind: 'unique', elements: [{ column: 'a' }] }],
        },
        { generated: { expression: '(x) + (y)', stored: false } },
        { generated: { expression: 'upper(e) COLLATE Latin1_General_BIN', stored: false } },
      ],
    },
  ],
  [
    'a key with storage',
    'ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY NONCLUSTERED (a ASC, b DESC) WITH (PAD_INDEX = OFF, FILLFACTOR = 80, ONLINE = ON) ON [fg]',
    {
      kind: 'alter table',
      actions: [
        {
          kind: 'add constraint',
          constraint: {
            kind: 'primary',
            name: 'pk',
            clustered: false,
            elements: [{ column: 'a' }, { column: 'b', order: 'desc' }],
            parameters: [{ name: 'FILLFACTOR', value: '80' }],
            tablespace: 'fg',
          },
        },
      ],
    },
  ],
  [
    'a foreign key that old rows may break',
    'ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY(a) REFERENCES s.u (b) ON UPDATE SET NULL ON DELETE NO ACTION NOT FOR REPLICATION',
    {
      actions: [
        {
          constraint: {
            kind: 'foreign',
            columns: ['a'],
            parent: { schema: 's', name: 'u' },
            parentColumns: ['b'],
            onUpdate: 'set null',
            notValid: true,
            residue: ['NOT FOR REPLICATION'],
          },
        },
      ],
    },
  ],
  [
    'a default for a column',
    'ALTER TABLE t ADD CONSTRAINT d DEFAULT (0) FOR [a] WITH VALUES',
    { actions: [{ kind: 'alter column', name: 'a', default: { sql: '0' }, defaultName: 'd' }] },
  ],
  [
    'a column altered',
    'ALTER TABLE t ALTER COLUMN a decimal(5, 2) NOT NULL WITH (ONLINE = ON)',
    { actions: [{ type: { name: 'decimal', args: ['5', '2'] }, nullable: false }] },
  ],
  ['NULL is what is not said', 'ALTER TABLE t ALTER COLUMN a int', { actions: [{ nullable: true }] }],
  [
    'a clause given',
    "ALTER TABLE t ALTER COLUMN a ADD MASKED WITH (FUNCTION = 'default()')",
    { actions: [{ kind: 'alter column', addResidue: "MASKED WITH (FUNCTION = 'default()')" }] },
  ],
  [
    'a clause taken',
    'ALTER TABLE t ALTER COLUMN a DROP NOT FOR REPLICATION',
    { actions: [{ dropResidue: 'NOT FOR REPLICATION' }] },
  ],
  ['hidden and persisted', 'ALTER TABLE t ALTER COLUMN a ADD HIDDEN', { actions: [{ invisible: true }] }],
  [
    'a column altered and masked',
    "ALTER TABLE t ALTER COLUMN a varchar(5) MASKED WITH (FUNCTION = 'default()') NULL",
    { actions: [{ type: { name: 'varchar' }, nullable: true, addResidue: "MASKED WITH (FUNCTION = 'default()')" }] },
  ],
  [
    'fill factors of old',
    'ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a) WITH PAD_INDEX, FILLFACTOR = 80 ON [fg]',
    {
      actions: [
        {
          constraint: {
            parameters: [
              { name: 'PAD_INDEX', value: 'ON' },
              { name: 'FILLFACTOR', value: '80' },
            ],
            tablespace: 'fg',
          },
        },
      ],
    },
  ],
  [
    'several dropped',
    'ALTER TABLE t DROP CONSTRAINT IF EXISTS a, b, COLUMN c',
    { actions: [{ what: 'any', name: 'a', ifExists: true }, { name: 'b' }, { kind: 'drop column', name: 'c' }] },
  ],
  [
    'constraints switched',
    'ALTER TABLE t WITH CHECK CHECK CONSTRAINT a, b',
    { actions: [{ name: 'a', notEnforced: false, notValid: false }, { name: 'b' }] },
  ],
  ['triggers switched', 'ALTER TABLE t DISABLE TRIGGER ALL', { actions: [{ kind: 'alter trigger', enabled: false }] }],
  [
    'triggers by name',
    'ENABLE TRIGGER s.x, y ON s.t',
    { kind: 'alter table', name: { schema: 's', name: 't' }, actions: [{ name: 'x', enabled: true }, { name: 'y' }] },
  ],
  ['rows that move', 'ALTER TABLE t SWITCH PARTITION 1 TO u', { actions: [{ kind: 'nothing' }] }],
  [
    'tracking',
    'ALTER TABLE t ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ON)',
    { actions: [{ kind: 'keep', sql: 'ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ON)' }] },
  ],
  [
    'an index of everything',
    'CREATE UNIQUE NONCLUSTERED INDEX i ON dbo.t (a DESC, b) INCLUDE (c) WHERE (d IS NULL) WITH (DROP_EXISTING = ON, FILLFACTOR = 90) ON ps (a)',
    {
      kind: 'create index',
      table: { schema: 'dbo', name: 't' },
      replace: true,
      index: {
        unique: true,
        clustered: false,
        elements: [{ column: 'a', order: 'desc' }, { column: 'b' }],
        include: ['c'],
        where: 'd IS NULL',
        parameters: [{ name: 'FILLFACTOR', value: '90' }],
        residue: ['ON [ps](a)'],
      },
    },
  ],
  [
    'an ordered columnstore',
    'CREATE NONCLUSTERED COLUMNSTORE INDEX i ON t (a, b) ORDER (a)',
    { index: { method: 'columnstore', residue: ['ORDER (a)'] } },
  ],
  [
    'a selective index',
    "CREATE SELECTIVE XML INDEX i ON t (x) FOR (p = '/a/b')",
    { index: { method: 'selective xml', elements: [{ column: 'x' }], residue: ["FOR (p = '/a/b')"] } },
  ],
  [
    'a view',
    'CREATE OR ALTER VIEW s.v (a, b) WITH SCHEMABINDING AS SELECT 1, 2 WITH CHECK OPTION',
    {
      kind: 'view',
      replace: true,
      columns: ['a', 'b'],
      options: [{ name: 'SCHEMABINDING' }],
      query: 'SELECT 1, 2',
      checkOption: 'cascaded',
    },
  ],
  [
    'a procedure',
    "CREATE PROCEDURE p @a int = 1, @b AS varchar(5) = 'as' OUTPUT AS SELECT 1",
    { kind: 'routine', routine: 'procedure', signature: "@a int = 1, @b AS varchar(5) = 'as' OUTPUT" },
  ],
  ['a procedure altered', 'ALTER PROC p AS SELECT 1', { kind: 'routine', replace: true, definition: 'CREATE PROC p AS SELECT 1' }],
  [
    'a function',
    'CREATE OR ALTER FUNCTION f (@x int) RETURNS int AS BEGIN RETURN 1 END',
    {
      kind: 'routine',
      routine: 'function',
      signature: '@x int',
      definition: 'CREATE FUNCTION f (@x int) RETURNS int AS BEGIN RETURN 1 END',
    },
  ],
  [
    'a trigger',
    'CREATE TRIGGER x ON t FOR INSERT, DELETE AS SELECT 1',
    { kind: 'trigger', timing: 'after', events: ['insert', 'delete'], body: 'SELECT 1' },
  ],
  [
    'a trigger of the database',
    'CREATE TRIGGER x ON DATABASE FOR CREATE_TABLE AS PRINT 1',
    { kind: 'keep', words: 'CREATE TRIGGER' },
  ],
  [
    'a type',
    'CREATE TYPE dbo.n FROM nvarchar(5) NOT NULL',
    { kind: 'type', definition: { kind: 'domain', base: { name: 'nvarchar', args: ['5'] }, notNull: true } },
  ],
  [
    'a sequence',
    'ALTER SEQUENCE s RESTART WITH 5 INCREMENT BY 3 NO CYCLE',
    { kind: 'alter sequence', options: { increment: '3', cycle: false } },
  ],
  ['a schema', 'CREATE SCHEMA s AUTHORIZATION o', { kind: 'schema', name: 's', owner: 'o' }],
  ['a schema of its owner', 'CREATE SCHEMA AUTHORIZATION o', { kind: 'schema', name: 'o', owner: 'o' }],
  [
    'a schema transferred to',
    'ALTER SCHEMA s TRANSFER OBJECT::dbo.t',
    { kind: 'rename', from: { schema: 'dbo', name: 't' }, to: { schema: 's', name: 't' } },
  ],
  ['permissions', 'GRANT SELECT ON OBJECT::s.t TO r', { kind: 'keep', words: 'GRANT', about: { schema: 's', name: 't' } }],
  ['what others need', "CREATE XML SCHEMA COLLECTION c AS N'<x/>'", { kind: 'keep', words: 'CREATE XML SCHEMA', first: true }],
  [
    'statistics',
    'CREATE STATISTICS s ON dbo.t (a)',
    { kind: 'keep', words: 'CREATE STATISTICS', about: { schema: 'dbo', name: 't' } },
  ],
  [
    'a comment',
    "EXEC sp_addextendedproperty N'MS_Description', N'x', N'SCHEMA', N'dbo', N'TABLE', N't', NULL, NULL",
    { kind: 'comment', on: 'table', name: { schema: 'dbo', name: 't' }, comment: 'x' },
  ],
  [
    'a comment that goes',
    "EXEC sys.sp_dropextendedproperty @name = N'MS_Description', @level0type = 'SCHEMA', @level0name = 'dbo', @level1type = 'VIEW', @level1name = 'v'",
    { kind: 'comment', on: 'view', name: { schema: 'dbo', name: 'v' } },
  ],
  [
    'another property',
    "EXEC sp_addextendedproperty 'Owner', 'x', 'SCHEMA', 'dbo', 'TABLE', 't'",
    { kind: 'keep', about: { schema: 'dbo', name: 't' } },
  ],
  [
    'a column renamed',
    "EXEC sp_rename 'dbo.[a t].[b c]', 'd', 'COLUMN'",
    { kind: 'rename', what: 'column', from: { name: 'b c' }, on: { schema: 'dbo', name: 'a t' }, to: { name: 'd' } },
  ],
  [
    'a call by its name alone',
    "sp_rename 'a b', 'c'",
    { kind: 'rename', what: 'object', from: { name: 'a b' }, to: { name: 'c' } },
  ],
  ['a table from a query', 'SELECT a INTO dbo.u FROM t', { kind: 'keep', words: 'SELECT INTO' }],
  ['a temporary table from a query', 'SELECT a INTO #u FROM t', { kind: 'skip' }],
  ['a text from pieces', "EXEC(N'ALTER TABLE [t] DROP CONSTRAINT [' + @name + '];')", { kind: 'skip' }],
  ['rows', 'INSERT INTO t VALUES (1)', { kind: 'skip', reason: 'data: a model holds no rows' }],
  ['a database', 'CREATE DATABASE x', { kind: 'skip' }],
];

describe('reading T-SQL', () => {
  it.each(SAYS)('%s', (_name, sql, expected) => {
    expect(read(sql)[0]).toMatchObject(expected as object);
  });

  it('drops several indexes at once, of old and new', () => {
    expect(read('DROP INDEX IF EXISTS i ON dbo.t, u.j')).toEqual([
      { kind: 'drop', what: 'index', names: [{ name: 'i' }], ifExists: true, on: { schema: 'dbo', name: 't' } },
      { kind: 'drop', what: 'index', names: [{ name: 'j' }], ifExists: true, on: { name: 'u' } },
    ]);
  });

  it('says where each part stands', () => {
    const sql = 'CREATE TABLE t (a int NOT NULL, CONSTRAINT c CHECK (a > 0))';
    const [table] = read(sql);
    if (table?.kind !== 'table') throw new Error('no table');
    const parts = [...table.columns, ...table.constraints].map(({ start, end }) => sql.slice(start, end));
    expect(parts).toEqual(['a int NOT NULL', 'CONSTRAINT c CHECK (a > 0)']);
  });
});

describe('guards', () => {
  it.each<[string, string, Partial<Record<string, unknown>>[]]>([
    ['IF NOT EXISTS', 'IF NOT EXISTS (SELECT 1) CREATE TABLE t (a int)', [{ kind: 'table', ifNotExists: true }]],
    [
      'IF OBJECT_ID IS NULL',
      "IF OBJECT_ID('t') IS NULL BEGIN CREATE TABLE t (a int); CREATE INDEX i ON t (a) END",
      [
        { kind: 'table', ifNotExists: true },
        { kind: 'create index', ifNotExists: true },
      ],
    ],
    ['IF EXISTS', 'IF EXISTS (SELECT 1) DROP TABLE t', [{ kind: 'drop', ifExists: true }]],
    [
      'either branch',
      'IF EXISTS (SELECT 1) ALTER TABLE t ADD a int ELSE CREATE TABLE t (a int)',
      [
        { kind: 'alter table', ifExists: true },
        { kind: 'table', ifNotExists: true },
      ],
    ],
    ['the first branch only', 'IF NOT EXISTS (SELECT 1) CREATE TABLE t (a int) ELSE DROP TABLE t', [{ kind: 'table' }]],
    ['a block', 'BEGIN CREATE TABLE t (a int) END', [{ kind: 'table' }]],
    ['an attempt', 'BEGIN TRY CREATE TABLE t (a int) END TRY BEGIN CATCH DROP TABLE t END CATCH', [{ kind: 'table' }]],
    ['a loop', 'WHILE 1 = 1 DROP TABLE t', [{ kind: 'skip' }]],
    [
      'a text',
      "IF OBJECT_ID('v') IS NULL EXEC ('CREATE VIEW v AS SELECT 1 a')",
      [{ kind: 'view', ifNotExists: true, query: 'SELECT 1 a' }],
    ],
    ['what is kept', 'IF 1 = 1 GRANT SELECT ON t TO u', [{ kind: 'keep', words: 'GRANT' }]],
    ['nothing', "IF 1 = 1 PRINT 'x'", [{ kind: 'skip' }]],
  ])('%s', (_name, sql, expected) => {
    const ddl = read(sql);
    expect(ddl).toHaveLength(expected.length);
    expect(ddl).toMatchObject(expected);
  });

  it('keeps a guarded statement with its guard when nothing else is in it', () => {
    expect(read('IF 1 = 1 GRANT SELECT ON t TO u')[0]).not.toHaveProperty('sql');
    expect(read('IF 1 = 1 BEGIN CREATE TABLE t (a int); GRANT SELECT ON t TO u; END')[1]).toMatchObject({
      sql: 'GRANT SELECT ON t TO u',
    });
  });
});

describe('what cannot be read', () => {
  it.each<[string, string]>([
    ['CREATE TABLE t (a int', 'closing bracket'],
    ['CREATE TABLE (a int)', 'name'],
    ['CREATE TABLE t (a)', 'type'],
    ['CREATE TABLE t (a int NOT)', 'comma or a closing bracket'],
    ['CREATE TABLE t (a int, CONSTRAINT c)', 'REFERENCES'],
    ['CREATE TABLE t (a int) SOMETHING', 'ends here'],
    ['ALTER TABLE t', 'action'],
    ['ALTER TABLE t ADD', 'name'],
    ['ALTER TABLE t ADD a int,', 'name'],
    ['CREATE INDEX i ON t', '('],
    ['CREATE TRIGGER x ON t AS SELECT 1', 'FOR, AFTER or INSTEAD OF'],
    ['CREATE SEQUENCE s START', 'option of a sequence'],
    ['CREATE', 'what to create'],
    ['nonsense 1', 'no statement'],
  ])('%s', (sql, why) => {
    expect(problemOf(sql)?.message).toContain(why);
  });

  it('has its place', () => {
    expect(problemOf('CREATE TABLE t (a int,\n  b int NOT)')?.position).toBe(31);
  });
});
