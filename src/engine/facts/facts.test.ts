import { describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { knownFacts } from './facts.ts';

const SHOP = `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE country (code char(2) PRIMARY KEY, name text NOT NULL);
CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, country_code char(2) NOT NULL REFERENCES country,
  mood mood, is_deleted boolean NOT NULL, deleted_at timestamptz, created_at timestamptz NOT NULL);
CREATE TABLE orders (id uuid PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer, status text NOT NULL);
CREATE TABLE item (order_id uuid REFERENCES orders, line integer, quantity integer, PRIMARY KEY (order_id, line));
CREATE TABLE log (at timestamp NOT NULL, text text) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE a (id integer PRIMARY KEY, b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
`;

function facts(document: Document) {
  const known = knownFacts(document);
  const table = (name: string) => {
    const record = Object.values(document.tables).find((one) => one.name === name);
    const found = record === undefined ? undefined : known.get(record.id);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const column = (of: string, name: string) => {
    const found = table(of).columns.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${of}.${name}`);
    return found;
  };
  return { table, column };
}

describe('facts nobody told', () => {
  it('are guessed from what refers to what', async () => {
    const { table } = facts(readDdl(await parserForTests(), SHOP));
    expect(table('country')).toMatchObject({ rows: 100, rowsGuess: 'a lookup table' });
    expect(table('customer')).toMatchObject({ rows: 500, rowsGuess: '5 for each row of country' });
    expect(table('orders').rows).toBe(2500);
    expect(table('item').rows).toBe(12_500);
    expect(table('log_1')).toMatchObject({ rows: 5000, rowsGuess: 'one of 2 partitions of log' });
    // A circle ends.
    expect(table('a').rows).toBeGreaterThan(0);
  });

  it('are guessed from types, keys and names, and say so', async () => {
    const { column } = facts(readDdl(await parserForTests(), SHOP));
    expect(column('customer', 'id')).toMatchObject({ distinct: -1, correlation: 1, nullFraction: 0, averageWidth: 8 });
    expect(column('customer', 'email').distinct).toBe(-1);
    expect(column('customer', 'country_code')).toMatchObject({
      distinct: 100,
      guesses: { distinct: 'as many as there are rows to refer to' },
    });
    expect(column('customer', 'mood').common?.map((one) => one.value)).toEqual(['sad', 'ok', 'happy']);
    expect(column('customer', 'is_deleted').common?.[0]).toEqual({ value: 'f', share: 0.9 });
    expect(column('customer', 'deleted_at').nullFraction).toBe(0.95);
    expect(column('customer', 'created_at').correlation).toBe(1);
    expect(column('orders', 'id')).toMatchObject({ distinct: -1, correlation: 0, averageWidth: 16 });
    expect(column('orders', 'status')).toMatchObject({ distinct: 6, guesses: { distinct: 'its name', averageWidth: 'its type' } });
  });

  it('give way to what is told, column by column', async () => {
    const document = readDdl(await parserForTests(), SHOP);
    const tables = Object.fromEntries(
      Object.entries(document.tables).map(([id, one]) => [
        id,
        one.name === 'orders'
          ? {
              ...one,
              facts: { rows: 1_000_000, pages: 77 },
              columns: one.columns.map((column) => (column.name === 'status' ? { ...column, facts: { distinct: 3 } } : column)),
            }
          : one,
      ]),
    );
    const { table, column } = facts({ ...document, tables });
    expect(table('orders')).toMatchObject({ rows: 1_000_000, pages: 77 });
    expect(table('orders').rowsGuess).toBeUndefined();
    expect(table('item').rows).toBe(5_000_000);
    expect(column('orders', 'status').distinct).toBe(3);
    expect(column('orders', 'status').guesses).not.toHaveProperty('distinct');
    // A fifth of the orders that were told, not what a lookup table of countries leads to.
    expect(table('customer')).toMatchObject({ rows: 200_000, rowsGuess: 'a fifth of what is told to refer to it' });
    expect(column('orders', 'customer_id').distinct).toBe(200_000);
  });

  it('follow from partitions that are told, and from foreign keys at partitions', async () => {
    const document = readDdl(
      await parserForTests(),
      `CREATE TABLE c (id integer PRIMARY KEY, a text, b text, d text, e text);
      CREATE TABLE p (id integer, c integer) PARTITION BY RANGE (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
      CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (99);
      ALTER TABLE p1 ADD FOREIGN KEY (c) REFERENCES c;`,
    );
    expect(facts(document).table('p')).toMatchObject({ rows: 50_000, rowsGuess: '5 for each row of c' });
    const tables = Object.fromEntries(
      Object.entries(document.tables).map(([id, one]) => [id, one.name === 'p1' ? { ...one, facts: { rows: 300 } } : one]),
    );
    const told = facts({ ...document, tables });
    expect(told.table('p')).toMatchObject({ rows: 600, rowsGuess: 'the sum of its partitions' });
    expect(told.table('p2').rows).toBe(300);
  });

  it('leave room in keys: one for each row of a parent, no more than values differ', async () => {
    const { table } = facts(
      readDdl(
        await parserForTests(),
        `CREATE TYPE size AS ENUM ('s', 'm', 'l');
        CREATE TABLE person (id integer PRIMARY KEY, a text, b text, d text, e text);
        CREATE TABLE passport (person integer PRIMARY KEY REFERENCES person);
        CREATE TABLE price (person integer REFERENCES person, size size, PRIMARY KEY (person, size));
        CREATE TABLE singleton (one boolean PRIMARY KEY);`,
      ),
    );
    expect(table('passport')).toMatchObject({ rows: 10_000, rowsGuess: 'no more than one for each of person' });
    expect(table('price')).toMatchObject({ rows: 30_000, rowsGuess: 'no more than one for each pair of person and size' });
    expect(table('singleton')).toMatchObject({ rows: 2, rowsGuess: 'no more than one for each of one' });
  });
});
