/** Every dialect: what is written is read back by its own reader as it was meant; odd names, keys and references run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect, Document } from '#model/types.ts';
import {
  adviceFor,
  built,
  busy,
  carryOut,
  disagreeing,
  documentOf,
  mustRun,
  openPglite,
  openSqljs,
  proposed,
  type Runs,
  readBack,
} from '#test/denormalize.ts';
import { advise } from './advise.ts';
import type { GivenLoad } from './load.ts';
import type { Proposal } from './types.ts';

const TYPES: Readonly<Record<Dialect, { readonly int: string; readonly text: string; readonly decimal: string }>> = {
  postgresql: { int: 'integer', text: 'text', decimal: 'numeric(10,2)' },
  mysql: { int: 'int', text: 'varchar(50)', decimal: 'decimal(10,2)' },
  mariadb: { int: 'int', text: 'varchar(50)', decimal: 'decimal(10,2)' },
  sqlite: { int: 'INTEGER', text: 'TEXT', decimal: 'NUMERIC' },
  mssql: { int: 'int', text: 'nvarchar(50)', decimal: 'decimal(10,2)' },
  oracle: { int: 'number(10)', text: 'varchar2(50)', decimal: 'number(10,2)' },
};

function shop(dialect: Dialect): string {
  const { int, text, decimal } = TYPES[dialect];
  return `
CREATE TABLE products (id ${int} NOT NULL PRIMARY KEY, name ${text}, price ${decimal});
CREATE TABLE customers (id ${int} NOT NULL PRIMARY KEY, name ${text}, city ${text});
CREATE TABLE orders (id ${int} NOT NULL PRIMARY KEY, customer_id ${int} NOT NULL, order_date date, CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE TABLE items (id ${int} NOT NULL PRIMARY KEY, order_id ${int} NOT NULL, product_id ${int}, quantity ${int} NOT NULL,
  CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES orders (id), CONSTRAINT items_product FOREIGN KEY (product_id) REFERENCES products (id));
`;
}

function everything(document: Document): GivenLoad {
  const load = busy(document, { reports: 50 });
  const [items, orders, customers] = ['items', 'orders', 'customers'].map(
    (name) => Object.values(document.tables).find((table) => table.name.toLowerCase() === name)?.id ?? '',
  );
  const link = (child = '', parent = '') =>
    Object.values(document.relationships).find((one) => one.child === child && one.parent === parent)?.id ?? '';
  const way = [link(items, orders), link(orders, customers)];
  const tables = { ...load.tables, [items ?? '']: { ...load.tables[items ?? ''], rows: 80_000_000 } };
  return { tables, joins: [...load.joins, { relationships: way, lookups: 1e9 }] };
}

/** Triggers without their ids, in the order of their names. */
function triggersOf(document: Document): unknown[] {
  const name = (table: string, id: string) => document.tables[table]?.columns.find((column) => column.id === id)?.name;
  return Object.values(document.triggers)
    .map(({ id: _, on, updateOf, execute, residue: __, ...rest }) => ({
      ...rest,
      on: document.tables[on]?.name,
      of: updateOf?.map((id) => name(on, id)),
      execute: execute.replaceAll(/\s+/g, ' ').replace(/;$/, '').trim(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const KINDS: readonly Proposal['idea']['kind'][] = ['counter', 'copy', 'snapshot', 'summary', 'read model', 'star'];

describe.each(Object.keys(TYPES) as Dialect[])('%s', (dialect) => {
  it.each(KINDS)('%s: the model is written and read back with the same triggers, tables and views', async (kind) => {
    const document = await documentOf(shop(dialect), dialect);
    const proposal = proposed(advise(document, everything(document)), kind);
    const made = built(document, proposal);
    const back = await readBack(made.after, dialect);
    expect(triggersOf(back)).toEqual(triggersOf(made.after));
    const names = (one: Document) => [...Object.values(one.tables), ...Object.values(one.views)].map(({ name }) => name).sort();
    expect(names(back)).toEqual(names(made.after));
    if (kind === 'counter' || kind === 'copy' || kind === 'snapshot') {
      expect(proposal.keepers[0]?.keeper).toBe('trigger');
      expect(Object.keys(back.triggers).length).toBeGreaterThan(0);
    }
    expect(made.change.forward.length).toBeGreaterThan(0);
    expect(made.change.back.length).toBe(1);
  });
});

it('SQL Server and Oracle refuse triggers where their rules would make them fail', async () => {
  const cascade = (dialect: Dialect) =>
    shop(dialect)
      .replace('REFERENCES products (id)', 'REFERENCES products (id) ON DELETE CASCADE')
      .replace('items (id', 'items (code');
  const oracle = await documentOf(cascade('oracle'), 'oracle');
  const counter = adviceFor(oracle).value.find(({ idea, title }) => idea.kind === 'counter' && /products/i.test(title));
  expect(counter?.keepers).toMatchObject([
    { keeper: 'application' },
    { keeper: 'trigger', refused: expect.stringContaining('ORA-04091') },
  ]);
  const mssql = await documentOf(shop('mssql').replace('items (id int NOT NULL PRIMARY KEY', 'items (id int'), 'mssql');
  const copy = adviceFor(mssql).value.find(({ idea, title }) => idea.kind === 'copy' && title.includes('into items'));
  expect(copy?.keepers.find(({ keeper }) => keeper === 'trigger')?.refused).toContain('primary key');
});

it('MySQL says that a cascade from another table would not be counted', async () => {
  const ddl = shop('mysql').replace('REFERENCES orders (id)', 'REFERENCES orders (id) ON DELETE CASCADE');
  const document = await documentOf(ddl, 'mysql');
  const counter = adviceFor(document).value.find(({ idea, title }) => idea.kind === 'counter' && title.endsWith('in products'));
  expect(counter?.keepers[0]).toEqual({ keeper: 'application' });
  expect(counter?.keepers[1]?.refused).toContain('deleting from orders would not be counted');
});

const ODD = (schema: string) => `
${schema === '' ? '' : `CREATE SCHEMA "Big Corp";`}
CREATE TABLE ${schema}"Order" (no int, "Part No" int, name varchar(20), PRIMARY KEY (no, "Part No"));
CREATE TABLE ${schema}"select" (id int NOT NULL PRIMARY KEY, "o no" int, "o part" int, "from" int, boss int,
  FOREIGN KEY ("o no", "o part") REFERENCES ${schema}"Order" (no, "Part No") ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (boss) REFERENCES ${schema}"select" (id) ON DELETE SET NULL);
CREATE INDEX refers ON ${schema === '' ? '' : schema}"select" ("o part", "o no");`;

describe.each([
  ['PostgreSQL', openPglite, '"Big Corp".'],
  ['SQLite', openSqljs, ''],
] as const)('odd names, composite keys, deferred and own references on %s', (_, open, schema) => {
  let db: Runs;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  const t = (name: string) => `${schema}"${name}"`;

  async function run(kind: 'counter' | 'copy', about: 'Order' | 'select') {
    const document = await documentOf(ODD(schema), db.dialect);
    const found = proposed(adviceFor(document), kind);
    // Rows have one boss on average, so that counting them spares nothing: nobody proposes it, but it works.
    const own = Object.values(document.relationships).find(({ child, parent }) => child === parent)?.id ?? '';
    const proposal =
      about === 'select' && found.idea.kind === 'counter' ? { ...found, idea: { ...found.idea, relationship: own } } : found;
    const made = built(document, proposal, { keeper: 'trigger' });
    await db.reset();
    await mustRun(db, ODD(schema));
    await mustRun(db, `INSERT INTO ${t('Order')} VALUES (1, 1, 'a'), (1, 2, 'b')`);
    await mustRun(db, `INSERT INTO ${t('select')} VALUES (1, 1, 1, 5, NULL), (2, 1, NULL, 5, 1)`);
    await carryOut(db, made);
    const sound = async () => expect(await disagreeing(db, made)).toEqual([]);
    await sound();
    // A child may come before its parent while the check is deferred.
    await mustRun(
      db,
      `BEGIN; INSERT INTO ${t('select')} (id, "o no", "o part", "from", boss) VALUES (3, 7, 7, 1, 2); INSERT INTO ${t('Order')} (no, "Part No", name) VALUES (7, 7, 'late'); COMMIT`,
    );
    await sound();
    await mustRun(db, `UPDATE ${t('Order')} SET no = 8, name = 'moved' WHERE no = 7`);
    await sound();
    await mustRun(db, `UPDATE ${t('Order')} SET no = no + 10`);
    await sound();
    await mustRun(db, `UPDATE ${t('select')} SET boss = 3 WHERE id = 1`);
    await sound();
    await mustRun(db, `DELETE FROM ${t('Order')} WHERE no = 18`);
    await sound();
    await mustRun(db, `DELETE FROM ${t('select')} WHERE id = 3`);
    await sound();
    if (db.dialect === 'postgresql') {
      await mustRun(db, `TRUNCATE ${t('select')} CASCADE`);
      await sound();
    }
    return made;
  }

  it('counts', async () => {
    await run('counter', 'Order');
    await run('counter', 'select');
  });

  it('copies, and uses the index that is there', async () => {
    const made = await run('copy', 'select');
    expect(made.calls.some(({ name }) => name === 'addIndex')).toBe(false);
  });
});
