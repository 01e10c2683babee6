import { beforeEach, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { emptyDocument } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { documentStore, load } from './document.ts';
import { clearPath, pathOf, pathStore, showPath } from './query-path.ts';
import { resultsStore } from './results.ts';
import { openDialog, viewStore } from './view.ts';

const DDL = `
CREATE TABLE customers (id int PRIMARY KEY, referrer int REFERENCES customers);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, billed_to int REFERENCES customers);
CREATE TABLE items (order_id int REFERENCES orders, n int, PRIMARY KEY (order_id, n));
CREATE TABLE logs (id int PRIMARY KEY, about int);
`;

let parser: PgParser;
let shop: Document;

beforeEach(async () => {
  parser = await parserForTests();
  shop = readDdl(parser, DDL);
});

/** Tables, and relationships as `child.column`, on the path of a query. */
function path(sql: string): readonly string[] {
  const found = pathOf(shop, 'q', analyseQuery(shop, { sql }, parser));
  const tables = [...found.tables].map((id) => shop.tables[id]?.name ?? '?');
  const lines = [...found.relationships].map((id) => {
    const one = shop.relationships[id];
    const child = shop.tables[one?.child ?? ''];
    return `${child?.name}.${child?.columns.find((column) => column.id === one?.childColumns[0])?.name}`;
  });
  return [...tables.sort(), ...lines.sort()];
}

describe('the path of a query', () => {
  it('goes along the relationships whose columns it compares, and no others between the same tables', () => {
    expect(path('SELECT 1 FROM orders o JOIN customers c ON c.id = o.customer_id')).toEqual([
      'customers',
      'orders',
      'orders.customer_id',
    ]);
    expect(path('SELECT 1 FROM items i, orders o, customers c WHERE i.order_id = o.id AND o.billed_to = c.id')).toEqual([
      'customers',
      'items',
      'orders',
      'items.order_id',
      'orders.billed_to',
    ]);
  });

  it('takes in subqueries and tables that refer to themselves', () => {
    expect(path('SELECT 1 FROM orders o WHERE EXISTS (SELECT 1 FROM items i WHERE i.order_id = o.id)')).toEqual([
      'items',
      'orders',
      'items.order_id',
    ]);
    expect(path('SELECT 1 FROM customers a JOIN customers b ON b.id = a.referrer')).toEqual(['customers', 'customers.referrer']);
  });

  it('has tables without a line between them where no relationship is', () => {
    expect(path('SELECT 1 FROM logs l JOIN orders o ON o.id = l.about')).toEqual(['logs', 'orders']);
    expect(path('SELECT 1 FROM orders WHERE id = 1')).toEqual(['orders']);
  });
});

describe('the lit path', () => {
  it('closes the dialog, follows edits of the query, and goes with it, on Escape or with the document', () => {
    const sql = 'SELECT 1 FROM orders WHERE id = 1';
    load(withCalls(shop, [{ name: 'addQuery', args: { record: { id: 'q', name: 'q', sql } } }]));
    const answer = (text: string) => ({ q: analyseQuery(shop, { sql: text }, parser) });
    resultsStore.setState({ workload: answer(sql) });
    openDialog('workload');
    showPath('q');
    expect(viewStore.getState().dialog).toBeUndefined();
    expect(pathStore.getState().path?.tables.size).toBe(1);

    resultsStore.setState({ workload: answer('SELECT 1 FROM orders, items') });
    expect(pathStore.getState().path?.tables.size).toBe(2);
    resultsStore.setState({ workload: {} });
    expect(pathStore.getState().path).toBeUndefined();

    resultsStore.setState({ workload: answer(sql) });
    showPath('q');
    clearPath();
    expect(pathStore.getState().path).toBeUndefined();
    showPath('q');
    load(emptyDocument());
    expect(pathStore.getState().path).toBeUndefined();
    expect(documentStore.getState().document.queries).toEqual({});
  });
});
