import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planNodes } from '#engine/planner/plan.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { forVersion } from '#test/planner/for-version.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { type PlannerModel, plannerModel } from './cost-model.ts';

const DDL = `
CREATE TABLE readings (sensor integer NOT NULL, "Day" date NOT NULL, value double precision, PRIMARY KEY (sensor, "Day"));
CREATE TABLE events (kind integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX events_kind_at ON events (kind, at);
CREATE TABLE labels (code integer PRIMARY KEY, sensor integer NOT NULL);`;

const SECOND_ONLY = `SELECT value FROM readings WHERE "Day" = '2026-03-01'`;
const BOTH = `SELECT value FROM readings WHERE sensor = 5 AND "Day" = '2026-03-01'`;
const PARTS = `SELECT note FROM events WHERE at BETWEEN '2025-12-30' AND '2026-01-02'`;

/** A hundred values of the first column of each index. */
const DISTINCT: Readonly<Record<string, number>> = { sensor: 100, Day: 12_000, kind: 20, at: 700 };

function documentOf(read: Document): Document {
  const withFacts = (column: Column): Column => {
    const distinct = DISTINCT[column.name];
    return distinct === undefined ? column : { ...column, facts: { ...column.facts, distinct } };
  };
  const tables = Object.fromEntries(
    Object.entries(read.tables).map(([id, table]): [string, Table] => [
      id,
      { ...table, columns: table.columns.map(withFacts), facts: { rows: table.name === 'labels' ? 100 : 1_200_000 } },
    ]),
  );
  return { ...read, tables };
}

const models = new Map<number, PlannerModel>();

beforeAll(async () => {
  const read = readDdl(await parserForTests(), DDL);
  for (const version of [18, 15]) {
    const opened = await plannerModel(forVersion(documentOf(read), version), { dataDirectory: await dataDir() });
    if (!opened.ok) throw new Error(opened.problem.message);
    models.set(version, opened.value);
  }
});

afterAll(async () => {
  for (const model of models.values()) await model.close();
});

async function planned(version: number, sql: string) {
  const model = models.get(version);
  const found = await model?.plan(sql, model.present);
  if (found?.ok !== true) throw new Error(`not planned for ${version}`);
  const { cost, used, plan } = found.value;
  return { cost, used, types: [...planNodes(plan.root)].map(({ type }) => type) };
}

describe('an index whose first column no condition names', () => {
  it('is searched in steps by PostgreSQL 18, and as good as not there before', async () => {
    const [now, before] = [await planned(18, SECOND_ONLY), await planned(15, SECOND_ONLY)];
    expect(now.used).toEqual(['public.readings_pkey']);
    expect(before.used).toEqual([]);
    expect(before.types).toContain('Seq Scan');
    expect(before.cost).toBeGreaterThan(now.cost * 5);
  });

  it('is found in the partitions too', async () => {
    const [now, before] = [await planned(18, PARTS), await planned(15, PARTS)];
    expect(now.used).toEqual(['public.events_kind_at']);
    expect(before.used).toEqual([]);
    expect(before.cost).toBeGreaterThan(now.cost);
  });

  it('is none where a condition names it, by a constant or by a column of another table of the same name', async () => {
    expect(await planned(15, BOTH)).toEqual(await planned(18, BOTH));
    expect((await planned(15, BOTH)).used).toEqual(['public.readings_pkey']);
    const joined = `SELECT r.value FROM labels sensor, readings r WHERE r."Day" = '2026-03-01' AND r.sensor = sensor.sensor AND sensor.code = 7`;
    expect((await planned(15, joined)).used).toContain('public.readings_pkey');
  });

  it('is one where only another table has a column of its name in the condition', async () => {
    const joined = `SELECT r.value FROM labels l, readings r WHERE r."Day" = DATE '2026-01-01' + l.sensor AND l.code = 7`;
    expect((await planned(18, joined)).used).toContain('public.readings_pkey');
    expect((await planned(15, joined)).used).not.toContain('public.readings_pkey');
  });
});
