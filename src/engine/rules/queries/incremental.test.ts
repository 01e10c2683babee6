import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Document } from '#model/types.ts';
import { withQueries } from '#test/query-advice.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { createWorkloadReader } from '../../workload/report.ts';
import { checkDocument, createCheckCache } from '../check.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';

/** What is remembered from one check to the next says what a fresh check says. */

let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
});

const QUERIES = [
  { name: 'free', sql: 'SELECT c.name FROM customers c WHERE c.id NOT IN (SELECT o.coupon_id FROM orders o)', callsPerHour: 10 },
  { name: 'pages', sql: 'SELECT id FROM orders ORDER BY created_at LIMIT 20 OFFSET $1', callsPerHour: 10 },
  { name: 'list', sql: "SELECT id, customer_id FROM orders WHERE status = 'open'", callsPerHour: 10 },
  { name: 'one', sql: 'SELECT name FROM customers WHERE id = $1', callsPerHour: 900 },
  { name: 'lower', sql: 'SELECT id FROM customers WHERE lower(name) = $1', callsPerHour: 10 },
];

const tableId = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name)?.id ?? '';
const columnId = (document: Document, table: string, name: string) =>
  document.tables[tableId(document, table)]?.columns.find((one) => one.name === name)?.id ?? '';
const queryId = (document: Document, name: string) => Object.values(document.queries).find((one) => one.name === name)?.id ?? '';

type Edit = readonly [
  what: string,
  calls: (document: Document) => readonly CommandCall[],
  rule: string,
  query: string,
  said: boolean,
];

const EDITS: readonly Edit[] = [
  [
    'a column becomes NOT NULL',
    (document) => [
      {
        name: 'setColumn',
        args: { table: tableId(document, 'orders'), id: columnId(document, 'orders', 'coupon_id'), patch: { nullable: false } },
      },
    ],
    'q-not-in-null',
    'free',
    false,
  ],
  [
    'an index on the expression is made',
    (document) => [
      { name: 'addIndex', args: { table: tableId(document, 'customers'), part: { elements: [{ expression: 'lower(name)' }] } } },
    ],
    'q-function-on-column',
    'lower',
    false,
  ],
  [
    'the foreign key goes',
    (document) => [{ name: 'removeRelationships', args: { ids: Object.keys(document.relationships) } }],
    'q-n-plus-one',
    'one',
    false,
  ],
  [
    'a query is called as often as the other',
    (document) => [{ name: 'setQuery', args: { id: queryId(document, 'list'), patch: { callsPerHour: 900 } } }],
    'q-n-plus-one',
    'one',
    false,
  ],
  [
    'the text of a query is another',
    (document) => [
      {
        name: 'setQuery',
        args: { id: queryId(document, 'one'), patch: { sql: "SELECT name FROM customers WHERE name LIKE '%x'" } },
      },
    ],
    'q-leading-wildcard',
    'one',
    true,
  ],
  [
    'a table that is used goes',
    (document) => [{ name: 'removeTables', args: { ids: [tableId(document, 'orders')] } }],
    'q-not-in-null',
    'free',
    false,
  ],
];

describe('advice follows edits', () => {
  it.each(EDITS)('%s', (_, calls, rule, query, said) => {
    const before = withQueries(readDdl(parser, EXAMPLE_SHOP), QUERIES);
    const cache = createCheckCache();
    const spoken = (findings: ReturnType<typeof checkDocument>) =>
      findings.some((one) => one.rule === rule && one.at[0]?.record === queryId(before, query));
    expect(spoken(checkDocument(before, { parser, cache }))).toBe(!said);
    const after = withCalls(before, calls(before));
    const found = checkDocument(after, { parser, cache });
    expect(spoken(found)).toBe(said);
    expect(found).toEqual(checkDocument(after, { parser }));
  });

  it('an edit elsewhere leaves what was said as it is', () => {
    const document = withQueries(
      readDdl(parser, `${EXAMPLE_SHOP}\nCREATE TABLE other (id bigint PRIMARY KEY, note text);`),
      QUERIES,
    );
    const options = { parser, cache: createCheckCache(), workload: createWorkloadReader(parser) };
    const first = checkDocument(document, options).filter(({ rule }) => rule === 'q-offset-paging');
    const edited = withCalls(document, [
      {
        name: 'setColumn',
        args: { table: tableId(document, 'other'), id: columnId(document, 'other', 'note'), patch: { nullable: false } },
      },
    ]);
    const second = checkDocument(edited, options).filter(({ rule }) => rule === 'q-offset-paging');
    expect(first.length).toBe(1);
    expect(second[0]).toBe(first[0]);
  });
});
