import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Choice, NullPolicy } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Column } from '#model/column-types.ts';
import { declaring, mariadbTrials, planning, proposing, trialOf } from '#test/decompose.ts';
import { findMariadb, type Mariadb, openMariadb } from '#test/engines/mariadb.ts';
import { expectRowsBack } from '#test/random-decompositions.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { tryDecomposition } from '#verify/decomposition.ts';

const found = findMariadb();
if (!found.ok) console.warn(`Decompositions for MySQL and MariaDB are not run: ${found.reason}`);

interface Case {
  readonly ddl: string;
  readonly table: string;
  readonly declares: readonly string[];
  readonly rows: readonly string[];
  readonly choice?: Choice;
  readonly nulls?: Readonly<Record<number, NullPolicy>>;
}

const CASES: Readonly<Record<string, Case>> = {
  'odd names, comments, checks, enumerations, counters, generated columns and indexes': {
    ddl: `CREATE TABLE \`Big Account\` (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_no int NOT NULL COMMENT 'it''s a number',
  \`Owner Name\` varchar(40) DEFAULT 'O''Hara' COMMENT 'a name',
  owner_mood enum('good','bad') NOT NULL DEFAULT 'good',
  owner_big varchar(40) GENERATED ALWAYS AS (upper(\`Owner Name\`)) STORED,
  opened date,
  note text,
  CONSTRAINT said CHECK (\`Owner Name\` <> '-'),
  CONSTRAINT both_said CHECK (\`Owner Name\` <> '+' OR opened IS NULL),
  UNIQUE KEY by_owner (owner_no, id, \`Owner Name\`),
  KEY names (\`Owner Name\`(10))
) COMMENT='accounts';`,
    table: 'Big Account',
    declares: ['owner_no -> "Owner Name", owner_mood, owner_big'],
    rows: [
      "INSERT INTO `Big Account` (owner_no, `Owner Name`, owner_mood, opened, note) VALUES (1, 'x', 'bad', NULL, 'a'), (1, 'x', 'bad', '2024-01-01', NULL), (2, NULL, 'good', NULL, 'b');",
    ],
  },
  'a counter that moves, with zero among its numbers': {
    ddl: 'CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL AUTO_INCREMENT UNIQUE, k int NOT NULL, x varchar(9));',
    table: 't',
    declares: ['k -> x', 'x -> k'],
    rows: ["INSERT INTO t VALUES (1, 7, 1, 'a'), (2, 8, 1, 'a'), (3, 9, 2, 'b');"],
    nulls: { 1: 'refuse' },
  },
  'foreign keys of others to a key that moves, and its own, without names': {
    ddl: `CREATE TABLE regions (name varchar(20) PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, zip varchar(9) NOT NULL, city_no int, region varchar(20), UNIQUE (city_no),
  FOREIGN KEY (region) REFERENCES regions (name) ON DELETE CASCADE);
CREATE TABLE guides (id int PRIMARY KEY, city int, FOREIGN KEY (city) REFERENCES t (city_no));`,
    table: 't',
    declares: ['zip -> city_no, region'],
    rows: [
      "INSERT INTO regions VALUES ('North');",
      "INSERT INTO t VALUES (1, 'a', 10, 'North'), (2, 'b', 11, NULL);",
      'INSERT INTO guides VALUES (1, 10);',
    ],
  },
  'a primary key that is torn, with a reference to it that ends': {
    ddl: `CREATE TABLE t (city varchar(20), street varchar(20), zip varchar(9) NOT NULL, house int, CONSTRAINT place PRIMARY KEY (city, street));
CREATE TABLE visits (id int PRIMARY KEY, city varchar(20), street varchar(20), CONSTRAINT there FOREIGN KEY (city, street) REFERENCES t (city, street));`,
    table: 't',
    declares: ['zip -> city'],
    choice: 'BCNF',
    rows: [
      "INSERT INTO t VALUES ('Bern', 'A', '1', 1), ('Bern', 'B', '2', 2), ('Olten', 'A', '3', 3);",
      "INSERT INTO visits VALUES (1, 'Bern', 'A');",
    ],
  },
  'a character set and collation of the table': {
    ddl: `CREATE TABLE t (id int PRIMARY KEY, zip varchar(9) NOT NULL, city varchar(20) COLLATE latin1_bin)
  ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_german1_ci;`,
    table: 't',
    declares: ['zip -> city'],
    rows: ["INSERT INTO t VALUES (1, 'ä', 'Bern'), (2, 'ä', 'Bern'), (3, 'b', NULL);"],
  },
  'NULL that is kept and refused in one table': {
    ddl: 'CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(9), c int, d varchar(9), KEY (c));',
    table: 't',
    declares: ['a -> b', 'c -> d'],
    nulls: { 1: 'keep', 2: 'refuse' },
    rows: ["INSERT INTO t VALUES (1, NULL, NULL, 1, 'x'), (2, 5, 'b', 1, 'x'), (3, 5, 'b', 2, NULL);"],
  },
  'two foreign keys that rest on one index': {
    ddl: 'CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int, x varchar(9), y varchar(9));',
    table: 't',
    declares: ['a, b -> x', 'a -> y'],
    nulls: { 1: 'keep', 2: 'keep' },
    rows: ["INSERT INTO t VALUES (1, 1, NULL, NULL, 'y'), (2, 1, 2, 'x', 'y'), (3, 2, 2, 'x', NULL);"],
  },
  'a foreign key that stays and comes to rest on the index of a new one': {
    ddl: `CREATE TABLE kinds (a int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, x varchar(9), CONSTRAINT of_kind FOREIGN KEY (a) REFERENCES kinds (a));`,
    table: 't',
    declares: ['a, b -> x'],
    rows: ['INSERT INTO kinds VALUES (1), (2);', "INSERT INTO t VALUES (1, 1, 1, 'x'), (2, 1, 1, 'x'), (3, 2, 2, NULL);"],
  },
  'an index that a foreign key rests on, and that goes': {
    ddl: `CREATE TABLE kinds (a int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, k int NOT NULL, v varchar(9), UNIQUE KEY pair (a, v, id),
  CONSTRAINT of_kind FOREIGN KEY (a) REFERENCES kinds (a));`,
    table: 't',
    declares: ['k -> v'],
    rows: ['INSERT INTO kinds VALUES (1), (2);', "INSERT INTO t VALUES (1, 1, 1, 'x'), (2, 2, 1, 'x'), (3, 1, 2, NULL);"],
  },
};

describe.skipIf(!found.ok)('decompositions on MariaDB', () => {
  let parser: PgParser;
  let db: Mariadb;
  beforeAll(async () => {
    parser = await parserForTests();
    db = await openMariadb();
  });
  afterAll(() => db?.close());

  const read = (text: string) => {
    const found = readSql([{ name: 'x.sql', text }], { dialect: 'mariadb' }, { parser });
    if (!found.ok) throw new Error(found.problem.message);
    return found.value.document;
  };

  it.each(Object.entries(CASES))('%s', async (_what, { ddl, table, declares, rows, choice = 'recommended', nulls = {} }) => {
    const document = declaring(read(ddl), table, ...declares);
    const planned = planning(document, parser, proposing(document, table, choice), { nulls });
    const trial = trialOf(document, planned, rows);
    const open = mariadbTrials(db);
    const outcome = await tryDecomposition(open, trial);
    const script = [...trial.change.forward, { phase: 'back', sql: '-- back' }, ...trial.change.back]
      .map(({ sql }) => sql)
      .join('\n');
    expect(outcome, script).toMatchObject({
      errors: [],
      refused: 0,
      forward: { missing: [], extra: [] },
      back: { missing: [], extra: [] },
    });
    expect([outcome.stopped, outcome.rows > 0]).toEqual([undefined, true]);
    // The way back leaves the catalog as it was, numbers that were given out aside.
    const lines = (catalog: readonly string[]) => catalog.filter((line) => !line.startsWith('next number'));
    const back = await db.catalog();
    await open([]);
    await db.run(trial.schema.map(({ sql }) => sql));
    expect(lines(back)).toEqual(lines(await db.catalog()));
    // And the way forward leads to what the model writes.
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT no_such_column;' }] as const;
    await tryDecomposition(open, { ...trial, change: { ...trial.change, back: stays } });
    const forward = await db.catalog();
    await open([]);
    expect(await db.run(writeDocument(planned.after, { version: 10 }).statements.map(({ sql }) => sql))).toEqual([]);
    expect(lines(forward), script).toEqual(lines(await db.catalog()));
  });

  it('lets views read a view of the old shape, and takes it back', async () => {
    const ddl = `CREATE TABLE t (id int PRIMARY KEY, zip varchar(9) NOT NULL, city varchar(20));
CREATE VIEW cities AS SELECT t.zip, upper(t.city) AS big FROM t WHERE city IS NOT NULL;`;
    const document = declaring(read(ddl), 't', 'zip -> city');
    const planned = planning(document, parser, proposing(document, 't'), { view: true });
    const trial = trialOf(document, planned, ["INSERT INTO t VALUES (1, 'a', 'Bern'), (2, 'a', 'Bern'), (3, 'b', NULL);"]);
    const outcome = await tryDecomposition(mariadbTrials(db), trial);
    const equal = { missing: [], extra: [] };
    expect(outcome, trial.change.forward.map(({ sql }) => sql).join('\n')).toMatchObject({
      errors: [],
      forward: equal,
      back: equal,
    });
    expect(outcome.stopped).toBeUndefined();
    expect(await db.query('SELECT big FROM cities')).toHaveLength(2);
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT no_such_column;' }] as const;
    await tryDecomposition(mariadbTrials(db), { ...trial, change: { ...trial.change, back: stays } });
    expect(await db.query('SELECT big FROM cities')).toHaveLength(2);
    expect(await db.query('SELECT id, zip, city FROM t_whole')).toHaveLength(3);
  });

  it('stops before anything is changed when rows contradict the dependency, and says why', async () => {
    const document = declaring(
      read('CREATE TABLE t (id int PRIMARY KEY, zip varchar(9) NOT NULL, city varchar(20));'),
      't',
      'zip -> city',
    );
    const planned = planning(document, parser, proposing(document, 't'));
    const rows = ["INSERT INTO t VALUES (1, 'a', 'Bern'), (2, 'a', 'bern');"];
    const outcome = await tryDecomposition(mariadbTrials(db), trialOf(document, planned, rows));
    expect(outcome.stopped).toMatchObject({ way: 'forward', phase: 'guard' });
    expect(outcome.stopped?.message).toContain('Rows of t with the same zip differ in city');
    expect(await db.query('SELECT city FROM t')).toHaveLength(2);
  });

  const builtin = (name: string, ...args: string[]): Column['type'] => ({
    kind: 'builtin',
    name,
    ...(args.length === 0 ? {} : { args }),
  });

  it('give back the rows of random tables as bags, and so does the way back', async () => {
    await expectRowsBack({
      dialect: 'mariadb',
      version: 10,
      parser,
      open: mariadbTrials(db),
      types: [builtin('int'), builtin('varchar', '20'), builtin('date'), builtin('decimal', '9', '2'), builtin('int unsigned')],
      keyless: [builtin('text'), builtin('longtext')],
      ownRow: false,
      count: 40,
    });
  }, 300_000);
});
