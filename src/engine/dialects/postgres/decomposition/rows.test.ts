import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Choice, NullPolicy } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { declaring, openOn, planning, proposing, trialOf } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { tryDecomposition } from '#verify/decomposition.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

interface Case {
  readonly ddl: string;
  readonly table: string;
  readonly declares: readonly string[];
  readonly rows: readonly string[];
  readonly choice?: Choice;
  readonly nulls?: Readonly<Record<number, NullPolicy>>;
}

const ACCOUNT = `
CREATE SCHEMA "Big Corp";
CREATE TYPE "Big Corp".mood AS ENUM ('good', 'bad');
CREATE DOMAIN "Big Corp".code AS text CHECK (VALUE <> '');
CREATE TABLE "Big Corp"."Account" (
  id int PRIMARY KEY,
  owner_no "Big Corp".code NOT NULL,
  "Owner Name" text DEFAULT 'O''Hara' CONSTRAINT said CHECK ("Owner Name" <> '-'),
  owner_mood "Big Corp".mood,
  owner_seq bigserial,
  owner_big text GENERATED ALWAYS AS (upper("Owner Name")) STORED,
  owner_data json,
  opened date,
  CONSTRAINT one_seq UNIQUE (owner_seq, id)
);
COMMENT ON COLUMN "Big Corp"."Account"."Owner Name" IS 'it''s a name';
CREATE INDEX owner_idx ON "Big Corp"."Account" ("Owner Name" DESC) WHERE "Owner Name" IS NOT NULL;`;

const CASES: Readonly<Record<string, Case>> = {
  'odd names, enums, domains, counters, generated columns and JSON': {
    ddl: ACCOUNT,
    table: 'Account',
    declares: ['owner_no -> "Owner Name", owner_mood, owner_seq, owner_big, owner_data'],
    rows: [
      `INSERT INTO "Big Corp"."Account" (id, owner_no, "Owner Name", owner_mood, owner_seq, owner_data) VALUES
        (1, 'a', 'x', 'good', 7, '{"a":  1}'), (2, 'a', 'x', 'good', 7, '{"a":  1}'), (3, 'b', NULL, NULL, 8, NULL);`,
    ],
  },
  'identities that are always counted': {
    ddl: 'CREATE TABLE t (id int PRIMARY KEY, k int NOT NULL, n int GENERATED ALWAYS AS IDENTITY (START WITH 5), x text);',
    table: 't',
    declares: ['k -> n, x'],
    rows: ["INSERT INTO t (id, k, n, x) OVERRIDING SYSTEM VALUE VALUES (1, 1, 50, 'a'), (2, 1, 50, 'a'), (3, 2, 60, 'b');"],
  },
  'a sequence that belongs to what moves': {
    ddl: `CREATE SEQUENCE numbers; CREATE TABLE t (id int PRIMARY KEY, k int NOT NULL, n bigint DEFAULT nextval('numbers'));
ALTER SEQUENCE numbers OWNED BY t.n;`,
    table: 't',
    declares: ['k -> n'],
    rows: ['INSERT INTO t VALUES (1, 1, 5), (2, 1, 5);'],
  },
  'foreign keys of others to a key that moves, and its own': {
    ddl: `CREATE TABLE regions (name text PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, zip text NOT NULL, city_no int CONSTRAINT same_city UNIQUE, region text CONSTRAINT lies_in REFERENCES regions ON DELETE CASCADE);
CREATE TABLE guides (id int PRIMARY KEY, city int CONSTRAINT about REFERENCES t (city_no));`,
    table: 't',
    declares: ['zip -> city_no, region'],
    rows: [
      "INSERT INTO regions VALUES ('North');",
      "INSERT INTO t VALUES (1, 'a', 10, 'North'), (2, 'b', 11, NULL);",
      'INSERT INTO guides VALUES (1, 10);',
    ],
  },
  'a primary key that is torn, with a reference to it that ends': {
    ddl: `CREATE TABLE t (city text, street text, zip text, house int, CONSTRAINT place PRIMARY KEY (city, street));
CREATE TABLE visits (id int PRIMARY KEY, city text, street text, FOREIGN KEY (city, street) REFERENCES t);`,
    table: 't',
    declares: ['zip -> city'],
    choice: 'BCNF',
    nulls: { 0: 'own row', 1: 'own row' },
    rows: [
      "INSERT INTO t VALUES ('Bern', 'A', '1', 1), ('Bern', 'B', '2', 2), ('Olten', 'A', '3', 3), ('Thun', 'A', NULL, 4);",
      "INSERT INTO visits VALUES (1, 'Bern', 'A');",
    ],
  },
  'NULL that is kept and refused in one table': {
    ddl: 'CREATE TABLE t (id int PRIMARY KEY, a int, b text, c int, d text);',
    table: 't',
    declares: ['a -> b', 'c -> d'],
    nulls: { 1: 'keep', 2: 'refuse' },
    rows: ["INSERT INTO t VALUES (1, NULL, NULL, 1, 'x'), (2, 5, 'b', 1, 'x'), (3, 5, 'b', 2, NULL);"],
  },
  'a policy that moves with its column, and one that stays': {
    ddl: `CREATE TABLE t (id int PRIMARY KEY, k text NOT NULL, v text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON t AS RESTRICTIVE USING (t.v <> 'hidden');
COMMENT ON POLICY seen ON t IS 'what is seen';
CREATE POLICY own ON t USING (id > 0);`,
    table: 't',
    declares: ['k -> v'],
    rows: ["INSERT INTO t VALUES (1, 'a', 'b'), (2, 'a', 'b');"],
  },
  'a table with a policy and an owner': {
    ddl: `CREATE TABLE t (id int PRIMARY KEY, k text NOT NULL, v text);
ALTER TABLE t OWNER TO writer; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON t USING (t.k = current_user);`,
    table: 't',
    declares: ['k -> v'],
    rows: ["INSERT INTO t VALUES (1, 'a', 'b'), (2, 'a', 'b');"],
  },
};

test.each(Object.entries(CASES))('%s', async (_what, { ddl, table, declares, rows, choice = 'recommended', nulls = {} }) => {
  const document = declaring(readDdl(parser, ddl), table, ...declares);
  const planned = planning(document, parser, proposing(document, table, choice), { nulls });
  const trial = trialOf(document, planned, rows);
  const open = openOn(db);
  const outcome = await tryDecomposition(open, trial);
  expect([outcome.errors, outcome.stopped]).toEqual([[], undefined]);
  expect(outcome, trial.change.forward.map(({ sql }) => sql).join('\n')).toMatchObject({
    errors: [],
    refused: 0,
    forward: { missing: [], extra: [] },
    back: { missing: [], extra: [] },
  });
  expect(outcome.rows).toBeGreaterThan(0);
  // The way back leaves the catalog as it was, the order of columns aside.
  const back = await db.catalog();
  await open([]);
  await db.run(trial.schema.map(({ sql }) => sql));
  const inOrder = (lines: readonly string[]) =>
    lines.map((line) => line.replaceAll(/\b(attnum|position|at) ?[=:]? ?\d+/g, '')).sort();
  expect(inOrder(back)).toEqual(inOrder(await db.catalog()));
  // And the way forward leads to what the model writes.
  await tryDecomposition(open, {
    ...trial,
    change: { ...trial.change, back: [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT 1 / 0;' }] },
  });
  const forward = await db.catalog();
  await open([]);
  await db.run(writeDocument(planned.after, { version: 18 }).statements.map(({ sql }) => sql));
  expect(inOrder(forward)).toEqual(inOrder(await db.catalog()));
});
