import { beforeAll, describe, expect, it } from 'vitest';
import { type Budget, UNLIMITED } from '#engine/budget.ts';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import type { MeasuredProof, QueryProof } from '#engine/indexes/advise/proof.ts';
import { indexesOfPlan } from '#engine/planner/plan.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { plannerModel } from './cost-model.ts';
import { proveAdvice } from './prove.ts';

const DDL = `
CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, country text NOT NULL);
CREATE TABLE orders (
  id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, status text NOT NULL,
  placed timestamp NOT NULL, total numeric(10,2) NOT NULL, note text, CHECK (total > 0));
CREATE INDEX orders_status_idx ON orders (status);
CREATE TABLE events (at timestamp NOT NULL, kind text NOT NULL, customer_id integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`;

const FACTS = JSON.stringify({
  tables: {
    customers: { rows: 200_000, columns: { country: { distinct: 50 } } },
    orders: {
      rows: 4_000_000,
      columns: {
        customer_id: { distinct: 200_000 },
        status: {
          distinct: 4,
          common: [
            { value: 'done', share: 0.95 },
            { value: 'paid', share: 0.03 },
            { value: 'open', share: 0.02 },
          ],
        },
        placed: { distinct: 4_000_000, min: '2024-01-01', max: '2026-01-01', correlation: 0 },
      },
    },
    events: { rows: 2_000_000, columns: { customer_id: { distinct: 200_000 }, at: { min: '2025-01-02', max: '2026-12-30' } } },
    events_2025: { rows: 1_000_000, columns: { customer_id: { distinct: 200_000 } } },
    events_2026: { rows: 1_000_000, columns: { customer_id: { distinct: 200_000 } } },
  },
});

const QUERIES: Readonly<Record<string, Pick<WorkloadQuery, 'sql'> & Partial<WorkloadQuery>>> = {
  history: {
    sql: 'SELECT id, placed, total FROM orders WHERE customer_id = $1 ORDER BY placed DESC LIMIT $2',
    callsPerHour: 5000,
  },
  open: {
    sql: 'SELECT id FROM orders WHERE status = $1 AND placed >= $2 AND placed < $3;',
    callsPerHour: 500,
    parameters: [
      {
        name: '$1',
        values: [
          { sql: `'paid'`, share: 0.1 },
          { sql: `'open'`, share: 0.9 },
        ],
      },
    ],
  },
  some: { sql: 'SELECT id FROM orders WHERE customer_id = ANY ($1)', callsPerHour: 10 },
  login: { sql: 'SELECT id, name FROM customers WHERE email = $1', callsPerHour: 9000 },
  trail: { sql: 'SELECT at, kind FROM events WHERE customer_id = $1', callsPerHour: 300 },
  pay: { sql: `UPDATE orders SET total = $1 WHERE id = $2`, callsPerHour: 20 },
  nobody: { sql: `SELECT id FROM orders WHERE customer_id = -5`, callsPerHour: 1 },
};

let document: Document;
let advice: IndexAdvice;
let proof: MeasuredProof;

async function adviceFor(): Promise<IndexAdvice> {
  const parser = await parserForTests();
  const model = await plannerModel(document, { dataDirectory: await dataDir() });
  if (!model.ok) throw new Error(model.problem.message);
  const advised = await advise(document, prepareAdvice(document, parser, UNLIMITED), model.value, UNLIMITED);
  await model.value.close();
  if (!advised.ok) throw new Error(advised.problem.message);
  return advised.value.advice;
}

const proved = async (budget: Budget) =>
  proveAdvice({ document, advice, rows: 60_000 }, await parserForTests(), budget, await dataDir());

beforeAll(async () => {
  const read = readDdl(await parserForTests(), DDL);
  const facts = readDeclaredFacts(read, FACTS);
  if (!facts.ok) throw new Error(facts.problem.message);
  const queries = Object.entries(QUERIES).map(([id, query]) => [id, { id, name: id, ...query }] as const);
  document = { ...withFacts(read, facts.value), queries: Object.fromEntries(queries) };
  advice = await adviceFor();
  const result = await proved(UNLIMITED);
  if (!result.ok) throw new Error(result.problem.message);
  proof = result.value;
});

function of(query: string): QueryProof {
  const found = proof.queries.find((one) => one.query === query);
  if (found === undefined) throw new Error(`${query} was not proved`);
  return found;
}

const buffers = (query: string, set: string) => of(query).runs.find((run) => run.set === set)?.buffers ?? -1;

describe('a measured proof', () => {
  it('runs each query with the indexes there are and with those advised, and agrees where pages say so', () => {
    for (const { query, words, verdict, runs } of proof.queries)
      console.log(`${query}: ${verdict}; ${words} ${runs.map((run) => `${run.set}=${run.buffers}`).join(' ')}`);
    for (const query of ['history', 'trail', 'open']) {
      expect(of(query).verdict, of(query).words).toBe('agrees');
      expect(buffers(query, 'advised')).toBeLessThan(buffers(query, 'now'));
    }
    const { planAdvised } = advice.queries.find((one) => one.query === 'history') ?? {};
    expect(planAdvised && indexesOfPlan(planAdvised).size).toBe(1);
    expect(of('history').runs.find((run) => run.set === 'advised')?.uses).toEqual(
      advice.queries.find((one) => one.query === 'history')?.uses,
    );
    expect(proof.left).toEqual([]);
    expect(proof.version).toMatch(/^18/);
  });

  it('keeps what joins: rows of each table in proportion, none more than declared', () => {
    const sample = new Map(proof.sample.map((one) => [document.tables[one.table]?.name, one]));
    expect(sample.get('orders')?.declared).toBe(4_000_000);
    for (const { rows, declared } of proof.sample) expect(rows).toBeLessThanOrEqual(declared);
    const total = proof.sample.reduce((sum, one) => sum + one.rows, 0);
    expect(total).toBeGreaterThan(30_000);
    expect(total).toBeLessThanOrEqual(60_000);
  });

  it('says what stood for each parameter', () => {
    expect(of('open').values[0]).toMatchObject({ name: '$1', sql: `'open'`, from: 'declared' });
    expect(of('open').values[1]?.words).toContain('behind 50 % of the rows');
    expect(of('history').values.map((one) => one.from)).toEqual(['rows', 'type']);
    expect(of('history').values[1]?.sql).toBe('20');
    expect(of('history').runs[0]?.found).toBeGreaterThan(0);
    expect(of('some').values[0]?.sql).toMatch(/^ARRAY\['\d+'\]::integer\[\]$/);
    expect(of('login').runs[0]?.rows).toBe(1);
    expect(of('pay').values.map((one) => one.from)).toEqual(['type', 'rows']);
  });

  it('does not tell from what finds nothing', () => {
    expect(of('nobody').verdict).toBe('too-small');
  });

  it('measures the closest loser in place of the winner, for the queries that it was thought of', () => {
    const losers = proof.sets.filter((set) => set.kind === 'loser');
    expect(losers.length).toBeGreaterThan(0);
    for (const set of losers) {
      const lost = advice.losers.find((one) => one.id === set.loser);
      for (const query of set.queries ?? []) {
        expect(lost?.reasons.some((reason) => reason.query === query)).toBe(true);
        expect(buffers(query, set.id)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('touches the same pages when it is done again', async () => {
    const again = await proved(UNLIMITED);
    if (!again.ok) throw new Error(again.problem.message);
    const pages = (one: MeasuredProof) => one.queries.map((query) => query.runs.map((run) => [run.set, run.buffers]));
    expect(pages(again.value)).toEqual(pages(proof));
  });

  it('ends when it is told to', async () => {
    const stopped = await proved({ shouldStop: () => true });
    expect(!stopped.ok && stopped.problem.code).toBe('cancelled');
  });
});
