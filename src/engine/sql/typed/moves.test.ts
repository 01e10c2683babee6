import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { postgresLanguage } from '../../dialects/postgres/language.ts';
import { pgParser } from '../../dialects/postgres/parser.ts';
import type { TextPlan } from '../../queries.ts';
import type { PgParser } from '../parser-port.ts';
import { readSql } from '../read.ts';
import { writeDocument, writtenText } from '../write.ts';
import { planText } from './plan-text.ts';
import { carryRelation } from './renames.ts';

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

const SHOP = `
CREATE SCHEMA sales;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE orders (id bigint PRIMARY KEY, mood mood, above bigint REFERENCES orders (id), total int CHECK (orders.total > 0));
CREATE INDEX orders_above ON orders (above);
CREATE TABLE items (id int PRIMARY KEY, of bigint NOT NULL REFERENCES orders (id));
CREATE VIEW big AS SELECT o.id, orders.total FROM orders JOIN public.orders AS o ON o.id = orders.id WHERE orders.total > 10;
CREATE VIEW bad AS SELECT 'bad'::mood AS mood;
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM orders $$;
CREATE SEQUENCE numbers;
CREATE TABLE notes (id int DEFAULT nextval('numbers'));
GRANT SELECT ON orders TO reporting;
COMMENT ON TABLE orders IS 'What was bought';
`;

function importText(text: string): Document {
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

const write = (document: Document) => writeDocument(document, { version: 18 });
const ddl = (document: Document) => writtenText(write(document));

function planned(document: Document, key: RegExp, change: (sql: string) => string): { plan: TextPlan; after: Document } {
  const written = write(document);
  const over = written.statements.find((one) => key.test(one.key));
  if (over === undefined) throw new Error(`no ${key} in ${written.statements.map((one) => one.key).join(' ')}`);
  const text = change(over.sql);
  expect(text).not.toBe(over.sql);
  const plan = planText({ document, written, language: postgresLanguage(parser), write }, { keys: [over.key], text });
  if (!plan.ok) throw new Error(plan.problem.message);
  const ran = runCommands(document, plan.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  expect(validate(ran.value.document)).toEqual([]);
  // What came out is whole: its own text reads back the same, and names nothing that is not there.
  expect(ddl(importText(ddl(ran.value.document)))).toBe(ddl(ran.value.document));
  return { plan: plan.value, after: ran.value.document };
}

const named = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name);

describe('typing another schema', () => {
  it('moves a table, and every text that names it says so', () => {
    const document = importText(SHOP);
    const { after, plan } = planned(document, /tbl_orders.*:create$/, (sql) => sql.replace('TABLE orders', 'TABLE sales.orders'));
    expect(plan.removed).toEqual([]);
    expect(named(after, 'orders')).toMatchObject({
      id: named(document, 'orders')?.id,
      schema: Object.values(after.schemas).find((one) => one.name === 'sales')?.id,
      comment: 'What was bought',
    });
    const text = ddl(after);
    expect(text).toMatch(/FROM sales\.orders JOIN sales\.orders AS o ON o\.id = orders\.id WHERE orders\.total > 10/);
    expect(text).toMatch(/SELECT count\(\*\) FROM sales\.orders/);
    expect(text).toMatch(/GRANT SELECT ON sales\.orders/);
    expect(text).toMatch(/of +bigint NOT NULL REFERENCES sales\.orders \(id\)/);
    expect(text).toMatch(/above +bigint REFERENCES sales\.orders \(id\)/);
    expect(Object.keys(after.relationships)).toEqual(Object.keys(document.relationships));
  });

  it('moves it back', () => {
    const document = importText(SHOP);
    const there = planned(document, /tbl_orders.*:create$/, (sql) => sql.replace('TABLE orders', 'TABLE sales.orders')).after;
    const { after } = planned(there, /tbl_orders.*:create$/, (sql) => sql.replace('TABLE sales.orders', 'TABLE orders'));
    expect(ddl(after).replaceAll('public.orders', 'orders')).toBe(ddl(document).replaceAll('public.orders', 'orders'));
  });

  it('moves and renames at once', () => {
    const document = importText(SHOP);
    const { after } = planned(document, /tbl_orders.*:create$/, (sql) => sql.replace('TABLE orders', 'TABLE sales.purchases'));
    expect(named(after, 'purchases')?.id).toBe(named(document, 'orders')?.id);
    expect(ddl(after)).toMatch(/FROM sales\.purchases JOIN sales\.purchases AS o/);
    expect(ddl(after)).not.toMatch(/\borders \(/);
  });

  it('makes a schema that nobody made', () => {
    const document = importText(SHOP);
    const { after } = planned(document, /tbl_orders.*:create$/, (sql) => sql.replace('TABLE orders', 'TABLE "New".orders'));
    expect(ddl(after)).toMatch(/CREATE SCHEMA "New";/);
    expect(ddl(after)).toMatch(/SELECT count\(\*\) FROM "New"\.orders/);
  });

  it('moves types and sequences', () => {
    const document = importText(SHOP);
    const type = planned(document, /typ_mood.*:create$/, (sql) => sql.replace('TYPE mood', 'TYPE sales.mood')).after;
    expect(ddl(type)).toMatch(/'bad'::sales\.mood/);
    expect(ddl(type)).toMatch(/mood +sales\.mood/);
    const sequence = planned(document, /numbers.*:create$/, (sql) =>
      sql.replace('SEQUENCE numbers', 'SEQUENCE sales.numbers'),
    ).after;
    expect(ddl(sequence)).toMatch(/nextval\('sales\.numbers'\)/);
  });
});

describe('typing another table in the place of one', () => {
  it('that shares no column with it deletes the one and adds the other, and tells what needed the old one', () => {
    const document = importText(SHOP);
    const { after, plan } = planned(document, /tbl_items.*:create$/, () => 'CREATE TABLE colours (name text, code text);');
    expect(named(after, 'colours')?.id).not.toBe(named(document, 'items')?.id);
    expect(named(after, 'items')).toBeUndefined();
    const orders = planned(document, /tbl_orders.*:create$/, () => 'CREATE TABLE colours (name text, code text);').plan;
    expect(orders.dependents.map((one) => one.label)).toEqual(expect.arrayContaining(['view big']));
    expect(plan.dependents).toEqual([]);
  });

  it('keeps foreign keys, indexes and views of a column that is only called otherwise', () => {
    const document = importText(SHOP);
    const { after, plan } = planned(document, /tbl_orders.*:create$/, (sql) =>
      sql.replace(/above( +)bigint/, 'parent$1bigint').replace(/total( +)integer/, 'amount$1integer'),
    );
    expect(plan.dependents).toEqual([]);
    expect(Object.keys(after.relationships)).toEqual(Object.keys(document.relationships));
    expect(ddl(after)).toMatch(/INDEX orders_above ON orders \(parent\)/);
    expect(ddl(after)).toMatch(/WHERE orders\.amount > 10/);
  });

  it('deletes columns of which nobody can tell what they became, after telling what needs them', () => {
    const document = importText(SHOP);
    const { plan } = planned(document, /tbl_orders.*:create$/, (sql) =>
      sql.replace(/ +total +integer[^\n]*\n/, '    a uuid, b date,\n').replace(/ +above[^\n]*\n/, ''),
    );
    expect(plan.dependents.map((one) => one.label)).toEqual(expect.arrayContaining(['view big']));
  });
});

describe('carrying a relation’s new name', () => {
  it('follows it where a relation stands, with and without its schema', () => {
    const change = { schema: 'public', name: 'a', toSchema: 'x', toName: 'b' };
    const sql =
      'CREATE TABLE b (a int REFERENCES a (a), b int REFERENCES public.a, c int REFERENCES y.a); COMMENT ON TABLE a IS $$a$$';
    expect(carryRelation(sql, change, postgresLanguage(parser))).toBe(
      'CREATE TABLE b (a int REFERENCES x.b (a), b int REFERENCES x.b, c int REFERENCES y.a); COMMENT ON TABLE x.b IS $$a$$',
    );
  });
});
