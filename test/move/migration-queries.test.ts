/** The queries of a migration guide on both sides of a move, with the same rows: MariaDB stands for MySQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sequenceQuery, sourceChecks } from '#engine/documents/migration-checks.ts';
import { orphanQueries, verificationQueries } from '#engine/documents/migration-figures.ts';
import { numberingStatements } from '#engine/documents/migration-load.ts';
import { recipe } from '#engine/documents/migration-recipes.ts';
import type { Dialect } from '#model/types.ts';
import { corpus } from '#test/corpus.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { type Mariadb, openMariadb } from '#test/engines/mariadb.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { documentOf, moveTo } from './moves.ts';

const SHOP = `
CREATE TABLE customer (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(40) NOT NULL, code char(6), about text,
  kind enum('new', 'old') NOT NULL, credit decimal(8, 2), share double, active tinyint(1) NOT NULL DEFAULT 1,
  born date, seen datetime, changed timestamp NULL, photo blob, since year, UNIQUE KEY (name)
) DEFAULT CHARSET = utf8mb4;
CREATE TABLE purchase (id int NOT NULL PRIMARY KEY, customer_id int unsigned, FOREIGN KEY by_customer (customer_id) REFERENCES customer (id));`;

const IN_MYSQL = [
  `SET time_zone = '+00:00'`,
  `INSERT INTO customer VALUES
    (1, 'Žofie', 'AB  ', 'it''s', 'new', 12.50, 0.5, 1, '1999-12-31', '2020-02-29 23:59:58', '2020-01-01 00:00:01', x'00ff10', 2001),
    (7, 'Bob', NULL, NULL, 'old', NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL),
    (9, '山', 'ZZZZZZ', '', 'old', -0.01, 2, 1, '0987-01-01', '1000-01-01', NULL, x'', 1970)`,
  'INSERT INTO purchase VALUES (1, 1), (2, 9), (3, NULL)',
];
const IN_POSTGRES = [
  `SET TimeZone = 'UTC'`,
  `INSERT INTO customer VALUES
    (1, 'Žofie', 'AB  ', 'it''s', 'new', 12.50, 0.5, true, '1999-12-31', '2020-02-29 23:59:58', '2020-01-01 00:00:01', '\\x00ff10', 2001),
    (7, 'Bob', NULL, NULL, 'old', NULL, NULL, false, NULL, NULL, NULL, NULL, NULL),
    (9, '山', 'ZZZZZZ', '', 'old', -0.01, 2, true, '0987-01-01', '1000-01-01', NULL, '', 1970)`,
  'INSERT INTO purchase VALUES (1, 1), (2, 9), (3, NULL)',
];

async function planOf(sql: string, from: Dialect, to: Dialect) {
  return moveTo('shop', documentOf({ name: 'shop', sql }, from, await loadPorts(from)), to);
}

/** A row's figures, numbers as numbers. */
function plain(row: unknown): (string | number | null)[] {
  return Object.values(row as Record<string, unknown>).map((value) => {
    if (value === null) return null;
    const text = String(value);
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
  });
}

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it('a reference to nothing is counted, and numbers go on after the greatest', async () => {
    const { statements, plan } = await planOf(SHOP, 'mysql', 'postgresql');
    await db.reset();
    expect(await db.run([...statements, ...IN_POSTGRES, ...numberingStatements(plan.document, 'postgresql')])).toEqual([]);
    const [query = ''] = orphanQueries(plan.document, 'postgresql');
    const count = async () => plain((await db.query(query))[0]);
    expect(await count()).toEqual(['purchase -> customer (customer_id)', 0]);
    expect(await db.run(['SET session_replication_role = replica', 'INSERT INTO purchase VALUES (4, 99)'])).toEqual([]);
    expect(await count()).toEqual(['purchase -> customer (customer_id)', 1]);
    expect(await db.query(`INSERT INTO customer (name, kind) VALUES ('next', 'new') RETURNING id`)).toEqual([{ id: 10 }]);
  });

  const maria = ENGINES.MariaDB.find();
  it.skipIf(!maria.ok)(
    'the figures of both sides are equal, and differ where a row does',
    async () => {
      const engine: Mariadb = await openMariadb();
      try {
        const { statements, plan } = await planOf(SHOP, 'mysql', 'postgresql');
        const queries = verificationQueries(plan);
        await db.reset();
        await engine.reset();
        expect(await db.run([...statements, ...IN_POSTGRES])).toEqual([]);
        expect(await engine.run([...SHOP.split(';').filter((one) => one.trim() !== ''), ...IN_MYSQL])).toEqual([]);
        // Columns of one query have the same name, so a row is read as one value.
        const row = async (sql: string) => {
          const [found] = await db.query<{ row: string }>(`SELECT q::text AS row FROM (${sql.replace(/;$/, '')}) q`);
          return plain(
            (found?.row ?? '')
              .slice(1, -1)
              .split(',')
              .map((one) => (one === '' ? null : one.replaceAll('"', ''))),
          );
        };
        const sides = async ({ before, after }: { before: string; after: string }) => [
          plain(
            (
              await engine.query(
                before
                  .replace(/;$/, '')
                  .replace(/^SELECT 'customer'/, "SELECT 'customer' AS t0")
                  .replaceAll('\n', ' '),
              )
            )[0],
          ),
          await row(after),
        ];
        for (const one of queries) {
          const [old, now] = await sides(one);
          expect(old?.length).toBeGreaterThan(3);
          expect(now, one.table).toEqual(old);
        }
        // The same length, other letters: only a digest sees it.
        expect(await db.run([`UPDATE customer SET name = 'Bab' WHERE id = 7`])).toEqual([]);
        const [old, now] = await sides(queries[0] ?? { before: '', after: '' });
        expect(now).not.toEqual(old);
      } finally {
        await engine.close();
      }
    },
    120_000,
  );

  it.skipIf(!maria.ok)(
    'what to look for in MySQL is found there',
    async () => {
      const engine: Mariadb = await openMariadb();
      try {
        const { plan } = await planOf(SHOP, 'mysql', 'postgresql');
        await engine.reset();
        expect(await engine.run([...SHOP.split(';').filter((one) => one.trim() !== ''), ...IN_MYSQL])).toEqual([]);
        const wrong = [
          `SET sql_mode = ''`,
          `INSERT INTO customer (id, name, kind, active, born, seen, about) VALUES (20, 'zero', 'new', 3, '0000-00-00', '2020-00-10', concat('a', char(0)))`,
        ];
        const checks = sourceChecks(plan);
        expect(checks.map(({ title }) => title)).toEqual([
          'Zero dates',
          'Flags',
          'Characters with number 0',
          'Keys that took no second spelling',
        ]);
        const found = async () =>
          (
            await Promise.all(
              checks.flatMap(({ queries }) => queries).map((sql) => engine.query<Record<string, unknown>>(sql.replace(/;$/, ''))),
            )
          ).flat();
        expect((await found()).flatMap((row) => Object.values(row).slice(1)).map(Number)).toEqual(Array(7).fill(0));
        expect(await engine.run(wrong)).toEqual([]);
        const rows = await found();
        expect(
          rows.map(({ born, seen, changed, active, about }) =>
            [born, seen, changed, active, about].map((one) => (one === undefined ? '' : Number(one))),
          ),
        ).toEqual([
          [1, 1, 0, '', ''],
          ['', '', '', 1, ''],
          ['', '', '', '', 1],
        ]);
        const sakila = corpus('mysql').find(({ name }) => name === 'sakila.sql');
        if (sakila === undefined) throw new Error('no sakila');
        const big = moveTo('sakila', documentOf(sakila, 'mysql', await loadPorts('mysql')), 'postgresql');
        expect(sourceChecks(big.plan).flatMap(({ queries }) => queries).length).toBeGreaterThan(20);
      } finally {
        await engine.close();
      }
    },
    120_000,
  );
});

describe('a move from Oracle', () => {
  const sql = `CREATE TABLE t (id NUMBER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, flag NUMBER(1), d DATE, c CHAR(3), n CLOB);
CREATE SEQUENCE "My seq'";
CREATE SEQUENCE plain_seq START WITH 5;`;

  it('asks about sizes, times of day and characters, in its words', async () => {
    const { plan } = await planOf(sql, 'oracle', 'postgresql');
    const checks = sourceChecks(plan);
    expect(checks.map(({ title }) => title)).toEqual([
      'Characters with number 0',
      'Numbers without a size',
      'Days with a time of day',
    ]);
    expect(checks.flatMap(({ queries }) => queries)).toContain(
      `SELECT 'T', count(CASE WHEN ID <> trunc(ID) OR abs(ID) > 9223372036854775807 THEN 1 END) AS ID FROM T;`,
    );
  });

  it('writes the statements that set sequences on', async () => {
    const { plan } = await planOf(sql, 'oracle', 'postgresql');
    expect(sequenceQuery(plan)).toBe(
      `SELECT CASE sequence_name WHEN 'My seq''' THEN 'ALTER SEQUENCE "my seq''" RESTART WITH ' WHEN 'PLAIN_SEQ' THEN 'ALTER SEQUENCE plain_seq RESTART WITH ' END || last_number || ';' FROM user_sequences WHERE sequence_name IN ('My seq''', 'PLAIN_SEQ');`,
    );
  });

  it('compares padded texts without their blanks, and long ones by length', async () => {
    const { plan } = await planOf(sql, 'oracle', 'postgresql');
    const { before = '', after = '' } = verificationQueries(plan)[0] ?? {};
    expect(before).toContain('rtrim(C)');
    expect(before).toContain('sum(length(N))');
    expect(after).toContain('sum(char_length(n))');
    expect(before).toContain(`to_char(min(D), 'YYYY-MM-DD HH24:MI:SS')`);
  });

  it('brings settings for ora2pg; one from MySQL a file for pgloader, with the casts of its own columns', async () => {
    const oracle = recipe((await planOf(sql, 'oracle', 'postgresql')).plan);
    expect(oracle?.text).toMatch(/^TYPE {14}COPY$/m);
    expect(oracle?.text).not.toMatch(/REPLACE_AS_BOOLEAN/);
    const mysql = recipe((await planOf(SHOP, 'mysql', 'postgresql')).plan);
    expect(mysql?.text).toContain('type tinyint when (= 1 precision) to boolean drop typemod using tinyint-to-boolean');
    expect(mysql?.text).not.toContain('set-to-enum-array');
    expect(recipe((await planOf(SHOP, 'mysql', 'oracle')).plan)).toBeUndefined();
  });
});

describe('other moves', () => {
  it('look for keys that differ by case, and for empty texts', async () => {
    const sql = 'CREATE TABLE t (a text NOT NULL UNIQUE, b int, UNIQUE (a, b));';
    const titles = async (to: Dialect) =>
      sourceChecks((await planOf(sql, 'postgresql', to)).plan).map(({ title, queries }) => [title, queries.length]);
    expect(await titles('mysql')).toEqual([['Keys that differ by case only', 2]]);
    expect(await titles('oracle')).toEqual([['Empty texts that may not be NULL', 1]]);
    expect(await titles('sqlite')).toEqual([]);
  });

  it('set sequences of PostgreSQL on by a query that PostgreSQL runs', async () => {
    const db = await TestDatabase.open();
    const sql = 'CREATE SEQUENCE numbers START 5; CREATE TABLE t (a int PRIMARY KEY);';
    const { plan } = await planOf(sql, 'postgresql', 'oracle');
    expect(await db.run(['CREATE SEQUENCE numbers START 5', `SELECT nextval('numbers')`])).toEqual([]);
    const [row] = await db.query<Record<string, string>>(sequenceQuery(plan) ?? '');
    expect(Object.values(row ?? {})).toEqual(['ALTER SEQUENCE NUMBERS RESTART START WITH 6;']);
    await db.close();
  });
});
