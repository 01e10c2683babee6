import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, Table } from '#model/types.ts';
import { adviceOf, advised, planOf } from '#test/index-advice.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { applicationOf } from '../indexes/advise/apply.ts';
import { checkDocument } from '../rules/check.ts';
import { createWorkloadReader } from '../workload/report.ts';
import { databaseDesign } from './design.ts';
import { databaseOptimization, hasOptimization } from './optimization.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const DDL = `CREATE TABLE orders (id bigint PRIMARY KEY, customer_no bigint, state text, placed timestamptz);
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_placed ON orders (placed);`;

function shop(): Document {
  return withCalls(readDdl(parser, DDL), [
    query('newest of a customer', 'SELECT * FROM orders WHERE customer_no = $1 ORDER BY placed DESC LIMIT 5', {
      callsPerHour: 1200,
      latencyMs: 20,
      purpose: 'interactive',
    }),
    query('take in', 'INSERT INTO orders (id) VALUES ($1)', { callsPerHour: 90_000 }),
    query('by day', "SELECT date_trunc('day', placed), count(*) FROM orders WHERE placed > $1 GROUP BY 1", { purpose: 'report' }),
    query('broken', 'SELEC'),
  ]);
}

function query(name: string, sql: string, more: object = {}): CommandCall {
  return { name: 'addQuery', args: { record: { id: `qry_${name.replaceAll(' ', '_')}`, name, sql, ...more } } };
}

const orders = (document: Document) => Object.values(document.tables)[0] as Table;

function decided(document: Document, chosen: readonly string[]): Document {
  const table = orders(document);
  const id = (name: string) => table.columns.find((one) => one.name === name)?.id as string;
  const nothing = { indexes: [], queries: [] };
  const advice = adviceOf({
    budget: 5e9,
    queries: [
      {
        query: 'qry_newest_of_a_customer',
        calls: 1200,
        counted: true,
        none: 5000,
        now: 5000,
        advised: 10,
        uses: [],
        planNow: planOf(5000),
        planAdvised: planOf(10),
      },
      {
        query: 'qry_by_day',
        calls: 1,
        counted: false,
        none: 900,
        now: 900,
        advised: 900,
        uses: [],
        planNow: planOf(9),
        planAdvised: planOf(9),
      },
    ],
    now: { ...nothing, reads: 6_000_900, writes: 400, bytes: 3e7 },
    advised: { ...nothing, reads: 12_900, writes: 600, bytes: 4e7 },
    indexes: [
      advised({
        id: 'm',
        table: table.id,
        name: 'orders_of_customer',
        verdict: 'make',
        index: { elements: [{ column: id('customer_no') }, { column: id('placed'), order: 'desc' }] },
        sql: 'CREATE INDEX orders_of_customer ON orders (customer_no, placed DESC);',
        parts: [
          { text: 'customer_no', role: 'E' },
          { text: 'placed', role: 'S', desc: true },
        ],
        gains: [{ query: 'qry_newest_of_a_customer', without: 5000, with: 10 }],
        bytes: 2e7,
        bytesInThreeYears: 9e7,
        writeCost: 300,
        worth: 5_988_000,
        notes: ['from a|b'],
      }),
      advised({
        id: 'd',
        table: table.id,
        name: 'orders_state',
        verdict: 'drop',
        existing: table.indexes.find(({ name }) => name === 'orders_state')?.id as string,
        why: 'unused',
        bytes: 1e7,
      }),
    ],
  });
  const planned = applicationOf(document, advice, chosen, { ids: derivedIds(), date: '2026-03-04' });
  if (!planned.ok) throw new Error(planned.problem.message);
  return withCalls(document, planned.value.calls);
}

const input = (document: Document) => ({
  document,
  findings: checkDocument(document, { parser }),
  normalForms: {},
  workload: createWorkloadReader(parser)(document),
});

/** The rows of tables in a chapter, cells trimmed. */
function rowsOf(markdown: string, chapter: string): string[][] {
  const from = markdown.indexOf(`\n${chapter}\n`);
  const text = markdown.slice(from + chapter.length + 2);
  const level = chapter.split(' ')[0]?.length ?? 2;
  const end = text.search(new RegExp(`^#{1,${level}} `, 'm'));
  return (end < 0 ? text : text.slice(0, end))
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('the chapters on workload and indexes', () => {
  it('say the queries with what is known of them, and what they ask of each table', () => {
    const markdown = databaseDesign(input(shop()));
    expect(rowsOf(markdown, '## Workload')).toEqual([
      ['Query', 'Calls an hour', 'May take', 'Purpose', 'Tables'],
      ['take in', '90,000', '', '', '`orders` (written)'],
      ['newest of a customer', '1,200', '20 ms', 'interactive', '`orders`'],
      ['broken', '', '', '', 'It cannot be read.'],
      ['by day', '', '', 'report', '`orders`'],
      ['Table', 'Reads', 'Inserts', 'Updates', 'Deletes'],
      ['`orders`', '1,200', '90,000', '0', '0'],
    ]);
  });

  it('say of indexes without a decision what model and workload say', () => {
    expect(rowsOf(databaseDesign(input(shop())), '## Indexes')).toEqual([
      ['Index', 'On', 'Columns', 'What it is for', 'Queries that can use it'],
      ['`orders_state`', '`orders`', '`state`', 'serves searches and sorts on its columns', ''],
      ['`orders_placed`', '`orders`', '`placed`', 'serves searches and sorts on its columns', 'newest of a customer, by day'],
    ]);
  });

  it('say of those decided on whom they serve, what each column is for, size, upkeep and why', () => {
    const markdown = databaseDesign(input(decided(shop(), ['m', 'd'])));
    expect(rowsOf(markdown, '### Decided on')).toEqual([
      ['Index', 'On', 'Columns', 'Serves', 'Size', 'Upkeep', 'Why'],
      [
        '`orders_of_customer`',
        '`orders`',
        '`customer_no` (equality), `placed DESC` (order)',
        'newest of a customer (5,000 → 10)',
        '20 MB, 90 MB in three years',
        '300',
        'Indexes of orders, 2026-03-04: worth 6M an hour. from a\\|b',
      ],
    ]);
    expect(markdown).toContain('by the planner of PostgreSQL 18.1 (2026-03-04)');
    expect(rowsOf(markdown, '### Dropped')[1]).toEqual([
      '`orders_state`',
      '`orders`',
      '10 MB',
      'no query of the workload would be cheaper with it',
      'Indexes of orders, 2026-03-04',
    ]);
    expect(rowsOf(markdown, '### Others').map(([name]) => name)).toEqual(['Index', '`orders_placed`']);
  });

  it('keep what was decided when queries and indexes go or get other names', () => {
    const before = decided(shop(), ['m', 'd']);
    const index = orders(before).indexes.find(({ name }) => name === 'orders_of_customer')?.id as string;
    const renamed = withCalls(before, [
      { name: 'setIndex', args: { table: orders(before).id, id: index, patch: { name: 'other' } } },
      { name: 'removeQueries', args: { ids: ['qry_newest_of_a_customer'] } },
    ]);
    expect(rowsOf(databaseDesign(input(renamed)), '### Decided on')[1]?.slice(0, 4)).toEqual([
      '`other`',
      '`orders`',
      '`customer_no` (equality), `placed DESC` (order)',
      'newest of a customer (5,000 → 10)',
    ]);
    const gone = withCalls(before, [{ name: 'removeTables', args: { ids: [orders(before).id] } }]);
    expect(databaseDesign(input(gone))).toContain('### Dropped');
  });

  it('are left out where there is nothing to say', () => {
    const markdown = databaseDesign(input(readDdl(parser, 'CREATE TABLE t (a int PRIMARY KEY)')));
    expect(markdown).not.toMatch(/^## (?:Indexes|Workload)$/m);
  });
});

describe('database-optimization.md', () => {
  it('has the costs that were recorded, advice on queries, and their texts', () => {
    const document = decided(shop(), ['m', 'd']);
    const markdown = databaseOptimization(input(document));
    expect(rowsOf(markdown, '## Before and after')).toEqual([
      ['Query', 'Calls an hour', 'Cost of a call before', 'After', 'Change'],
      ['newest of a customer', '1,200', '5,000', '10', '−100 %'],
      ['by day', '', '900', '900', 'same'],
      ['In an hour', 'Reads', 'Upkeep of indexes', 'Together', 'Size of indexes'],
      ['Before', '6M', '400', '6M', '30 MB'],
      ['After', '13k', '600', '14k', '40 MB'],
    ]);
    expect(rowsOf(markdown, '## Queries to change').map(([name]) => name)).toContain('broken');
    expect(markdown).toContain("```sql\nSELECT date_trunc('day', placed), count(*)");
    expect(databaseOptimization(input(document))).toBe(markdown);
  });

  it('claims no figures for a choice that nobody weighed', () => {
    const markdown = databaseOptimization(input(decided(shop(), ['m'])));
    expect(markdown).toContain('What each query costs with just these indexes was not worked out.');
    expect(rowsOf(markdown, '## Before and after')).toEqual([]);
  });

  it('is written where there is a workload or a decision', () => {
    expect(hasOptimization(readDdl(parser, DDL))).toBe(false);
    expect(hasOptimization(shop())).toBe(true);
    expect(databaseOptimization(input(shop()))).toContain('No decision on indexes is recorded yet.');
  });
});
