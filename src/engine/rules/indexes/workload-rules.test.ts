import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Table } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { createWorkloadReader } from '../../workload/report.ts';
import { checkDocument, createCheckCache } from '../check.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DDL = `CREATE TABLE customers (id bigint PRIMARY KEY, name text, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, state text, placed timestamptz, total numeric);
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_total ON orders (total) WHERE state = 'open';
CREATE INDEX customers_name ON customers (name);`;

type Queries = Readonly<Record<string, string>>;

function shop(queries: Queries, rows: Readonly<Record<string, number>> = {}): Document {
  const document = readDdl(parser, DDL);
  return withCalls(document, [
    ...Object.entries(queries).map(
      ([name, sql]): CommandCall => ({ name: 'addQuery', args: { record: { id: `qry_${name}`, name, sql } } }),
    ),
    ...Object.entries(rows).map(
      ([name, count]): CommandCall => ({
        name: 'setTable',
        args: { id: of(document, name).id, patch: { facts: { rows: count } } },
      }),
    ),
  ]);
}

const of = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name) as Table;
const col = (document: Document, table: string, name: string) =>
  of(document, table).columns.find((one) => one.name === name)?.id as string;

function found(document: Document, rule: string): string[] {
  return checkDocument(document, { parser })
    .filter((one) => one.rule === rule)
    .map(({ severity, message, fixes }) => [severity, message.what, ...fixes.map(({ label }) => label)].join(' | '));
}

describe('an index that no query can use', () => {
  it.each<[string, string, string[]]>([
    ['its second column is looked for', 'SELECT id FROM orders WHERE total > 5 AND state <> $1', ['orders_state']],
    ['the predicate is said', "SELECT id FROM orders WHERE state = 'open'", []],
    ['only joined, and its value may be the one of the predicate', 'SELECT 1 FROM orders a JOIN orders b ON a.state = b.state', []],
    ['only grouped by', 'SELECT state, count(*) FROM orders GROUP BY state', ['orders_total']],
    ['in an arm of OR', 'SELECT id FROM orders WHERE id = 1 OR state = $1', []],
    ['read alone', 'SELECT state FROM orders', ['orders_total']],
    ['through a subquery', 'SELECT * FROM (SELECT * FROM orders) o WHERE o.state = $1', []],
    ['written only', 'INSERT INTO orders (id) VALUES (1)', ['orders_state', 'orders_total']],
    ['not among what is changed', 'UPDATE orders SET state = $1 WHERE id = $2', ['orders_state', 'orders_total']],
  ])('%s', (_what, sql, unused) => {
    const said = found(shop({ q: sql }), 'ix-unused');
    expect(said.map((one) => /can use (\w+)/.exec(one)?.[1])).toEqual(unused);
    // What is written costs more than room.
    for (const one of said) expect(one).toMatch(/INSERT|UPDATE/.test(sql) ? /^warning/ : /^info/);
  });

  it('is not one on which a foreign key rests, nor of a table that the workload does not use', () => {
    const document = shop({ q: 'SELECT note FROM orders' });
    const more = withCalls(document, [
      {
        name: 'addIndex',
        args: { table: of(document, 'orders').id, part: { elements: [{ column: col(document, 'orders', 'customer_id') }] } },
      },
    ]);
    const said = found(more, 'ix-unused').join();
    expect(said).not.toContain('customer');
  });
});

describe('a search that no index serves', () => {
  const MANY = { orders: 1_000_000, customers: 200_000 };
  it.each<[string, string, string[]]>([
    ['by equality', 'SELECT * FROM customers WHERE email = $1', ['Add an index on customers (email)']],
    ['in a list', 'SELECT * FROM customers WHERE email IN ($1, $2)', ['Add an index on customers (email)']],
    ['between two times', 'SELECT * FROM orders WHERE placed >= $1 AND placed < $2', ['Add an index on orders (placed)']],
    ['between', 'SELECT * FROM orders WHERE placed BETWEEN $1 AND $2', ['Add an index on orders (placed)']],
    ['from a time on, which may be most rows', 'SELECT * FROM orders WHERE placed >= $1', []],
    [
      'of a customer, newest first',
      'SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed DESC LIMIT 5',
      ['Add an index on orders (customer_id, placed DESC)'],
    ],
    ['by a key', 'SELECT * FROM orders WHERE id = $1 AND total = 4', []],
    ['by a join from few rows', 'SELECT * FROM customers c JOIN orders o ON c.id = o.customer_id WHERE c.name = $1', []],
    ['to be changed', 'UPDATE customers SET name = $1 WHERE email = $2', ['Add an index on customers (email)']],
    ['to be deleted', 'DELETE FROM customers WHERE email = $1', ['Add an index on customers (email)']],
    ['with an arm of OR, which is left to the advice', 'SELECT * FROM customers WHERE email = $1 OR id = 4', []],
    [
      'of the other table only',
      'SELECT * FROM orders WHERE EXISTS (SELECT FROM customers WHERE email = $1)',
      ['Add an index on customers (email)'],
    ],
  ])('%s', (_what, sql, fixes) => {
    const said = found(shop({ q: sql }, MANY), 'ix-equality-filter');
    expect(said.map((one) => one.split(' | ').at(-1))).toEqual(fixes);
    for (const one of said) expect(one).toMatch(/^warning/);
  });

  it('is told once for all queries that one index would serve, and only mentioned where rows are a guess', () => {
    const queries = {
      one: 'SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed DESC LIMIT 5',
      two: 'SELECT count(*) FROM orders WHERE customer_id = $1',
    };
    const [said, ...more] = found(shop(queries, MANY), 'ix-equality-filter');
    expect(more).toEqual([]);
    expect(said).toBe(
      'warning | No index finds the rows of orders that “one”, “two” look for. | Add an index on orders (customer_id, placed DESC)',
    );
    const guessed = readDdl(
      parser,
      'CREATE TABLE visits (id bigint PRIMARY KEY, page text, visitor uuid, seen timestamptz, agent text);',
    );
    const asked = withCalls(guessed, [
      { name: 'addQuery', args: { record: { name: 'q', sql: 'SELECT * FROM visits WHERE visitor = $1' } } },
    ]);
    expect(found(asked, 'ix-equality-filter')[0]).toMatch(/^info/);
    expect(found(shop(queries, { orders: 9999 }), 'ix-equality-filter')).toEqual([]);
  });

  it('takes told facts of columns before guesses', () => {
    const document = shop({ q: 'SELECT * FROM orders WHERE total = $1' }, MANY);
    expect(found(document, 'ix-equality-filter')).toHaveLength(1);
    const facts = (distinct: number) =>
      withCalls(document, [
        {
          name: 'setColumn',
          args: { table: of(document, 'orders').id, id: col(document, 'orders', 'total'), patch: { facts: { distinct } } },
        },
      ]);
    expect(found(facts(3), 'ix-equality-filter')).toEqual([]);
    expect(found(facts(-0.5), 'ix-equality-filter')).toHaveLength(1);
  });
});

it('what was found before and is kept is what is found anew, after each edit', () => {
  const start = shop(
    {
      newest: 'SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed DESC LIMIT 5',
      mail: 'SELECT * FROM customers WHERE email = $1',
      open: "SELECT total FROM orders WHERE state = 'open'",
      put: 'INSERT INTO customers (id, name) VALUES (1, $1) ON CONFLICT (name) DO NOTHING',
    },
    { orders: 1_000_000 },
  );
  const [orders, customers] = [of(start, 'orders').id, of(start, 'customers').id];
  const link = Object.keys(start.relationships)[0] as string;
  const edits: CommandCall[] = [
    { name: 'setColumn', args: { table: customers, id: col(start, 'customers', 'email'), patch: { name: 'mail' } } },
    { name: 'setTable', args: { id: customers, patch: { facts: { rows: 50_000 } } } },
    {
      name: 'addIndex',
      args: { table: orders, part: { id: 'idx_new', elements: [{ column: col(start, 'orders', 'customer_id') }] } },
    },
    { name: 'setQuery', args: { id: 'qry_mail', patch: { sql: 'SELECT * FROM customers WHERE mail = $1' } } },
    { name: 'setTable', args: { id: orders, patch: { name: 'purchases' } } },
    { name: 'setQuery', args: { id: 'qry_newest', patch: { callsPerHour: 5000 } } },
    { name: 'addQuery', args: { record: { id: 'qry_gone', name: 'gone', sql: 'DELETE FROM customers WHERE id = $1' } } },
    { name: 'removeIndexes', args: { table: orders, ids: ['idx_new'] } },
    { name: 'setSchema', args: { id: of(start, 'orders').schema, patch: { name: 'shop' } } },
    { name: 'removeRelationships', args: { ids: [link] } },
    { name: 'removeQueries', args: { ids: ['qry_open', 'qry_put'] } },
    { name: 'removeTables', args: { ids: [customers] } },
    { name: 'removeQueries', args: { ids: ['qry_newest', 'qry_mail', 'qry_gone'] } },
  ];
  const [cache, workload] = [createCheckCache(), createWorkloadReader(parser)];
  let document = start;
  const kinds = new Set<string>();
  for (const edit of edits) {
    const kept = checkDocument(document, { parser, cache, workload });
    expect(kept).toEqual(checkDocument(document, { parser }));
    for (const { rule } of kept) kinds.add(rule);
    document = withCalls(document, [edit]);
  }
  expect(checkDocument(document, { parser, cache, workload })).toEqual(checkDocument(document, { parser }));
  for (const rule of ['ix-unused', 'ix-equality-filter', 'ix-unique-not-used-by-upsert', 'fk-index-missing'])
    expect(kinds).toContain(rule);
});
