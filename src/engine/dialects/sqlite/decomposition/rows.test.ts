import { beforeAll, describe, expect, it } from 'vitest';
import type { Choice, NullPolicy } from '#engine/decompose/types.ts';
import type { SqliteDatabase, SqliteEngine } from '#engine/sql/parser-port.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { declaring, planning, proposing, trialOf } from '#test/decompose.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { tryDecomposition } from '#verify/decomposition.ts';
import { sqliteTrials } from '#verify/sqlite-trial.ts';
import { loadSqlite } from '../../../../cli/sqlite.ts';

let ports: Required<Pick<ReadPorts, 'parser' | 'sqlite'>>;
let last: SqliteDatabase;
let kept: SqliteEngine;
beforeAll(async () => {
  const sqlite = await loadSqlite();
  ports = { parser: await parserForTests(), sqlite };
  // The database of a trial stays open, to be looked at.
  kept = {
    version: sqlite.version,
    open() {
      last = sqlite.open();
      const database = last;
      return {
        run: (sql) => database.run(sql),
        rows: (sql) => database.rows(sql),
        query: (sql, most) => database.query(sql, most),
        each: (sql, lists) => database.each(sql, lists),
        close: () => {},
      };
    },
  };
});

/** Definitions without white space and the quotes that a rename puts around names. */
function definitions(): string[] {
  const rows = last.rows(
    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1",
  );
  return rows.map(([line]) => String(line).replaceAll(/[\s"]+/g, ''));
}

interface Case {
  readonly ddl: string;
  readonly table: string;
  readonly declares: readonly string[];
  readonly rows: readonly string[];
  readonly choice?: Choice;
  readonly nulls?: Readonly<Record<number, NullPolicy>>;
}

const CASES: Readonly<Record<string, Case>> = {
  'odd names, collations, checks, generated columns, a counter, indexes, a trigger and a view': {
    ddl: `CREATE TABLE "Big Account" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_no INT NOT NULL,
  "Owner Name" TEXT COLLATE NOCASE DEFAULT 'O''Hara' CHECK ("Owner Name" <> '-'),
  owner_any NOT NULL,
  owner_big TEXT GENERATED ALWAYS AS (upper("Owner Name")) STORED,
  boss INTEGER REFERENCES "Big Account" (id) ON DELETE SET NULL,
  opened DATE,
  UNIQUE ("Owner Name", id),
  CHECK ("Owner Name" <> '+' OR opened IS NULL)
);
CREATE INDEX owner_idx ON "Big Account" ("Owner Name" DESC) WHERE "Owner Name" IS NOT NULL;
CREATE INDEX opened_idx ON "Big Account" (opened);
CREATE TABLE log (id INTEGER PRIMARY KEY, account INT REFERENCES "Big Account");
CREATE TRIGGER logged AFTER INSERT ON "Big Account" BEGIN INSERT INTO log (account) VALUES (NEW.id); END;
CREATE VIEW opened_ones AS SELECT id, opened FROM "Big Account" WHERE opened IS NOT NULL;`,
    table: 'Big Account',
    declares: ['owner_no -> "Owner Name", owner_any, owner_big'],
    rows: [
      `INSERT INTO "Big Account" (id, owner_no, "Owner Name", owner_any, boss) VALUES (1, 1, 'Ann', x'00', NULL), (2, 1, 'Ann', x'00', 1), (3, 2, NULL, 1.5, 1);`,
    ],
  },
  'strict, without a rowid, with foreign keys of others to a key that moves, and its own': {
    ddl: `CREATE TABLE regions (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE t (id INT PRIMARY KEY, zip TEXT NOT NULL, city_no INT UNIQUE, region TEXT REFERENCES regions ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE guides (id INTEGER PRIMARY KEY, city INT CONSTRAINT about REFERENCES t (city_no));
CREATE INDEX guides_city ON guides (city);`,
    table: 't',
    declares: ['zip -> city_no, region'],
    rows: [
      "INSERT INTO regions VALUES ('North');",
      "INSERT INTO t VALUES (1, 'a', 10, 'North'), (2, 'b', 11, NULL);",
      'INSERT INTO guides VALUES (1, 10);',
    ],
  },
  'a primary key that is torn': {
    ddl: 'CREATE TABLE t (city TEXT NOT NULL, street TEXT NOT NULL, zip TEXT NOT NULL, house INT, PRIMARY KEY (city, street));',
    table: 't',
    declares: ['zip -> city'],
    choice: 'BCNF',
    rows: ["INSERT INTO t VALUES ('Bern', 'A', '1', 1), ('Bern', 'B', '2', 2), ('Olten', 'A', '3', 3);"],
  },
  'values that combine freely': {
    ddl: 'CREATE TABLE t (course TEXT NOT NULL, teacher TEXT NOT NULL, book TEXT NOT NULL, PRIMARY KEY (course, teacher, book));',
    table: 't',
    declares: ['course ->> teacher'],
    choice: '4NF',
    rows: ["INSERT INTO t VALUES ('a', 'x', '1'), ('a', 'x', '2'), ('a', 'y', '1'), ('a', 'y', '2'), ('b', 'x', '1');"],
  },
  'NULL that is kept and refused in one table': {
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT, c INT, d TEXT);',
    table: 't',
    declares: ['a -> b', 'c -> d'],
    nulls: { 1: 'keep', 2: 'refuse' },
    rows: ["INSERT INTO t VALUES (1, NULL, NULL, 1, 'x'), (2, 5, 'b', 1, 'x'), (3, 5, 'b', 2, NULL);"],
  },
};

function read(text: string) {
  const found = readSql([{ name: 'x.sql', text }], { dialect: 'sqlite' }, ports);
  if (!found.ok) throw new Error(found.problem.message);
  return found.value.document;
}

describe('decompositions on SQLite', () => {
  it.each(Object.entries(CASES))('%s', async (_what, { ddl, table, declares, rows, choice = 'recommended', nulls = {} }) => {
    const document = declaring(read(ddl), table, ...declares);
    const planned = planning(document, ports.parser, proposing(document, table, choice), { nulls });
    const trial = trialOf(document, planned, rows);
    const open = sqliteTrials(kept);
    const outcome = await tryDecomposition(open, trial);
    const script = planned.change.forward.map(({ sql }) => sql).join('\n');
    expect([outcome.errors, outcome.stopped], script).toEqual([[], undefined]);
    const equal = { missing: [], extra: [] };
    expect(outcome).toMatchObject({ refused: 0, forward: equal, back: equal });
    expect(outcome.rows).toBeGreaterThan(0);
    expect(last.rows('SELECT * FROM pragma_foreign_key_check()')).toEqual([]);
    // The way back leaves the definitions as they were,
    const back = definitions();
    last = ports.sqlite.open();
    for (const { sql } of trial.schema) expect(last.run(sql)).toBeUndefined();
    expect(back).toEqual(definitions());
    // and the way forward leads to what the model writes.
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT no_such_column;' }] as const;
    await tryDecomposition(open, { ...trial, change: { ...trial.change, back: stays } });
    const forward = definitions();
    last = ports.sqlite.open();
    for (const { sql } of writeDocument(planned.after, { version: 3 }).statements) expect(last.run(sql)).toBeUndefined();
    expect(forward, script).toEqual(definitions());
  });

  it('take the own name of the table out of checks, forward and back, as SQLite has no table of that name while it is made', async () => {
    const ddl = `CREATE TABLE "Big T" (id INTEGER PRIMARY KEY, zip TEXT NOT NULL CHECK ("Big T".zip <> '"Big T".zip'), city TEXT CHECK ([big t].city <> '-'), "order" INT,
  CONSTRAINT some CHECK ("Big T" . "order" > 0 AND "Big T".'order' < 100 OR "Big T".rowid = "order"));
CREATE VIEW zips AS SELECT "Big T".zip FROM "Big T";`;
    const document = declaring(read(ddl), 'Big T', 'zip -> city');
    const planned = planning(document, ports.parser, proposing(document, 'Big T'));
    const values = ["(1, 'a', 'Bern', 1)", "(2, 'a', 'Bern', NULL)", "(3, 'b', NULL, 300)"];
    const trial = trialOf(document, planned, [`INSERT INTO "Big T" VALUES ${values[0]}, ${values[1]};`]);
    const rows = (): unknown => last.run(`INSERT INTO "Big T" (id, zip, city, "order") VALUES ${values[2]};`)?.message;
    const outcome = await tryDecomposition(sqliteTrials(kept), trial);
    expect([outcome.errors, outcome.stopped, outcome.refused], planned.change.forward.map(({ sql }) => sql).join('\n')).toEqual([
      [],
      undefined,
      0,
    ]);
    expect(outcome).toMatchObject({ rows: 2, forward: { missing: [], extra: [] }, back: { missing: [], extra: [] } });
    const checks = definitions().find((line) => line.startsWith('tableBigT'));
    expect(checks).toContain("CHECK(zip<>'BigT.zip')");
    expect(checks).toContain("CHECK(city<>'-')");
    expect(checks).toContain('CHECK(order>0ANDorder<100ORrowid=order)');
    expect(rows()).toContain('CHECK constraint failed: some');
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT no_such_column;' }] as const;
    await tryDecomposition(sqliteTrials(kept), { ...trial, change: { ...trial.change, back: stays } });
    expect(last.rows('SELECT zip FROM zips')).toEqual([['a'], ['a']]);
    expect(definitions().find((line) => line.startsWith('tablezip'))).toContain("CHECK(zip.city<>'-')");
  });

  it('let views read a view of the old shape, and take it back', async () => {
    const ddl = `CREATE TABLE t (id INTEGER PRIMARY KEY, zip TEXT NOT NULL, city TEXT);
CREATE VIEW cities AS SELECT t.zip, upper(t.city) AS big FROM t WHERE city IS NOT NULL;
CREATE VIEW big_ones AS SELECT big FROM cities;`;
    const document = declaring(read(ddl), 't', 'zip -> city');
    const planned = planning(document, ports.parser, proposing(document, 't'), { view: true });
    const views = Object.values(planned.after.views).map(({ name, query }) => [name, query]);
    expect(Object.fromEntries(views)).toMatchObject({
      cities: expect.stringMatching(
        /^SELECT "?t_whole"?\.zip, upper\("?t_whole"?\.city\) AS big FROM "?t_whole"? WHERE city IS NOT NULL$/,
      ),
      big_ones: 'SELECT big FROM cities',
      t_whole: expect.stringContaining('LEFT JOIN'),
    });
    const told = planning(document, ports.parser, proposing(document, 't')).consequences.filter(({ kind }) => kind === 'breaks');
    expect(told.map(({ text }) => text)).toEqual(['view cities names city of t, which t has no more']);
    expect(planned.consequences.filter(({ kind }) => kind === 'breaks')).toEqual([]);
    const trial = trialOf(document, planned, ["INSERT INTO t VALUES (1, 'a', 'Bern'), (2, 'a', 'Bern'), (3, 'b', NULL);"]);
    const outcome = await tryDecomposition(sqliteTrials(kept), trial);
    expect(outcome).toMatchObject({ errors: [], forward: { missing: [], extra: [] }, back: { missing: [], extra: [] } });
    expect(outcome.stopped).toBeUndefined();
    const back = definitions();
    expect(last.rows('SELECT big FROM big_ones')).toEqual([['BERN'], ['BERN']]);
    last = ports.sqlite.open();
    for (const { sql } of trial.schema) expect(last.run(sql)).toBeUndefined();
    expect(back).toEqual(definitions());
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT no_such_column;' }] as const;
    await tryDecomposition(sqliteTrials(kept), { ...trial, change: { ...trial.change, back: stays } });
    expect(last.rows('SELECT big FROM big_ones')).toEqual([['BERN'], ['BERN']]);
  });

  it('stop before anything is changed when rows contradict the dependency, and say why', async () => {
    const document = declaring(
      read('CREATE TABLE t (id INTEGER PRIMARY KEY, zip TEXT NOT NULL, city TEXT COLLATE NOCASE);'),
      't',
      'zip -> city',
    );
    const planned = planning(document, ports.parser, proposing(document, 't'));
    const rows = ["INSERT INTO t VALUES (1, 'a', 'Bern'), (2, 'a', 'bern');"];
    const outcome = await tryDecomposition(sqliteTrials(kept), trialOf(document, planned, rows));
    expect(outcome.stopped).toMatchObject({ way: 'forward', phase: 'guard' });
    expect(outcome.stopped?.message).toContain('Rows of t with the same zip differ in city');
    expect(last.rows('SELECT city FROM t')).toHaveLength(2);
    expect(last.rows('SELECT name FROM sqlite_schema')).toHaveLength(1);
  });

  it('do not go back when a new table has rows that the old one could not hold', async () => {
    const document = declaring(read('CREATE TABLE t (id INTEGER PRIMARY KEY, zip TEXT NOT NULL, city TEXT);'), 't', 'zip -> city');
    const trial = trialOf(document, planning(document, ports.parser, proposing(document, 't')), [
      "INSERT INTO t VALUES (1, 'a', 'Bern');",
    ]);
    const more = { phase: 'fill', note: 'Life goes on.', sql: "INSERT INTO zip VALUES ('z', 'Nowhere');" } as const;
    const outcome = await tryDecomposition(sqliteTrials(kept), {
      ...trial,
      change: { ...trial.change, back: [more, ...trial.change.back] },
    });
    expect(outcome.stopped).toMatchObject({ way: 'back', phase: 'guard' });
    expect(outcome.stopped?.message).toContain('Rows of zip belong to no row of t');
  });
});
