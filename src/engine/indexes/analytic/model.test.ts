import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialect, Document } from '#model/types.ts';
import { dialectDocument } from '#test/analytic.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { UNLIMITED } from '../../budget.ts';
import { planNodes } from '../../planner/plan.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import type { IndexAdvice } from '../advise/advice.ts';
import { advise } from '../advise/advise.ts';
import { prepareAdvice } from '../advise/prepare.ts';
import { analyticModel } from './model.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

const QUERIES = {
  equal: 'SELECT * FROM orders WHERE customer_id = 77',
  ordered: 'SELECT * FROM orders WHERE customer_id = 77 ORDER BY placed DESC',
  join: "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email = 'a@b.example'",
  all: 'SELECT count(*) FROM orders',
  key: 'SELECT * FROM orders WHERE id = 5',
};

async function adviceOn(document: Document): Promise<IndexAdvice> {
  const prepared = prepareAdvice(document, parser, UNLIMITED);
  const advised = await advise(document, prepared, analyticModel(document, 'no planner of it runs here'), UNLIMITED);
  if (!advised.ok) throw new Error(advised.problem.message);
  return advised.value.advice;
}

describe.each(DIALECTS)('advice without a planner for %s', (dialect) => {
  it('finds what equality, order and joins need, says each plan as a tree, and is better than nothing', async () => {
    const document = await dialectDocument(dialect, QUERIES);
    const advice = await adviceOn(document);
    expect(advice.basis).toEqual({ kind: 'analytic', why: 'no planner of it runs here' });
    expect(advice.left).toEqual([]);
    expect(advice.complete).toBe(true);
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make');
    const leads = made.map(({ parts }) => parts.map(({ text }) => text.replaceAll(/["`[\]]/g, '').toLowerCase()).join(','));
    expect(leads.some((lead) => lead.startsWith('customer_id'))).toBe(true);
    expect(leads.some((lead) => lead.startsWith('email'))).toBe(true);
    expect(advice.advised.reads).toBeLessThan(advice.none.reads / 2);
    for (const { query, none, now, advised, planAdvised, uses } of advice.queries) {
      expect([query, advised <= now && now <= none]).toEqual([query, true]);
      const nodes = [...planNodes(planAdvised.root)];
      expect(nodes.every(({ type }) => type !== '')).toBe(true);
      expect(nodes.some(({ relation }) => relation !== undefined)).toBe(true);
      expect(new Set(nodes.flatMap(({ index }) => index ?? [])).size, query).toBe(uses.length);
    }
    const key = advice.queries.find(({ query }) => query === 'key');
    expect(key?.advised).toBeLessThan(20);
  });

  it('costs no less for more rows, and no more for fewer rows that are found', async () => {
    let last = 0;
    for (const rows of [1000, 10_000, 100_000, 1_000_000, 10_000_000]) {
      const document = await dialectDocument(dialect, QUERIES, { rows });
      const { queries } = prepareAdvice(document, parser, UNLIMITED);
      const costs = await analyticModel(document, '').cost(queries, []);
      const total = costs.reduce((sum, cost) => sum + (cost.ok ? cost.value.cost : Number.NaN), 0);
      expect(total).toBeGreaterThan(last);
      last = total;
    }
    let least = Number.POSITIVE_INFINITY;
    for (const distinct of [2, 20, 2000, 200_000]) {
      const document = await dialectDocument(dialect, { equal: QUERIES.equal }, { distinct });
      const advice = await adviceOn(document);
      expect(advice.advised.reads).toBeLessThanOrEqual(least);
      least = advice.advised.reads;
    }
  });
});

describe('engines differ', () => {
  it('in what an index holds: InnoDB, SQL Server and SQLite have the primary key in each', async () => {
    const holds = { ids: "SELECT id FROM orders WHERE status = 'open'" };
    for (const [dialect, covered] of [
      ['mysql', true],
      ['mssql', true],
      ['sqlite', true],
      ['oracle', false],
    ] as const) {
      const document = await dialectDocument(dialect, holds, { indexes: ['CREATE INDEX by_status ON orders (status)'] });
      const model = analyticModel(document, '');
      const { queries, present } = prepareAdvice(document, parser, UNLIMITED);
      const [cost] = await model.cost(
        queries,
        present.map(({ id }) => id),
      );
      if (cost?.ok !== true) throw new Error('no cost');
      const types = [...planNodes(cost.value.plan.root)].map(({ type }) => type);
      const fetches = types.some((type) => /Lookup$|BY INDEX ROWID/.test(type));
      expect([dialect, fetches]).toEqual([dialect, !covered && types.some((type) => type.startsWith('INDEX'))]);
    }
  });

  it('in what joins without an index cost: blocks in MariaDB, a hash table in MySQL, an index of its own in SQLite', async () => {
    const join = { join: 'SELECT count(*) FROM orders o JOIN visits v ON v.day = o.placed' };
    const costs = new Map<string, number>();
    const types = new Map<string, string>();
    for (const dialect of ['mysql', 'mariadb', 'sqlite'] as const) {
      const document = await dialectDocument(dialect, join);
      const { queries } = prepareAdvice(document, parser, UNLIMITED);
      const [cost] = await analyticModel(document, '').cost(queries, []);
      if (cost?.ok !== true) throw new Error('no cost');
      costs.set(dialect, cost.value.cost);
      types.set(dialect, cost.value.plan.root.type);
    }
    expect(costs.get('mariadb')).toBeGreaterThan(10 * (costs.get('mysql') as number));
    expect([...types.values()]).toEqual(['Hash join', 'Block nested loop join', 'SEARCH USING AUTOMATIC INDEX']);
  });

  it('in foreign keys: InnoDB has an index on them whether one was made or not', async () => {
    const found = async (dialect: Dialect) => {
      const document = await dialectDocument(dialect, { equal: QUERIES.equal }, { references: true });
      return (await adviceOn(document)).indexes.filter(({ verdict }) => verdict === 'make').length;
    };
    expect(await found('mysql')).toBe(0);
    expect(await found('mssql')).toBe(1);
  });
});

describe('of PostgreSQL, indexes of other kinds are weighed too', () => {
  it.each([
    ['gin', 'SELECT id FROM papers WHERE body @> \'{"a": 1}\''],
    ['gin', "SELECT id FROM papers WHERE title LIKE '%middle%'"],
    ['gin', "SELECT id FROM papers WHERE tags @> ARRAY['x']"],
    ['gist', "SELECT id FROM papers WHERE span && '[1,5)'"],
  ])('%s for %s', async (method, sql) => {
    const document = await dialectDocument('postgresql', { sql });
    const advice = await adviceOn(document);
    const made = advice.indexes.filter(({ verdict }) => verdict === 'make').map(({ index }) => index?.method);
    expect(made).toEqual([method]);
    expect(advice.advised.reads).toBeLessThan(advice.none.reads / 2);
  });

  it('a partial index only where the query says its condition', async () => {
    const indexes = ["CREATE INDEX open_orders ON orders (placed) WHERE status = 'open'"];
    for (const [sql, used] of [
      ["SELECT id FROM orders WHERE status = 'open' ORDER BY placed LIMIT 5", true],
      ["SELECT id FROM orders WHERE status = 'paid' ORDER BY placed LIMIT 5", false],
      ['SELECT id FROM orders WHERE status = $1 ORDER BY placed LIMIT 5', false],
    ] as const) {
      const document = await dialectDocument('postgresql', { sql }, { indexes });
      const { queries, present } = prepareAdvice(document, parser, UNLIMITED);
      const model = analyticModel(document, '');
      const [cost] = await model.cost(
        queries,
        present.map(({ id }) => id),
      );
      expect([sql, cost?.ok === true && cost.value.used.includes('public.open_orders')]).toEqual([sql, used]);
      expect(model.sizes.get('public.open_orders')?.rows).toBeCloseTo(model.rowsOf(queries[0]?.tables[0] ?? '') / 100);
    }
  });
});
