import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Table } from '#model/types.ts';
import { languageOf } from '../../sql/language.ts';
import { readSql } from '../../sql/read.ts';
import { planText, textProblems } from '../../sql/typed/plan-text.ts';
import { writeDocument } from '../../sql/write.ts';
import type { WrittenDocument } from '../../sql/written.ts';

const SHOP = `CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE ON CONFLICT IGNORE, -- login
  name VARCHAR(80) COLLATE NOCASE
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INT NOT NULL REFERENCES customers ON DELETE CASCADE,
  total NUMERIC(12,2) CHECK (total >= 0),
  tax AS (total * 0.2) STORED,
  log INT REFERENCES logs (id)
);
CREATE INDEX big ON orders (customer_id, total DESC) WHERE total > 0;
CREATE TRIGGER t AFTER INSERT ON orders BEGIN UPDATE customers SET name = '' WHERE id = new.customer_id; END;`;

const found = languageOf('sqlite', undefined);
if (!found.ok) throw new Error(found.problem.message);
const language = found.value;
const write = (document: Document): WrittenDocument => writeDocument(document, { version: 3 });

function shop(): Document {
  const read = readSql([{ name: 'shop.sql', text: SHOP }], { dialect: 'sqlite' }, {});
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

const tableOf = (document: Document, name: string): Table => {
  const table = Object.values(document.tables).find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
};

function typeOver(document: Document, key: RegExp, change: (sql: string) => string): Document {
  const written = write(document);
  const statement = written.statements.find((one) => key.test(one.sql));
  if (statement === undefined) throw new Error('no such statement');
  const planned = planText({ document, written, language, write }, { keys: [statement.key], text: change(statement.sql) });
  if (!planned.ok) throw new Error(planned.problem.message);
  const ran = runCommands(document, planned.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

describe('typing over SQLite’s statements', () => {
  it('leaves everything as it is when nothing is changed', () => {
    const document = shop();
    for (const { sql } of write(document).statements) {
      const pattern = new RegExp(`^${sql.slice(0, 30).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
      expect(typeOver(document, pattern, (text) => text)).toEqual(document);
    }
  });

  it('changes a column and keeps who it is', () => {
    const before = shop();
    const after = typeOver(before, /TABLE orders/, (sql) =>
      sql.replace('NUMERIC(12,2)', 'REAL').replace(/\btotal\s+REAL/, '$& DEFAULT 0'),
    );
    const [old, now] = [tableOf(before, 'orders'), tableOf(after, 'orders')];
    expect(now.id).toBe(old.id);
    expect(now.columns.map((one) => one.id)).toEqual(old.columns.map((one) => one.id));
    expect(now.columns[2]).toMatchObject({ type: { name: 'REAL' }, default: { sql: '0' } });
    expect(after.relationships).toEqual(before.relationships);
    expect(now.residue).toEqual(old.residue);
  });

  it('adds a table with a trigger, and drops an index', () => {
    const before = shop();
    const added = typeOver(before, /TRIGGER/, (sql) => `${sql}\n\nCREATE TABLE logs (id INTEGER PRIMARY KEY) STRICT;`);
    expect(tableOf(added, 'logs').parameters).toEqual([{ name: 'STRICT', value: '' }]);
    const dropped = typeOver(before, /INDEX big/, () => '');
    expect(tableOf(dropped, 'orders').indexes).toEqual([]);
  });

  it('says what a statement cannot be', () => {
    expect(textProblems('CREATE TABLE t (a INT,, b INT);', language)).toMatchObject([{ start: 22 }]);
    expect(textProblems('CREATE TABLE t (a INT, b VARCHAR(20));', language)).toEqual([]);
  });

  it('keeps comments, which SQLite’s statements show as remarks only', () => {
    const plain = shop();
    const customers = tableOf(plain, 'customers');
    const columns = customers.columns.map((one) => (one.name === 'email' ? { ...one, comment: 'Log */ in' } : one));
    const before = { ...plain, tables: { ...plain.tables, [customers.id]: { ...customers, comment: 'Who\nbuys', columns } } };
    const [create] = write(before).statements;
    expect(create?.sql).toMatch(/^-- Who\n-- buys\nCREATE TABLE customers/);
    expect(create?.sql).toContain('NOT NULL UNIQUE ON CONFLICT IGNORE /* Log * / in */, -- login');
    const after = tableOf(
      typeOver(before, /TABLE customers/, (sql) => sql.replace('VARCHAR(80)', 'TEXT')),
      'customers',
    );
    expect(after.comment).toBe('Who\nbuys');
    expect(after.columns.map((one) => one.comment)).toEqual([undefined, 'Log */ in', undefined]);
    expect(after.remarks).toEqual(customers.remarks);
    expect(
      write(before)
        .unsupported.map((one) => one.feature)
        .toSorted(),
    ).toEqual(['column comment', 'table comment']);
  });
});
