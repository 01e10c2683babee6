import type { AdvisedIndex, IndexAdvice, IndexCard, LostIndex, QueryVerdict, Scenario } from '#engine/indexes/advise/advice.ts';
import type { Plan, PlanNode } from '#engine/planner/plan.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from './read-ddl.ts';

/** Three tables of a shop, four queries on them, and advice as it could be given: written by hand, for what shows advice. */

const DDL = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, state text NOT NULL,
  placed_at timestamptz NOT NULL, total numeric(12, 2) NOT NULL);
CREATE TABLE order_items (order_id bigint REFERENCES orders, line int, product text NOT NULL, PRIMARY KEY (order_id, line));
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_placed ON orders (placed_at);
`;

const QUERIES = [
  ['qry_1', 'Orders of a customer', 'SELECT * FROM orders WHERE customer_id = 7 ORDER BY placed_at DESC LIMIT 20', 12_000],
  ['qry_2', 'Customer by address', "SELECT id FROM customers WHERE lower(email) = 'a@b.c'", 900],
  ['qry_3', 'Takings of a day', "SELECT sum(total) FROM orders WHERE placed_at >= '2026-01-01'", undefined],
  ['qry_4', 'Broken', 'SELECT FROM WHERE', 5],
] as const;

export async function sampleDocument(): Promise<Document> {
  const document = readDdl(await parserForTests(), DDL);
  const queries = QUERIES.map(
    ([id, name, sql, callsPerHour]) => [id, { id, name, sql, ...(callsPerHour === undefined ? {} : { callsPerHour }) }] as const,
  );
  return { ...document, queries: Object.fromEntries(queries) };
}

export function planNode(type: string, totalCost: number, more: Partial<PlanNode> = {}): PlanNode {
  return { type, startupCost: 0, totalCost, rows: 20, width: 40, conditions: [], children: [], ...more };
}

const seqScan = (relation: string, cost: number, filter: string): Plan => ({
  root: planNode('Seq Scan', cost, { relation, rows: 40, conditions: [{ what: 'Filter', text: filter }] }),
});

const indexScan = (relation: string, index: string, cost: number, condition: string): Plan => ({
  root: planNode('Limit', cost, {
    children: [
      planNode('Index Scan', cost * 2, { relation, index, rows: 40, conditions: [{ what: 'Index Cond', text: condition }] }),
    ],
  }),
});

/** Ids: `new_1` and `new_2` are to be made, `public.orders_state` is to go, `public.orders_placed` stays; `lost_*` lost. */
export function sampleAdvice(document: Document): IndexAdvice {
  const table = (name: string) => Object.values(document.tables).find((one) => one.name === name);
  const [orders, customers] = [table('orders'), table('customers')];
  if (orders === undefined || customers === undefined) throw new Error('The sample has lost its tables.');
  const column = (of: typeof orders, name: string) => of.columns.find((one) => one.name === name)?.id ?? '';
  const existing = (name: string) => orders.indexes.find((one) => one.name === name)?.id ?? '';
  const card = (id: string, name: string, parts: IndexCard['parts'], more: Partial<IndexCard> = {}): IndexCard => ({
    id,
    table: orders.id,
    name,
    parts,
    sql: `CREATE INDEX ${name} ON orders (${parts.map(({ text, desc }) => `${text}${desc === true ? ' DESC' : ''}`).join(', ')});`,
    reasons: [],
    notes: [],
    bytes: 42e6,
    bytesInThreeYears: 126e6,
    writeCost: 40,
    ...more,
  });
  const customer = { text: 'customer_id', column: column(orders, 'customer_id'), role: 'E' } as const;
  const placed = { text: 'placed_at', column: column(orders, 'placed_at'), role: 'S', desc: true } as const;
  const indexes: AdvisedIndex[] = [
    {
      ...card('new_1', 'orders_customer_id_placed_at_idx', [customer, placed], {
        index: { elements: [{ column: customer.column }, { column: placed.column, order: 'desc' }] },
        reasons: [{ query: 'qry_1', shape: 'equality-sort', why: 'finds rows by customer_id, in the order of placed_at' }],
      }),
      verdict: 'make',
      worth: 3.6e9,
      gains: [{ query: 'qry_1', without: 300_000, with: 24 }],
      instead: [],
    },
    {
      ...card('new_2', 'customers_lower_idx', [{ text: 'lower(email)', column: column(customers, 'email'), role: 'E' }], {
        table: customers.id,
        sql: 'CREATE INDEX customers_lower_idx ON customers (lower(email));',
        index: { elements: [{ expression: 'lower(email)' }] },
        reasons: [{ query: 'qry_2', shape: 'equality', why: 'finds rows by lower(email)' }],
        notes: ['lower(email) follows the collation of the database'],
        writeCost: 0,
      }),
      verdict: 'make',
      worth: 9e6,
      gains: [{ query: 'qry_2', without: 10_000, with: 8.4 }],
      instead: [],
    },
    {
      ...card('public.orders_placed', 'orders_placed', [{ text: 'placed_at', column: placed.column, role: 'R' }], {
        existing: existing('orders_placed'),
      }),
      verdict: 'keep',
      worth: 150_000,
      gains: [{ query: 'qry_3', without: 310_000, with: 160_000 }],
      instead: [],
    },
    {
      ...card('public.orders_state', 'orders_state', [{ text: 'state' }], { existing: existing('orders_state') }),
      verdict: 'drop',
      worth: 0,
      gains: [],
      why: 'unused',
      instead: [],
    },
    {
      ...card('public.orders_pkey', 'orders_pkey', [{ text: 'id' }], { bytesInThreeYears: 90e6 }),
      verdict: 'rule',
      worth: 0,
      gains: [],
      instead: [],
    },
  ];
  const losers: LostIndex[] = [
    { ...card('lost_1', 'orders_customer_id_idx', [customer]), why: 'covered', instead: ['new_1'], gain: 0, dearer: 40 },
    { ...card('lost_2', 'orders_total_idx', [{ text: 'total', role: 'I' }]), why: 'writes', instead: [], gain: 12, dearer: 28 },
    {
      ...card('lost_3', 'orders_everything_idx', [customer, placed, { text: 'total', role: 'I' }], { bytes: 4e9 }),
      why: 'room',
      instead: ['public.orders_placed', 'new_2'],
      gain: 5000,
      dearer: 9e6,
    },
  ];
  const plans = {
    qry_1: [seqScan('orders', 300_000, '(customer_id = 7)'), indexScan('orders', 'new_1', 24, '(customer_id = 7)')],
    qry_2: [
      seqScan('customers', 10_000, "(lower(email) = 'a@b.c'::text)"),
      indexScan('customers', 'new_2', 8.4, "(lower(email) = 'a@b.c'::text)"),
    ],
    qry_3: [
      indexScan('orders', 'orders_placed', 160_000, '(placed_at >= ...)'),
      indexScan('orders', 'orders_placed', 160_000, '(placed_at >= ...)'),
    ],
  } as const;
  const verdict = (
    query: keyof typeof plans,
    none: number,
    now: number,
    advised: number,
    uses: readonly string[],
  ): QueryVerdict => ({
    query,
    calls: document.queries[query]?.callsPerHour ?? 1,
    counted: document.queries[query]?.callsPerHour !== undefined,
    none,
    now,
    advised,
    uses,
    planNow: plans[query][0],
    planAdvised: plans[query][1],
  });
  const queries = [
    verdict('qry_1', 300_000, 300_000, 24, ['new_1']),
    verdict('qry_2', 10_000, 10_000, 8.4, ['new_2']),
    verdict('qry_3', 310_000, 160_000, 160_000, ['public.orders_placed']),
  ];
  const scenario = (at: 'none' | 'now' | 'advised', ids: readonly string[], bytes: number, writes: number): Scenario => ({
    indexes: ids,
    reads: queries.reduce((sum, one) => sum + one.calls * one[at], 0),
    writes,
    bytes,
    queries: queries.map((one) => ({
      query: one.query,
      cost: one[at],
      uses: one.uses.filter((id) => ids.includes(id)),
      plan: at === 'advised' ? one.planAdvised : one.planNow,
    })),
  });
  const advised = scenario('advised', ['new_1', 'new_2', 'public.orders_placed'], 126e6, 80);
  return {
    basis: { kind: 'planner', version: '18.3' },
    queries,
    left: [{ query: 'qry_4', reason: 'syntax error at or near "WHERE"' }],
    indexes,
    losers,
    refused: [{ sql: 'CREATE INDEX odd ON orders (now());', reason: 'functions in index expression must be marked IMMUTABLE' }],
    none: scenario('none', [], 0, 0),
    now: scenario('now', ['public.orders_state', 'public.orders_placed'], 84e6, 80),
    advised,
    bound: advised.reads + advised.writes,
    complete: true,
    asked: 41,
  };
}
