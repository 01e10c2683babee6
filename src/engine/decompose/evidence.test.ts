import { describe, expect, it } from 'vitest';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { evidenceOf } from './evidence.ts';
import { sampleCells } from './sample-rows.ts';

const column = (name: string, type = 'text', nullable = false): Column => ({
  id: name,
  name,
  type: { kind: 'builtin', name: type },
  nullable,
});

const table: Table = {
  ...emptyTable('t', 'sch_public', 't'),
  columns: [column('id', 'integer'), column('cust_zip', 'text', true), column('cust_city', 'text', true), column('since', 'date')],
  keys: [{ id: 'k', kind: 'primary', columns: ['id'] }],
  dependencies: [{ id: 'fd', determinant: ['cust_zip'], dependent: ['cust_city'] }],
};
const document: Document = { ...emptyDocument(), tables: { t: table } };
const broken = { determinant: ['cust_zip'], dependent: ['cust_city'] };

describe('rows that show a repeated fact', () => {
  it('are made up where none are given: the fact twice or more, and a row that stands alone', () => {
    const found = evidenceOf(document, table, broken);
    expect(found?.given).toBe(false);
    expect(found?.columns).toEqual(['id', 'cust_zip', 'cust_city']);
    expect(found?.fact?.times).toBeGreaterThan(1);
    expect(found?.conflicts).toBe(0);
    const again = found?.rows.filter((row) => row.again) ?? [];
    expect(again.length).toBeGreaterThan(0);
    for (const { cells } of again) expect(cells.slice(1)).toEqual(found?.rows[0]?.cells.slice(1));
    const [lonely] = found?.rows.filter((row) => row.lonely) ?? [];
    expect(lonely?.cells[1]).not.toBe(found?.rows[0]?.cells[1]);
    expect(new Set(found?.rows.map(({ cells }) => cells[0])).size).toBe(found?.rows.length);
    expect(evidenceOf(document, table, broken)).toEqual(found);
  });

  it('are a person’s where they have the columns', () => {
    const rows = [
      ['1', '8001', 'Zürich'],
      ['2', '8001', 'Zürich'],
      ['3', '3000', 'Bern'],
      ['4', undefined, undefined],
      ['5', undefined, undefined],
      ['6', '8001', 'Zürich'],
    ];
    const found = evidenceOf(document, table, broken, { columns: ['id', 'cust_zip', 'cust_city'], rows });
    expect(found).toMatchObject({ given: true, fact: { left: ['8001'], right: ['Zürich'], times: 3 }, redundant: 3, conflicts: 0 });
    expect(found?.rows.map(({ cells }) => cells[0])).toEqual(['1', '2', '6', '3']);
    expect(evidenceOf(document, table, broken, { columns: ['id', 'cust_zip'], rows })?.given).toBe(false);
  });

  it('say when what was given contradicts the dependency, and are none when it shows nothing', () => {
    const of = (...cities: string[]) => ({
      columns: ['id', 'cust_zip', 'cust_city'],
      rows: cities.map((city, at) => [String(at), 'z', city]),
    });
    expect(evidenceOf(document, table, broken, of('a', 'b'))).toMatchObject({ given: true, conflicts: 1, rows: [] });
    expect(evidenceOf(document, table, broken, of('a'))).toBeUndefined();
  });

  it('are none of columns that are not the table’s own', () => {
    expect(evidenceOf(document, table, { determinant: ['gone'], dependent: ['cust_city'] })).toBeUndefined();
  });

  it('show a part of a key by which others repeat', () => {
    const lines: Table = {
      ...table,
      columns: [column('order_id', 'bigint'), column('line', 'int'), column('ordered_at', 'date')],
      keys: [{ id: 'k', kind: 'primary', columns: ['order_id', 'line'] }],
      dependencies: [{ id: 'fd', determinant: ['order_id'], dependent: ['ordered_at'] }],
    };
    const found = evidenceOf({ ...document, tables: { t: lines } }, lines, {
      determinant: ['order_id'],
      dependent: ['ordered_at'],
    });
    expect(found?.columns).toEqual(['line', 'order_id', 'ordered_at']);
    expect(found?.fact?.times).toBeGreaterThan(1);
  });
});

describe('values to read', () => {
  it('are numbers, dates, and else the last word of the column with a number', () => {
    const rows = sampleCells(document, table, { rows: 5, dice: () => 1 });
    expect(rows[0]).toEqual(['2', 'zip 2', 'city 2', '2024-01-02']);
  });
});
