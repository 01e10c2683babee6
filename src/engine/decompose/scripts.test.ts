import { beforeAll, describe, expect, it } from 'vitest';
import type { ChangeStep } from '#model/change-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { declaring, planning, proposing } from '#test/decompose.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { loadSqlite } from '../../cli/sqlite.ts';
import { FRAMES, framed, stepText } from '../dialects/frames.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { planImport } from '../sql/plan-import.ts';
import { type ReadPorts, readSql } from '../sql/read.ts';
import { writeDocument, writtenText } from '../sql/write.ts';
import type { Choice, NullPolicy } from './types.ts';

/** What no engine here runs: scripts for SQL Server and Oracle, read by our own reader, lead to what the model is afterwards. */

let ports: ReadPorts & { readonly parser: PgParser };
beforeAll(async () => {
  ports = { parser: await parserForTests(), sqlite: await loadSqlite() };
});

function read(dialect: Dialect, text: string): Document {
  const found = readSql([{ name: 'x.sql', text }], { dialect }, ports);
  if (!found.ok) throw new Error(found.problem.message);
  const bad = found.value.receipt.statements.filter(({ state }) => state === 'error');
  expect(bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([]);
  return found.value.document;
}

function script(dialect: Dialect, steps: readonly ChangeStep[]): string {
  const frame = FRAMES[dialect];
  return [framed(frame, frame.begin), ...steps.map(({ sql }) => stepText(frame, sql)), framed(frame, frame.end)].join('\n');
}

/** What differs, the order of columns aside: they come back at the end of the table. */
function differences(wanted: Document, found: Document): string[] {
  const items = planImport(wanted, found).items.filter(
    ({ state, collection }) => state !== 'same' && collection !== 'verbatim' && collection !== 'schemas',
  );
  return items.flatMap(({ label, state, changes }) => {
    const said = changes.filter(({ what }) => what !== 'column order').map((one) => `${one.what}: ${one.from} → ${one.to}`);
    return state === 'changed' && said.length === 0 ? [] : [`${label} ${state}: ${said.join('; ')}`];
  });
}

interface Case {
  readonly ddl: string;
  readonly table: string;
  readonly declares: readonly string[];
  readonly choice?: Choice;
  readonly nulls?: Readonly<Record<number, NullPolicy>>;
  readonly view?: boolean;
}

const CASES: Readonly<Partial<Record<Dialect, Readonly<Record<string, Case>>>>> = {
  mssql: {
    'names, defaults, checks, indexes, a computed column and comments': {
      ddl: `CREATE SCHEMA [big corp];
GO
CREATE TABLE [big corp].[Account] (
  id int IDENTITY(1,1) NOT NULL CONSTRAINT PK_Account PRIMARY KEY,
  owner_no int NOT NULL,
  [Owner Name] nvarchar(40) NULL CONSTRAINT DF_name DEFAULT (N'O''Hara') CONSTRAINT CK_said CHECK ([Owner Name] <> N'-'),
  owner_mood nvarchar(max) NOT NULL DEFAULT (N'good'),
  owner_big AS (upper([Owner Name])),
  opened date NULL,
  CONSTRAINT UQ_owner UNIQUE ([Owner Name], owner_no, id),
  CONSTRAINT CK_both CHECK ([Owner Name] <> N'+' OR opened IS NULL)
);
GO
CREATE INDEX IX_name ON [big corp].[Account] ([Owner Name] DESC) WHERE ([Owner Name] IS NOT NULL);
GO`,
      table: 'Account',
      declares: ['owner_no -> [Owner Name], owner_mood, owner_big'.replace('[Owner Name]', '"Owner Name"')],
    },
    'foreign keys of others to a key that moves, and its own, without names': {
      ddl: `CREATE TABLE regions (name nvarchar(20) NOT NULL PRIMARY KEY);
GO
CREATE TABLE t (id int NOT NULL PRIMARY KEY, zip nvarchar(9) NOT NULL, city_no int NULL CONSTRAINT one_city UNIQUE, region nvarchar(20) NULL REFERENCES regions (name) ON DELETE CASCADE);
GO
CREATE TABLE guides (id int NOT NULL PRIMARY KEY, city int NULL CONSTRAINT about REFERENCES t (city_no));
GO`,
      table: 't',
      declares: ['zip -> city_no, region'],
    },
    'NULL with a row of its own': {
      ddl: `CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int NULL, b nvarchar(9) NOT NULL);
GO`,
      table: 't',
      declares: ['a -> b'],
      nulls: { 1: 'own row' },
    },
    'a view of the old shape, which another reads': {
      ddl: `CREATE TABLE t (id int NOT NULL PRIMARY KEY, zip nvarchar(9) NOT NULL, city nvarchar(9) NULL);
GO
CREATE VIEW cities AS SELECT t.zip, UPPER(t.city) AS big FROM t;
GO`,
      table: 't',
      declares: ['zip -> city'],
      view: true,
    },
    'a torn key, NULL refused, an index on what becomes stricter': {
      ddl: `CREATE TABLE t (city nvarchar(20) NOT NULL, street nvarchar(20) NOT NULL, zip nvarchar(9) NULL, house int NULL, CONSTRAINT place PRIMARY KEY (city, street));
GO
CREATE INDEX by_zip ON t (zip);
GO`,
      table: 't',
      declares: ['zip -> city'],
      choice: 'BCNF',
      nulls: { 0: 'refuse', 1: 'refuse' },
    },
  },
  oracle: {
    'names, defaults, checks, indexes, a virtual column, counters and comments': {
      ddl: `CREATE TABLE account (
  id NUMBER(10) GENERATED ALWAYS AS IDENTITY CONSTRAINT account_pk PRIMARY KEY,
  owner_no NUMBER(10) NOT NULL,
  "Owner Name" VARCHAR2(40 CHAR) DEFAULT 'O''Hara' CONSTRAINT name_given NOT NULL CONSTRAINT said CHECK ("Owner Name" <> '-'),
  owner_note CLOB,
  owner_big VARCHAR2(40) GENERATED ALWAYS AS (UPPER("Owner Name")) VIRTUAL,
  opened DATE,
  CONSTRAINT one_owner UNIQUE ("Owner Name", owner_no, id),
  CONSTRAINT both_said CHECK ("Owner Name" <> '+' OR opened IS NULL)
);
COMMENT ON COLUMN account."Owner Name" IS 'it''s a name';
CREATE INDEX owner_ix ON account ("Owner Name" DESC);`,
      table: 'ACCOUNT',
      declares: ['OWNER_NO -> "Owner Name", OWNER_NOTE, OWNER_BIG'],
    },
    'foreign keys of others to a key that moves, and its own': {
      ddl: `CREATE TABLE regions (name VARCHAR2(20) PRIMARY KEY);
CREATE TABLE t (id NUMBER PRIMARY KEY, zip VARCHAR2(9) NOT NULL, city_no NUMBER CONSTRAINT one_city UNIQUE, region VARCHAR2(20) CONSTRAINT lies_in REFERENCES regions (name) ON DELETE CASCADE);
CREATE TABLE guides (id NUMBER PRIMARY KEY, city NUMBER CONSTRAINT about REFERENCES t (city_no));`,
      table: 'T',
      declares: ['ZIP -> CITY_NO, REGION'],
    },
    'NULL with a row of its own': {
      ddl: 'CREATE TABLE t (id NUMBER PRIMARY KEY, a NUMBER, b VARCHAR2(9) NOT NULL);',
      table: 'T',
      declares: ['A -> B'],
      nulls: { 1: 'own row' },
    },
    'a view of the old shape, which another reads': {
      ddl: `CREATE TABLE t (id NUMBER PRIMARY KEY, zip VARCHAR2(9) NOT NULL, city VARCHAR2(9));
CREATE VIEW cities AS SELECT t.zip, UPPER(t.city) AS big FROM t;`,
      table: 'T',
      declares: ['ZIP -> CITY'],
      view: true,
    },
    'a torn key, and NULL that is refused': {
      ddl: 'CREATE TABLE t (city VARCHAR2(20), street VARCHAR2(20), zip VARCHAR2(9), house NUMBER, CONSTRAINT place PRIMARY KEY (city, street));',
      table: 'T',
      declares: ['ZIP -> CITY'],
      choice: 'BCNF',
      nulls: { 0: 'refuse', 1: 'refuse' },
    },
  },
};

describe.each(Object.entries(CASES) as [Dialect, Readonly<Record<string, Case>>][])('for %s', (dialect, cases) => {
  it.each(Object.entries(cases))(
    '%s: read back, forward and back',
    (_what, { ddl, table, declares, choice, nulls = {}, view = false }) => {
      const document = declaring(read(dialect, ddl), table, ...declares);
      const { version = 0 } = document.settings['settings'] ?? {};
      const { after, change } = planning(document, ports.parser, proposing(document, table, choice ?? 'recommended'), {
        nulls,
        view,
      });
      const before = writtenText(writeDocument(document, { version }));
      const forward = script(dialect, change.forward);
      expect(differences(after, read(dialect, `${before}\n${forward}`)), forward).toEqual([]);
      const back = script(dialect, change.back);
      expect(differences(document, read(dialect, `${before}\n${forward}\n${back}`)), back).toEqual([]);
      if (view)
        expect(
          Object.values(after.views)
            .map(({ query }) => /\bt_whole\b/i.test(query))
            .sort(),
        ).toEqual([false, true]);
      expect(change.forward.map(({ phase }) => phase).slice(-2)).toContain('contract');
      expect(forward).toMatch(
        dialect === 'mssql' ? /WITH NOCHECK ADD[\s\S]*WITH CHECK CHECK CONSTRAINT/ : /NOVALIDATE[\s\S]*ENABLE VALIDATE/,
      );
    },
  );
});
