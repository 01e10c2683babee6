import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { planImport } from './plan-import.ts';
import { type ReadPorts, readSql } from './read.ts';
import type { Receipt } from './receipt.ts';
import { writeDocument, writtenText } from './write.ts';

const parser = await parserForTests();

interface Told {
  readonly document: Document;
  readonly receipt: Receipt;
  readonly text: string;
}

/** Reads a history, writes its end, and reads that again: it must be the same, and the same text. */
function told(dialect: Dialect, sql: string): Told {
  const ports: ReadPorts = dialect === 'postgresql' ? { parser } : {};
  const read = (text: string) => {
    const result = readSql([{ name: 'history.sql', text }], { dialect }, ports);
    if (!result.ok) throw new Error(result.problem.message);
    expect(validate(result.value.document)).toEqual([]);
    return result.value;
  };
  const written = (document: Document) => writtenText(writeDocument(document, { version: DEFAULT_VERSION[dialect] }));
  const first = read(sql);
  const text = written(first.document);
  const again = read(text);
  expect(again.receipt.statements.filter(({ state }) => state === 'error')).toEqual([]);
  const different = planImport(first.document, again.document).items.filter(({ state }) => state !== 'same');
  expect(different.map(({ label, state, changes }) => ({ label, state, changes }))).toEqual([]);
  expect(written(again.document)).toBe(text);
  return { ...first, text };
}

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

describe.each(['mysql', 'mariadb'] as const)('unique indexes of %s', (dialect) => {
  const TABLE = 'CREATE TABLE t (a int, b varchar(20), c int);\n';
  const parts = ({ document }: Told) => {
    const [table] = Object.values(document.tables);
    return { keys: table?.keys.map(({ name }) => name), indexes: table?.indexes.map(({ name }) => name) };
  };

  it('are keys when they hold whole columns, and indexes when not', () => {
    const sql = `${TABLE}CREATE UNIQUE INDEX u ON t (a); CREATE UNIQUE INDEX p ON t (b(5)); CREATE UNIQUE INDEX d ON t (c DESC);`;
    expect(parts(told(dialect, sql))).toEqual({ keys: ['u'], indexes: ['p', 'd'] });
    expect(parts(told(dialect, 'CREATE TABLE t (a int, c int, UNIQUE KEY u (a), UNIQUE d (c DESC));'))).toEqual({
      keys: ['u'],
      indexes: ['d'],
    });
  });

  it('are dropped, renamed and hidden by the name of the index', () => {
    const made = `${TABLE}CREATE UNIQUE INDEX u ON t (a); CREATE UNIQUE INDEX v ON t (c);`;
    expect(parts(told(dialect, `${made} DROP INDEX u ON t; ALTER TABLE t RENAME INDEX v TO w;`))).toEqual({
      keys: ['w'],
      indexes: [],
    });
    expect(told(dialect, `${made} CREATE UNIQUE INDEX U ON t (c);`).receipt.statements.at(-1)?.state).toBe('error');
    const word = dialect === 'mysql' ? ['INVISIBLE', 'VISIBLE'] : ['IGNORED', 'NOT IGNORED'];
    expect(parts(told(dialect, `${made} ALTER TABLE t ALTER INDEX u ${word[0]};`))).toEqual({ keys: ['v'], indexes: ['u'] });
    const back = `${made} ALTER TABLE t ALTER INDEX u ${word[0]}; ALTER TABLE t ALTER INDEX u ${word[1]};`;
    expect(parts(told(dialect, back))).toEqual({ keys: ['v', 'u'], indexes: [] });
  });

  it('become keys when the column that made them indexes goes', () => {
    expect(parts(told(dialect, `${TABLE}CREATE UNIQUE INDEX u ON t (a, c DESC); ALTER TABLE t DROP COLUMN c;`))).toEqual({
      keys: ['u'],
      indexes: [],
    });
  });
});

it('SQL Server keeps a key whose index is made anew', () => {
  const sql =
    'CREATE TABLE t (a int NOT NULL, CONSTRAINT pk PRIMARY KEY (a));\nGO\nCREATE UNIQUE CLUSTERED INDEX pk ON t (a) WITH (DROP_EXISTING = ON);\nGO\n';
  const { document, receipt } = told('mssql', sql);
  expect(Object.values(document.tables)[0]?.keys).toMatchObject([{ kind: 'primary', name: 'pk' }]);
  expect(receipt.statements[2]).toMatchObject({ state: 'verbatim', reason: expect.stringContaining('index of a key') });
});

describe('what is kept as text follows a rename', () => {
  it('of a table of MySQL and of its columns', () => {
    const sql =
      'CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (gone) REFERENCES z (id); GRANT SELECT (a) ON t TO joe; CREATE TABLE q AS SELECT a FROM t; RENAME TABLE t TO t2; ALTER TABLE t2 RENAME COLUMN a TO aa;';
    const { text } = told('mysql', sql);
    expect(text).toContain('ALTER TABLE `t2` ADD CONSTRAINT');
    expect(text).toMatch(/CREATE TABLE q AS SELECT `aa` AS `a` FROM `t2`/);
    expect(text).not.toMatch(/\bt\b(?!2)/);
  });

  it('and a table of a query that is renamed itself is dropped with all that was said of it', () => {
    const sql =
      'CREATE TABLE q AS SELECT 1 AS a; ALTER TABLE q ADD PRIMARY KEY (a); RENAME TABLE q TO r; ALTER TABLE r ADD b int; DROP TABLE r; CREATE TABLE t (a int);';
    const { text, receipt } = told('mysql', sql);
    expect(flat(text).trim()).toBe('CREATE TABLE t ( a int );');
    expect(receipt.counts.error).toBe(0);
  });

  it('of tables, columns, types and schemas of PostgreSQL: views, rules, grants, policies', () => {
    const sql = `CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t; GRANT SELECT (a) ON t TO joe;
      CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING; CREATE POLICY p ON t USING (a > 1);
      CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM t';
      ALTER TABLE t RENAME TO t2; ALTER TABLE t2 RENAME a TO aa;
      CREATE SCHEMA s; ALTER TABLE t2 SET SCHEMA s; ALTER SCHEMA s RENAME TO s2;
      CREATE TYPE mood AS ENUM ('a'); CREATE VIEW w AS SELECT 'a'::mood AS m; ALTER TYPE mood RENAME TO feeling;`;
    const text = flat(told('postgresql', sql).text);
    expect(text).toContain('SELECT aa AS a, b FROM s2.t2;');
    expect(text).toContain('GRANT SELECT (aa) ON s2.t2 TO joe;');
    expect(text).toContain('ON DELETE TO s2.t2 DO INSTEAD NOTHING;');
    expect(text).toContain('ON s2.t2 USING (aa > 1);');
    expect(text).toContain("SELECT 'a'::feeling AS m;");
    // A body is a text, which PostgreSQL does not look into.
    expect(text).toContain("'SELECT a FROM t'");
  });
});

describe('a literal is no name', () => {
  it('of a column that is dropped', () => {
    for (const dialect of ['postgresql', 'mssql', 'oracle'] as const) {
      const sql = "CREATE TABLE t (s varchar(9), name varchar(9), CONSTRAINT c CHECK (s IN ('name')));\n";
      const { text } = told(dialect, `${sql}ALTER TABLE t DROP COLUMN name;`);
      expect(text).toContain("('name')");
    }
  });

  it('of a column in the name that PostgreSQL gives a check', () => {
    const { text } = told('postgresql', "CREATE TABLE t (s text CHECK (s <> 'name'), name text); ALTER TABLE t RENAME TO u;");
    expect(text).toContain('CONSTRAINT t_s_check CHECK');
  });
});

describe('what stands before its table in the text', () => {
  it('is a trigger like any other once the table is there', () => {
    const sql =
      '-- first\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\nALTER TABLE t ADD CONSTRAINT pos CHECK (a > 0);\nCREATE TABLE t (a int);';
    const { document, receipt } = told('mysql', sql);
    expect(Object.values(document.triggers)).toMatchObject([{ name: 'g', execute: 'SET NEW.a = 1' }]);
    expect(Object.values(document.verbatim)).toEqual([]);
    expect(Object.values(document.triggers)[0]?.remarks).toMatchObject([{ text: '-- first' }]);
    expect(Object.values(document.tables)[0]?.checks).toMatchObject([{ name: 'pos' }]);
    expect(receipt.statements.map(({ state }) => state)).toEqual(['modelled', 'modelled', 'modelled']);
    expect(receipt.statements[0]?.reason).toContain('it stands before what it is about');
  });

  it('of PostgreSQL, too: indexes, triggers, comments, constraints', () => {
    const sql = `CREATE INDEX i ON t (a); COMMENT ON TABLE t IS 'x'; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE INDEX gone ON nowhere (a);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'; CREATE TABLE t (a int);`;
    const { document, receipt } = told('postgresql', sql);
    const [table] = Object.values(document.tables);
    expect(table).toMatchObject({ comment: 'x', checks: [{ name: 'c' }], indexes: [{ name: 'i' }] });
    expect(Object.values(document.triggers)).toMatchObject([{ name: 'g' }]);
    expect(receipt.counts).toMatchObject({ error: 1, modelled: 6 });
  });

  it('stays text while it never comes', () => {
    const { receipt, text } = told('mysql', 'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;');
    expect(receipt.counts).toMatchObject({ verbatim: 1, error: 0 });
    expect(text).toContain('CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;');
  });
});

it('a check in a column of MariaDB has the name of its column, whatever that is', () => {
  const { text } = told('mariadb', 'CREATE TABLE t (a int CHECK (a > 0)); ALTER TABLE t RENAME COLUMN a TO aa;');
  expect(flat(text).trim()).toBe('CREATE TABLE t ( aa int CHECK (`aa` > 0) );');
});

it.each([
  ['1', '1'],
  ['-1.5e3', '-1.5e3'],
  ['.5', '.5'],
  ["'a' 'b'", "'a' 'b'"],
  ["x'41'", "x'41'"],
  ["DATE '2020-01-01'", "DATE '2020-01-01'"],
  ['(1 + 2)', '(1 + 2)'],
  ["('a' || 'b')", "('a' || 'b')"],
  ['(uuid())', '(uuid())'],
  ['NULL', 'NULL'],
])('MySQL gets brackets around expressions and none around constants: %s', (given, written) => {
  expect(flat(told('mysql', `CREATE TABLE t (a varchar(40) DEFAULT ${given});`).text)).toContain(`DEFAULT ${written} )`);
});

it('MySQL gets brackets around an expression that came without', () => {
  const { document } = told('mysql', 'CREATE TABLE t (a int DEFAULT 0);');
  const [table] = Object.values(document.tables);
  const [column] = table?.columns ?? [];
  if (table === undefined || column === undefined) throw new Error('no column');
  const defaults = ['1+2', '5-3', "'a' || 'b'", 'b + 1'].map((sql) => {
    const changed = { ...table, columns: [{ ...column, default: { kind: 'expression' as const, sql } }] };
    return writtenText(writeDocument({ ...document, tables: { [table.id]: changed } }, { version: 8 }));
  });
  expect(defaults.map((text) => /DEFAULT (.*)/.exec(text)?.[1])).toEqual(['(1+2)', '(5-3)', "('a' || 'b')", '(b + 1)']);
});

it('SQL Server: clauses that are kept as text follow a rename, and are written once', () => {
  const sql = `CREATE TABLE p (id int PRIMARY KEY);
GO
CREATE TABLE [my t] (id int, [When] date NOT NULL, p int, CONSTRAINT pk PRIMARY KEY ([When]) ON ps([When])) ON ps([When]);
GO
ALTER TABLE [my t] ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id) NOT FOR REPLICATION;
GO
CREATE STATISTICS st ON [my t] ([When]);
GO
EXEC sp_rename N'[my t].[When]', N'day', N'COLUMN'
GO
EXEC sp_rename N'[my t]', N'mine'
GO
`;
  const { text } = told('mssql', sql);
  expect(text).toContain('PRIMARY KEY ([day]) ON [ps]([day])');
  expect(text).toContain(') ON [ps]([day]);');
  expect(text.match(/NOT FOR REPLICATION/g)).toHaveLength(1);
  expect(text).toMatch(/CREATE STATISTICS st ON \[mine\]/);
});

it('Oracle: what was made in a schema is found without it, by those who are connected to it', () => {
  const made = 'CREATE TABLE "HR"."EMP" ("ID" NUMBER, "SAL" NUMBER);\nCREATE TABLE "HR"."OLD" ("ID" NUMBER);\n';
  const sql = `${made}ALTER TABLE emp ADD CONSTRAINT pk PRIMARY KEY (id);\nRENAME emp TO staff;\nCREATE INDEX i ON staff (sal);\nDROP TABLE old;\n`;
  const { text, receipt, document } = told('oracle', sql);
  expect(receipt.counts).toMatchObject({ error: 0, verbatim: 0 });
  expect(Object.values(document.tables).map(({ name }) => name)).toEqual(['STAFF']);
  expect(flat(text)).toContain('CREATE TABLE HR.STAFF ( ID NUMBER NOT NULL, SAL NUMBER, CONSTRAINT PK PRIMARY KEY (ID) );');
  // Of two schemas that have it, neither is meant.
  const both = `${made}CREATE TABLE "X"."EMP" ("ID" NUMBER);\nALTER TABLE emp ADD (b NUMBER);`;
  expect(told('oracle', both).receipt.statements.at(-1)?.state).toBe('error');
});

it('PostgreSQL drops the views upon what CASCADE drops, and no others', () => {
  const made = `CREATE TABLE a (id int, x int); CREATE VIEW v AS SELECT x FROM a; CREATE VIEW w AS SELECT x FROM v;
    CREATE VIEW ids AS SELECT id FROM a; CREATE VIEW other AS SELECT 1 AS x;`;
  const views = (sql: string) =>
    Object.values(told('postgresql', made + sql).document.views)
      .map(({ name }) => name)
      .toSorted();
  expect(views('ALTER TABLE a DROP COLUMN x CASCADE;')).toEqual(['ids', 'other']);
  expect(views('DROP TABLE a CASCADE;')).toEqual(['other']);
  expect(views('DROP VIEW v CASCADE;')).toEqual(['ids', 'other']);
});

it('PostgreSQL: a partition keeps an expression of its own, and CASCADE drops what is computed', () => {
  const made = `CREATE TABLE p (f1 date NOT NULL, f2 bigint, f3 bigint GENERATED ALWAYS AS (f2 * 2) STORED) PARTITION BY RANGE (f1);
    CREATE TABLE p1 PARTITION OF p (f3 GENERATED ALWAYS AS (f2 * 22) STORED) FOR VALUES FROM ('2016-08-01') TO ('2016-09-01');
    CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2016-09-01') TO ('2016-10-01');
    CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (b * 2) STORED); ALTER TABLE t DROP COLUMN b CASCADE;`;
  const text = flat(told('postgresql', made).text);
  expect(text).toContain('CREATE TABLE p1 PARTITION OF p ( f3 GENERATED ALWAYS AS (f2 * 22) STORED )');
  expect(text).toContain('CREATE TABLE p2 PARTITION OF p FOR VALUES');
  expect(text).toContain('CREATE TABLE t ( a integer );');
});

it('of several objects that a DROP names, those go that are there', () => {
  const { text, receipt } = told('mysql', 'CREATE TABLE a (x int); CREATE TABLE b (x int); DROP TABLE IF EXISTS a, gone;');
  expect(flat(text).trim()).toBe('CREATE TABLE b ( x int );');
  expect(receipt.statements[2]).toMatchObject({ state: 'modelled', reason: expect.stringContaining('gone') });
});
