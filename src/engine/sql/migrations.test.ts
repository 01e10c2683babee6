import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogDifference } from '#test/catalog.ts';
import { executable } from '#test/corpus.ts';
import { catalogAfter, files, throughFile } from '#test/fidelity/measure.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPgParser } from '../../cli/pg-parser.ts';
import { writeMigrations } from './migrations.ts';
import type { PgParser } from './parser-port.ts';
import { writeDocument } from './write.ts';

let db: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  parser = await loadPgParser();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

const PARTITIONED = `
CREATE SCHEMA log;
CREATE TABLE place (id integer PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX place_code ON place (code);
CREATE TABLE log.event (id bigint, at date NOT NULL, place integer REFERENCES place (id), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE INDEX event_place ON log.event (place);
CREATE TABLE log.event_2025 PARTITION OF log.event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE log.event_rest PARTITION OF log.event DEFAULT;
CREATE INDEX event_rest_id ON log.event_rest (id);
CREATE VIEW log.rest AS SELECT id FROM log.event_rest;
CREATE TABLE note (event bigint, at date, FOREIGN KEY (event, at) REFERENCES log.event_2025 (id, at));
COMMENT ON INDEX log.event_place IS 'by place';
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON a USING (id > (SELECT count(*) FROM b));
`;

const cases = [
  { name: 'partitions of every kind', sql: PARTITIONED },
  ...files().filter(({ name }) => /azimutt|pagila|quartz|camunda/.test(name)),
];

describe('writeMigrations', () => {
  it.each(cases)('goes up to the schema and down to nothing: $name', async ({ name, sql }) => {
    const { document } = throughFile({ name, sql }, 'postgresql', { parser });
    const whole = await catalogAfter(
      db,
      writeDocument(document, { version: 18 }).statements.map((statement) => statement.sql),
    );
    const migrations = writeMigrations(document, { version: 18 });
    const empty = await catalogAfter(db, []);
    const names = ['001_initial_schema', '002_add_indexes', '003_add_partitions'];
    const up = await catalogAfter(
      db,
      names.flatMap((step) => executable(migrations[`${step}.sql`] ?? '', 'postgresql')),
    );
    expect(up.errors).toEqual([]);
    expect(catalogDifference(whole.lines, up.lines)).toEqual([]);
    const down = names.toReversed().flatMap((step) => executable(migrations[`${step}.down.sql`] ?? '', 'postgresql'));
    const all = await catalogAfter(db, [
      ...names.flatMap((step) => executable(migrations[`${step}.sql`] ?? '', 'postgresql')),
      ...down,
    ]);
    expect(all.errors).toEqual([]);
    // What a schema says about `public` itself stays: that schema was there before.
    expect(catalogDifference(empty.lines, all.lines).filter((line) => !/schema public/.test(line))).toEqual([]);
  });

  it('puts unique indexes first, other indexes second, partitions last', () => {
    const { document } = throughFile({ name: 'partitions', sql: PARTITIONED }, 'postgresql', { parser });
    const migrations = writeMigrations(document, { version: 18 });
    expect(migrations['001_initial_schema.sql']).toContain('CREATE UNIQUE INDEX place_code');
    expect(migrations['001_initial_schema.sql']).toContain('PARTITION BY RANGE (at)');
    expect(migrations['001_initial_schema.sql']).not.toContain('PARTITION OF');
    expect(migrations['002_add_indexes.sql']).toMatch(/^CREATE INDEX event_place ON log.event \(place\);/m);
    expect(migrations['002_add_indexes.sql']).toContain('COMMENT ON INDEX log.event_place');
    expect(migrations['002_add_indexes.sql']).not.toContain('UNIQUE');
    expect(migrations['003_add_partitions.sql']).toContain('PARTITION OF log.event');
    expect(migrations['003_add_partitions.sql']).toContain('CREATE INDEX event_rest_id');
  });

  it('says so when a step has nothing to do', () => {
    const { document } = throughFile({ name: 'one', sql: 'CREATE TABLE t (a integer);' }, 'postgresql', { parser });
    expect(writeMigrations(document, { version: 18 })['003_add_partitions.sql']).toBe('-- Nothing to add in this step.\n');
  });
});
