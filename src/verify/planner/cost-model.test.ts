import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import type { AdvisedIndex, IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { type Advised, advise } from '#engine/indexes/advise/advise.ts';
import { type PreparedAdvice, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { indexesOfPlan, planNodes } from '#engine/planner/plan.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { dataDir } from '#test/pglite.ts';
import { advisedShop } from '#test/planner/advised-shop.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { type PlannerModel, plannerModel } from './cost-model.ts';

let document: Document;
let model: PlannerModel;
let prepared: PreparedAdvice;
let advised: Advised;
let advice: IndexAdvice;

beforeAll(async () => {
  document = await advisedShop();
  prepared = prepareAdvice(document, await parserForTests(), UNLIMITED);
  const opened = await plannerModel(document, { dataDirectory: await dataDir() });
  if (!opened.ok) throw new Error(opened.problem.message);
  model = opened.value;
  const found = await advise(document, prepared, model, UNLIMITED);
  if (!found.ok) throw new Error(found.problem.message);
  advised = found.value;
  advice = advised.advice;
});

afterAll(() => model?.close());

const on = (table: string) => (one: { readonly table: string }) => document.tables[one.table]?.name === table;
const columns = ({ parts }: Pick<AdvisedIndex, 'parts'>) => parts.map(({ text, role }) => `${text} ${role ?? '-'}`).join(', ');

describe('advice by the planner', () => {
  it('makes what queries find rows by, in the right order, with the role of each part', () => {
    const made = advice.indexes.filter((one) => one.verdict === 'make');
    const orders = made.filter(on('orders'));
    expect(orders.map(columns).some((text) => text.startsWith('customer_id E, placed S'))).toBe(true);
    for (const one of made) {
      expect(one.sql).toContain(one.name);
      expect(one.index?.name).toBe(one.name);
      expect(one.worth).toBeGreaterThan(0);
      expect(one.reasons.length).toBeGreaterThan(0);
      expect(one.gains.every(({ without, with: after }) => after < without)).toBe(true);
    }
  });

  it('says what to do with what there is', () => {
    const verdict = (name: string) => advice.indexes.find((one) => one.name === name)?.verdict;
    expect(verdict('orders_pkey')).toBe('rule');
    expect(verdict('customers_email_key')).toBe('rule');
    expect(verdict('orders_placed_idx')).toBe('keep');
    expect(verdict('orders_status_idx')).toBe('drop');
    const needless = advice.indexes.find((one) => one.name === 'orders_id_idx');
    expect(needless?.verdict).toBe('drop');
    expect(needless?.why).toBe('superseded');
    expect(needless?.instead).toEqual(['public.orders_pkey']);
  });

  it('leaves out what cannot be planned, with the reason', () => {
    expect(advice.left.map(({ query }) => query).sort()).toEqual(['unread', 'wrong']);
    expect(advice.left.find(({ query }) => query === 'wrong')?.reason).toMatch(/"nothing" does not exist/);
  });

  it('tells sizes now and in three years, and what writes cost', () => {
    const [made] = advice.indexes.filter((one) => one.verdict === 'make').filter(on('orders'));
    expect(made?.bytes).toBeGreaterThan(5e6 * 8);
    expect((made?.bytesInThreeYears ?? 0) / (made?.bytes ?? 1)).toBeCloseTo((5_000_000 + 5000 * 1095) / 5_000_000);
    expect(made?.writeCost).toBeGreaterThan(0);
    expect(advice.indexes.find((one) => one.name === 'customers_country_idx')?.bytesInThreeYears).toBeUndefined();
  });

  it('compares nothing, what there is and what is advised, with plans that name the indexes', () => {
    const total = (one: IndexAdvice['now']) => one.reads + one.writes;
    expect(total(advice.advised)).toBeLessThan(total(advice.now) / 100);
    expect(advice.now.reads).toBeLessThanOrEqual(advice.none.reads);
    expect(advice.bound).toBeLessThanOrEqual(total(advice.advised) + 1e-6);
    const history = advice.queries.find(({ query }) => query === 'history');
    const [index] = history?.uses ?? [];
    const name = advice.indexes.find((one) => one.id === index)?.name;
    expect(history && [...indexesOfPlan(history.planAdvised)]).toEqual([name]);
    expect(history && [...planNodes(history.planNow.root)].some(({ type }) => type === 'Seq Scan')).toBe(true);
  });

  it('sizes an index of a partitioned table by its partitions, and uses it in each', () => {
    const own = advice.indexes.find((one) => one.name === 'events_kind_idx');
    expect(own?.verdict).toBe('drop');
    expect(model.sizes.get('public.events_kind_idx')?.rows).toBe(8_000_000);
    const made = advice.indexes.find((one) => one.verdict === 'make' && on('events')(one));
    expect(made?.parts[0]?.text).toBe('customer_id');
    const trail = advice.queries.find(({ query }) => query === 'trail');
    expect(trail?.uses).toEqual([made?.id]);
    const scans = trail ? [...planNodes(trail.planAdvised.root)].filter(({ index }) => index !== undefined) : [];
    expect(scans).toHaveLength(2);
  });

  it('weighs a set of a person in the same way', async () => {
    const mine = await advised.weigh([...advice.advised.indexes]);
    expect(mine.ok && mine.value).toEqual(advice.advised);
    const none = await advised.weigh([]);
    expect(none.ok && none.value.reads).toBeCloseTo(advice.none.reads);
    const one = await advised.weigh(['public.orders_placed_idx', 'public.orders_pkey']);
    expect(one.ok && one.value.indexes).toEqual(['public.orders_placed_idx']);
    expect(one.ok && one.value.bytes).toBe((model.sizes.get('public.orders_placed_idx')?.pages ?? 0) * 8192);
  });

  it('plans any statement with a set of indexes', async () => {
    const with_ = await model.plan(`SELECT * FROM orders WHERE status = 'failed'`, ['public.orders_status_idx']);
    expect(with_.ok && with_.value.used).toEqual(['public.orders_status_idx']);
    const without = await model.plan(`SELECT * FROM orders WHERE status = 'failed'`, []);
    expect(without.ok && without.value.used).toEqual([]);
    expect(await model.plan('SELECT', [])).toMatchObject({ ok: true });
    expect(await model.plan('SELECT FROM nowhere', [])).toMatchObject({ ok: false });
  });
});

describe('what a call costs', () => {
  const ddl = `
    CREATE TABLE owners (id integer PRIMARY KEY, name text);
    CREATE TABLE pets (id integer PRIMARY KEY, owner integer NOT NULL REFERENCES owners, state text NOT NULL, told text);
    CREATE INDEX pets_told_idx ON pets (told);`;
  const rows: Readonly<Record<string, number>> = { owners: 100_000, pets: 3_000_000 };

  async function adviceFor(queries: Readonly<Record<string, Omit<WorkloadQuery, 'id' | 'name'>>>): Promise<IndexAdvice> {
    const parser = await parserForTests();
    const read = readDdl(parser, ddl);
    const tables = Object.entries(read.tables).map(([id, table]) => {
      const columns = table.columns.map((column) =>
        column.name === 'state'
          ? {
              ...column,
              facts: {
                distinct: 3,
                common: [
                  { value: 'well', share: 0.98 },
                  { value: 'ill', share: 0.001 },
                ],
              },
            }
          : column,
      );
      return [id, { ...table, columns, facts: { rows: rows[table.name] as number } }] as const;
    });
    const named = Object.entries(queries).map(([id, query]) => [id, { id, name: id, ...query }] as const);
    const made: Document = { ...read, tables: Object.fromEntries(tables), queries: Object.fromEntries(named) };
    const opened = await plannerModel(made, { dataDirectory: await dataDir() });
    if (!opened.ok) throw new Error(opened.problem.message);
    const found = await advise(made, prepareAdvice(made, parser, UNLIMITED), opened.value, UNLIMITED);
    await opened.value.close();
    if (!found.ok) throw new Error(found.problem.message);
    return found.value.advice;
  }

  it('counts what a foreign key looks for when a row goes, so that its index is worth something', async () => {
    const { indexes, queries } = await adviceFor({ leave: { sql: 'DELETE FROM owners WHERE id = $1', callsPerHour: 20 } });
    const [made] = indexes;
    expect(made?.verdict).toBe('make');
    expect(made?.parts.map(({ text }) => text)).toEqual(['owner']);
    expect(made?.reasons.map(({ shape }) => shape)).toContain('foreign-key');
    expect(made?.gains.map(({ query }) => query)).toEqual(['leave']);
    expect(queries[0]?.now).toBeGreaterThan(100 * (queries[0]?.advised ?? 0));
  });

  it('plans with the values that parameters are called with', async () => {
    const sql = 'SELECT id FROM pets WHERE state = $1';
    const called = (value: string): Omit<WorkloadQuery, 'id' | 'name'> => ({
      sql,
      callsPerHour: 10,
      parameters: [{ name: '$1', values: [{ sql: value, share: 1 }] }],
    });
    const rare = await adviceFor({ ill: called(`'ill'`) });
    expect(rare.queries[0]?.planNow.root.conditions.map(({ text }) => text).join()).toContain(`'ill'`);
    expect(rare.indexes.find(({ verdict }) => verdict === 'make')?.parts[0]?.text).toMatch(/state|id/);
    const frequent = await adviceFor({ well: called(`'well'`) });
    expect((frequent.queries[0]?.advised ?? 0) / (rare.queries[0]?.advised ?? 1)).toBeGreaterThan(50);
  });
});
