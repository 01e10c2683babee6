import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { treeOf } from './tree.ts';
import { pathTo, rowsOf } from './tree-rows.ts';

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

  it('shows the views of a schema below its tables', () => {
    const view = { id: 'viw_1', schema: 'sch_public', name: 'all_orders', query: 'SELECT 1', indexes: [], dependencies: [] };
    const document: Document = { ...sample(), views: { viw_1: view } };
    expect(labels(document, [])).toEqual(['public', '  customers', '  orders', '  all_orders', 'Types', '  order_status']);
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

  it('lists the relationships of a table at both ends, its indexes and its triggers after its columns', () => {
    const document = sample();
    const orders = document.tables['tbl_b'] as Document['tables'][string];
    const related: Document = {
      ...document,
      tables: {
        ...document.tables,
        tbl_b: { ...orders, indexes: [{ id: 'ix', name: 'by_zip', method: 'btree', elements: [{ column: 'col_1' }] } as never] },
      },
      relationships: {
        rel: { id: 'rel', name: 'orders_fk', child: 'tbl_b', parent: 'tbl_a', childColumns: ['col_2'], parentColumns: ['col_3'] },
      },
      triggers: {
        trg: {
          id: 'trg',
          name: 'touch',
          on: 'tbl_b',
          timing: 'before',
          events: ['update'],
          forEach: 'row',
          execute: 'f()',
        } as never,
      },
    };
    expect(labels(related, ['tbl_a', 'tbl_b'])).toEqual([
      'public',
      '  customers',
      '    email',
      '    ← orders',
      '  orders',
      '    ship_zip',
      '    placed_at',
      '    → customers',
      '    by_zip',
      '    touch',
      'Types',
      '  order_status',
    ]);
    const keys = rowsOf(treeOf(related), new Set(['tbl_a', 'tbl_b']), '').map((row) => row.node.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(pathTo(treeOf(related), { record: 'rel' })).toEqual(['sch_public', 'tbl_b', 'tbl_b>rel']);
    expect(pathTo(treeOf(related), { record: 'trg' })).toEqual(['sch_public', 'tbl_b', 'trg']);
    expect(pathTo(treeOf(related), { record: 'tbl_b', part: 'ix' })).toEqual(['sch_public', 'tbl_b', 'tbl_b/ix']);
    expect(labels(related, [], 'by_z')).toEqual(['public', '  orders', '    by_zip']);
    expect(labels(related, [], 'touch')).toEqual(['public', '  orders', '    touch']);
  });

  it('does not open half the model for one letter', () => {
    expect(labels(sample(), [], 'c')).toEqual(['public', '  customers']);
    expect(labels(sample(), [], 'pl')).toEqual(['public', '  orders', '    placed_at']);
  });

  it('keeps the order of names through edits that rename nothing, and finds the new one after those that do', () => {
    const document = sample();
    labels(document, []);
    const orders = document.tables['tbl_b'] as Document['tables'][string];
    const renamed: Document = { ...document, tables: { ...document.tables, tbl_b: { ...orders, name: 'a_orders' } } };
    expect(labels(renamed, []).slice(1, 3)).toEqual(['  a_orders', '  customers']);
    const edited: Document = {
      ...renamed,
      tables: { ...renamed.tables, tbl_a: { ...renamed.tables['tbl_a'], comment: 'x' } as never },
    };
    expect(labels(edited, []).slice(1, 3)).toEqual(['  a_orders', '  customers']);
    const reordered: Document = {
      ...edited,
      tables: Object.fromEntries(Object.entries(edited.tables).toReversed()) as Document['tables'],
    };
    expect(labels(reordered, []).slice(1, 3)).toEqual(['  a_orders', '  customers']);
  });

  it('says what people put on a table and whether it holds personal data', () => {
    const document = sample();
    const orders = document.tables['tbl_b'] as Document['tables'][string];
    const [first] = orders.columns;
    const marked: Document = {
      ...document,
      tables: {
        tbl_b: { ...orders, tags: ['core'], columns: [{ ...first, classification: 'contact' } as never] },
        tbl_a: document.tables['tbl_a'] as never,
      },
    };
    const nodes = rowsOf(treeOf(marked), new Set(), '').map(({ node }) => [node.label, node.tags?.[0], node.personal]);
    expect(nodes).toContainEqual(['orders', 'core', true]);
    expect(nodes).toContainEqual(['customers', undefined, false]);
  });
});

it('finds tables by a tag behind #', () => {
  const empty = emptyDocument();
  const table = (id: string, tags?: readonly string[]) => ({
    ...emptyTable(id, 'sch_public', id),
    ...(tags === undefined ? {} : { tags }),
  });
  const tables = { orders: table('orders', ['Core', 'pii']), logs: table('logs') };
  const labels = (filter: string) => rowsOf(treeOf({ ...empty, tables }), new Set(), filter).map((row) => row.node.label);
  expect(labels('#co')).toEqual(['public', 'orders']);
  expect(labels('#')).toEqual(['public', 'orders']);
  expect(labels('#nothing')).toEqual([]);
});
