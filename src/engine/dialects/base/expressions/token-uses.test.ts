import { describe, expect, it } from 'vitest';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { type TokenContext, tokenUses } from './token-uses.ts';

const column = (id: string, name: string): Column => ({ id, name, type: { kind: 'builtin', name: 'int' }, nullable: true });

function shop(dialect: Dialect): Document {
  const empty = emptyDocument('shop', undefined, dialect);
  const orders: Table = {
    ...emptyTable('orders', 'sch_public', 'orders'),
    columns: [column('o.id', 'id'), column('o.total', 'total'), column('o.customer', 'customer_id')],
  };
  const customers: Table = {
    ...emptyTable('customers', 'sch_public', 'customers'),
    columns: [column('c.id', 'id'), column('c.name', 'name')],
  };
  const view = { id: 'v', schema: 'sch_public', name: 'big', query: '', indexes: [] };
  return { ...empty, tables: { orders, customers }, views: { v: view } };
}

/** What each name found means, with the text at its place. */
function found(sql: string, context: Partial<TokenContext>, dialect: Dialect = 'mysql'): string[] {
  const { uses } = tokenUses(shop(dialect), sql, { statements: false, rows: false, ...context });
  return uses.map((use) => `${sql.slice(use.start, use.end)} = ${use.part ?? use.record}`);
}

describe('names by tokens', () => {
  it('in an expression over one table', () => {
    expect(found('total > 0 AND `customer_id` IS NOT NULL', { table: 'orders' })).toEqual([
      'total = o.total',
      '`customer_id` = o.customer',
    ]);
    expect(found("total(1) > 'total' AND nothing = 1", { table: 'orders' })).toEqual([]);
    expect(found('orders.total > 0', { table: 'orders' })).toEqual(['total = o.total', 'orders = orders']);
  });

  it.each<[string, string[]]>([
    ['SELECT total FROM orders', ['total = o.total', 'orders = orders']],
    [
      'SELECT o.total, c.id AS total FROM orders o JOIN customers AS c ON c.id = o.customer_id',
      ['total = o.total', 'id = c.id', 'orders = orders', 'customers = customers', 'id = c.id', 'customer_id = o.customer'],
    ],
    ['SELECT id FROM orders, customers', ['orders = orders', 'customers = customers']],
    [
      'SELECT name, total FROM orders, customers WHERE orders.id = 1',
      ['name = c.name', 'total = o.total', 'orders = orders', 'customers = customers', 'id = o.id', 'orders = orders'],
    ],
    ['INSERT INTO customers (id, name) VALUES (1, 2)', ['customers = customers', 'id = c.id', 'name = c.name']],
    [
      'UPDATE orders SET orders.total = total + 1 WHERE id IN (SELECT id FROM big)',
      ['orders = orders', 'total = o.total', 'orders = orders', 'big = v'],
    ],
    [
      'SELECT `default`.`orders`.`total` FROM `default`.`orders`',
      ['`total` = o.total', '`orders` = orders', '`orders` = orders', '`default` = sch_public'],
    ],
    ['SELECT total FROM elsewhere', []],
  ])('in %s', (sql, expected) => {
    expect(found(sql, { statements: true })).toEqual(expected);
  });

  it('in what a trigger runs', () => {
    const body = 'BEGIN SET NEW.total = OLD.total + 1; UPDATE customers SET name = 1 WHERE id = NEW.customer_id; END';
    expect(found(body, { table: 'orders', rows: true, statements: true })).toEqual([
      'total = o.total',
      'total = o.total',
      'customers = customers',
      'name = c.name',
      'customer_id = o.customer',
    ]);
    const sql = 'UPDATE o SET total = 0 FROM orders o JOIN inserted i ON i.id = o.id';
    expect(found(sql, { table: 'orders', rows: true, statements: true }, 'mssql')).toContain('total = o.total');
  });

  it('tells names apart as the dialect does', () => {
    expect(found('SELECT TOTAL FROM ORDERS', { statements: true })).toHaveLength(2);
    expect(found('SELECT total FROM "orders"', { statements: true }, 'oracle')).toEqual(['"orders" = orders']);
    expect(found('SELECT "total" FROM "orders"', { statements: true }, 'oracle')).toEqual([
      '"total" = o.total',
      '"orders" = orders',
    ]);
  });

  it('writes a new name in quotes of the dialect', () => {
    const renamed = (dialect: Dialect) =>
      tokenUses(shop(dialect), 'total', { statements: false, rows: false, table: 'orders' }).uses.map((use) => use.renamed('a b'));
    expect(renamed('mysql')).toEqual(['`a b`']);
    expect(renamed('mssql')).toEqual(['[a b]']);
    expect(renamed('sqlite')).toEqual(['"a b"']);
  });
});
