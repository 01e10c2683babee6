import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { TestDatabase } from '#test/pglite.ts';
import { unaccounted } from '../../../../test/move/accounting.ts';
import { planMove } from '../plan.ts';

async function moved(sql: string, from: Dialect, to: Dialect, choices: Record<string, string> = {}) {
  const read = readSql([{ name: 'a.sql', text: sql }], { dialect: from }, await loadPorts(from));
  if (!read.ok) throw new Error(read.problem.message);
  const version = DEFAULT_VERSION[to];
  const plan = planMove(read.value.document, to, version, choices);
  const { statements, unsupported } = writeDocument(plan.document, { version });
  expect([unsupported, unaccounted(plan), validate(plan.document)]).toEqual([[], [], []]);
  expect(roundTrip(plan.document, await loadPorts(to)).differences).toEqual([]);
  const rows = plan.mappings.filter(({ id }) => id.includes('partition'));
  return { plan, rows, statements: statements.map((one) => one.sql) };
}

/** The rows that tell of partitions, and why a table is whole. */
function told({ rows, plan }: Awaited<ReturnType<typeof moved>>) {
  return {
    verdicts: rows.map(({ id, verdict }) => `${id} ${verdict}`),
    reasons: plan.losses.filter(({ mapping }) => mapping.includes('partition')).map(({ reason }) => reason),
    notes: rows.map(({ reason }) => reason).join(' '),
  };
}

const MYSQL = `
CREATE TABLE by_year (id int NOT NULL, d date NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (YEAR(d))
  (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN (2010), PARTITION pm VALUES LESS THAN MAXVALUE);
CREATE TABLE by_day (d datetime NOT NULL) PARTITION BY RANGE (TO_DAYS(d))
  (PARTITION p0 VALUES LESS THAN (TO_DAYS('2000-01-01')), PARTITION p1 VALUES LESS THAN (733773));
CREATE TABLE by_two (a int NOT NULL, b varchar(9) NOT NULL) PARTITION BY RANGE COLUMNS (a, b)
  (PARTITION p0 VALUES LESS THAN (5, 'm'), PARTITION p1 VALUES LESS THAN (9, MAXVALUE));
CREATE TABLE by_null (n int) PARTITION BY RANGE (n) (PARTITION p0 VALUES LESS THAN (0), PARTITION p1 VALUES LESS THAN (10));
CREATE TABLE by_list (k varchar(3)) PARTITION BY LIST COLUMNS (k) (PARTITION pa VALUES IN ('a', 'b'), PARTITION pn VALUES IN (NULL));
CREATE TABLE by_flag (f tinyint(1) NOT NULL) PARTITION BY LIST (f) (PARTITION off VALUES IN (0), PARTITION on_ VALUES IN (1));
CREATE TABLE by_hash (id int NOT NULL PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
CREATE TABLE by_key (id char(36) NOT NULL PRIMARY KEY) PARTITION BY KEY () PARTITIONS 2;`;

describe('partitions of MySQL on PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await TestDatabase.open();
  });
  afterAll(() => db.close());

  it('are tables that take the rows which they took', async () => {
    const { statements, plan } = await moved(MYSQL, 'mysql', 'postgresql');
    expect(plan.losses.filter(({ mapping }) => mapping.includes('partition'))).toEqual([]);
    await db.reset();
    expect(await db.run(statements)).toEqual([]);
    const rows = [
      `INSERT INTO by_year VALUES (1, '1999-12-31'), (2, '2000-01-01'), (3, '2009-12-31'), (4, '2010-01-01')`,
      `INSERT INTO by_day VALUES ('1999-12-31 23:59:59'), ('2000-01-01'), ('2008-12-31 23:59:59')`,
      `INSERT INTO by_two VALUES (5, 'a'), (5, 'm'), (9, 'z')`,
      'INSERT INTO by_null VALUES (-1), (0), (NULL)',
      `INSERT INTO by_list VALUES ('a'), (NULL)`,
      'INSERT INTO by_flag VALUES (true), (false)',
      'INSERT INTO by_hash SELECT generate_series(1, 100)',
    ];
    expect(await db.run(rows)).toEqual([]);
    const placed = async (table: string, what: string) =>
      (await db.query<{ p: string }>(`SELECT tableoid::regclass || ' ' || coalesce(${what}::text, 'NULL') AS p FROM ${table}`))
        .map(({ p }) => p)
        .toSorted();
    expect(await placed('by_year', 'id')).toEqual(['by_year_p0 1', 'by_year_p1 2', 'by_year_p1 3', 'by_year_pm 4']);
    expect(await placed('by_day', 'd::date')).toEqual(['by_day_p0 1999-12-31', 'by_day_p1 2000-01-01', 'by_day_p1 2008-12-31']);
    expect(await placed('by_two', 'b')).toEqual(['by_two_p0 a', 'by_two_p1 m', 'by_two_p1 z']);
    expect(await placed('by_null', 'n')).toEqual(['by_null_default NULL', 'by_null_p0 -1', 'by_null_p1 0']);
    expect(await placed('by_list', 'k')).toEqual(['by_list_pa a', 'by_list_pn NULL']);
    expect(await placed('by_flag', 'f')).toEqual(['by_flag_off false', 'by_flag_on_ true']);
    expect(new Set(await placed('by_hash', "''")).size).toBe(3);
    // Beyond the last bound, both refuse.
    expect(await db.run([`INSERT INTO by_day VALUES ('2009-01-01')`])).toHaveLength(1);
    expect(await db.run([`INSERT INTO by_two VALUES (10, 'a')`])).toHaveLength(1);
  });

  it('are told by strategy, and whole by choice, which can be taken back', async () => {
    const both = await moved(MYSQL, 'mysql', 'postgresql', { 'table:partitioning:list': 'whole' });
    expect(told(both).verdicts).toEqual([
      'table:partitioning:hash approximate',
      'table:partitioning:key approximate',
      'table:partitioning:list lost',
      'table:partitioning:range approximate',
    ]);
    expect(told(both).reasons).toEqual(['One table with all rows, by choice.', 'One table with all rows, by choice.']);
    expect(both.statements.join('\n')).not.toMatch(/FOR VALUES IN/);
    expect(both.rows.map(({ options }) => options?.map(({ id }) => id))).toEqual(Array(4).fill(['partitioned', 'whole']));
    const year = await moved(MYSQL.split(';')[0] as string, 'mysql', 'postgresql');
    expect(told(year).verdicts).toEqual(['table:partitioning:range faithful']);
  });

  it.each([
    ['a function without dates', 'a int', 'RANGE (a % 10) (PARTITION p0 VALUES LESS THAN (5))', /by an expression/],
    ['lists of several columns', 'a int, b int', 'LIST COLUMNS (a, b) (PARTITION p0 VALUES IN ((1, 2)))', /several columns/],
    [
      'bounds as text of no certain order',
      'a varchar(9)',
      "RANGE COLUMNS (a) (PARTITION p0 VALUES LESS THAN ('b'), PARTITION p1 VALUES LESS THAN ('ä'))",
      /collation/,
    ],
    ['a bound that is computed', 'a int', 'RANGE (a) (PARTITION p0 VALUES LESS THAN (5 * 2))', /no certain value/],
    [
      'a year 0',
      'a date',
      'RANGE (YEAR(a)) (PARTITION p0 VALUES LESS THAN (0), PARTITION p1 VALUES LESS THAN (2000))',
      /no certain value/,
    ],
    ['a zero date', 'a date', "RANGE COLUMNS (a) (PARTITION p0 VALUES LESS THAN ('0000-00-00'))", /no value of the column/],
  ])('are whole for %s', async (_, columns, by, reason) => {
    const found = told(await moved(`CREATE TABLE t (${columns}) PARTITION BY ${by};`, 'mysql', 'postgresql'));
    expect(found.verdicts[0]).toMatch(/^lost:table:partitioning/);
    expect(found.reasons.join()).toMatch(reason);
  });

  it('lose a second level and their options, which is told', async () => {
    const sql = `CREATE TABLE t (id int NOT NULL, d date NOT NULL) PARTITION BY RANGE (id) SUBPARTITION BY HASH (TO_DAYS(d)) SUBPARTITIONS 2
      (PARTITION p0 VALUES LESS THAN (10) COMMENT = 'old', PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB);`;
    const { plan } = await moved(sql, 'mysql', 'postgresql');
    expect(plan.losses.map(({ mapping, sql: text }) => `${mapping}: ${text}`)).toEqual([
      'lost:table:partition-sub: SUBPARTITION BY HASH (TO_DAYS(d)) SUBPARTITIONS 2',
      "lost:table:partition-options: COMMENT = 'old'",
    ]);
  });
});

const ORACLE = `
CREATE TABLE sales (id NUMBER(9) NOT NULL, sold DATE NOT NULL, CONSTRAINT sales_pk PRIMARY KEY (id, sold))
PARTITION BY RANGE (sold) (
  PARTITION q1 VALUES LESS THAN (TO_DATE('01-APR-2000','DD-MON-YYYY')) TABLESPACE users,
  PARTITION q2 VALUES LESS THAN (TO_DATE(' 2000-07-01 00:00:00', 'SYYYY-MM-DD HH24:MI:SS', 'NLS_CALENDAR=GREGORIAN')),
  PARTITION q3 VALUES LESS THAN (DATE '2000-10-01'));
CREATE TABLE open_end (n NUMBER(9)) PARTITION BY RANGE (n) (PARTITION a VALUES LESS THAN (10), PARTITION z VALUES LESS THAN (MAXVALUE));
CREATE TABLE regions (code VARCHAR2(2)) PARTITION BY LIST (code) (PARTITION eu VALUES ('DE', 'FR'), PARTITION rest VALUES (DEFAULT));
CREATE TABLE spread (id NUMBER(9)) PARTITION BY HASH (id) PARTITIONS 2;
CREATE TABLE grows (d DATE) PARTITION BY RANGE (d) INTERVAL (NUMTOYMINTERVAL(1,'MONTH')) (PARTITION p0 VALUES LESS THAN (DATE '2020-01-01'));
CREATE TABLE narrow_key (id NUMBER(9) PRIMARY KEY, d DATE) PARTITION BY RANGE (d) (PARTITION p0 VALUES LESS THAN (DATE '2020-01-01'));`;

describe('partitions of Oracle', () => {
  it('are tables of PostgreSQL, but where a key is too narrow', async () => {
    const db = await TestDatabase.open();
    const made = await moved(ORACLE, 'oracle', 'postgresql');
    expect(await db.run(made.statements)).toEqual([]);
    const inserts = [
      `INSERT INTO sales VALUES (1, '2000-03-31 23:59'), (2, '2000-04-01'), (3, '2000-09-30')`,
      'INSERT INTO open_end VALUES (9), (10), (NULL)',
      `INSERT INTO regions VALUES ('FR'), ('US'), (NULL)`,
    ];
    expect(await db.run(inserts)).toEqual([]);
    const rows = await db.query<{ p: string }>(
      `SELECT tableoid::regclass || ' ' || id AS p FROM sales UNION ALL SELECT tableoid::regclass || ' ' || coalesce(n::text, 'NULL') FROM open_end
       UNION ALL SELECT tableoid::regclass || ' ' || coalesce(code, 'NULL') FROM regions ORDER BY 1`,
    );
    expect(rows.map(({ p }) => p)).toEqual([
      'open_end_a 9',
      'open_end_z 10',
      'open_end_z NULL',
      'regions_eu FR',
      'regions_rest NULL',
      'regions_rest US',
      'sales_q1 1',
      'sales_q2 2',
      'sales_q3 3',
    ]);
    await db.close();
    expect(told(made).reasons.join('\n')).toMatch(/narrow|SYS_|primary key/);
    expect(told(made).verdicts).toContain('lost:table:partition-interval lost');
    expect(told(made).verdicts).toContain('lost:table:partition-options lost');
    expect(told(made).verdicts).toContain('lost:table:partitioning:range lost');
  });

  it('are listed by MySQL as by Oracle, where it has such types', async () => {
    const made = await moved(ORACLE, 'oracle', 'mysql');
    const text = made.statements.join('\n');
    expect(text).toContain("VALUES LESS THAN ('2000-04-01 00:00:00')");
    expect(text).toContain('VALUES LESS THAN (MAXVALUE)');
    expect(told(made).reasons.join('\n')).toMatch(/no list partition for all other values/);
  });
});

const POSTGRES = `
CREATE TABLE m (id int NOT NULL, d date NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE m2 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE mx PARTITION OF m DEFAULT;
CREATE TABLE l (k int NOT NULL) PARTITION BY LIST (k);
CREATE TABLE l1 PARTITION OF l FOR VALUES IN (1, 2);
CREATE INDEX ON l1 (k);
CREATE TABLE h (k int NOT NULL) PARTITION BY HASH (k);
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE part_hash (k int NOT NULL) PARTITION BY HASH (k);
CREATE TABLE part_hash_0 PARTITION OF part_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parent (id int NOT NULL, k int NOT NULL, PRIMARY KEY (id, k)) PARTITION BY LIST (k);
CREATE TABLE parent_1 PARTITION OF parent FOR VALUES IN (1);
CREATE TABLE child (id int, k int, FOREIGN KEY (id, k) REFERENCES parent (id, k));
CREATE TABLE empty_one (k int) PARTITION BY LIST (k);
CREATE TABLE moments (t timestamptz NOT NULL) PARTITION BY RANGE (t);
CREATE TABLE moments_1 PARTITION OF moments FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2021-01-01 00:00+00');`;

describe('partitions of PostgreSQL', () => {
  it.each(['mysql', 'mariadb', 'oracle', 'sqlite', 'mssql'] as const)('are listed by %s or whole, each told', async (to) => {
    const made = await moved(POSTGRES, 'postgresql', to);
    const { reasons } = told(made);
    const listed = Object.values(made.plan.document.tables).filter(({ partitioning }) => partitioning !== undefined);
    const names = listed.map(({ name }) => name.toLowerCase()).toSorted();
    if (to === 'sqlite' || to === 'mssql') expect(names).toEqual([]);
    else if (to === 'oracle') expect(names).toEqual(['h', 'l', 'm', 'parent']);
    else expect(names).toEqual(['h', 'l', 'm', 'moments']);
    if (to === 'mysql') {
      expect(reasons.join('\n')).toMatch(/no foreign keys from or to a partitioned table/);
      expect(reasons.join('\n')).toMatch(/do not divide the rows evenly/);
      expect(reasons.join('\n')).toMatch(/has no partitions yet/);
      expect(reasons.join('\n')).toMatch(/Its own indexes are left out/);
      const text = made.statements.join('\n');
      expect(text).toMatch(
        /PARTITION BY RANGE COLUMNS \(d\)\n\(\n {4}PARTITION m1 VALUES LESS THAN \('2020-01-01'\),\n.*\n {4}PARTITION mx VALUES LESS THAN \(MAXVALUE\)/,
      );
    }
  });

  const maria = ENGINES.MariaDB.find();
  it.skipIf(!maria.ok)(
    'run on MariaDB and hold the rows',
    async () => {
      const engine = await ENGINES.MariaDB.open();
      try {
        for (const from of ['postgresql', 'oracle'] as const) {
          await engine.reset();
          const { statements } = await moved(from === 'oracle' ? ORACLE : POSTGRES, from, 'mariadb');
          expect(await engine.run(statements)).toEqual([]);
        }
      } finally {
        await engine.close();
      }
    },
    120_000,
  );
});
