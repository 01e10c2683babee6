import { describe, expect, it } from 'vitest';
import type { TableStatistics } from '#engine/planner/statistics.ts';
import { type PlanGround, PlanKeys } from './plan-keys.ts';
import { tableName } from './pretend-server.ts';
import { RememberedPlans } from './remembered-plans.ts';
import type { SeenIndex } from './what-if.ts';

const ORDERS: TableStatistics = {
  schema: 'public',
  name: 'orders',
  rows: 1000,
  pages: 10,
  visiblePages: 10,
  columns: [
    {
      name: 'state',
      nullFraction: 0,
      averageWidth: 4,
      distinct: 3,
      correlation: 0.1,
      common: [{ value: 'done', share: 0.9 }],
      bounds: ['a', 'z'],
    },
  ],
};
const ITEMS: TableStatistics = { ...ORDERS, name: 'items', columns: [] };

const GROUND: PlanGround = {
  version: '18.1',
  day: '2026-01-31',
  settings: { work_mem: '4MB' },
  extensions: ['pg_trgm'],
  schema: [
    { key: 't1', sql: 'CREATE TABLE orders (state text);' },
    { key: 't2', sql: 'CREATE TABLE items (id integer);' },
  ],
  tables: [ORDERS, ITEMS],
};

const SEEN: readonly SeenIndex[] = [
  { name: 'public.a', root: 'public.a', rows: 1000, pages: 4 },
  { name: 'public.b', root: 'public.b', rows: 1000, pages: 4 },
];

interface Question {
  readonly ground: PlanGround;
  readonly sql: string;
  readonly tables: readonly string[];
  readonly seen: readonly SeenIndex[];
}

const ASKED: Question = {
  ground: GROUND,
  sql: "SELECT * FROM orders WHERE state = 'done'",
  tables: [tableName(ORDERS)],
  seen: SEEN,
};

const store = new RememberedPlans();
const keyOf = ({ ground, sql, tables, seen }: Question) => new PlanKeys(store, ground).plan(sql, tables, seen);
const onGround = (change: Partial<PlanGround>): Question => ({ ...ASKED, ground: { ...GROUND, ...change } });
const onOrders = (change: Partial<TableStatistics>) => onGround({ tables: [{ ...ORDERS, ...change }, ITEMS] });
const onColumn = (change: object) => onOrders({ columns: ORDERS.columns.map((one) => ({ ...one, ...change })) });
const withStatement = (sql: string) => onGround({ schema: [...GROUND.schema, { key: 'more', sql }] });
const rewritten = (sql: string) => onGround({ schema: [{ key: 't1', sql }, ...GROUND.schema.slice(1)] });
const [A, B] = SEEN as readonly [SeenIndex, SeenIndex];

/** Everything that a plan depends on, changed alone. */
const MATTERS: Readonly<Record<string, Question>> = {
  'the version of the server': onGround({ version: '18.2' }),
  'the day': onGround({ day: '2026-02-01' }),
  'a setting': onGround({ settings: { work_mem: '8MB' } }),
  'a setting more': onGround({ settings: { work_mem: '4MB', jit: 'off' } }),
  'an extension': onGround({ extensions: [] }),
  'a column of another name': rewritten('CREATE TABLE orders (status text);'),
  'a column that was dropped': rewritten('CREATE TABLE orders ();'),
  'a column of another type': rewritten('CREATE TABLE orders (state varchar(9));'),
  'a column that may not be NULL': rewritten('CREATE TABLE orders (state text NOT NULL);'),
  'the order of statements': onGround({ schema: [...GROUND.schema].reverse() }),
  'a view': withStatement('CREATE VIEW done AS SELECT * FROM orders;'),
  'another definition of that view': withStatement("CREATE VIEW done AS SELECT * FROM orders WHERE state = 'done';"),
  'a materialized view': withStatement('CREATE MATERIALIZED VIEW done AS SELECT * FROM orders WITH NO DATA;'),
  'a policy': withStatement("CREATE POLICY own ON orders USING (state = 'mine');"),
  'a function': withStatement('CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT 1$$;'),
  'a statistics object': withStatement('CREATE STATISTICS s ON state, id FROM orders;'),
  'a foreign key': withStatement('ALTER TABLE items ADD FOREIGN KEY (id) REFERENCES orders;'),
  'a partition': withStatement('CREATE TABLE orders_1 PARTITION OF orders DEFAULT;'),
  'an index of the schema': withStatement('CREATE INDEX c ON orders (state);'),
  'rows of the table': onOrders({ rows: 1001 }),
  'pages of the table': onOrders({ pages: 11 }),
  'visible pages of the table': onOrders({ visiblePages: 9 }),
  'NULLs of a column': onColumn({ nullFraction: 0.5 }),
  'the width of a column': onColumn({ averageWidth: 5 }),
  'different values of a column': onColumn({ distinct: 4 }),
  'the correlation of a column': onColumn({ correlation: 0.2 }),
  'a frequent value': onColumn({ common: [{ value: 'new', share: 0.9 }] }),
  'how frequent a value is': onColumn({ common: [{ value: 'done', share: 0.8 }] }),
  'a histogram': onColumn({ bounds: ['a', 'm', 'z'] }),
  'a table of which nothing is declared any more': onGround({ tables: [ITEMS] }),
  'a value in the statement': { ...ASKED, sql: "SELECT * FROM orders WHERE state = 'new'" },
  'a parameter in its place': { ...ASKED, sql: 'SELECT * FROM orders WHERE state = $1' },
  'another table that is opened': { ...ASKED, tables: [tableName(ITEMS), tableName(ORDERS)] },
  'an index less': { ...ASKED, seen: [A] },
  'another index': { ...ASKED, seen: [A, { ...B, name: 'public.c', root: 'public.c' }] },
  'the order of indexes': { ...ASKED, seen: [B, A] },
  'pages of an index': { ...ASKED, seen: [A, { ...B, pages: 5 }] },
  'rows of an index': { ...ASKED, seen: [A, { ...B, rows: 999 }] },
  'what an index is a part of': { ...ASKED, seen: [A, { ...B, root: 'public.whole' }] },
};

describe('the key of a plan', () => {
  it('is the same for the same question', () => {
    expect(keyOf({ ...ASKED, ground: structuredClone(GROUND) })).toBe(keyOf(ASKED));
    expect(keyOf(onGround({ settings: {} }))).toBe(keyOf(onGround({ settings: undefined as unknown as Record<string, string> })));
  });

  it.each(Object.keys(MATTERS))('is another for %s', (what) => {
    expect(keyOf(MATTERS[what] as Question)).not.toBe(keyOf(ASKED));
  });

  it('is another for each of these', () => {
    const all = [ASKED, ...Object.values(MATTERS)].map(keyOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not ask about tables that the statement does not open', () => {
    expect(keyOf(onGround({ tables: [ORDERS, { ...ITEMS, rows: 7 }] }))).toBe(keyOf(ASKED));
  });

  it('tells names apart that hold what stands between others', () => {
    const odd = (name: string): Question => ({ ...ASKED, seen: [{ ...A, name, root: name }] });
    const parts = {
      ...ASKED,
      seen: [
        { ...A, name: 'x', root: 'x' },
        { ...A, name: 'y', root: 'y' },
      ],
    };
    expect(new Set([odd('x","y'), odd('x'), odd('x y'), parts].map(keyOf)).size).toBe(4);
    expect(tableName({ schema: 'a.b', name: 'c' })).not.toBe(tableName({ schema: 'a', name: 'b.c' }));
  });
});
