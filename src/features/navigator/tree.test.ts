import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { pathTo, rowsOf, treeOf } from './tree.ts';

function sample(): Document {
  const column = (id: string, name: string) => ({ id, name, type: { kind: 'builtin' as const, name: 'text' }, nullable: true });
  const document = emptyDocument();
  return {
    ...document,
    tables: {
      tbl_b: {
        ...emptyTable('tbl_b', 'sch_public', 'orders'),
        columns: [column('col_1', 'ship_zip'), column('col_2', 'placed_at')],
      },
      tbl_a: { ...emptyTable('tbl_a', 'sch_public', 'customers'), columns: [column('col_3', 'email')] },
    },
    types: { typ_1: { id: 'typ_1', kind: 'enum', name: 'order_status', schema: 'sch_public', values: ['a'] } },
  };
}

const labels = (document: Document, toggled: string[], filter = '') =>
  rowsOf(treeOf(document), new Set(toggled), filter).map((row) => `${'  '.repeat(row.level - 1)}${row.node.label}`);

describe('the navigator tree', () => {
  it('shows schemas open, tables closed and sorted, types in a group', () => {
    expect(labels(sample(), [])).toEqual(['public', '  customers', '  orders', 'Types', '  order_status']);
  });

  it('leaves out an empty implicit schema only where others hold something', () => {
    const document = sample();
    const moved = Object.fromEntries(Object.values(document.tables).map((table) => [table.id, { ...table, schema: 'sch_x' }]));
    const other: Document = { ...document, schemas: { ...document.schemas, sch_x: { id: 'sch_x', name: 'x' } }, tables: moved };
    expect(labels(other, [])).toEqual(['x', '  customers', '  orders', 'Types', '  order_status']);
    expect(labels(emptyDocument(), [])).toEqual(['public']);
  });

  it('opens a table to its columns in their own order', () => {
    expect(labels(sample(), ['tbl_b'])).toEqual([
      'public',
      '  customers',
      '  orders',
      '    ship_zip',
      '    placed_at',
      'Types',
      '  order_status',
    ]);
  });

  it('filters to matches and their ancestors, columns only when they contain the text', () => {
    expect(labels(sample(), [], 'zip')).toEqual(['public', '  orders', '    ship_zip']);
    expect(labels(sample(), [], 'ordst')).toEqual(['Types', '  order_status']);
    expect(labels(sample(), [], 'nothing')).toEqual([]);
  });

  it('says level, position and set size of each row', () => {
    const row = rowsOf(treeOf(sample()), new Set(), '').find((one) => one.node.label === 'orders');
    expect(row).toMatchObject({ level: 2, position: 2, setSize: 2, parent: 'sch_public', expanded: false });
  });

  it('finds the way to a column', () => {
    expect(pathTo(treeOf(sample()), { record: 'tbl_b', part: 'col_2' })).toEqual(['sch_public', 'tbl_b', 'tbl_b/col_2']);
    expect(pathTo(treeOf(sample()), { record: 'gone' })).toBeUndefined();
  });

  it('names types with their schema when they come from several', () => {
    const document = sample();
    const two: Document = {
      ...document,
      schemas: { ...document.schemas, sch_x: { id: 'sch_x', name: 'x' } },
      types: { ...document.types, typ_2: { id: 'typ_2', kind: 'enum', name: 'level', schema: 'sch_x', values: [] } },
    };
    expect(labels(two, []).slice(-2)).toEqual(['  public.order_status', '  x.level']);
  });
});
