import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { queryOf } from './query.ts';
import { type Found, offered, runFor, type SearchInput, searching } from './search.ts';

const column = (id: string, name: string) => ({ id, name, type: { kind: 'builtin' as const, name: 'text' }, nullable: true });
const table = (id: string, name: string, columns: string[], more: Partial<Table> = {}): Table => ({
  ...emptyTable(id, 'sch_public', name),
  columns: columns.map((one) => column(`${id}_${one}`, one)),
  ...more,
});
const empty = emptyDocument();
const document: Document = {
  ...empty,
  schemas: { ...empty.schemas, sch_sales: { id: 'sch_sales', name: 'sales' } },
  tables: {
    orders: table('orders', 'orders', ['id', 'customer_id', 'ship_zip'], {
      indexes: [{ id: 'ix', name: 'orders_by_customer', method: 'btree', elements: [{ column: 'orders_customer_id' }] } as never],
      tags: ['core'],
    }),
    items: table('items', 'order_items', ['quantity', 'order_id']),
    customers: table('customers', 'customers', ['id', 'email'], { schema: 'sch_sales' }),
  },
  relationships: {
    rel: {
      id: 'rel',
      name: 'orders_customer_fk',
      child: 'orders',
      parent: 'customers',
      childColumns: ['orders_customer_id'],
      parentColumns: ['customers_id'],
    },
  },
  views: { v: { id: 'v', schema: 'sch_public', name: 'order_totals', query: 'SELECT 1', indexes: [] } },
  types: { mood: { id: 'mood', kind: 'enum', schema: 'sch_public', name: 'order_status', values: ['new'] } },
  areas: { a: { id: 'a', diagram: 'diagram_main', name: 'Ordering', x: 0, y: 0, width: 9, height: 9, tint: 0 } },
  notes: { n: { id: 'n', diagram: 'diagram_main', text: 'Ask about\nrefunds', x: 0, y: 0, width: 9, height: 9 } },
};
const run = () => {};
const actions: Action[] = [
  { id: 'view.palette', label: 'Find a table, column or action', group: 'Go', run },
  { id: 'edit.undo', label: 'Undo', group: 'Edit', keys: ['mod+z'], when: () => false, run },
  { id: 'canvas.fit', label: 'Fit the whole diagram', group: 'View', keys: ['shift+1'], keywords: ['zoom'], run },
  { id: 'view.settings', label: 'Settings', group: 'View', run },
  { id: 'view.themeDark', label: 'Dark appearance', group: 'View', keywords: ['theme'], checked: () => true, run },
];
const finding: Finding = {
  rule: 'pk-missing',
  severity: 'error',
  at: [{ record: 'orders' }],
  message: { what: 'orders has no primary key.', why: '', todo: '' },
  fixes: [],
};
const input: SearchInput = { document, actions, findings: [finding], recentActions: [], recent: [] };

const find = (typed: string, given = input): readonly Found[] =>
  runFor(searching(given, queryOf(typed)), Number.POSITIVE_INFINITY, () => 0) ?? [];
const labels = (found: readonly Found[]) =>
  found.flatMap(({ heading, items }) => items.map((item) => `${heading}: ${item.text.text}`));
const first = (typed: string, given = input) => labels(find(typed, given))[0];

describe('the command box', () => {
  it('finds everything that has a name', () => {
    expect(first('oi')).toBe('Tables: order_items');
    expect(first('zip')).toBe('Columns: orders.ship_zip');
    expect(first('o total')).toBe('Views: order_totals');
    expect(first('order_status')).toBe('Types: order_status');
    expect(first('orders → customers')).toBe('Relationships: orders → customers');
    expect(labels(find('orders_customer_fk'))).toContain('Relationships: orders → customers');
    expect(first('orders_by_customer')).toBe('Indexes: orders_by_customer');
    expect(first('Ordering')).toBe('Areas: Ordering');
    expect(first('refunds')).toBe('Notes: Ask about refunds');
    expect(labels(find('no primary'))).toContain('Findings: orders has no primary key.');
    expect(labels(find('pk-missing'))).toContain('Findings: orders has no primary key.');
    expect(first('main')).toMatch(/^Diagrams: /);
    expect(labels(find('sales'))).toContain('Schemas: sales');
    expect(labels(find('sales.cust'))).toContain('Columns: customers.id');
  });

  it('finds actions by their other words, settings apart, and leaves out what cannot be done', () => {
    expect(labels(find('zoom'))).toEqual(['Actions: Fit the whole diagram']);
    expect(labels(find('theme'))).toContain('Settings: Dark appearance');
    expect(labels(find('undo'))).toEqual([]);
  });

  it('lists the columns of a table once its name and a dot are typed, and no others before them', () => {
    expect(labels(find('orders.')).slice(0, 3)).toEqual([
      'Columns: orders.id',
      'Columns: orders.customer_id',
      'Columns: orders.ship_zip',
    ]);
    expect(find('orders.')).toHaveLength(1);
    expect(first('orders.c')).toBe('Columns: orders.customer_id');
    expect(first('sales.customers.em')).toBe('Columns: customers.email');
  });

  it('narrows by the sign before', () => {
    expect(find('>o').every(({ items }) => items.every((item) => item.action !== undefined))).toBe(true);
    expect(find('@order').map((group) => group.heading)).toEqual(['Columns']);
    expect(labels(find('#or'))).toEqual(['Areas: Ordering', 'Tags: core']);
    expect(find('?').flatMap((group) => group.items.flatMap((item) => item.prefix ?? []))).toEqual(['>', '@', '#', '?']);
  });

  it('brings what was gone to and used lately to the front', () => {
    expect(first('order')).toBe('Tables: orders');
    expect(first('order', { ...input, recent: [{ record: 'items' }] })).toBe('Tables: order_items');
    const exports = ['file', 'folder'].map((to): Action => ({ id: `export.${to}`, label: `Export to ${to}`, group: 'File', run }));
    const given = { ...input, actions: exports };
    expect(labels(find('export', given))).toEqual(['Actions: Export to file', 'Actions: Export to folder']);
    const used = { ...given, recentActions: ['export.folder'] };
    expect(labels(find('export', used))).toEqual(['Actions: Export to folder', 'Actions: Export to file']);
  });

  it('offers the last places and actions, then tables, then all there is to do, when nothing is typed', () => {
    const given = { ...input, recent: [{ record: 'items' }, { record: 'gone' }], recentActions: ['view.settings', 'edit.undo'] };
    expect(labels(offered(given, 'all'))).toEqual([
      'Recently: order_items',
      'Recently: Settings',
      'Tables: customers',
      'Tables: orders',
      'Actions: Fit the whole diagram',
      'Settings: Dark appearance',
    ]);
    expect(labels(offered({ ...input, selected: { record: 'items' } }, 'columns'))).toEqual([
      'Columns of order_items: order_items.quantity',
      'Columns of order_items: order_items.order_id',
    ]);
    expect(labels(offered(input, 'drawn')).map((label) => label.split(':')[0])).toEqual(['Diagrams', 'Areas', 'Tags']);
    expect(labels(offered(input, 'actions'))).not.toContain('Tables: orders');
  });

  it('leaves out scattered letters where there is a better answer, and shows them where there is none', () => {
    const long = ['Move columns up a grade', 'Design document', 'Fold'].map(
      (label): Action => ({ id: label, label, group: 'Go', run }),
    );
    expect(labels(find('ord', { ...input, actions: long })).filter((one) => one.startsWith('Actions'))).toEqual([]);
    expect(labels(find('mcuag', { ...input, actions: long }))).toEqual(['Actions: Move columns up a grade']);
  });

  it('says nothing when nothing matches', () => {
    expect(find('qqqq')).toEqual([]);
  });

  it('reads a record again only when it, or a name shown with it, changed', () => {
    const before = find('@')[0]?.items ?? find('@i')[0]?.items ?? [];
    const renamed = { ...document.tables['items'], name: 'lines' } as Table;
    const after =
      find('@i', { ...input, document: { ...document, tables: { ...document.tables, items: renamed } } })[0]?.items ?? [];
    const kept = (key: string) => before.find((item) => item.key === key) === after.find((item) => item.key === key);
    expect(kept('orders/orders_id')).toBe(true);
    expect(after.map((item) => item.text.text)).toContain('lines.quantity');
    const relabelled = find('customers', {
      ...input,
      document: { ...document, tables: { ...document.tables, orders: { ...document.tables['orders'], name: 'sales' } as Table } },
    });
    expect(labels(relabelled)).toContain('Relationships: sales → customers');
  });

  it('answers the same in slices as at once', () => {
    const many: Document = {
      ...document,
      tables: Object.fromEntries(
        Array.from({ length: 500 }, (_, at) => [`t${at}`, table(`t${at}`, `table_${at}`, ['id', `name_${at % 7}`])]),
      ),
      relationships: {},
    };
    const given = { ...input, document: many };
    fc.assert(
      fc.property(fc.constantFrom('t', 'name_3', 'table_42.', '@id', 'ta 9'), fc.integer({ min: 1, max: 5 }), (typed, pace) => {
        const search = searching(given, queryOf(typed));
        let clock = 0;
        let found: readonly Found[] | undefined;
        let slices = 0;
        while (found === undefined) {
          const until = clock + pace;
          found = runFor(search, until, () => clock++);
          slices += 1;
        }
        expect(slices).toBeGreaterThan(1);
        expect(labels(found)).toEqual(labels(find(typed, given)));
      }),
      { seed: 12, numRuns: 20 },
    );
  });
});
