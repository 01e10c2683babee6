import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { knownFacts } from '#engine/facts/facts.ts';
import { plannerSetup } from '#engine/planner/from-document.ts';
import { generateRows } from '#engine/planner/generate.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { answering, openPglite } from '#verify/pglite-server.ts';
import { openLaboratory } from '#verify/planner/measure.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const read = (name: string) => readFileSync(new URL(`../data/tpch/${name}`, import.meta.url), 'utf8');

function tpch(): Document {
  const document = readDdl(parser, read('schema.sql'));
  const facts = readDeclaredFacts(document, read('facts-sf10.json'));
  if (!facts.ok) throw new Error(facts.problem.message);
  return withFacts(document, facts.value);
}

/** A database with the constraints on, filled: what the server refuses is no row of this schema. */
async function filled(document: Document, options: { share: number; atLeast: number; atMost: number }) {
  const opened = await openPglite([], await dataDir());
  const server = answering(opened);
  for (const { sql } of plannerSetup(document).schema) {
    const error = await server.execute(sql);
    if (error !== undefined) throw new Error(`${error.message}\n${sql}`);
  }
  const generated = generateRows(document, knownFacts(document), options);
  await server.execute('SELECT setseed(0.1)');
  for (const { sql } of generated.fillings) {
    const error = await server.execute(sql);
    if (error !== undefined) throw new Error(`${error.message}\n${sql}`);
  }
  await server.execute('VACUUM ANALYZE');
  return { opened, generated };
}

describe('generated rows', () => {
  it('keep keys, references and what is declared of their columns', async () => {
    const document = tpch();
    const { opened, generated } = await filled(document, { share: 0.001, atLeast: 1000, atMost: 150_000 });
    expect(generated.left).toEqual([]);
    const { rows } = await opened.database.query<{
      tablename: string;
      attname: string;
      null_frac: number;
      n_distinct: number;
      correlation: number;
    }>(`SELECT tablename, attname, null_frac, n_distinct, correlation FROM pg_stats WHERE schemaname = 'public'`);
    const counts = new Map<string, number>();
    for (const { table, rows: wanted } of generated.fillings) {
      const name = document.tables[table]?.name ?? '';
      const { rows: counted } = await opened.database.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${name}`);
      counts.set(name, counted[0]?.n ?? 0);
      expect(counts.get(name), name).toBe(wanted);
    }
    await opened.database.close();
    const told = knownFacts(document);
    /** Different values that a column can have in the sample: as declared, and no more than what it refers to. */
    function mostValues(table: string, column: string): number {
      const size = counts.get(document.tables[table]?.name ?? '') ?? 0;
      const known = told.get(table)?.columns.find((one) => one.id === column);
      const declared = known === undefined ? size : known.distinct < 0 ? -known.distinct * size : known.distinct;
      const referred = Object.values(document.relationships).flatMap((link) => {
        const at = link.childColumns.indexOf(column);
        return at < 0 || link.child !== table ? [] : [mostValues(link.parent, link.parentColumns[at] ?? '')];
      });
      return Math.min(size, declared, ...referred);
    }
    for (const table of Object.values(document.tables)) {
      const size = counts.get(table.name) ?? 0;
      for (const column of told.get(table.id)?.columns ?? []) {
        const seen = rows.find((row) => row.tablename === table.name && row.attname === column.name);
        const expected = mostValues(table.id, column.id);
        const found = (seen?.n_distinct ?? 0) < 0 ? -(seen?.n_distinct ?? 0) * size : (seen?.n_distinct ?? 0);
        // Numbers drawn at random leave some out: up to a third of as many as there are rows.
        const where = `${table.name}.${column.name}: ${found} of ${expected}`;
        expect(found, where).toBeGreaterThanOrEqual(Math.min(expected, size * 0.5) * 0.6 - 1);
        expect(found, where).toBeLessThanOrEqual(expected * 1.2 + 1);
        if (column.correlation === 1 && size > 100) expect(seen?.correlation, where).toBeGreaterThan(0.9);
      }
    }
  });

  it('are made of every usual type, with NULLs, common values and partitions', async () => {
    const document = readDdl(
      parser,
      `CREATE TYPE mood AS ENUM ('sad', 'ok');
       CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
       CREATE TABLE every (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a smallint NOT NULL, b numeric(6,3) NOT NULL, c varchar(3) NOT NULL,
         d char(2), e boolean NOT NULL, f date NOT NULL, g timestamptz NOT NULL, h uuid NOT NULL UNIQUE, i jsonb NOT NULL, j mood NOT NULL, k text[] NOT NULL,
         l positive NOT NULL, m inet NOT NULL, n bytea NOT NULL, o interval NOT NULL, p double precision NOT NULL, q tstzrange, deleted_at timestamptz,
         next integer GENERATED ALWAYS AS (a + 1) STORED, self bigint REFERENCES every, CHECK (a >= 0));
       CREATE TABLE log (at timestamp NOT NULL, what text) PARTITION BY RANGE (at);
       CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
       CREATE TABLE log_2 PARTITION OF log DEFAULT;`,
    );
    const { opened } = await filled(document, { share: 1, atLeast: 0, atMost: 5000 });
    const { rows } = await opened.database.query<{ n: number; deleted: number; log: number }>(
      `SELECT count(*)::integer AS n, avg((deleted_at IS NULL)::integer)::float8 AS deleted, (SELECT count(*) FROM log_1)::integer AS log FROM every`,
    );
    await opened.database.close();
    expect(rows[0]?.n).toBe(2500);
    expect(rows[0]?.deleted).toBeGreaterThan(0.9);
    expect(rows[0]?.log).toBeGreaterThan(500);
  });
});

describe('the laboratory', () => {
  it('shows by pages touched what an index saves, the same each time, and leaves nothing behind', async () => {
    const document = tpch();
    const generated = generateRows(document, knownFacts(document), { share: 0.0005, atLeast: 100, atMost: 60_000 });
    const fillings = generated.fillings.map(({ table, sql }) => ({ table: document.tables[table]?.name ?? '', sql }));
    const there = { key: 'there', sql: 'CREATE INDEX there ON lineitem (l_suppkey)' };
    const schema = [...plannerSetup(document).schema, there];
    const lab = await openLaboratory({ schema, fillings }, { dataDirectory: await dataDir() });
    const queries = [
      { sql: 'SELECT count(*) FROM lineitem WHERE l_partkey = $1', values: [`'10'`] },
      { sql: 'DELETE FROM lineitem WHERE l_partkey = 10', values: [] },
      { sql: 'SELECT oops', values: [] },
      { sql: 'SELECT count(*) FROM lineitem WHERE l_partkey = $1', values: [] },
      { sql: 'SELECT count(*) FROM lineitem a, lineitem b, lineitem c WHERE a.l_tax < b.l_tax AND b.l_tax < c.l_tax', values: [] },
      { sql: 'SELECT count(*) FROM lineitem WHERE l_suppkey = 1', values: [] },
    ];
    const none = await lab.measure({ make: [] }, queries);
    const one = await lab.measure({ make: ['CREATE INDEX p ON lineitem (l_partkey)'] }, queries);
    const again = await lab.measure({ make: [] }, queries);
    const without = await lab.measure({ make: [], drop: ['public.there'] }, queries);
    const wrong = await lab.measure({ make: ['CREATE INDEX p ON lineitem (oops)'] }, queries);
    const types = await lab.parameterTypes('SELECT count(*) FROM lineitem WHERE l_partkey = $1 AND l_shipdate > $2');
    const asked = await lab.ask('SELECT 1 AS v1');
    await lab.close();
    expect(lab.unfilled).toEqual([]);
    const pages = (result: typeof none) =>
      result.ok ? result.value.results.map((each) => (each.ok ? each.value.buffers : each.problem.code)) : [];
    expect(pages(again)).toEqual(pages(none));
    expect(Number(pages(one)[0])).toBeLessThan(Number(pages(none)[0]) / 10);
    expect(pages(none).slice(2, 5)).toEqual(['measure-42703', expect.stringContaining('measure-'), 'measure-long']);
    expect(Number(pages(none)[5])).toBeLessThan(Number(pages(without)[5]) / 5);
    expect(one.ok && one.value.made).toEqual([['p']]);
    expect(!wrong.ok && wrong.problem.code).toBe('measure-42703');
    expect(types.ok && types.value).toEqual(['integer', 'date']);
    expect(asked.ok && asked.value).toEqual([{ v1: 1 }]);
  });
});
