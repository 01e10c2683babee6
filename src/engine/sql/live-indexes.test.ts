import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { catalogDifference } from '#test/catalog.ts';
import { executable } from '#test/corpus.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES } from '#test/engines/engines.ts';
import { files, throughFile } from '#test/fidelity/measure.ts';
import { adviceOf, advised } from '#test/index-advice.ts';
import { loadPorts } from '../../cli/ports.ts';
import { applicationOf } from '../indexes/advise/apply.ts';
import { liveIndexScripts } from './live-indexes.ts';
import { writeMigrations } from './migrations.ts';
import { readSql } from './read.ts';
import { writeDocument } from './write.ts';

async function read(dialect: Dialect, sql: string): Promise<Document> {
  const ports = await loadPorts(dialect);
  const result = readSql([{ name: 'x.sql', text: sql }], { dialect }, ports);
  if (!result.ok) throw new Error(result.problem.message);
  expect(result.value.receipt.statements.filter((one) => one.state === 'error')).toEqual([]);
  return result.value.document;
}

const versionOf = (document: Document) => document.settings['settings']?.version ?? 1;
const whole = (document: Document, version: number) => writeDocument(document, { version }).statements.map(({ sql }) => sql);

/** The model without indexes: what a system has before the script. */
function bare(document: Document): Document {
  const tables = Object.entries(document.tables).map(([id, table]) => [id, { ...table, indexes: [] }] as const);
  const views = Object.entries(document.views).map(([id, view]) => [id, { ...view, indexes: [] }] as const);
  return { ...document, tables: Object.fromEntries(tables), views: Object.fromEntries(views) };
}

const tableOf = (document: Document, name: string) =>
  Object.values(document.tables).find((one) => one.name.toLowerCase() === name) as Table;

/** The document after an index was made on a column and another one dropped, by advice. */
function decided(document: Document, table: string, column: string, drop: string, sql: string): Document {
  const on = tableOf(document, table);
  const gone = on.indexes.find(({ name }) => name?.toLowerCase() === drop);
  const element = { column: on.columns.find(({ name }) => name.toLowerCase() === column)?.id as string };
  const advice = adviceOf({
    indexes: [
      advised({ id: 'm', table: on.id, name: `${table}_by_${column}`, verdict: 'make', index: { elements: [element] } }),
      advised({ id: 'd', table: on.id, name: gone?.name as string, verdict: 'drop', existing: gone?.id as string, sql }),
    ],
  });
  const planned = applicationOf(document, advice, ['m', 'd'], { ids: derivedIds(), date: '2026-01-01' });
  if (!planned.ok) throw new Error(planned.problem.message);
  const ran = runCommands(document, planned.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

const PARTITIONED = `
CREATE SCHEMA log;
CREATE TABLE place (id integer PRIMARY KEY, code text NOT NULL, name text);
CREATE UNIQUE INDEX place_code ON place (lower(code)) INCLUDE (name) WHERE name IS NOT NULL;
CREATE INDEX ON place (name);
CREATE INDEX ON place (name DESC);
COMMENT ON INDEX place_code IS 'by code';
CREATE TABLE log.event (id bigint, at date NOT NULL, place integer, what text, CHECK (id > 0)) PARTITION BY RANGE (at);
CREATE TABLE log.event_2025 PARTITION OF log.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (what);
CREATE TABLE log.event_2025_a PARTITION OF log.event_2025 FOR VALUES IN ('a');
CREATE TABLE log.event_2025_b PARTITION OF log.event_2025 DEFAULT;
CREATE TABLE log.event_rest PARTITION OF log.event DEFAULT;
CREATE INDEX event_place ON log.event (place) WHERE what <> 'x';
CREATE INDEX event_what ON ONLY log.event (what);
CREATE INDEX rest_what ON log.event_rest (what);
CREATE INDEX half_what ON log.event_2025 (what);
ALTER INDEX log.event_what ATTACH PARTITION log.rest_what;
ALTER INDEX log.event_what ATTACH PARTITION log.half_what;
COMMENT ON INDEX log.event_place IS 'by place';
CREATE MATERIALIZED VIEW log.places AS SELECT place, count(*) AS n FROM log.event GROUP BY place;
CREATE UNIQUE INDEX places_place ON log.places (place);
`;

const engines: Engine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

describe.each(['PGlite', 'PostgreSQL'] as const)('indexes for a running %s', (label) => {
  const found = ENGINES[label].find();
  if (!found.ok) {
    it.skip(found.reason, () => {});
    return;
  }
  let engine: Engine;
  beforeAll(async () => {
    engine = await ENGINES[label].open();
    engines.push(engine);
  });
  const led = async (statements: readonly string[]) => {
    await engine.reset();
    const errors = await engine.run(statements);
    return { errors, lines: await engine.catalog() };
  };

  it.each([
    { name: 'partitions, of partitions, attached and not', sql: PARTITIONED },
    // Pagila asks for what only PostgreSQL 18 has.
    ...files().filter(({ name }) => (label === 'PGlite' ? /pagila|camunda/ : /camunda/).test(name)),
  ])('leads to the same schema, twice to the same, and back: $name', async ({ name, sql }) => {
    const { document } = throughFile({ name, sql }, 'postgresql', await loadPorts('postgresql'));
    const version = engine.major;
    const { up, down } = liveIndexScripts(document, version);
    const [forward, back] = [executable(up, 'postgresql'), executable(down, 'postgresql')];
    const wanted = await led(whole(document, version));
    expect(wanted.errors).toEqual([]);
    const start = await led(whole(bare(document), version));
    const made = await led([...whole(bare(document), version), ...forward]);
    expect(made.errors).toEqual([]);
    expect(catalogDifference(wanted.lines, made.lines)).toEqual([]);
    const twice = await led([...whole(document, version), ...forward]);
    expect(twice.errors).toEqual([]);
    expect(catalogDifference(wanted.lines, twice.lines)).toEqual([]);
    const gone = await led([...whole(bare(document), version), ...forward, ...back]);
    expect(gone.errors).toEqual([]);
    expect(catalogDifference(start.lines, gone.lines)).toEqual([]);
  });

  it('does what decisions did, and takes back just that', async () => {
    const before = await read('postgresql', PARTITIONED);
    const document = decided(
      before,
      'place',
      'code',
      'place_code',
      'CREATE UNIQUE INDEX place_code ON public.place USING btree (lower(code)) INCLUDE (name) WHERE (name IS NOT NULL)',
    );
    const { up, down } = liveIndexScripts(document, engine.major);
    const start = await led(whole(before, engine.major));
    const end = await led(whole(document, engine.major));
    const [forward, back] = [executable(up, 'postgresql'), executable(down, 'postgresql')];
    const there = await led([...whole(before, engine.major), ...forward]);
    expect(there.errors).toEqual([]);
    expect(catalogDifference(end.lines, there.lines)).toEqual([]);
    const restored = await led([...whole(before, engine.major), ...forward, ...back]);
    expect(restored.errors).toEqual([]);
    // The comment of the dropped index is gone: a decision keeps its statement.
    expect(catalogDifference(start.lines, restored.lines).filter((line) => !/comment/i.test(line))).toEqual([]);
    expect(down).toMatch(/Left as they are[\s\S]*event_place/);
  });

  it('says what to do with an index that was left invalid, and does it', async () => {
    await engine.reset();
    const document = await read('postgresql', 'CREATE TABLE t (a int); CREATE UNIQUE INDEX t_a ON t (a);');
    const statements = executable(liveIndexScripts(document, engine.major).up, 'postgresql');
    const failed = await engine.run(['CREATE TABLE t (a int)', 'INSERT INTO t VALUES (1), (1)', ...statements]);
    expect(failed.map(({ statement }) => statement)).toEqual([expect.stringContaining('CONCURRENTLY')]);
    const invalid =
      'DO $$ BEGIN IF EXISTS (SELECT FROM pg_index WHERE NOT indisvalid) THEN RAISE EXCEPTION $x$left$x$; END IF; END $$';
    expect(await engine.run([invalid])).toHaveLength(1);
    expect(await engine.run(['DELETE FROM t', 'DROP INDEX CONCURRENTLY t_a', ...statements, invalid])).toEqual([]);
  });
});

describe('indexes for running systems of other dialects', () => {
  const MYSQL = `CREATE TABLE place (id int PRIMARY KEY, code varchar(20) NOT NULL, name varchar(40), note text, KEY place_name (name), FULLTEXT KEY place_note (note));`;

  it('of MariaDB lead to the same catalog, twice to the same, and back', async ({ skip }) => {
    const found = ENGINES.MariaDB.find();
    if (!found.ok) return skip(found.reason);
    const engine = await ENGINES.MariaDB.open();
    engines.push(engine);
    const before = await read('mariadb', MYSQL);
    const version = versionOf(before);
    const document = decided(before, 'place', 'code', 'place_name', 'ALTER TABLE `place` ADD KEY `place_name` (`name`)');
    const { up, down } = liveIndexScripts(document, version);
    expect(up).toMatch(/ADD KEY IF NOT EXISTS `?place_by_code`? \(`?code`?\), ALGORITHM=INPLACE, LOCK=NONE;/);
    expect(up).toContain('LOCK=SHARED');
    const run = async (...scripts: readonly (readonly string[])[]) => {
      await engine.reset();
      expect(await engine.run(scripts.flat())).toEqual([]);
      return engine.catalog();
    };
    const [forward, back] = [executable(up, 'mariadb'), executable(down, 'mariadb')];
    const start = await run(whole(before, version));
    const end = await run(whole(document, version));
    expect(catalogDifference(end, await run(whole(before, version), forward))).toEqual([]);
    expect(catalogDifference(end, await run(whole(before, version), forward, forward))).toEqual([]);
    expect(catalogDifference(end, await run(whole({ ...bare(document) }, version), forward))).toEqual([]);
    expect(catalogDifference(start, await run(whole(before, version), forward, back))).toEqual([]);
  });

  it('of SQLite lead to the same catalog and back', async ({ skip }) => {
    const found = ENGINES.SQLite.find();
    if (!found.ok) return skip(found.reason);
    const engine = await ENGINES.SQLite.open();
    engines.push(engine);
    const sql =
      'CREATE TABLE place (id integer PRIMARY KEY, code text, name text); CREATE INDEX place_name ON place (name) WHERE name IS NOT NULL;';
    const before = await read('sqlite', sql);
    const document = decided(
      before,
      'place',
      'code',
      'place_name',
      'CREATE INDEX place_name ON place (name) WHERE name IS NOT NULL',
    );
    const { up, down } = liveIndexScripts(document, 3);
    const run = async (...scripts: readonly (readonly string[])[]) => {
      await engine.reset();
      expect(await engine.run(scripts.flat())).toEqual([]);
      return engine.catalog();
    };
    const [forward, back] = [executable(up, 'sqlite'), executable(down, 'sqlite')];
    const start = await run(whole(before, 3));
    const end = await run(whole(document, 3));
    expect(catalogDifference(end, await run(whole(before, 3), forward, forward))).toEqual([]);
    expect(catalogDifference(start, await run(whole(before, 3), forward, back))).toEqual([]);
  });

  const PLAIN = 'CREATE TABLE place (id int PRIMARY KEY, code varchar(20) NOT NULL, name varchar(40))';
  it.each<[Dialect, string, string, string[], string[]]>([
    [
      'mysql',
      `${PLAIN}; CREATE INDEX place_name ON place (name); CREATE INDEX place_code ON place (code, name);`,
      'ALTER TABLE `place` ADD KEY `place_name` (`name`)',
      [
        'ADD KEY place_by_code (code), ALGORITHM=INPLACE, LOCK=NONE;',
        'DROP INDEX place_name, ALGORITHM=INPLACE, LOCK=NONE;',
        '-- place_code',
      ],
      ['ADD KEY `place_name` (`name`), ALGORITHM=INPLACE, LOCK=NONE;', 'DROP INDEX place_by_code, ALGORITHM'],
    ],
    [
      'mssql',
      `${PLAIN};\nGO\nCREATE INDEX place_name ON place (name);\nGO\nCREATE INDEX place_code ON place (code, name);\nGO\n`,
      'CREATE INDEX place_name ON place (name);\nGO',
      [
        "OBJECT_ID(N'[place]') AND name = N'place_by_code')",
        '([code]) WITH (ONLINE = ON);\nGO',
        'DROP INDEX IF EXISTS [place_name] ON [place];\nGO',
        'Enterprise',
      ],
      ['CREATE INDEX place_name ON place (name);\nGO', 'DROP INDEX IF EXISTS [place_by_code]', '-- place_code'],
    ],
    [
      'oracle',
      'CREATE TABLE place (id NUMBER PRIMARY KEY, code VARCHAR2(20) NOT NULL, name VARCHAR2(40));\nCREATE INDEX place_name ON place (name);\nCREATE INDEX place_code ON place (code, name);',
      'CREATE INDEX PLACE_NAME ON PLACE (NAME)',
      ['(CODE) ONLINE;', 'DROP INDEX PLACE_NAME ONLINE;', '-- PLACE_CODE'],
      ['CREATE INDEX PLACE_NAME ON PLACE (NAME) ONLINE;', 'DROP INDEX "place_by_code" ONLINE;'],
    ],
  ])('of %s say what lets others go on', async (dialect, ddl, dropped, up, down) => {
    const document = decided(await read(dialect, ddl), 'place', 'code', 'place_name', dropped);
    const scripts = liveIndexScripts(document, versionOf(document));
    for (const part of up) expect(scripts.up).toContain(part);
    for (const part of down) expect(scripts.down).toContain(part);
  });

  it.each<[Dialect, string]>([
    ['mssql', 'camunda'],
    ['oracle', 'camunda'],
    ['mysql', 'camunda'],
  ])('without decisions %s makes every index, and takes every one back', async (dialect, name) => {
    const document = await read(dialect, readFileSync(`test/data/sql/${dialect}/${name}.sql`, 'utf8'));
    const { up, down } = liveIndexScripts(document, versionOf(document));
    const count = Object.values(document.tables).reduce(
      (sum, table) => sum + table.indexes.filter((one) => one.clustered !== true).length,
      0,
    );
    expect(count).toBeGreaterThan(20);
    expect(up.match(/ONLINE = ON\)|ONLINE;|LOCK=(?:NONE|SHARED)/g)).toHaveLength(count);
    expect(down.match(/DROP INDEX/g)).toHaveLength(count);
  });

  it('make a dropped index again under its name, whatever stands before its statement', async () => {
    const before = await read('postgresql', 'CREATE TABLE t (a int, b int); CREATE INDEX t_b ON t (b);');
    const down = (sql: string) => liveIndexScripts(decided(before, 't', 'a', 't_b', sql), 18).down;
    expect(down('-- by b\nCREATE INDEX t_b ON t (b);')).toContain('-- by b\nCREATE INDEX CONCURRENTLY IF NOT EXISTS t_b ON t (b);');
    expect(down('CREATE UNIQUE INDEX ON t (b)')).toContain('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_b ON t (b);');
  });

  it('let no name out of a remark', async () => {
    const before = await read(
      'postgresql',
      'CREATE TABLE t (a int, b int); CREATE INDEX t_b ON t (b); CREATE INDEX "x\nDROP TABLE t; --" ON t (a);',
    );
    const { down } = liveIndexScripts(decided(before, 't', 'a', 't_b', 'CREATE INDEX t_b ON t (b)'), 18);
    expect(down).toContain('-- x DROP TABLE t; --\n');
    expect(executable(down, 'postgresql').filter((one) => /^DROP TABLE/m.test(one))).toEqual([]);
  });

  it('says so when there is nothing to do, and is what the migrations hold when asked for', async () => {
    const none = await read('postgresql', 'CREATE TABLE t (a int);');
    expect(liveIndexScripts(none, 18)).toEqual({
      up: '-- Nothing to add in this step.\n',
      down: '-- Nothing to take back in this step.\n',
    });
    const one = await read('postgresql', 'CREATE TABLE t (a int); CREATE INDEX t_a ON t (a);');
    const [plain, live] = [writeMigrations(one, { version: 18 }), writeMigrations(one, { version: 18, liveIndexes: true })];
    expect(plain['002_add_indexes.sql']).toBe('CREATE INDEX t_a ON t (a);\n');
    expect(live['002_add_indexes.sql']).toBe(liveIndexScripts(one, 18).up);
    expect(live['002_add_indexes.down.sql']).toContain('DROP INDEX CONCURRENTLY IF EXISTS t_a;');
    expect(live['001_initial_schema.sql']).toBe(plain['001_initial_schema.sql']);
  });
});
