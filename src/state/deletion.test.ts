import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document, Ref } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { deleteNow, deletionStore, requestDeletion } from './deletion.ts';
import { dependentsOf } from './dependents.ts';
import { documentStore, load, undo } from './document.ts';
import { duplicateSelection } from './duplicate.ts';
import { keepSelectionAlive } from './selection.ts';
import { select, viewStore } from './view.ts';

const DDL = `
CREATE SCHEMA sales;
CREATE TYPE sales.status AS ENUM ('open', 'done');
CREATE DOMAIN sales.money AS numeric(12,2);
CREATE TABLE sales.customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE sales.orders (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES sales.customers (id),
  status sales.status NOT NULL, total sales.money NOT NULL CHECK (total >= 0));
CREATE INDEX orders_customer_idx ON sales.orders (customer_id);
CREATE VIEW sales.open_orders AS SELECT id, customer_id FROM sales.orders WHERE status = 'open';
CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.touch();
`;

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});
beforeEach(() => {
  deletionStore.setState({ pending: undefined });
  load(readDdl(parser, DDL));
});

const now = (): Document => documentStore.getState().document;

function ref(path: string): Ref {
  const [name = '', column] = path.split('.');
  if (column !== undefined) {
    const table = Object.values(now().tables).find((one) => one.name === name);
    return { record: table?.id ?? '', part: table?.columns.find((one) => one.name === column)?.id ?? '' };
  }
  const records = (['tables', 'views', 'types', 'schemas', 'routines'] as const).flatMap((collection) =>
    Object.values(now()[collection]),
  );
  return { record: records.find((one) => one.name === name)?.id ?? '' };
}

const said = (...paths: string[]) => dependentsOf(now(), paths.map(ref)).map((one) => `${one.effect}: ${one.what}`);

describe('what depends on what is deleted', () => {
  it('of a table: its relationships, triggers, and views that name it', () => {
    expect(said('orders')).toEqual(
      expect.arrayContaining([
        'goes: relationship orders → customers',
        'goes: trigger orders_touch',
        expect.stringMatching(/^breaks: .*open_orders/),
      ]),
    );
    expect(said('customers')).toEqual(['goes: relationship orders → customers']);
  });

  it('of a column: the constraints that contain it, the relationship, and SQL that names it', () => {
    const found = said('orders.customer_id');
    expect(found).toEqual(
      expect.arrayContaining([
        'goes: index orders_customer_idx',
        'changes: relationship orders → customers',
        expect.stringMatching(/^breaks: .*open_orders/),
      ]),
    );
  });

  it('of a type: the columns that have it', () => {
    expect(said('status')).toContain('changes: type of orders.status');
  });

  it('leaves out what is itself deleted', () => {
    expect(said('orders', 'customers').filter((one) => one.includes('table'))).toEqual([]);
  });
});

describe('deleting', () => {
  it('asks when something depends on it, and not otherwise', () => {
    requestDeletion([ref('orders')]);
    expect(deletionStore.getState().pending?.dependents.length).toBeGreaterThan(0);
    expect(Object.keys(now().tables)).toHaveLength(2);
    deletionStore.setState({ pending: undefined });
    requestDeletion([ref('open_orders')]);
    expect(deletionStore.getState().pending).toBeUndefined();
    expect(Object.keys(now().views)).toHaveLength(0);
  });

  it('does not ask about what a table has of its own', () => {
    deleteNow([ref('open_orders')]);
    requestDeletion([ref('orders')]);
    expect(deletionStore.getState().pending).toBeUndefined();
    expect(Object.values(now().tables).map((table) => table.name)).toEqual(['customers']);
    undo();
    requestDeletion([ref('customers')]);
    expect(deletionStore.getState().pending?.dependents.map((one) => one.what)).toEqual(['relationship orders → customers']);
  });

  it('is one undo step, whatever is deleted together', () => {
    const before = now();
    deleteNow([ref('orders'), ref('customers.email'), ref('status'), ref('touch')]);
    expect(Object.values(now().tables).map((table) => table.name)).toEqual(['customers']);
    expect(Object.values(now().tables)[0]?.columns.map((column) => column.name)).toEqual(['id']);
    expect(Object.keys(now().relationships)).toHaveLength(0);
    undo();
    expect(now()).toEqual(before);
  });

  it('gives users of a domain its base, and of an enum text', () => {
    deleteNow([ref('money'), ref('status')]);
    const orders = Object.values(now().tables).find((table) => table.name === 'orders');
    const types = Object.fromEntries(orders?.columns.map((column) => [column.name, column.type]) ?? []);
    expect(types['total']).toEqual({ kind: 'builtin', name: 'numeric', args: ['12', '2'] });
    expect(types['status']).toEqual({ kind: 'builtin', name: 'text' });
  });

  it('takes a schema with all that is in it', () => {
    deleteNow([ref('sales')]);
    expect([now().tables, now().views, now().types, now().routines].map((records) => Object.keys(records).length)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(Object.values(now().schemas).map((schema) => schema.name)).not.toContain('sales');
  });

  it('takes what is gone out of the selection', () => {
    const stop = keepSelectionAlive();
    select([ref('orders'), ref('customers')]);
    deleteNow([ref('orders')]);
    expect(viewStore.getState().selection).toEqual([ref('customers')]);
    stop();
  });
});

describe('duplicating', () => {
  it('copies tables with the relationships they hold, and selects the copies', () => {
    select([ref('orders')]);
    duplicateSelection();
    const copy = Object.values(now().tables).find((table) => table.name === 'orders_copy');
    expect(copy?.columns.map((column) => column.name)).toEqual(['id', 'customer_id', 'status', 'total']);
    expect(viewStore.getState().selection).toEqual([{ record: copy?.id }]);
    const relationship = Object.values(now().relationships).find((one) => one.child === copy?.id);
    expect(relationship?.parent).toBe(ref('customers').record);
    expect(relationship?.childColumns).toEqual([copy?.columns[1]?.id]);
    undo();
    expect(Object.keys(now().tables)).toHaveLength(2);
  });

  it('copies a column next to it', () => {
    select([ref('customers.email')]);
    duplicateSelection();
    const customers = Object.values(now().tables).find((table) => table.name === 'customers');
    expect(customers?.columns.map((column) => column.name)).toEqual(['id', 'email', 'email_copy']);
  });
});
