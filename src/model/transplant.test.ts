import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { emptyDocument } from '#model/create.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { transplant } from './transplant.ts';

const DDL = `
CREATE SCHEMA sales;
CREATE TYPE sales.status AS ENUM ('open', 'done');
CREATE TABLE sales.customers (id bigint PRIMARY KEY);
CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES sales.customers (id), status sales.status NOT NULL, UNIQUE (customer_id, id));
`;

let parser: PgParser;
let from: Document;
beforeAll(async () => {
  parser = await parserForTests();
  from = readDdl(parser, DDL);
});

function moved(to: Document, names: readonly string[]): Document {
  const records = Object.values(from.tables)
    .filter((table) => names.includes(table.name))
    .map((table) => table.id);
  const { put } = transplant(from, to, records, { ids: derivedIds(), diagram: MAIN_DIAGRAM, offset: 32 });
  return withCalls(to, [{ name: 'putRecords', args: { label: 'Paste', put } }]);
}

const names = (document: Document) =>
  Object.values(document.tables)
    .map((table) => table.name)
    .sort();

describe('moving parts of a model to another', () => {
  it('brings tables with what is between them and the enums they use, all of it sound', () => {
    const target = moved(emptyDocument(), ['orders', 'customers']);
    expect(names(target)).toEqual(['customers', 'orders']);
    expect(Object.values(target.relationships)).toHaveLength(1);
    expect(Object.values(target.types).map((type) => type.name)).toEqual(['status']);
    expect(validate(target)).toEqual([]);
  });

  it('brings domains, composite types and ranges with what they are made of, and no other type', () => {
    const source = readDdl(
      parser,
      `CREATE TYPE unused AS ENUM ('x'); CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN size AS integer CHECK (VALUE > 0);
      CREATE TYPE spot AS (at size, feels mood, words text[]); CREATE TYPE span AS RANGE (SUBTYPE = size); CREATE TABLE t (a spot, b span, c size[], d spot);`,
    );
    const tables = Object.keys(source.tables);
    const copyTo = (to: Document) => {
      const { put } = transplant(source, to, tables, { ids: derivedIds(), diagram: MAIN_DIAGRAM, offset: 32 });
      return withCalls(to, [{ name: 'putRecords', args: { label: 'Paste', put } }]);
    };
    const target = copyTo(emptyDocument());
    expect(
      Object.values(target.types)
        .map((type) => type.name)
        .sort(),
    ).toEqual(['mood', 'size', 'span', 'spot']);
    expect(validate(target)).toEqual([]);
    const ddl = (document: Document) => writtenText(writeDocument(document, { version: 18 }));
    expect(ddl(target)).toBe(ddl(source).replace(/CREATE TYPE unused[^;]*;\n\n/, ''));
    const twice = copyTo(target);
    expect(Object.keys(twice.types)).toHaveLength(4);
    expect(validate(twice)).toEqual([]);
  });

  it('leaves out relationships to what does not come along', () => {
    const target = moved(emptyDocument(), ['orders']);
    expect(Object.values(target.relationships)).toHaveLength(0);
    expect(validate(target)).toEqual([]);
  });

  it('gives other names to what is there already', () => {
    const once = moved(emptyDocument(), ['orders', 'customers']);
    const records = Object.keys(from.tables);
    const { put } = transplant(from, once, records, { ids: derivedIds(), diagram: MAIN_DIAGRAM, offset: 32 });
    const fresh = put.filter((one) => one.collection === 'tables').map((one) => ('name' in one.record ? one.record.name : ''));
    expect(fresh.sort()).toEqual(['customers_copy', 'orders_copy']);
  });

  it('takes the type of the same name where there is one', () => {
    const target = readDdl(parser, "CREATE SCHEMA sales; CREATE TYPE sales.status AS ENUM ('open', 'done');");
    const after = moved(target, ['orders', 'customers']);
    expect(Object.values(after.types)).toHaveLength(1);
    const status = Object.values(after.tables)
      .find((table) => table.name === 'orders')
      ?.columns.find((column) => column.name === 'status');
    expect(status?.type).toEqual({ kind: 'custom', type: Object.keys(after.types)[0] });
  });
});
