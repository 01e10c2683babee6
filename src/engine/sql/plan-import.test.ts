import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Id } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import type { PgParser } from './parser-port.ts';
import { importCalls, mergeTicks, planCounts, planImport, replaceTicks } from './plan-import.ts';
import { readSql } from './read.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const SHOP = `
  CREATE TYPE state AS ENUM ('new', 'paid');
  CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE);
  CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, s state, note text);
  CREATE INDEX ON orders (customer);
  CREATE VIEW v AS SELECT id FROM orders;
  COMMENT ON TABLE orders IS 'bought';`;

/** The shop as a person has it: with ids of their own and facts that SQL does not say. */
function mine(): Document {
  const document = readDdl(parser, SHOP);
  const [orders] = Object.values(document.tables).filter((table) => table.name === 'orders');
  if (orders === undefined) throw new Error('no orders');
  const [id, customer] = orders.columns;
  const changed = {
    ...orders,
    facts: { rows: 1000 },
    columns: orders.columns.map((column) => (column.name === 'note' ? { ...column, classification: 'personal' as const } : column)),
    dependencies: [{ id: 'fd_1', determinant: [id?.id ?? ''], dependent: [customer?.id ?? ''] }],
  };
  return { ...document, tables: { ...document.tables, [orders.id]: changed } };
}

function states(current: Document, ddl: string): string[] {
  const items = planImport(current, readDdl(parser, ddl)).items.filter((item) => item.state !== 'same');
  return items.map((item) => `${item.state} ${item.label}`);
}

function merged(current: Document, ddl: string, ticks?: (document: Document) => ReadonlySet<Id>): Document {
  const plan = planImport(current, readDdl(parser, ddl));
  const next = withCalls(current, importCalls(plan, ticks?.(current) ?? mergeTicks(plan)));
  expect(validate(next)).toEqual([]);
  return next;
}

describe('planning an import', () => {
  it.each(['pagila', 'azimutt', 'sakila_pg', 'danbooru'])('the same text again changes nothing: %s', (name) => {
    const files = [{ name, text: readFileSync(`test/data/sql/postgresql/${name}.sql`, 'utf8') }];
    const read = () => {
      const result = readSql(files, { dialect: 'postgresql' }, { parser });
      if (!result.ok) throw new Error(result.problem.message);
      return result.value.document;
    };
    const plan = planImport(read(), read());
    expect(planCounts(plan)).toMatchObject({ added: 0, changed: 0, absent: 0 });
    expect(importCalls(plan, replaceTicks(plan))).toEqual([]);
  });

  it('keeps what SQL does not say', () => {
    expect(states(mine(), SHOP)).toEqual([]);
    const next = merged(mine(), SHOP.replace('note text', 'note varchar(80)'));
    const orders = Object.values(next.tables).find((table) => table.name === 'orders');
    expect(orders).toMatchObject({ facts: { rows: 1000 }, dependencies: [{ id: 'fd_1' }] });
    expect(orders?.columns[3]).toMatchObject({ classification: 'personal', type: { name: 'varchar' } });
  });

  it('keeps what was said of the rows of a materialized view while it is one', () => {
    const ddl = 'CREATE TABLE a (b int); CREATE MATERIALIZED VIEW m AS SELECT b FROM a;';
    const read = readDdl(parser, ddl);
    const views = Object.fromEntries(Object.entries(read.views).map(([id, view]) => [id, { ...view, facts: { rows: 40 } }]));
    const document = { ...read, views };
    const factsOf = (text: string) => Object.values(merged(document, text).views).map(({ facts }) => facts);
    expect(states(document, ddl)).toEqual([]);
    expect(factsOf(ddl.replace('SELECT b', 'SELECT b + 1 AS b'))).toEqual([{ rows: 40 }]);
    expect(factsOf(ddl.replace('MATERIALIZED ', ''))).toEqual([undefined]);
  });

  it('says what is added, changed and absent, part by part', () => {
    const ddl = `
      CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
      CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text);
      CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, s state, note text);
      CREATE TABLE items (id int PRIMARY KEY, o int REFERENCES orders);`;
    const items = planImport(mine(), readDdl(parser, ddl)).items.filter((item) => item.state !== 'same');
    expect(items.map((item) => `${item.state} ${item.label}`)).toEqual([
      'changed enum state',
      'changed table customers',
      'changed table orders',
      'added table items',
      'changed foreign key (customer) of orders',
      'added foreign key (o) of items',
      'absent view v',
    ]);
    expect(items[1]?.changes).toEqual([
      { what: 'column id', from: 'integer not null', to: 'bigint not null' },
      { what: 'column name', to: 'text' },
    ]);
    expect(items[2]?.changes.map((one) => one.what)).toEqual(expect.arrayContaining(['comment']));
    expect(items[4]?.changes).toEqual([{ what: 'onDelete', to: 'cascade' }]);
  });

  it('keeps ids of records and parts', () => {
    const before = mine();
    const after = merged(before, SHOP.replace('note text', 'extra int, note text').replaceAll('int PRIMARY', 'bigint PRIMARY'));
    for (const table of Object.values(before.tables)) {
      const now = after.tables[table.id];
      expect(now?.name).toBe(table.name);
      for (const list of ['columns', 'keys', 'indexes', 'checks'] as const) {
        for (const part of table[list]) expect(now?.[list].map((one) => one.id)).toContain(part.id);
      }
    }
    expect(Object.keys(after.relationships)).toEqual(Object.keys(before.relationships));
  });

  it('a merge keeps what the text does not have, a replacement does not', () => {
    const one = 'CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE);';
    expect(Object.keys(merged(mine(), one).tables)).toHaveLength(2);
    const current = mine();
    const next = merged(current, one, () => replaceTicks(planImport(current, readDdl(parser, one))));
    expect(Object.values(next.tables).map((table) => table.name)).toEqual(['customers']);
    expect([next.relationships, next.views, next.types]).toEqual([{}, {}, {}]);
  });

  it('brings along what a ticked object needs, and leaves out foreign keys without their tables', () => {
    const current = readDdl(parser, 'CREATE TABLE customers (id int PRIMARY KEY);');
    const plan = planImport(
      current,
      readDdl(
        parser,
        `CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a'); CREATE TABLE s.t (id int PRIMARY KEY, e s.e, c int REFERENCES customers); CREATE TABLE s.u (t int REFERENCES s.t);`,
      ),
    );
    const id = (label: string) => plan.items.find((item) => item.label === label)?.id ?? '';
    const next = withCalls(current, importCalls(plan, new Set([id('table s.t')])));
    expect(validate(next)).toEqual([]);
    expect(Object.values(next.tables).map((table) => table.name)).toEqual(['customers', 't']);
    expect(Object.values(next.types)).toHaveLength(1);
    expect(next.relationships).toEqual({});
  });

  it('a column that goes takes its foreign keys along', () => {
    const next = merged(
      mine(),
      SHOP.replace('customer int REFERENCES customers, ', '').replace('CREATE INDEX ON orders (customer);', ''),
    );
    expect(next.relationships).toEqual({});
  });

  it('gives what is new an id of its own when the old one is taken by something renamed', () => {
    const current = mine();
    const orders = Object.values(current.tables).find((table) => table.name === 'orders');
    const note = orders?.columns.find((column) => column.name === 'note');
    const renamed = withCalls(current, [
      {
        name: 'putRecords',
        args: {
          label: 'x',
          put: [
            {
              collection: 'tables',
              record: {
                ...orders,
                columns: orders?.columns.map((one) => (one === note ? { ...one, name: 'memo' } : one)),
              } as never,
            },
          ],
        },
      },
    ]);
    const plan = planImport(renamed, readDdl(parser, SHOP.replace('note text', 'memo text, note text')));
    const table = plan.items.find((item) => item.label === 'table orders')?.after as
      | { columns: { id: string; name: string }[] }
      | undefined;
    expect(table?.columns.find((one) => one.name === 'memo')?.id).toBe(note?.id);
    const fresh = table?.columns.find((one) => one.name === 'note')?.id;
    expect(fresh).not.toBe(note?.id);
    expect(fresh).toBeTruthy();
  });

  it('any choice of ticks leaves a sound document', () => {
    const current = mine();
    const ddl = SHOP.replace('note text', 'x int')
      .replace('CREATE VIEW v', 'CREATE TABLE z (o int REFERENCES orders); CREATE VIEW w')
      .replace('customers (id int', 'customers (id bigint');
    const plan = planImport(current, readDdl(parser, ddl));
    const changing = plan.items.filter((item) => item.state !== 'same').map((item) => item.id);
    fc.assert(
      fc.property(fc.subarray(changing), (ticks) => {
        const ran = runCommands(current, importCalls(plan, new Set(ticks)), derivedIds());
        expect(ran.ok && validate(ran.value.document)).toEqual([]);
      }),
      runs(3, 100),
    );
  });
});
