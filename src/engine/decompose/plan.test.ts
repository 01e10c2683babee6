import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { columnIds, declaring, openOn, planning, proposing, tableNamed, trialOf } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { isProved, tryDecomposition } from '#verify/decomposition.ts';
import { loadSqlite } from '../../cli/sqlite.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { readSql } from '../sql/read.ts';
import { roundTrip } from '../sql/round-trip.ts';
import { writeDocument } from '../sql/write.ts';
import { planDecomposition } from './plan.ts';
import { proposeDecomposition } from './propose.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

const SHOP = `
CREATE TABLE countries (code char(2) PRIMARY KEY);
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  zip varchar(10) NOT NULL,
  city text NOT NULL DEFAULT 'Bern',
  country char(2) REFERENCES countries,
  area geometry_like,
  note text,
  CONSTRAINT city_said CHECK (city <> ''),
  CONSTRAINT zip_short CHECK (length(zip) < 11),
  CONSTRAINT name_not_city CHECK (name <> city)
);
CREATE INDEX customers_city_idx ON customers (lower(city));
CREATE UNIQUE INDEX customers_city_zip ON customers (city, zip, id);
COMMENT ON COLUMN customers.city IS 'where the post office is';
COMMENT ON COLUMN customers.zip IS 'postal code';
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL REFERENCES customers (id));
CREATE VIEW people AS SELECT id, name, city FROM customers;
`.replace('geometry_like', 'point');

const shop = () => declaring(readDdl(parser, SHOP), 'customers', 'zip -> city, country, area');

describe('a decomposition', () => {
  it('is proposed with names, keys and foreign keys', () => {
    const document = shop();
    const customers = tableNamed(document, 'customers');
    const { tables, links, lost, repeats } = proposing(document, 'customers');
    expect(tables).toMatchObject([
      { remainder: true, name: 'customers', keepsKey: true, columns: columnIds(customers, 'id', 'name', 'zip', 'note') },
      {
        remainder: false,
        name: 'zip',
        key: columnIds(customers, 'zip'),
        moved: columnIds(customers, 'city', 'country', 'area'),
        nullable: [],
        policies: [],
      },
    ]);
    expect(links).toEqual([{ child: 0, parent: 1, columns: columnIds(customers, 'zip') }]);
    expect([lost, repeats]).toEqual([[], false]);
  });

  it('carries types, defaults, comments, checks, indexes and foreign keys, and says what ends and breaks', () => {
    const document = shop();
    const { after, consequences, ids } = planning(document, parser, proposing(document, 'customers'), { names: { 1: 'places' } });
    expect(validate(after)).toEqual([]);
    const places = tableNamed(after, 'places');
    expect(ids[1]).toBe(places.id);
    expect(places.columns.map(({ name, nullable, comment, default: given }) => [name, nullable, comment, given?.sql])).toEqual([
      ['zip', false, 'postal code', undefined],
      ['city', false, 'where the post office is', "'Bern'"],
      ['country', true, undefined, undefined],
      ['area', true, undefined, undefined],
    ]);
    expect(places.columns[0]?.type).toEqual({ kind: 'builtin', name: 'varchar', args: ['10'] });
    expect(places.keys).toMatchObject([{ kind: 'primary', columns: columnIds(places, 'zip') }]);
    expect(places.checks.map((one) => one.name)).toEqual(['city_said']);
    expect(places.indexes.map((one) => one.name)).toEqual(['customers_city_idx']);
    expect(places.dependencies).toMatchObject([{ determinant: columnIds(places, 'zip') }]);
    const customers = tableNamed(after, 'customers');
    expect(customers.columns.map(({ name }) => name)).toEqual(['id', 'name', 'zip', 'note']);
    expect(customers.checks.map((one) => one.name)).toEqual(['zip_short']);
    const links = Object.values(after.relationships).map(({ child, parent }) => [
      after.tables[child]?.name,
      after.tables[parent]?.name,
    ]);
    expect(links).toEqual(
      expect.arrayContaining([
        ['customers', 'places'],
        ['places', 'countries'],
        ['orders', 'customers'],
      ]),
    );
    const said = consequences.map(({ kind, text }) => `${kind}: ${text}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'breaks: view people names column city, which is not there any more',
        'goes: check name_not_city of customers',
        'goes: index customers_city_zip of customers',
      ]),
    );
    expect(after.changes).toMatchObject(
      Object.fromEntries(Object.keys(after.changes).map((id) => [id, { title: 'Decompose customers', date: '2026-01-01' }])),
    );
    expect(Object.keys(after.placements).some((id) => id.endsWith(places.id))).toBe(true);
    expect(roundTrip(after, { parser }).differences).toEqual([]);
  });

  it('goes through a database with rows, and back', async () => {
    const whole = shop();
    const document: Document = { ...whole, views: {} };
    const planned = planning(document, parser, proposing(document, 'customers'));
    const rows = [
      "INSERT INTO countries VALUES ('CH'), ('DE');",
      "INSERT INTO customers (name, zip, city, country, area) VALUES ('Ann', '3000', 'Bern', 'CH', '(1,2)'), ('Bob', '3000', 'Bern', 'CH', '(1,2)'), ('Cleo', '8000', 'Zürich', NULL, NULL);",
      'INSERT INTO orders SELECT id, id FROM customers;',
    ];
    const outcome = await tryDecomposition(openOn(db), trialOf(document, planned, rows));
    expect(outcome).toMatchObject({
      errors: [],
      refused: 0,
      rows: 3,
      forward: { missing: [], extra: [] },
      back: { missing: [], extra: [] },
    });
    expect(isProved(outcome)).toBe(true);
    // Constraints that went are there again.
    const checks = await db.query<{ conname: string }>(
      "SELECT conname FROM pg_constraint WHERE conrelid = 'customers'::regclass AND contype IN ('c', 'f') ORDER BY 1",
    );
    expect(checks.map((one) => one.conname)).toEqual(['city_said', 'customers_country_fkey', 'name_not_city', 'zip_short']);
    const indexes = await db.query<{ indexname: string }>(
      "SELECT indexname FROM pg_indexes WHERE tablename = 'customers' ORDER BY 1",
    );
    expect(indexes.map((one) => one.indexname)).toEqual(['customers_city_idx', 'customers_city_zip', 'customers_pkey']);
  });

  it('stops before anything is changed when rows contradict it', async () => {
    const document = { ...shop(), views: {} };
    const planned = planning(document, parser, proposing(document, 'customers'));
    const rows = ["INSERT INTO customers (name, zip, city) VALUES ('Ann', '3000', 'Bern'), ('Bob', '3000', 'Wabern');"];
    const outcome = await tryDecomposition(openOn(db), trialOf(document, planned, rows));
    expect(outcome.stopped).toMatchObject({
      way: 'forward',
      phase: 'guard',
      message: expect.stringContaining('same zip differ in city'),
    });
    expect(isProved(outcome)).toBe(false);
    expect(await db.query('SELECT city FROM customers')).toHaveLength(2);
  });

  it('does not go back when the new table has rows that the old one could not hold', async () => {
    const document = { ...shop(), views: {} };
    const planned = planning(document, parser, proposing(document, 'customers'));
    const trial = trialOf(document, planned, ["INSERT INTO customers (name, zip, city) VALUES ('Ann', '3000', 'Bern');"]);
    const more = { phase: 'fill', note: 'Life goes on.', sql: "INSERT INTO zip VALUES ('9999', 'Nowhere', NULL, NULL);" } as const;
    const outcome = await tryDecomposition(openOn(db), {
      ...trial,
      change: { ...trial.change, back: [more, ...trial.change.back] },
    });
    expect(outcome.stopped).toMatchObject({
      way: 'back',
      phase: 'guard',
      message: expect.stringContaining('Rows of zip belong to no row'),
    });
  });
});

describe('what is decomposed', () => {
  const WIDE = 'CREATE TABLE staff (id int PRIMARY KEY, dept_no int, dept_name text, boss int, boss_name text, salary int);';

  it('chains tables where one refers to the next, each column once', () => {
    const document = declaring(
      readDdl(parser, WIDE.replace('dept_no int', 'dept_no int NOT NULL').replace('boss int', 'boss int NOT NULL')),
      'staff',
      'dept_no -> dept_name, boss',
      'boss -> boss_name',
    );
    const { tables, links } = proposing(document, 'staff');
    expect(tables.map(({ name }) => name)).toEqual(['staff', 'dept', 'boss']);
    expect(links.map(({ child, parent }) => [child, parent])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    const { after } = planning(document, parser, proposing(document, 'staff'));
    expect(tableNamed(after, 'dept').columns.map(({ name }) => name)).toEqual(['dept_no', 'dept_name', 'boss']);
    expect(tableNamed(after, 'dept').dependencies).toHaveLength(1);
    expect(tableNamed(after, 'boss').dependencies).toHaveLength(1);
    expect(validate(after)).toEqual([]);
  });

  it('leaves temporal and accepted dependencies alone', () => {
    const exempt = { kind: 'accepted', reason: 'read often', maintenance: 'trigger', date: '2026-01-01' } as const;
    const temporal = { kind: 'temporal', reason: 'as it was then', date: '2026-01-01' } as const;
    const document = declaring(
      readDdl(parser, WIDE),
      'staff',
      ['dept_no -> dept_name', { exempt }],
      ['boss -> boss_name', { exempt: temporal }],
    );
    const found = proposeDecomposition(document, tableNamed(document, 'staff').id, 'BCNF', UNLIMITED);
    expect(found).toMatchObject({ ok: false, problem: { code: 'one-part' } });
    const more = declaring(document, 'staff', 'salary -> boss_name');
    const { tables } = proposing(more, 'staff', 'BCNF');
    expect(tables.map(({ name, moved }) => [name, moved])).toMatchObject([
      ['staff', expect.anything()],
      ['salary', columnIds(tableNamed(more, 'staff'), 'boss_name')],
    ]);
  });

  it('asks what becomes of NULL on a left side', () => {
    const document = declaring(readDdl(parser, WIDE), 'staff', 'dept_no -> dept_name');
    const proposal = proposing(document, 'staff');
    expect(proposal.tables[1]).toMatchObject({
      nullable: columnIds(tableNamed(document, 'staff'), 'dept_no'),
      policies: ['keep', 'own row', 'refuse'],
    });
    const options = { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01' };
    expect(planDecomposition(document, parser, proposal, {}, options)).toMatchObject({
      ok: false,
      problem: { code: 'choose-null-policy' },
    });
    const nullable = (policy: 'keep' | 'own row' | 'refuse') => {
      const { after } = planning(document, parser, proposal, { nulls: { 1: policy } });
      const [staff, dept] = [tableNamed(after, 'staff'), tableNamed(after, 'dept')];
      return [
        staff.columns.find(({ name }) => name === 'dept_no')?.nullable,
        dept.columns[0]?.nullable,
        dept.keys[0]?.kind,
        dept.keys[0]?.nullsNotDistinct,
      ];
    };
    expect(nullable('keep')).toEqual([true, false, 'primary', undefined]);
    expect(nullable('own row')).toEqual([true, true, 'unique', true]);
    expect(nullable('refuse')).toEqual([false, false, 'primary', undefined]);
  });

  it('does not offer to keep a NULL whose row must have a value, nor equal nulls where the database has none', () => {
    const strict = declaring(
      readDdl(parser, WIDE.replace('dept_name text', 'dept_name text NOT NULL')),
      'staff',
      'dept_no -> dept_name',
    );
    expect(proposing(strict, 'staff').tables[1]?.policies).toEqual(['own row', 'refuse']);
    const old = declaring(readDdl(parser, WIDE), 'staff', 'dept_no -> dept_name');
    const settings = { settings: { id: 'settings', name: 'x', dialect: 'postgresql', version: 14 } } as const;
    const offered = (dialect: Dialect, version: number) =>
      proposing({ ...old, settings: { settings: { ...settings.settings, dialect, version } } }, 'staff').tables[1]?.policies;
    expect(offered('mariadb', 11)).toEqual(['keep', 'refuse']);
    expect(offered('mysql', 5)).toEqual(['keep', 'refuse']);
    for (const [dialect, version] of [
      ['postgresql', 14],
      ['mysql', 8],
      ['sqlite', 3],
      ['mssql', 2022],
      ['oracle', 19],
    ] as const)
      expect(offered(dialect, version)).toEqual(['keep', 'own row', 'refuse']);
  });

  it('holds NULL to one row by indexes where a key cannot say it, and PostgreSQL 14 keeps it so', async () => {
    const ddl = 'CREATE TABLE staff (id int PRIMARY KEY, dept_no int, site int, dept_name text);';
    const read = declaring(readDdl(parser, ddl), 'staff', 'dept_no, site -> dept_name');
    const settings = { settings: { id: 'settings', name: 'x', dialect: 'postgresql', version: 14 } } as const;
    const document: Document = { ...read, settings };
    const planned = planning(document, parser, proposing(document, 'staff'), { nulls: { 1: 'own row' }, names: { 1: 'dept' } });
    const dept = tableNamed(planned.after, 'dept');
    expect(dept.keys).toMatchObject([{ kind: 'unique', columns: columnIds(dept, 'dept_no', 'site') }]);
    expect(dept.keys[0]?.nullsNotDistinct).toBeUndefined();
    expect(dept.indexes.map(({ unique, elements }) => [unique, elements.map(({ expression }) => expression)])).toEqual([
      [true, ['CASE WHEN dept_no IS NULL AND site IS NOT NULL THEN site END']],
      [true, ['CASE WHEN site IS NULL AND dept_no IS NOT NULL THEN dept_no END']],
      [true, ['CASE WHEN dept_no IS NULL AND site IS NULL THEN 1 END']],
    ]);
    expect(roundTrip(planned.after, { parser }).differences).toEqual([]);
    const rows = [
      "INSERT INTO staff VALUES (1, NULL, NULL, 'a'), (2, NULL, NULL, 'a'), (3, 1, NULL, 'b'), (4, NULL, 1, 'c'), (5, 1, 1, NULL);",
    ];
    const trial = trialOf(document, planned, rows);
    expect(isProved(await tryDecomposition(openOn(db), trial))).toBe(true);
    // Where the new table is: what is there once may not come again.
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT 1 / 0;' }] as const;
    await tryDecomposition(openOn(db), { ...trial, change: { ...trial.change, back: stays } });
    for (const again of ['NULL, NULL', '1, NULL', 'NULL, 1', '1, 1'])
      expect(await db.run([`INSERT INTO dept VALUES (${again}, 'x')`])).toMatchObject([
        { message: expect.stringContaining('duplicate key') },
      ]);
    for (const other of ['2, NULL', 'NULL, 2', '2, 1'])
      expect(await db.run([`INSERT INTO dept VALUES (${other}, 'x')`])).toEqual([]);
  });

  it('lets views read a view of the old shape, in the model and in the database, and takes it back', async () => {
    const document = shop();
    const planned = planning(document, parser, proposing(document, 'customers'), { view: true });
    expect(validate(planned.after)).toEqual([]);
    const views = Object.values(planned.after.views).map(({ name, query }) => [name, query.replaceAll(/\s+/g, ' ').trim()]);
    expect(Object.fromEntries(views)).toEqual({
      customers_whole: expect.stringMatching(
        /^SELECT r\.id AS id, .* p1\.city AS city, .* LEFT JOIN zip AS p1 ON p1\.zip = r\.zip$/,
      ),
      people: 'SELECT id, name, city FROM customers_whole',
    });
    const said = planned.consequences.map(({ kind, text }) => `${kind}: ${text}`);
    expect(said).toContain('stays: people read from customers_whole from now on.');
    expect(said.filter((one) => one.startsWith('breaks'))).toEqual([]);
    expect(roundTrip(planned.after, { parser }).differences).toEqual([]);
    const rows = [
      "INSERT INTO countries VALUES ('CH');",
      "INSERT INTO customers (name, zip, city, country) VALUES ('Ann', '3000', 'Bern', 'CH'), ('Bob', '3000', 'Bern', 'CH');",
    ];
    const trial = trialOf(document, planned, rows);
    const outcome = await tryDecomposition(openOn(db), trial);
    expect([outcome.stopped, isProved(outcome)]).toEqual([undefined, true]);
    expect(await db.query('SELECT name, city FROM people ORDER BY 1')).toEqual([
      { name: 'Ann', city: 'Bern' },
      { name: 'Bob', city: 'Bern' },
    ]);
    const stays = [{ phase: 'guard', note: 'Stays there.', sql: 'SELECT 1 / 0;' }] as const;
    await tryDecomposition(openOn(db), { ...trial, change: { ...trial.change, back: stays } });
    expect(await db.query('SELECT name, city FROM people ORDER BY 1')).toHaveLength(2);
    expect(await db.query('SELECT city, country FROM customers_whole')).toHaveLength(2);
  });

  it('moves policies whose columns all move, and tells of it', () => {
    const ddl = `CREATE TABLE t (id int PRIMARY KEY, k text NOT NULL, v text, w text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON t USING (v <> 'hidden'); CREATE POLICY mixed ON t USING (v <> w); CREATE POLICY own ON t USING (k = current_user);`;
    const document = declaring(readDdl(parser, ddl), 't', 'k -> v');
    const { after, consequences } = planning(document, parser, proposing(document, 't'));
    const names = (table: string) => tableNamed(after, table).policies.map(({ name }) => name);
    expect([names('t'), names('k')]).toEqual([
      ['mixed', 'own'],
      ['seen', 'own'],
    ]);
    const said = consequences.map(({ kind, text }) => `${kind}: ${text}`);
    expect(said).toContain('meaning: Policy seen moves to k with the columns it names: it guards no row of t any more.');
    expect(said).toContain('breaks: policy mixed of t names column v, which is not there any more');
  });

  it('refuses tables without a key, partitions, and what is whole already', () => {
    const ddl = `CREATE TABLE bare (a int, b int, c int);
CREATE TABLE parts (a int, b int, PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE one PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE fine (a int PRIMARY KEY, b int);`;
    const document = readDdl(parser, ddl);
    const code = (name: string) => {
      const found = proposeDecomposition(document, tableNamed(document, name).id, 'BCNF', UNLIMITED);
      return found.ok ? 'ok' : found.problem.code;
    };
    expect(['bare', 'parts', 'fine'].map(code)).toEqual(['no-key', 'shared-columns', 'one-part']);
  });

  it('gives the remainder a new key when BCNF tears its own, and says which dependency no table checks', () => {
    const ddl = 'CREATE TABLE addresses (city text, street text, zip text NOT NULL, PRIMARY KEY (city, street));';
    const document = declaring(readDdl(parser, ddl), 'addresses', 'zip -> city');
    expect(proposeDecomposition(document, tableNamed(document, 'addresses').id, 'recommended', UNLIMITED)).toMatchObject({
      ok: false,
      problem: { code: 'one-part' },
    });
    const proposal = proposing(document, 'addresses', 'BCNF');
    expect(proposal.lost).toHaveLength(1);
    const { after, consequences } = planning(document, parser, proposal);
    const rest = tableNamed(after, 'addresses');
    expect(rest.keys).toMatchObject([{ kind: 'primary', columns: columnIds(rest, 'street', 'zip') }]);
    expect(consequences.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('is checked by no table on its own any more'),
    );
  });
});

describe('other dialects', () => {
  const DDL: Readonly<Record<Exclude<Dialect, 'postgresql'>, string>> = {
    mysql:
      "CREATE TABLE `staff` (`id` int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, `deptNo` int unsigned NOT NULL, `deptKind` enum('a','b') NOT NULL DEFAULT 'a' COMMENT 'kind');",
    mariadb:
      "CREATE TABLE `staff` (`id` int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, `deptNo` int(10) unsigned NOT NULL, `deptKind` enum('a','b') NOT NULL DEFAULT 'a' COMMENT 'kind');",
    mssql:
      "CREATE TABLE [staff] ([id] int IDENTITY(1,1) NOT NULL PRIMARY KEY, [deptNo] int NOT NULL, [deptKind] nvarchar(max) NOT NULL CONSTRAINT df DEFAULT 'a');",
    oracle:
      'CREATE TABLE "staff" ("id" NUMBER(10) PRIMARY KEY, "deptNo" NUMBER(5) NOT NULL, "deptKind" VARCHAR2(40 CHAR) DEFAULT \'a\' NOT NULL);',
    sqlite:
      'CREATE TABLE "staff" ("id" INTEGER PRIMARY KEY, "deptNo" INT UNSIGNED NOT NULL, "deptKind" VARCHAR(3) DEFAULT \'a\' NOT NULL);',
  };

  it.each(Object.entries(DDL) as [Exclude<Dialect, 'postgresql'>, string][])(
    '%s keeps its own types, and has a script of its own',
    async (dialect, text) => {
      const ports = { parser, sqlite: await loadSqlite() };
      const read = readSql([{ name: 'x.sql', text }], { dialect }, ports);
      if (!read.ok) throw new Error(read.problem.message);
      const document = declaring(read.value.document, 'staff', 'deptno -> deptkind');
      const proposal = proposing(document, 'staff');
      expect(proposal.tables.map(({ name }) => name)).toEqual(['staff', 'dept']);
      const { after, change } = planning(document, parser, proposal);
      expect([change.dialect, change.forward.length > 3, change.back.length > 1]).toEqual([dialect, true, true]);
      expect(validate(after)).toEqual([]);
      const [before, now] = [tableNamed(document, 'staff'), tableNamed(after, 'dept')];
      expect(now.columns.map(({ type }) => type)).toEqual(before.columns.slice(1).map(({ type }) => type));
      const written = writeDocument(after, { version: after.settings['settings']?.version ?? 0 });
      expect(written.unsupported).toEqual(
        writeDocument(document, { version: after.settings['settings']?.version ?? 0 }).unsupported,
      );
      expect(written.statements.map(({ sql }) => sql).join('\n')).toMatch(/FOREIGN KEY|REFERENCES/);
    },
  );
});
