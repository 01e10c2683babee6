import { describe, expect, it } from 'vitest';
import { FACT_QUERIES } from '#engine/dialects/fact-queries.ts';
import { profileRelation } from '#engine/discover/profile/profile.ts';
import { readData } from '#engine/discover/read/data.ts';
import { factsOfSamples } from '#engine/facts/from-sample.ts';
import { readProductionFacts } from '#engine/facts/production/read.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { findPostgres, openPostgres } from './engines/postgres.ts';
import { parserForTests, readDdl, withCalls } from './read-ddl.ts';

const DDL = `CREATE TABLE visit (id integer PRIMARY KEY, customer integer NOT NULL, state text, at date NOT NULL, note varchar(200));`;
const ROWS = 20_000;
const FILL = `INSERT INTO visit SELECT i, (i * 7919::bigint) % 1500, CASE WHEN i % 10 = 0 THEN NULL WHEN i % 10 < 3 THEN 'open' ELSE 'paid' END,
  date '2024-01-01' + i / 50, 'note ' || md5(i::text) FROM generate_series(1, ${ROWS}) i`;

/** Facts that our own look at all rows gives, beside those of PostgreSQL's ANALYZE of the same rows. */
describe.skipIf(!findPostgres().ok)('facts from rows', () => {
  it('are those that ANALYZE of PostgreSQL finds', async () => {
    const engine = await openPostgres();
    try {
      await engine.reset();
      await engine.query(DDL);
      await engine.query(FILL);
      await engine.query('ANALYZE visit');
      const [row] = await engine.query<{ facts: string }>(FACT_QUERIES.postgresql.sql);
      const lines = await engine.query<{ line: string }>(
        `SELECT concat_ws(',', id, customer, coalesce(state, ''), at, note) AS line FROM visit ORDER BY id`,
      );
      const document = readDdl(await parserForTests(), DDL);
      const [table] = Object.values(document.tables);
      if (table === undefined) throw new Error(DDL);
      const told = readProductionFacts(document, row?.facts ?? '');
      if (!told.ok) throw new Error(told.problem.message);

      const text = `id,customer,state,at,note\n${lines.map((one) => one.line).join('\n')}\n`;
      const data = readData(text, { shouldStop: () => false });
      if (!data.ok) throw new Error(data.problem.message);
      const sample = {
        table: table.id,
        total: ROWS,
        columns: table.columns.map(({ id }) => id),
        profiles: profileRelation(data.value.relation),
      };
      const ours = factsOfSamples(document, [sample]);
      expect(ours.tables.get(table.id)).toEqual({ rows: ROWS });

      for (const { id, name } of table.columns) {
        const [own, theirs] = [ours.columns.get(table.id)?.get(id), told.value.columns.get(table.id)?.get(id)] as [
          ColumnFacts,
          ColumnFacts,
        ];
        const count = (facts: ColumnFacts) => ((facts.distinct ?? 0) < 0 ? -(facts.distinct ?? 0) * ROWS : (facts.distinct ?? 0));
        expect(count(own) / count(theirs), `distinct of ${name}`).toBeCloseTo(1, 2);
        expect(own.nullFraction, name).toBeCloseTo(theirs.nullFraction ?? -1, 2);
        expect(own.correlation, name).toBeCloseTo(theirs.correlation ?? -9, 1);
        if (own.averageWidth !== undefined) expect(own.averageWidth, name).toBeCloseTo(theirs.averageWidth ?? -1, -0.5);
        if (name === 'state')
          expect(own.common?.map((one) => [one.value, Number(one.share.toFixed(2))])).toEqual(
            theirs.common?.map((one) => [one.value, Number(one.share.toFixed(2))]),
          );
      }
      const bounds = (facts: ColumnFacts | undefined) => (facts?.bounds ?? []).map(Number);
      const id = table.columns[0]?.id ?? '';
      const [own, theirs] = [bounds(ours.columns.get(table.id)?.get(id)), bounds(told.value.columns.get(table.id)?.get(id))];
      expect(own).toHaveLength(theirs.length);
      for (const [at, bound] of own.entries()) expect(Math.abs(bound - (theirs[at] ?? 0))).toBeLessThan(ROWS / 50);
    } finally {
      await engine.close();
    }
  });
});

it('counts are scaled to the rows that a table is told to have', async () => {
  const document = readDdl(await parserForTests(), 'CREATE TABLE t (id integer PRIMARY KEY, kind text, word text)');
  const [table] = Object.values(document.tables);
  if (table === undefined) throw new Error('t');
  const words = Array.from({ length: 1000 }, (_, at) => `w${Math.floor(at ** 1.5) % 700}`);
  const data = readData(`id,kind,word\n${words.map((word, at) => `${at},k${at % 3},${word}`).join('\n')}\n`, {
    shouldStop: () => false,
  });
  if (!data.ok) throw new Error(data.problem.message);
  const sample = {
    table: table.id,
    total: 1000,
    columns: table.columns.map(({ id }) => id),
    profiles: profileRelation(data.value.relation),
  };
  const million = withCalls(document, [{ name: 'setFacts', args: { tables: [{ id: table.id, facts: { rows: 1_000_000 } }] } }]);
  const [small, large] = [factsOfSamples(document, [sample]), factsOfSamples(million, [sample])];
  expect(large.tables.size).toBe(0);
  const distinct = (facts: typeof small) => table.columns.map(({ id }) => facts.columns.get(table.id)?.get(id)?.distinct);
  expect(distinct(large)[0]).toBe(-1);
  // Every kind stands often: there are no others. Words that stand once tell of more.
  expect(distinct(large)[1]).toBe(3);
  expect(large.columns.get(table.id)?.get(table.columns[1]?.id ?? '')?.common).toHaveLength(3);
  const seen = new Set(words).size;
  expect(-(distinct(small)[2] ?? 0) * 1000).toBeCloseTo(seen, 0);
  expect(distinct(large)[2]).toBeGreaterThan(seen);
});
