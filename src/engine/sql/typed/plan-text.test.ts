import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { sameValue } from '#lib/same.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { postgresLanguage } from '../../dialects/postgres/language.ts';
import { pgParser } from '../../dialects/postgres/parser.ts';
import type { TextPlan, TypedText } from '../../queries.ts';
import type { PgParser } from '../parser-port.ts';
import { readSql } from '../read.ts';
import { writeDocument, writtenText } from '../write.ts';
import type { WrittenDocument } from '../written.ts';
import { planText, textProblems } from './plan-text.ts';
import { carryColumn } from './renames.ts';

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

const SHOP = `
-- People who buy.
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE, -- login
    name text NOT NULL
);
COMMENT ON TABLE customers IS 'Who buys';
COMMENT ON COLUMN customers.email IS 'Login';
CREATE TYPE order_status AS ENUM ('new', 'paid');
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    status order_status NOT NULL DEFAULT 'new',
    total numeric(12,2) CHECK (total >= 0),
    placed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_customer_idx ON orders (customer_id) WHERE total > 0;
CREATE VIEW big_orders AS SELECT id, total FROM orders WHERE total > 1000;
CREATE TABLE order_items (order_id bigint REFERENCES orders, line int, PRIMARY KEY (order_id, line));
GRANT SELECT ON orders TO reporting;
`;

function importText(text: string): Document {
  const read = readSql([{ name: 'shop.sql', text }], { dialect: 'postgresql', name: 'shop' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

const write = (document: Document): WrittenDocument => writeDocument(document, { version: 18 });

function plan(document: Document, typed: TypedText): TextPlan {
  const planned = planText({ document, written: write(document), language: postgresLanguage(parser), write }, typed);
  if (!planned.ok) throw new Error(`${planned.problem.message} at ${typed.text.slice(planned.problem.start, planned.problem.end)}`);
  return planned.value;
}

function apply(document: Document, typed: TypedText): Document {
  const { calls } = plan(document, typed);
  if (calls.length === 0) return document;
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

/** Types over one statement of the written model. */
function edit(document: Document, key: RegExp, change: (sql: string) => string): { after: Document; file: string } {
  const written = write(document);
  const statement = written.statements.find((one) => key.test(one.key));
  if (statement === undefined) throw new Error(`no statement ${key} among ${written.statements.map((one) => one.key).join(' ')}`);
  const text = change(statement.sql);
  expect(text).not.toBe(statement.sql);
  const statements = written.statements.map((one) => (one === statement ? { ...one, sql: text } : one));
  return { after: apply(document, { keys: [statement.key], text }), file: writtenText({ ...written, statements }) };
}

const table = (document: Document, name: string) => {
  const found = Object.values(document.tables).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};
const columnIds = (document: Document, name: string) =>
  Object.fromEntries(table(document, name).columns.map((one) => [one.name, one.id]));
const ddl = (document: Document) => writtenText(write(document));

describe('typed text', () => {
  it('that says what the model says changes nothing, for every statement', () => {
    const document = importText(SHOP);
    for (const { key, sql } of write(document).statements)
      expect([key, plan(document, { keys: [key], text: sql }).calls]).toEqual([key, []]);
  });

  it('in another format changes nothing either', () => {
    const document = importText(SHOP);
    const { after } = edit(document, /orders.*create$/, (sql) => sql.replace(/\n {4}/g, '  ').replace(/bigint/g, 'BIGINT'));
    expect(after).toBe(document);
  });

  const EDITS: readonly [string, RegExp, (sql: string) => string][] = [
    ['a type', /orders.*create$/, (sql) => sql.replace('numeric(12,2)', 'numeric(14,4)')],
    ['a new column', /customers.*create$/, (sql) => sql.replace(/\n\);/, ',\n    phone text\n);')],
    [
      'a new foreign key',
      /order_items.*create$/,
      (sql) => sql.replace(/\n\);/, ',\n    buyer bigint REFERENCES customers (id)\n);'),
    ],
    ['a lost foreign key', /tbl_orders.*create$/, (sql) => sql.replace(/ REFERENCES customers \(id\) ON DELETE CASCADE/, '')],
    ['a check', /tbl_orders.*create$/, (sql) => sql.replace('total >= 0', 'total > 0')],
    ['an index', /index/, (sql) => sql.replace('total > 0', 'total > 10')],
    ['a comment', /customers.*:comment$/, (sql) => sql.replace('Who buys', 'Buyers')],
    ['a view', /big_orders.*create$/, (sql) => sql.replace('1000', '2000')],
    ['an enum value', /order_status.*create$/, (sql) => sql.replace("'paid'", "'paid', 'sent'")],
    ['a remark', /customers.*create$/, (sql) => sql.replace('-- People who buy.', '-- People who may buy.\n/* twice */')],
    ['a grant', /verbatim$/, (sql) => sql.replace('SELECT', 'SELECT, UPDATE')],
  ];

  it.each(EDITS)('equals importing the edited file, ids kept: %s', (_what, key, change) => {
    const document = importText(SHOP);
    const { after, file } = edit(document, key, change);
    expect(ddl(after)).toBe(ddl(importText(file)));
    for (const name of ['customers', 'orders', 'order_items']) {
      expect(table(after, name).id).toBe(table(document, name).id);
      expect(columnIds(after, name)).toMatchObject(columnIds(document, name));
    }
    const kept = Object.keys(document.relationships).filter((id) => Object.hasOwn(after.relationships, id));
    expect(kept.length).toBeGreaterThanOrEqual(Object.keys(document.relationships).length - 1);
  });

  it('keeps what text cannot say', () => {
    const plain = importText(SHOP);
    const orders = table(plain, 'orders');
    const document: Document = {
      ...plain,
      tables: {
        ...plain.tables,
        [orders.id]: {
          ...orders,
          facts: { rows: 9 },
          columns: orders.columns.map((one) => (one.name === 'total' ? { ...one, classification: 'financial' as const } : one)),
        },
      },
    };
    const { after } = edit(document, /tbl_orders.*create$/, (sql) => sql.replace('numeric(12,2)', 'numeric(14,4)'));
    expect(table(after, 'orders').facts).toEqual({ rows: 9 });
    expect(table(after, 'orders').columns.find((one) => one.name === 'total')?.classification).toBe('financial');
  });

  it('renames a table with what names it', () => {
    const document = importText(SHOP);
    const { after } = edit(document, /tbl_orders.*create$/, (sql) => sql.replace('TABLE orders', 'TABLE purchases'));
    expect(table(after, 'purchases').id).toBe(table(document, 'orders').id);
    const text = ddl(after);
    expect(text).toMatch(/FROM purchases/);
    expect(text).toMatch(/REFERENCES purchases/);
    expect(text).toMatch(/ON purchases \(customer_id\)/);
    expect(ddl(importText(text))).toBe(text);
  });

  it('renames a column with what names it, in the statement itself and elsewhere', () => {
    const document = importText(SHOP);
    const { after } = edit(document, /tbl_orders.*create$/, (sql) => sql.replace(/total {2,}numeric/, 'amount numeric'));
    expect(columnIds(after, 'orders')['amount']).toBe(columnIds(document, 'orders')['total']);
    const text = ddl(after);
    expect(text).toMatch(/CHECK \(amount >= 0\)/);
    expect(text).toMatch(/WHERE amount > 0/);
    expect(text).toMatch(/amount > 1000/);
    expect(ddl(importText(text))).toBe(text);
  });

  it('deletes what is no longer written, after telling what needs it', () => {
    const document = importText(SHOP);
    const key = write(document).statements.find((one) => /tbl_orders.*create$/.test(one.key))?.key as string;
    const planned = plan(document, { keys: [key], text: '' });
    expect(planned.dependents.map((one) => one.ref.record)).toEqual(expect.arrayContaining([Object.values(document.views)[0]?.id]));
    const after = apply(document, { keys: [key], text: '' });
    expect(
      Object.values(after.tables)
        .map((one) => one.name)
        .sort(),
    ).toEqual(['customers', 'order_items']);
  });

  it('deletes an index by its own statement', () => {
    const document = importText(SHOP);
    const key = write(document).statements.find((one) => one.what === 'index')?.key as string;
    expect(table(apply(document, { keys: [key], text: '\n' }), 'orders').indexes).toEqual([]);
  });

  it('between statements adds objects and changes others in place', () => {
    const document = importText(SHOP);
    const added = apply(document, {
      keys: [],
      text: '-- Money back.\nCREATE TABLE refunds (id int PRIMARY KEY, of bigint REFERENCES orders);',
    });
    expect(table(added, 'refunds').remarks).toMatchObject([{ text: '-- Money back.' }]);
    expect(Object.values(added.relationships)).toHaveLength(3);
    const altered = apply(document, { keys: [], text: 'ALTER TABLE customers ADD COLUMN vip boolean;' });
    expect(columnIds(altered, 'customers')).toMatchObject(columnIds(document, 'customers'));
    expect(table(altered, 'customers').columns.at(-1)?.name).toBe('vip');
    expect(sameValue(altered.views, document.views)).toBe(true);
  });

  it('over several statements is one step', () => {
    const document = importText(SHOP);
    const written = write(document).statements;
    const some = written.filter((one) => /customers|order_status/.test(one.key));
    const text = some.map((one) => one.sql.replace('Who buys', 'Buyers').replace("'paid'", "'paid', 'sent'")).join('\n\n');
    const after = apply(document, { keys: some.map((one) => one.key), text });
    expect(table(after, 'customers').comment).toBe('Buyers');
    expect(ddl(after)).toContain("'sent'");
    expect(table(after, 'customers').id).toBe(table(document, 'customers').id);
  });

  describe('of tables in a circle', () => {
    const circle = () =>
      importText(`
CREATE TABLE a (id int PRIMARY KEY, b int, n int);
CREATE TABLE b (id int PRIMARY KEY, a int);
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b (id);
ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES a (id);`);
    const names = (document: Document) =>
      Object.values(document.relationships)
        .map(({ name }) => name)
        .sort();

    it.each(['a', 'b'])('keeps the foreign key that stands apart when %s opens the circle', (table) => {
      const document = circle();
      const over = write(document).statements.find((one) => one.sql.startsWith(`CREATE TABLE ${table}`));
      const [column, gone] = table === 'a' ? ['b', 'a_b'] : ['a', 'b_a'];
      const text = (over?.sql ?? '')
        .split('\n')
        .filter((line) => !new RegExp(`^ +${column} |\\(${column}\\)`).test(line))
        .join('\n')
        .replace(/,(\s*\))/, '$1');
      const after = apply(document, { keys: [over?.key ?? ''], text });
      expect(names(after)).toEqual(['a_b', 'b_a'].filter((name) => name !== gone));
    });

    it.each(['a', 'b'])('keeps both when %s is renamed, whatever stands where then', (table) => {
      const document = circle();
      const over = write(document).statements.find((one) => one.sql.startsWith(`CREATE TABLE ${table}`));
      for (const name of ['_first', 'zlast']) {
        const text = (over?.sql ?? '').replace(`CREATE TABLE ${table}`, `CREATE TABLE ${name}`);
        expect(names(apply(document, { keys: [over?.key ?? ''], text }))).toEqual(['a_b', 'b_a']);
      }
    });
  });

  it('that cannot be read says where, and what the model cannot hold is refused', () => {
    const document = importText(SHOP);
    const context = { document, written: write(document), language: postgresLanguage(parser), write };
    const broken = planText(context, { keys: [], text: '-- é\nCREATE TABLE x (id bigintt,, y int);' });
    expect(broken).toMatchObject({ ok: false, problem: { code: 'syntax', start: '-- é\nCREATE TABLE x (id bigintt,'.length } });
    expect(planText(context, { keys: [], text: "INSERT INTO customers VALUES (1, 'a', 'b');" })).toMatchObject({
      ok: false,
      problem: { code: 'not-model' },
    });
    expect(planText(context, { keys: [], text: 'CREATE TABLE customers (id int);' })).toMatchObject({ ok: false });
  });
});

describe('problems while typing', () => {
  it('are found statement by statement', () => {
    const text = "CREATE TABLE a (id int);\nCREATE TABL b (id int);\nCREATE TABLE c (x text DEFAULT 'open);";
    expect(textProblems(text, postgresLanguage(parser)).map(({ start }) => text.slice(start, start + 4))).toEqual(['TABL', "'ope"]);
  });
});

describe('carrying a column’s new name', () => {
  it('leaves other tables’ columns, types and functions alone', () => {
    const sql = 'CREATE TABLE t (new int REFERENCES o (id), CHECK (id > f.id), UNIQUE (id), d id(3), z int DEFAULT (id(1)))';
    expect(carryColumn(sql, 'id', 'new', postgresLanguage(parser))).toBe(
      'CREATE TABLE t (new int REFERENCES o (id), CHECK (new > f.id), UNIQUE (new), d id(3), z int DEFAULT (id(1)))',
    );
  });

  it('follows it into keys of a part of the column, and where Oracle says how it is stored', () => {
    const carry = (sql: string) => carryColumn(sql, 'id', 'new', postgresLanguage(parser));
    expect(carry('CREATE TABLE t (new text, KEY k (a(3), id(10) DESC), z int UNIQUE DEFAULT (id(1)))')).toBe(
      'CREATE TABLE t (new text, KEY k (a(3), new(10) DESC), z int UNIQUE DEFAULT (id(1)))',
    );
    expect(carry('CREATE TABLE t (new x) NESTED TABLE id STORE AS id_rows VARRAY id STORE AS LOB l')).toBe(
      'CREATE TABLE t (new x) NESTED TABLE new STORE AS id_rows VARRAY new STORE AS LOB l',
    );
  });

  it('follows it into references of the table to itself, not to its namesake in another schema', () => {
    const carry = (sql: string) => carryColumn(sql, 'id', 'new', postgresLanguage(parser), ['t'], 'a');
    expect(carry('CREATE TABLE a.t (new int, p int REFERENCES a.t (id), q int REFERENCES b.t (id))')).toBe(
      'CREATE TABLE a.t (new int, p int REFERENCES a.t (new), q int REFERENCES b.t (id))',
    );
  });
});
