import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '../create.ts';
import type { Document, Relationship, Table, View } from '../types.ts';
import { filtered, isFiltering, isolated, NO_FILTER } from './narrow.ts';

function table(id: string, schema: string, tags?: readonly string[]): Table {
  return { ...emptyTable(id, schema, id), ...(tags === undefined ? {} : { tags }) };
}

function link(child: string, parent: string): Relationship {
  return { id: `${child}_${parent}`, child, parent, childColumns: [], parentColumns: [] };
}

const byId = <T extends { readonly id: string }>(records: readonly T[]) => Object.fromEntries(records.map((one) => [one.id, one]));

const view: View = { id: 'big_orders', name: 'big_orders', schema: 'sales', query: 'SELECT 1', indexes: [] };
const DOCUMENT: Document = {
  ...emptyDocument(),
  tables: byId([
    table('customers', 'crm', ['core', 'pii']),
    table('orders', 'sales', ['core']),
    table('order_lines', 'sales'),
    table('audit_log', 'ops', ['audit']),
  ]),
  views: byId([view]),
  relationships: byId([link('orders', 'customers'), link('order_lines', 'orders')]),
};
const box = (x: number) => ({ x, y: 0, width: 100, height: 100 });
const STANDING = {
  areas: [
    { id: 'left', diagram: 'd', name: 'Left', tint: 0, x: -10, y: -10, width: 400, height: 200 },
    { id: 'inner', diagram: 'd', name: 'Inner', tint: 0, x: 190, y: -5, width: 150, height: 150 },
  ],
  boxes: [
    ['customers', box(0)],
    ['orders', box(200)],
    ['order_lines', box(600)],
    ['audit_log', box(800)],
    ['big_orders', box(1000)],
    ['note', box(100)],
  ] as const,
};
const through = (filter: object) => [...filtered(DOCUMENT, { ...NO_FILTER, ...filter }, STANDING)].sort();

describe('a filter', () => {
  it('lets everything through that nothing is said about', () => {
    expect(isFiltering(NO_FILTER)).toBe(false);
    expect(isFiltering({ ...NO_FILTER, name: '  ' })).toBe(false);
    expect(through({})).toEqual(['audit_log', 'big_orders', 'customers', 'note', 'order_lines', 'orders']);
  });

  it('goes by name, schema and tag; notes have none of them', () => {
    expect(through({ name: 'ord' })).toEqual(['big_orders', 'order_lines', 'orders']);
    expect(through({ name: 'ol' })).toEqual(['order_lines']);
    expect(through({ schemas: ['sales', 'ops'] })).toEqual(['audit_log', 'big_orders', 'order_lines', 'orders']);
    expect(through({ tags: ['pii', 'audit'] })).toEqual(['audit_log', 'customers']);
  });

  it('goes by area, what its inner areas hold included', () => {
    expect(through({ areas: ['left'] })).toEqual(['customers', 'note', 'orders']);
    expect(through({ areas: ['inner'] })).toEqual(['orders']);
    expect(through({ areas: ['gone'] })).toEqual([]);
  });

  it('wants every kind to agree', () => {
    expect(through({ tags: ['core'], schemas: ['sales'] })).toEqual(['orders']);
    expect(through({ tags: ['core'], schemas: ['ops'] })).toEqual([]);
    expect(through({ name: 'order', areas: ['left'] })).toEqual(['orders']);
  });
});

describe('an isolation', () => {
  it('shows neighbours, a focus with its own, a path', () => {
    const of = ['customers'];
    expect([...isolated(DOCUMENT, { kind: 'neighbours', of, depth: 1, reach: 'both' })]).toEqual(['customers', 'orders']);
    expect([...isolated(DOCUMENT, { kind: 'neighbours', of, depth: 2, reach: 'parents' })]).toEqual(['customers']);
    expect([...isolated(DOCUMENT, { kind: 'focus', of: ['orders'] })].sort()).toEqual(['customers', 'order_lines', 'orders']);
    const path = { kind: 'path', from: 'customers', to: 'order_lines', at: 3 } as const;
    expect([...isolated(DOCUMENT, path)]).toEqual(['customers', 'orders', 'order_lines']);
    expect([...isolated(DOCUMENT, { ...path, to: 'audit_log' })]).toEqual(['customers', 'audit_log']);
  });
});
