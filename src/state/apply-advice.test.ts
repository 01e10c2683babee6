import { beforeEach, describe, expect, test } from 'vitest';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { checkDocument } from '#engine/rules/check.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { err } from '#lib/result.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document, Table } from '#model/types.ts';
import { adviceOf, advised, lost, planOf } from '#test/index-advice.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { applyAdvice as applyChosen, previewAdvice } from './apply-advice.ts';
import { documentStore, load, undo } from './document.ts';

const DDL = `CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, state text, placed timestamptz, note text);
CREATE INDEX idx_orders_state ON orders (state);
CREATE INDEX idx_customers_name ON customers (name);
CREATE TABLE logs (at timestamptz, what text) PARTITION BY RANGE (at);
CREATE TABLE logs_24 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX logs_what ON ONLY logs (what);
CREATE INDEX logs_24_what ON logs_24 (what);
ALTER INDEX logs_what ATTACH PARTITION logs_24_what;`;

const applyAdvice = (advice: IndexAdvice, ids: readonly string[]) => applyChosen(advice, { kind: 'advised', ids });
const applyOwnSet = (advice: IndexAdvice, own: { indexes: ReadonlySet<string>; after?: Scenario }) =>
  applyChosen(advice, { kind: 'own', ...own });

const now = () => documentStore.getState().document;
const named = (name: string) => Object.values(now().tables).find((table) => table.name === name) as Table;
const col = (table: Table, name: string) => table.columns.find((one) => one.name === name)?.id as string;
const indexNames = (document: Document) =>
  Object.values(document.tables)
    .flatMap((table) => table.indexes.map((index) => index.name))
    .sort();
const ddl = () => writtenText(writeDocument(now(), { version: 18 }));

beforeEach(async () => {
  const read = readDdl(await parserForTests(), DDL);
  load(withCalls(read, [{ name: 'addQuery', args: { record: { id: 'qry_open', name: 'open orders', sql: 'SELECT 1' } } }]));
});

function shopAdvice() {
  const orders = named('orders');
  const elements = [{ column: col(orders, 'customer_id') }, { column: col(orders, 'placed'), order: 'desc' as const }];
  const total = { indexes: [], queries: [] };
  return adviceOf({
    budget: 50_000_000,
    queries: [
      {
        query: 'qry_open',
        calls: 1,
        counted: false,
        none: 950,
        now: 900,
        advised: 8,
        uses: [],
        planNow: planOf(900),
        planAdvised: planOf(8),
      },
    ],
    left: [{ query: 'qry_other', reason: 'syntax' }],
    indexes: [
      advised({
        id: 'c1',
        table: orders.id,
        name: 'idx_orders_customer_id_placed',
        verdict: 'make',
        index: { elements },
        sql: 'CREATE INDEX idx_orders_customer_id_placed ON orders (customer_id, placed DESC);',
        parts: [
          { text: 'customer_id', role: 'E' },
          { text: 'placed', role: 'S', desc: true },
        ],
        gains: [{ query: 'qry_open', without: 900, with: 8 }],
        bytes: 2_000_000,
        bytesInThreeYears: 9_000_000,
        writeCost: 3.5,
        worth: 892,
        notes: ['for the newest orders'],
      }),
      advised({
        id: 'public.idx_orders_state',
        table: orders.id,
        name: 'idx_orders_state',
        verdict: 'drop',
        existing: orders.indexes.find((one) => one.name === 'idx_orders_state')?.id as string,
        why: 'covered',
        instead: ['c1'],
      }),
      advised({ id: 'public.orders_pkey', table: orders.id, name: 'orders_pkey', verdict: 'rule' }),
    ],
    losers: [
      lost({
        id: 'c2',
        table: orders.id,
        name: '',
        index: { method: 'gin', elements: [{ column: col(orders, 'note'), operatorClass: 'gin_trgm_ops' }] },
        extension: 'pg_trgm',
      }),
    ],
    now: { ...total, reads: 900, writes: 1, bytes: 1_000_000 },
    advised: { ...total, reads: 8, writes: 3, bytes: 2_000_000 },
  });
}

test('makes and drops in one undo step, and keeps why', () => {
  const before = now();
  const done = applyAdvice(shopAdvice(), ['c1', 'public.idx_orders_state', 'public.orders_pkey']);
  expect(done.ok && [...done.value.made.values()].map((one) => one.name)).toEqual(['idx_orders_customer_id_placed']);
  expect(indexNames(now())).toEqual(['idx_customers_name', 'idx_orders_customer_id_placed', 'logs_24_what', 'logs_what']);
  expect(ddl()).toContain('CREATE INDEX idx_orders_customer_id_placed ON orders (customer_id, placed DESC);');
  const [decision] = Object.values(now().decisions);
  expect(decision).toMatchObject({ status: 'accepted', title: 'Indexes of orders', about: [named('orders').id] });
  expect(decision?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(decision?.context).toBe(
    '1 query of the workload weighed by the planner of PostgreSQL 18.1. Indexes could take 50 MB. Nobody said how often 1 query is called: counted once an hour. 1 query could not be weighed.',
  );
  expect(decision?.decision).toBe(
    'Make idx_orders_customer_id_placed on orders (customer_id, placed DESC). Drop idx_orders_state on orders: others do its work (idx_orders_customer_id_placed).',
  );
  expect(decision?.consequences).toContain('An hour of the workload costs 11 instead of 901');
  const [drop, make] = decision?.indexes?.indexes ?? [];
  expect(drop).toMatchObject({ action: 'drop', name: 'idx_orders_state', on: 'orders' });
  expect(make).toMatchObject({
    action: 'make',
    index: named('orders').indexes.at(-1)?.id,
    parts: [
      { text: 'customer_id', role: 'E' },
      { text: 'placed DESC', role: 'S' },
    ],
    serves: [{ query: 'qry_open', name: 'open orders', without: 900, with: 8 }],
    bytes: 2_000_000,
    bytesInThreeYears: 9_000_000,
  });
  expect(decision?.indexes?.queries).toEqual([{ query: 'qry_open', name: 'open orders', before: 900, after: 8 }]);
  const again = parseDocument(serialize(now()));
  expect(again.ok && again.value.document).toEqual(now());
  expect(undo()).toBe('Apply index advice: make 1, drop 1');
  expect(now()).toEqual(before);
});

test('an index that lost can be made: named like the others, with its extension; no total is claimed for a choice nobody weighed', () => {
  expect(applyAdvice(shopAdvice(), ['c2']).ok).toBe(true);
  expect(named('orders').indexes.at(-1)?.name).toBe('idx_orders_note');
  expect(ddl()).toMatch(/^CREATE EXTENSION IF NOT EXISTS pg_trgm;/);
  const [decision] = Object.values(now().decisions);
  expect(decision?.indexes?.queries).toBeUndefined();
  expect(decision?.indexes?.totals).toBeUndefined();
  expect(decision?.consequences).toContain('Only some of what was advised was done');
  // A second one finds the extension, and its name taken.
  expect(applyAdvice(shopAdvice(), ['c2']).ok).toBe(true);
  expect(ddl().match(/CREATE EXTENSION/g)).toHaveLength(1);
  expect(named('orders').indexes.at(-1)?.name).toBe('idx_orders_note1');
});

test('what is attached to an index of a partitioned table goes with it', () => {
  const logs = named('logs');
  const advice = adviceOf({
    indexes: [
      advised({
        id: 'x',
        table: logs.id,
        name: 'logs_what',
        verdict: 'drop',
        existing: logs.indexes[0]?.id as string,
        why: 'unused',
      }),
    ],
  });
  expect(applyAdvice(advice, ['x']).ok).toBe(true);
  expect(indexNames(now())).toEqual(['idx_customers_name', 'idx_orders_state']);
});

test('nothing chosen, or a model that has moved on, changes nothing', () => {
  const advice = shopAdvice();
  expect(applyAdvice(advice, ['public.orders_pkey'])).toEqual(err('nothing-chosen', 'No index to make or to drop was chosen.'));
  expect(applyAdvice(advice, ['public.idx_orders_state']).ok).toBe(true);
  const before = now();
  const late = applyAdvice(advice, ['c1', 'public.idx_orders_state']);
  expect(late.ok ? '' : late.problem.code).toBe('stale-advice');
  expect(now()).toBe(before);
  // A column of it is gone: the model itself refuses.
  const orders = named('orders');
  const [made] = advice.indexes;
  const other = adviceOf({ indexes: [{ ...(made as (typeof advice.indexes)[0]), index: { elements: [{ column: 'col_gone' }] } }] });
  expect(applyAdvice(other, ['c1']).ok).toBe(false);
  expect(named('orders')).toBe(orders);
});

/** An advice for one more index, which an index that is there or made with it begins with. */
function besideAdvice(gains: readonly { query: string; without: number; with: number }[]) {
  const orders = named('orders');
  const make = (id: string, name: string, columns: readonly string[], of: typeof gains) =>
    advised({
      id,
      table: orders.id,
      name,
      verdict: 'make',
      index: { elements: columns.map((one) => ({ column: col(orders, one) })) },
      sql: `CREATE INDEX ${name} ON orders (${columns.join(', ')});`,
      gains: of,
    });
  return adviceOf({
    indexes: [
      make('long', 'orders_customer_placed', ['customer_id', 'placed'], [{ query: 'qry_open', without: 50, with: 40 }]),
      make('short', 'orders_customer', ['customer_id'], gains),
    ],
  });
}

const needless = () => checkDocument(now(), {}).filter((one) => one.rule === 'ix-prefix-redundant');

test('an index that another one begins with says what it is worth where a rule would call it needless', () => {
  const before = now();
  const advice = besideAdvice([
    { query: 'qry_open', without: 9000, with: 4000 },
    { query: 'qry_gone', without: 10, with: 9 },
  ]);
  expect(applyAdvice(advice, ['long', 'short']).ok).toBe(true);
  const [waiver, ...more] = Object.values(now().waivers);
  expect(more).toEqual([]);
  const short = named('orders').indexes.find((one) => one.name === 'orders_customer');
  expect(waiver).toMatchObject({ rule: 'ix-prefix-redundant', at: { record: named('orders').id, part: short?.id } });
  expect(waiver?.reason).toBe(
    'Advised beside orders_customer_placed: open orders costs 4,000 instead of 9,000, qry_gone costs 9 instead of 10, by the planner of PostgreSQL 18.1.',
  );
  // It is still found, and told with its reason.
  expect(needless().map((one) => one.waivedBy)).toEqual([waiver?.id]);
  undo();
  expect(now()).toEqual(before);
});

test('an index that another one begins with and no query gains from is called needless as ever', () => {
  expect(applyAdvice(besideAdvice([]), ['long', 'short']).ok).toBe(true);
  expect(now().waivers).toEqual({});
  expect(needless()).toHaveLength(1);
});

describe('an own set', () => {
  const after = {
    indexes: [],
    reads: 40,
    writes: 2,
    bytes: 5,
    queries: [{ query: 'qry_open', cost: 40, uses: [], plan: planOf(40) }],
  };

  test('becomes what is there in one undo step, and its costs are kept', () => {
    const before = now();
    const advice = shopAdvice();
    const customers = named('customers');
    const kept = advised({
      id: 'public.idx_customers_name',
      table: customers.id,
      name: 'idx_customers_name',
      verdict: 'keep',
      existing: customers.indexes[0]?.id as string,
    });
    const all = { ...advice, indexes: [...advice.indexes, kept] };
    // A loser is made, what was advised is not; one that was to go stays, one that was to stay goes.
    const done = applyOwnSet(all, { indexes: new Set(['c2', 'public.idx_orders_state']), after });
    expect(done.ok && [...done.value.made.values()].map((one) => one.name)).toEqual(['idx_orders_note']);
    expect(indexNames(now())).toEqual(['idx_orders_note', 'idx_orders_state', 'logs_24_what', 'logs_what']);
    const [decision] = Object.values(now().decisions);
    expect(decision?.context).toContain('The set was put together by hand.');
    expect(decision?.decision).toContain('Drop idx_customers_name on customers: it is not in the set that was chosen.');
    expect(decision?.indexes?.queries).toEqual([{ query: 'qry_open', name: 'open orders', before: 900, after: 40 }]);
    expect(decision?.consequences).toContain('An hour of the workload costs 42 instead of 901');
    expect(undo()).toBe('Apply own set of indexes: make 1, drop 1');
    expect(now()).toEqual(before);
  });

  test('claims no costs that nobody worked out', () => {
    expect(applyOwnSet(shopAdvice(), { indexes: new Set(['c1']) }).ok).toBe(true);
    const [decision] = Object.values(now().decisions);
    expect(decision?.consequences).toContain('The set was put together by hand: the cost of the workload with just these was not');
    expect(decision?.indexes?.totals).toBeUndefined();
  });

  test('is shown as statements before it is applied, and changes nothing by that', async () => {
    const before = now();
    const preview = await previewAdvice(shopAdvice(), { kind: 'own', indexes: new Set(['c1']) });
    if (!preview.ok) throw new Error(preview.problem.message);
    expect(preview.value.statements.map(({ kind, lines }) => [kind, lines.map((line) => line?.text).join('\n')])).toEqual([
      ['added', 'CREATE INDEX idx_orders_customer_id_placed ON orders (customer_id, placed DESC);'],
      ['removed', 'CREATE INDEX idx_orders_state ON orders (state);'],
    ]);
    expect(now()).toBe(before);
    expect(await previewAdvice(shopAdvice(), { kind: 'advised', ids: [] })).toMatchObject({ problem: { code: 'nothing-chosen' } });
  });

  test('that is what there is changes nothing', () => {
    const before = now();
    const done = applyOwnSet(shopAdvice(), { indexes: new Set(['public.idx_orders_state']), after });
    expect(done.ok ? '' : done.problem.code).toBe('nothing-chosen');
    expect(now()).toBe(before);
  });

  test('leaves an index that rows are stored by', () => {
    const orders = named('orders');
    const stored = { ...orders, indexes: orders.indexes.map((one) => ({ ...one, clustered: true })) };
    load({ ...now(), tables: { ...now().tables, [orders.id]: stored } });
    const done = applyOwnSet(shopAdvice(), { indexes: new Set(['c1']) });
    expect(done.ok && done.value.dropped).toEqual([]);
    expect(indexNames(now())).toContain('idx_orders_state');
  });
});
