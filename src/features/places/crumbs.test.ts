import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { crumbsOf } from './crumbs.ts';

const empty = emptyDocument();
const document: Document = {
  ...empty,
  schemas: { ...empty.schemas, sales: { id: 'sales', name: 'sales' } },
  diagrams: { ...empty.diagrams, two: { id: 'two', name: 'Billing', order: 1 } },
  tables: {
    o: {
      ...emptyTable('o', 'sales', 'orders'),
      columns: ['id', 'zip'].map((name) => ({ id: `o_${name}`, name, type: { kind: 'builtin', name: 'text' }, nullable: true })),
      keys: [{ id: 'pk', kind: 'primary', columns: ['o_id'], name: 'orders_pkey' }],
    },
    c: emptyTable('c', 'sales', 'customers'),
    p: emptyTable('p', 'sch_public', 'plain'),
  },
  views: { v: { id: 'v', schema: 'sales', name: 'invoices', query: 'SELECT 1', indexes: [] } },
  relationships: { r: { id: 'r', child: 'o', parent: 'c', childColumns: [], parentColumns: [] } },
};
const path = (...selection: { record: string; part?: string }[]) =>
  crumbsOf(document, 'diagram_main', selection).map((crumb) => `${crumb.what} ${crumb.label}`);
const beside = (at: number, ...selection: { record: string; part?: string }[]) =>
  crumbsOf(document, 'diagram_main', selection)
    [at]?.siblings()
    .map((one) => one.label);

describe('the path to what is looked at', () => {
  it('goes from diagram to column as far as the selection does', () => {
    const main = `Diagram ${document.diagrams['diagram_main']?.name}`;
    expect(path()).toEqual([main]);
    expect(path({ record: 'sales' })).toEqual([main, 'Schema sales']);
    expect(path({ record: 'o' })).toEqual([main, 'Schema sales', 'Table orders']);
    expect(path({ record: 'o', part: 'o_zip' })).toEqual([main, 'Schema sales', 'Table orders', 'Column zip']);
    expect(path({ record: 'o', part: 'pk' })).toEqual([main, 'Schema sales', 'Table orders', 'Part orders_pkey']);
    expect(path({ record: 'r' })[1]).toMatch(/^Relationship /);
    expect(path({ record: 'o' }, { record: 'c' })).toEqual([main]);
    expect(path({ record: 'gone' })).toEqual([main]);
    expect(path({ record: '__proto__' })).toEqual([main]);
  });

  it('knows what stands beside each part', () => {
    expect(beside(0)).toEqual([document.diagrams['diagram_main']?.name, 'Billing']);
    expect(beside(1, { record: 'o' })).toEqual(['public', 'sales']);
    expect(beside(2, { record: 'o' })).toEqual(['customers', 'invoices', 'orders']);
    expect(beside(2, { record: 'v' })).toEqual(['customers', 'invoices', 'orders']);
    expect(beside(3, { record: 'o', part: 'o_zip' })).toEqual(['id', 'zip']);
    expect(beside(3, { record: 'o', part: 'pk' })).toEqual(['orders_pkey']);
  });
});
