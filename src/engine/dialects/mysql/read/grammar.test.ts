import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor } from '#engine/dialects/base/read/cursor.ts';
import type { Ddl, DdlTable } from '#engine/dialects/base/read/ddl.ts';
import type { Dialect } from '#model/types.ts';
import { corpus, executable } from '#test/corpus.ts';
import { runs } from '#test/runs.ts';
import { MYSQL_GRAMMAR } from './grammar.ts';

function read(sql: string, dialect: Dialect = 'mysql'): readonly Ddl[] {
  const found = MYSQL_GRAMMAR.read(new Cursor(sql, dialect));
  if (!found.ok) throw new Error(`${found.problem.message} at ${found.problem.position}`);
  return found.ddl;
}

function table(sql: string, dialect: Dialect = 'mysql'): DdlTable {
  const [ddl] = read(sql, dialect);
  if (ddl?.kind !== 'table') throw new Error(`It is ${ddl?.kind}.`);
  return ddl;
}

const typeOf = (type: string) => {
  const { type: found, charset, collation, residue } = table(`CREATE TABLE t (a ${type})`).columns[0] ?? { type: undefined };
  return [`${found?.name}${found?.args === undefined ? '' : `(${found.args.join(',')})`}`, charset, collation, ...(residue ?? [])]
    .filter((one) => one !== undefined)
    .join(' ');
};

describe('types', () => {
  it.each([
    ['INTEGER(10) UNSIGNED ZEROFILL', 'int unsigned zerofill(10)'],
    ['INT ZEROFILL', 'int unsigned zerofill'],
    ['BIGINT SIGNED', 'bigint'],
    ['INT8', 'bigint'],
    ['DEC(10, 2)', 'decimal(10,2)'],
    ['DOUBLE PRECISION', 'double'],
    ['BOOL', 'tinyint(1)'],
    ['CHARACTER VARYING (5)', 'varchar(5)'],
    ['NATIONAL CHAR VARYING(5)', 'varchar(5) utf8'],
    ['NVARCHAR(160)', 'varchar(160) utf8'],
    ['NCHAR(2)', 'char(2) utf8'],
    ['VARCHAR(20) BINARY', 'varchar(20) BINARY'],
    ['VARCHAR(20) CHARACTER SET latin1 BINARY', 'varchar(20) latin1 latin1_bin'],
    ['CHAR(4) BYTE', 'binary(4)'],
    ['LONG VARBINARY', 'mediumblob'],
    ['LONG', 'mediumtext'],
    ['TEXT(100) CHARSET utf8mb4 COLLATE utf8mb4_bin', 'text(100) utf8mb4 utf8mb4_bin'],
    [`ENUM('a', "b""c", 'd''e')`, `enum('a','b"c','d''e')`],
    ['TEXT COMPRESSED=zlib', 'text COMPRESSED=zlib'],
    ['GEOMETRY', 'geometry'],
  ])('%s', (sql, expected) => expect(typeOf(sql)).toBe(expected));
});

describe('tables', () => {
  it('have columns with all that their clauses say', () => {
    const [column] = table(
      "CREATE TABLE t (`a b` int unsigned NOT NULL DEFAULT '5' ON UPDATE now() AUTO_INCREMENT UNIQUE KEY COMMENT 'it''s' COLUMN_FORMAT FIXED INVISIBLE)",
    ).columns;
    expect(column).toMatchObject({
      name: 'a b',
      nullable: false,
      default: { kind: 'literal', sql: "'5'" },
      onUpdate: 'now()',
      identity: { mode: 'by default' },
      comment: "it's",
      invisible: true,
      residue: ['COLUMN_FORMAT FIXED'],
      constraints: [{ kind: 'unique', elements: [{ column: 'a b' }] }],
    });
  });

  it('tell defaults apart', () => {
    const defaults = table(
      'CREATE TABLE t (a int DEFAULT -1, b int DEFAULT NULL, c int DEFAULT (1 + 1), d datetime DEFAULT CURRENT_TIMESTAMP(3), e bit DEFAULT b\'1\', f text DEFAULT "x")',
    ).columns.map((one) => one.default);
    expect(defaults).toEqual([
      { kind: 'literal', sql: '-1' },
      { kind: 'null', sql: 'NULL' },
      { kind: 'expression', sql: '(1 + 1)' },
      { kind: 'expression', sql: 'CURRENT_TIMESTAMP(3)' },
      { kind: 'literal', sql: "b'1'" },
      { kind: 'literal', sql: "'x'" },
    ]);
  });

  it('make no foreign key of a reference in a column in MySQL, and one in MariaDB', () => {
    const sql = 'CREATE TABLE c (p int REFERENCES p (id) ON DELETE CASCADE)';
    expect(table(sql).columns[0]?.constraints).toMatchObject([{ kind: 'foreign', notEnforced: true, onDelete: 'cascade' }]);
    expect(table(sql, 'mariadb').columns[0]?.constraints?.[0]).not.toHaveProperty('notEnforced');
  });

  it('know where their parts stand', () => {
    const sql = 'CREATE TABLE t (a int, KEY k (a(3) DESC) USING BTREE, CHECK (a > 0))';
    const { columns, constraints } = table(sql);
    expect([...columns, ...constraints].map(({ start, end }) => sql.slice(start, end))).toEqual([
      'a int',
      'KEY k (a(3) DESC) USING BTREE',
      'CHECK (a > 0)',
    ]);
  });

  it('have options by their usual names, and partitions', () => {
    const made = table(
      "CREATE TABLE t (a int) TYPE=MyISAM, CHARACTER SET utf8 COMMENT 'x' AUTO_INCREMENT 5 PARTITION BY LINEAR KEY (a) PARTITIONS 3",
    );
    expect(made.parameters).toEqual([
      { name: 'ENGINE', value: 'MyISAM' },
      { name: 'DEFAULT CHARSET', value: 'utf8' },
      { name: 'AUTO_INCREMENT', value: '5' },
    ]);
    expect(made).toMatchObject({ comment: 'x', partitioning: { strategy: 'key', linear: true, count: 3 } });
  });

  it('of a query are kept as text', () => {
    expect(read('CREATE TABLE t (a int) SELECT 1 AS a')).toMatchObject([{ kind: 'keep' }]);
    expect(read('CREATE TABLE t AS SELECT 1 AS a')).toMatchObject([{ kind: 'keep' }]);
  });

  it('in executed comments leave their marks out of texts', () => {
    const made = table('/*!50003 CREATE*/ TABLE t (a int /*!50100 CHECK (a /*!50100 > */ 0) */)');
    expect(made.columns[0]?.constraints).toMatchObject([{ kind: 'check', expression: 'a  >  0' }]);
  });
});

describe('other statements', () => {
  it('several actions in one ALTER TABLE', () => {
    const [ddl] = read(
      'ALTER TABLE t ADD (a int, KEY (a)), MODIFY b int FIRST, CHANGE c d int AFTER b, DROP FOREIGN KEY f, RENAME INDEX i TO j, COMMENT = "x", ALGORITHM=INPLACE, LOCK=NONE, ORDER BY a, b',
    );
    if (ddl?.kind !== 'alter table') throw new Error('no ALTER TABLE');
    expect(ddl.actions.map((action) => action.kind)).toEqual([
      'add column',
      'add constraint',
      'change column',
      'change column',
      'drop constraint',
      'rename constraint',
      'set',
      'nothing',
      'nothing',
      'nothing',
    ]);
  });

  it('several renames in one', () => {
    expect(read('RENAME TABLE a TO b, x.c TO x.d')).toMatchObject([
      { kind: 'rename', from: { name: 'a' }, to: { name: 'b' } },
      { kind: 'rename', from: { schema: 'x', name: 'c' } },
    ]);
  });

  it('views with everything that stands before and after the query', () => {
    expect(
      read('CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY INVOKER VIEW v (x) AS SELECT 1 WITH CHECK OPTION'),
    ).toEqual([
      {
        kind: 'view',
        name: { name: 'v' },
        replace: true,
        options: [
          { name: 'ALGORITHM', value: 'MERGE' },
          { name: 'DEFINER', value: '`a`@`%`' },
          { name: 'SQL SECURITY', value: 'INVOKER' },
        ],
        columns: ['x'],
        query: 'SELECT 1',
        checkOption: 'cascaded',
      },
    ]);
  });

  it('partitions that change, and those that are only maintained', () => {
    expect(read('ALTER TABLE t DROP PARTITION a, b')).toMatchObject([
      { actions: [{ kind: 'partitions', drop: ['a', 'b'], sql: 'DROP PARTITION a, b' }] },
    ]);
    expect(read('ALTER TABLE t COALESCE PARTITION 2')).toMatchObject([{ actions: [{ kind: 'partitions', more: -2 }] }]);
    expect(read('ALTER TABLE t REORGANIZE PARTITION a INTO (PARTITION b VALUES IN (1))')).toMatchObject([
      { actions: [{ drop: ['a'], into: [{ name: 'b', bound: 'VALUES IN (1)' }] }] },
    ]);
    for (const sql of ['TRUNCATE PARTITION a, b', 'REORGANIZE PARTITION', 'CHECK PARTITION ALL'])
      expect(read(`ALTER TABLE t ${sql}`)).toMatchObject([{ actions: [{ kind: 'nothing' }] }]);
  });

  it('what defines nothing says why', () => {
    for (const sql of ['SET NAMES utf8', 'LOCK TABLES t WRITE', 'UPDATE t SET a = 1', 'CALL p()', '(SELECT 1)', 'FLUSH TABLES'])
      expect(read(sql)).toMatchObject([{ kind: 'skip', reason: expect.stringMatching(/\w/) }]);
  });

  it('grants, events and servers are kept', () => {
    for (const sql of ['GRANT ALL ON *.* TO a@b', 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1', 'DROP USER a'])
      expect(read(sql)).toMatchObject([{ kind: 'keep' }]);
  });
});

describe('what is about the server, not the schema', () => {
  it.each([
    ["CREATE SPATIAL REFERENCE SYSTEM 4120 NAME 'x' DEFINITION 'y'", 'keep'],
    ["CREATE FUNCTION lower_all RETURNS STRING SONAME 'x.so'", 'keep'],
    ["CREATE AGGREGATE FUNCTION med RETURNS REAL SONAME 'x.so'", 'keep'],
    ["CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'x'", 'skip'],
    ["CHANGE MASTER TO MASTER_HOST = 'x'", 'skip'],
    ['STOP REPLICA', 'skip'],
  ])('%s', (sql, kind) => {
    expect(MYSQL_GRAMMAR.read(new Cursor(sql, 'mysql'))).toMatchObject({ ok: true, ddl: [{ kind }] });
  });
});

describe('what cannot be read', () => {
  it.each([
    ['CREATE TABLE t (a int,, b int)', 22],
    ['CREATE TABLE t (a int DEFAULT )', 30],
    ['ALTER TABLE t FROB x', 14],
    ['CREATE VIEW v AS DELETE FROM t', 17],
    ['FROBNICATE', 0],
    ['CREATE TABLE t (a int) ENGINE=InnoDB nonsense here', 37],
  ])('%s says where', (sql, position) => {
    const found = MYSQL_GRAMMAR.read(new Cursor(sql, 'mysql'));
    expect(found).toMatchObject({ ok: false, problem: { position } });
  });

  it('never throws and always ends, whatever is cut out of real statements', () => {
    const statements = corpus('mysql').flatMap(({ sql }) => executable(sql, 'mysql').filter((one) => one.length < 4000));
    fc.assert(
      fc.property(fc.nat(statements.length - 1), fc.nat(4000), fc.nat(60), (index, at, length) => {
        const sql = statements[index] ?? '';
        const cut = at % (sql.length + 1);
        for (const dialect of ['mysql', 'mariadb'] as const) {
          const found = MYSQL_GRAMMAR.read(new Cursor(sql.slice(0, cut) + sql.slice(cut + length), dialect));
          if (!found.ok) expect(found.problem.message).not.toBe('');
        }
      }),
      runs(9, 1500),
    );
  });
});
