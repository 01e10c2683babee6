import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import { readSql } from '#engine/sql/read.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { TestDatabase } from '#test/pglite.ts';
import { planMove } from '../plan.ts';

const TABLES = `
CREATE TABLE city (id int PRIMARY KEY, name varchar(20) NOT NULL, country varchar(20), UNIQUE KEY by_name (name));
CREATE TABLE store (id int PRIMARY KEY, city_id int, size int);
CREATE TABLE sale (id int PRIMARY KEY, store_id int, amount int, what varchar(9));`;

async function view(query: string, from: Dialect = 'mysql', to: Dialect = 'postgresql', tables = TABLES) {
  const read = readSql(
    [{ name: 'a.sql', text: `${tables}\nCREATE VIEW v AS ${query};` }],
    { dialect: from },
    await loadPorts(from),
  );
  if (!read.ok) throw new Error(read.problem.message);
  const version = DEFAULT_VERSION[to];
  const plan = planMove(read.value.document, to, version);
  const statements = writeDocument(plan.document, { version }).statements.map(({ sql }) => sql);
  const [made] = Object.values(plan.document.views);
  return { query: made?.query ?? '', reason: plan.losses.map(({ reason }) => reason).join(), plan, statements };
}

const JOINED = 'FROM sale s JOIN store t ON s.store_id = t.id JOIN city c ON t.city_id = c.id';

describe('what is selected but not grouped by', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it.each([
    ['a table by its key', `SELECT t.size, sum(s.amount) ${JOINED} GROUP BY t.id`, 'GROUP BY t.id, t.size'],
    ['a table that a joined column finds', `SELECT c.country, sum(s.amount) ${JOINED} GROUP BY t.id`, 'GROUP BY t.id, c.country'],
    ['the other side of an equality', `SELECT s.store_id, count(*) ${JOINED} GROUP BY t.id`, 'GROUP BY t.id, s.store_id'],
    ['a table by a unique name', `SELECT c.id, count(*) ${JOINED} GROUP BY c.name`, 'GROUP BY c.name, c.id'],
    ['what is sorted by', `SELECT t.size, count(*) ${JOINED} GROUP BY t.id ORDER BY c.country`, 'GROUP BY t.id, t.size, c.country'],
    [
      'a condition',
      'SELECT t.size, count(*) FROM sale s, store t WHERE t.id = s.store_id GROUP BY s.store_id',
      'GROUP BY s.store_id, t.size',
    ],
  ])('is grouped by too where it follows: %s', async (_, query, group) => {
    const made = await view(query);
    expect(made.reason).toBe('');
    expect(made.query).toContain(group);
    await db.reset();
    expect(await db.run(made.statements)).toEqual([]);
  });

  it.each([
    ['another column', `SELECT s.amount, count(*) ${JOINED} GROUP BY t.id`],
    [
      'a column across an outer join',
      'SELECT t.size, count(*) FROM sale s LEFT JOIN store t ON s.store_id = t.id GROUP BY s.store_id',
    ],
    ['a unique column that may be NULL', `SELECT c.id, count(*) ${JOINED} GROUP BY c.country`],
    [
      'an equality among others',
      'SELECT t.size, count(*) FROM sale s JOIN store t ON s.store_id = t.id OR t.size = 1 GROUP BY s.store_id',
    ],
    ['everything', `SELECT t.*, count(*) ${JOINED} GROUP BY t.id`],
    ['a name of two tables', 'SELECT size, count(*) FROM store a JOIN store b ON a.id = b.city_id GROUP BY a.id'],
  ])('is refused where it does not: %s', async (_, query) => {
    const made = await view(query);
    expect(made.query).toBe('');
    expect(made.reason).toMatch(/selecting what GROUP BY does not name/);
  });

  it('gives the groups that MySQL gives', async () => {
    const made = await view(`SELECT c.country AS country, t.size AS size, sum(s.amount) AS amount ${JOINED} GROUP BY t.id`);
    await db.reset();
    const rows = [
      `INSERT INTO city VALUES (1, 'a', 'X'), (2, 'b', 'X')`,
      'INSERT INTO store VALUES (1, 1, 5), (2, 1, 5), (3, 2, 5)',
      'INSERT INTO sale VALUES (1, 1, 10), (2, 1, 1), (3, 2, 20), (4, 3, 30)',
    ];
    expect(await db.run([...made.statements, ...rows])).toEqual([]);
    // Stores alike in size and country stay groups of their own.
    const found = await db.query<{ amount: string }>('SELECT amount FROM v ORDER BY amount');
    expect(found.map(({ amount }) => Number(amount))).toEqual([11, 20, 30]);
  });
});

describe('texts of a group', () => {
  it('that are distinct are sorted by themselves on PostgreSQL, which is told', async () => {
    const made = await view(
      "SELECT store_id, GROUP_CONCAT(DISTINCT what ORDER BY amount SEPARATOR '; ') AS w FROM sale GROUP BY store_id",
    );
    expect(made.query).toContain("STRING_AGG(DISTINCT what, '; ' ORDER BY what)");
    expect(made.plan.mappings.some(({ reason }) => reason.includes('in their own order'))).toBe(true);
  });

  it('are cut by Oracle only', async () => {
    const tables = 'CREATE TABLE sale (store_id NUMBER(9), what VARCHAR2(9));';
    const query =
      "SELECT store_id, LISTAGG(what, ', ' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY what) AS w FROM sale GROUP BY store_id";
    const made = await view(query, 'oracle', 'postgresql', tables);
    expect(made.query).toContain("STRING_AGG(what, ', ' ORDER BY what)");
    expect(made.plan.mappings.some(({ reason }) => reason.includes('not cut'))).toBe(true);
  });
});

describe('orders', () => {
  it('of a view are left out for SQL Server, which is told', async () => {
    const made = await view('SELECT id FROM sale ORDER BY amount', 'mysql', 'mssql');
    expect(made.query).not.toMatch(/ORDER BY/);
    expect(made.plan.mappings.some(({ reason }) => reason.includes('has no order'))).toBe(true);
    const first = await view('SELECT id FROM sale ORDER BY amount LIMIT 5', 'mysql', 'mssql');
    expect(first.query).toMatch(/ORDER BY .*\nOFFSET 0 ROWS\nFETCH NEXT 5 ROWS ONLY/);
  });

  it('of a part of a union stay with that part', async () => {
    const made = await view('(SELECT id FROM sale ORDER BY amount LIMIT 2) UNION ALL (SELECT id FROM store)');
    expect(made.query).toMatch(/^SELECT \*\nFROM \(SELECT .*\nFROM sale\nORDER BY amount\nLIMIT 2\) AS part\nUNION ALL\nSELECT/);
  });
});

describe('moments', () => {
  it('of SQL Server are apart by the years and months that begin between them', async () => {
    const tables = 'CREATE TABLE t (a date, b date);';
    const made = await view('SELECT DATEDIFF(yy, a, b) AS y, DATEDIFF(month, a, b) AS m FROM t', 'mssql', 'postgresql', tables);
    const db = await TestDatabase.open();
    const rows = "INSERT INTO t VALUES ('2019-12-31', '2020-01-01'), ('2020-01-01', '2020-12-31')";
    expect(await db.run([...made.statements, rows])).toEqual([]);
    const found = await db.query<{ y: string; m: string }>('SELECT y::int, m::int FROM v ORDER BY y DESC');
    await db.close();
    expect(found).toEqual([
      { y: 1, m: 1 },
      { y: 0, m: 11 },
    ]);
  });

  it('of SQLite in a literal begin their day', async () => {
    const made = await view(
      "SELECT a FROM t WHERE a > datetime('1997-01-01')",
      'sqlite',
      'postgresql',
      'CREATE TABLE t (a DATETIME);',
    );
    expect(made.query).toContain("'1997-01-01 00:00:00'");
  });
});
