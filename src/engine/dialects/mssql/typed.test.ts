import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Table } from '#model/types.ts';
import { readSql } from '../../sql/read.ts';
import { planText, textProblems } from '../../sql/typed/plan-text.ts';
import { writeDocument } from '../../sql/write.ts';
import { grammarLanguage } from '../base/language.ts';
import { MSSQL_GRAMMAR } from './read/grammar.ts';

const SHOP = `
-- People who buy.
CREATE TABLE customers (
    id int IDENTITY PRIMARY KEY,
    email nvarchar(200) NOT NULL UNIQUE, -- login
    name nvarchar(100) NOT NULL CONSTRAINT df_name DEFAULT ('')
);
GO
EXEC sp_addextendedproperty 'MS_Description', 'Who buys', 'SCHEMA', 'dbo', 'TABLE', 'customers'
GO
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id), total decimal(12, 2) CHECK (total >= 0));
CREATE INDEX orders_customer ON orders (customer_id) WHERE total > 0;
GO
CREATE VIEW big_orders AS SELECT id, total FROM orders WHERE total > 1000;
GO
`;

const language = grammarLanguage('mssql', MSSQL_GRAMMAR);
const write = (document: Document) => writeDocument(document, { version: 2022 });

function shop(): Document {
  const read = readSql([{ name: 'shop.sql', text: SHOP }], { dialect: 'mssql' }, {});
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

/** Types over the statement whose key matches; equal text gives no calls. */
function edit(document: Document, key: RegExp, change: (sql: string) => string): { after: Document; calls: number } {
  const written = write(document);
  const found = written.statements.find((one) => key.test(one.key));
  if (found === undefined) throw new Error(`no statement ${key}`);
  const planned = planText({ document, written, language, write }, { keys: [found.key], text: change(found.sql) });
  if (!planned.ok) throw new Error(planned.problem.message);
  const { calls } = planned.value;
  if (calls.length === 0) return { after: document, calls: 0 };
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return { after: ran.value.document, calls: calls.length };
}

const table = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name) as Table;

describe('typing over what was written for SQL Server', () => {
  it('finds nothing to do in any statement as it was written', () => {
    const document = shop();
    for (const { key, sql } of write(document).statements) {
      expect([key, edit(document, new RegExp(`^${key}$`), () => sql).calls]).toEqual([key, 0]);
    }
  });

  it('takes a new column, whatever GO stands behind', () => {
    const before = shop();
    const { after } = edit(before, /customers.*:create$/, (sql) =>
      sql.replace('PRIMARY KEY', '[since] datetime2(3) NULL,\n    PRIMARY KEY'),
    );
    expect(table(after, 'customers').columns.map(({ name }) => name)).toEqual(['id', 'email', 'name', 'since']);
    expect(table(after, 'customers').columns[0]?.id).toBe(table(before, 'customers').columns[0]?.id);
    expect(table(after, 'customers').comment).toBe('Who buys');
  });

  it('renames a column and what names it', () => {
    const { after } = edit(shop(), /orders.*:create$/, (sql) =>
      sql.replaceAll('[total]', '[amount]').replace('total >=', 'amount >='),
    );
    expect(table(after, 'orders').columns.map(({ name }) => name)).toContain('amount');
    expect(table(after, 'orders').indexes[0]?.where).toContain('amount');
  });

  it('takes another comment, and a new default of the same name', () => {
    const commented = edit(shop(), /customers.*:comment$/, (sql) => sql.replace('Who buys', 'Buyers')).after;
    expect(table(commented, 'customers').comment).toBe('Buyers');
    const defaulted = edit(shop(), /customers.*:create$/, (sql) => sql.replace("DEFAULT ('')", "DEFAULT (N'?')")).after;
    expect(table(defaulted, 'customers').columns[2]).toMatchObject({ defaultName: 'df_name', default: { sql: "N'?'" } });
  });

  it('says where a statement is wrong', () => {
    const [problem] = textProblems('CREATE TABLE t (a int,\n  b int NOT);\nGO\n', language);
    expect(problem?.start).toBeGreaterThan(20);
    expect(textProblems('CREATE TABLE t (a int);\nGO\nDROP TABLE u\nGO', language)).toEqual([]);
  });
});
