import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { createWorkloadReader } from '#engine/workload/report.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { SHOP } from '#test/workload-schema.ts';
import { type Arrangement, arranged, createRows, NATURAL, piecesOf } from './list.ts';

let parser: PgParser;
let shop: Document;

const QUERIES: readonly Partial<WorkloadQuery>[] = [
  {
    name: 'orders of one',
    sql: 'SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id',
    callsPerHour: 50,
    latencyMs: 5,
  },
  { name: 'Pay', sql: "UPDATE orders SET status = 'paid' WHERE id = $1", callsPerHour: 900 },
  { name: 'broken', sql: 'SELECT id FORM orders WHERE' },
  { name: 'a view', sql: 'SELECT * FROM recent', latencyMs: 900, comment: 'of the start page' },
  { name: 'gone', sql: 'SELECT id FROM shipments' },
];

beforeAll(async () => {
  parser = await parserForTests();
  const calls = QUERIES.map(
    (one, order): CommandCall => ({ name: 'addQuery', args: { record: { id: `q${order}`, name: '', sql: '', order, ...one } } }),
  );
  shop = withCalls(readDdl(parser, `${SHOP}\nCREATE VIEW recent AS SELECT id, total FROM orders;`), calls);
});

const rows = () => createRows()(shop, createWorkloadReader(parser)(shop));
const names = (arrangement: Partial<Arrangement>) =>
  arranged(rows(), { ...NATURAL, ...arrangement }).map(({ query }) => query.name);

describe('the list of queries', () => {
  it('says what each does, with which tables, and how many problems it has', () => {
    expect(rows().map(({ kind, tableNames, errors }) => [kind, tableNames.join(), errors])).toEqual([
      ['read', 'orders,customers', 0],
      ['update', 'orders', 0],
      ['unknown', '', 1],
      ['read', 'orders', 0],
      ['read', '', 1],
    ]);
  });

  it('marks the names of tables, of views by theirs, and names that mean nothing', () => {
    const toned = rows().map(({ pieces }) => pieces.flatMap(({ text, tone }) => (tone === undefined ? [] : [`${tone} ${text}`])));
    expect(toned).toEqual([['table orders', 'table customers'], ['table orders'], [], ['table recent'], ['unknown shipments']]);
    for (const { pieces, facts } of rows()) expect(pieces.map(({ text }) => text).join('')).toBe(facts?.normal);
  });

  it('cuts texts that are long, and finds names in quotes', () => {
    const tables = new Set(['big table']);
    expect(piecesOf('SELECT "Big Table".id FROM `big table`', tables, new Set()).map(({ text }) => text)).toEqual([
      'SELECT ',
      '"Big Table"',
      '.id FROM ',
      '`big table`',
    ]);
    const long = piecesOf(`SELECT ${'a, '.repeat(5000)}b`, tables, new Set());
    expect(long.map(({ text }) => text).join('').length).toBeLessThan(300);
  });

  it('keeps the row of a query of which nothing changed', () => {
    const make = createRows();
    const read = createWorkloadReader(parser);
    const before = make(shop, read(shop));
    const edited = withCalls(shop, [{ name: 'setQuery', args: { id: 'q1', patch: { callsPerHour: 1 } } }]);
    const after = make(edited, read(edited));
    expect(after.map((row, at) => row === before[at])).toEqual([true, false, true, true, true]);
    const unread = make(edited, {});
    expect(unread.map(({ kind }) => kind)).toEqual(Array(5).fill('unknown'));
  });

  it('tells a materialized view by its name, and looks again when it is another', () => {
    const read = createWorkloadReader(parser);
    const stored = withCalls(readDdl(parser, 'CREATE MATERIALIZED VIEW takings AS SELECT 1 AS total'), [
      { name: 'addQuery', args: { record: { id: 'q', name: 'stored', sql: 'SELECT total FROM takings', order: 0 } } },
    ]);
    const make = createRows();
    const [row] = make(stored, read(stored));
    expect(row?.tableNames).toEqual(['takings']);
    expect(row?.errors).toBe(0);
    expect(row?.pieces.filter(({ tone }) => tone === 'table').map(({ text }) => text)).toEqual(['takings']);
    const [view] = Object.keys(stored.views);
    const edited = withCalls(stored, [{ name: 'setView', args: { id: view ?? '', patch: { query: 'SELECT 1 AS sum' } } }]);
    expect(make(edited, read(edited))[0]?.errors).toBe(1);
  });

  it('is filtered by words in name, text, table or comment, and by kind', () => {
    expect(names({ filter: 'orders' })).toEqual(['orders of one', 'Pay', 'broken', 'a view']);
    expect(names({ filter: 'CUSTOMERS orders' })).toEqual(['orders of one']);
    expect(names({ filter: 'start' })).toEqual(['a view']);
    expect(names({ kind: 'writes' })).toEqual(['Pay']);
    expect(names({ kind: 'reads' })).toEqual(['orders of one', 'a view', 'gone']);
    expect(names({ kind: 'problems' })).toEqual(['broken', 'gone']);
  });

  it('is sorted by any column, what is not known last', () => {
    expect(names({ sort: 'name' })).toEqual(['a view', 'broken', 'gone', 'orders of one', 'Pay']);
    expect(names({ sort: 'calls', descending: true })).toEqual(['Pay', 'orders of one', 'broken', 'a view', 'gone']);
    expect(names({ sort: 'calls' }).slice(0, 2)).toEqual(['orders of one', 'Pay']);
    expect(names({ sort: 'latency', descending: true }).slice(0, 2)).toEqual(['a view', 'orders of one']);
    expect(names({ sort: 'kind' }).at(-1)).toBe('broken');
    expect(names({ descending: true })[0]).toBe('gone');
  });
});
