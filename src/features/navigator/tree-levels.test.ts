import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { seenAs } from '#model/derive/level.ts';
import { PLAIN_LOOK } from '#model/derive/look.ts';
import type { Level } from '#model/layout-types.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { treeOf } from './tree.ts';
import { pathTo, rowsOf } from './tree-rows.ts';

const integer = { kind: 'builtin', name: 'integer' } as const;

function table(name: string, columns: readonly string[], key: readonly string[]): Table {
  return {
    ...emptyTable(name, 'sch_public', name),
    columns: columns.map((one) => ({ id: `${name}.${one}`, name: one, type: integer, nullable: false })),
    keys: [{ id: `${name}.pk`, kind: 'primary', columns: key.map((one) => `${name}.${one}`) }],
  };
}

const link = (child: string, column: string, parent: string): Relationship => ({
  id: `${child}>${parent}`,
  child,
  parent,
  childColumns: [`${child}.${column}`],
  parentColumns: [`${parent}.id`],
});

/** Orders of customers, with tags by a junction; people without a table, of whom customers are a kind. */
function shop(): Document {
  const tables = [
    table('customers', ['id', 'name'], ['id']),
    table('orders', ['id', 'customer_id', 'total'], ['id']),
    table('tags', ['id', 'label'], ['id']),
    table('order_tags', ['order_id', 'tag_id'], ['order_id', 'tag_id']),
  ];
  const links = [
    link('orders', 'customer_id', 'customers'),
    link('order_tags', 'order_id', 'orders'),
    link('order_tags', 'tag_id', 'tags'),
  ];
  return {
    ...emptyDocument(),
    tables: Object.fromEntries(tables.map((one) => [one.id, one])),
    relationships: Object.fromEntries(links.map((one) => [one.id, one])),
    entities: { people: table('people', ['id', 'born'], ['id']) },
    hierarchies: {
      isa: { id: 'isa', supertype: 'people', subtypes: ['customers'], strategy: 'table-per-concrete', realisedBy: [] },
    },
    sequences: { seq: { id: 'seq', name: 'ticks', schema: 'sch_public', options: {} } },
    types: { typ: { id: 'typ', kind: 'enum', name: 'mood', schema: 'sch_public', values: ['ok'] } },
  };
}

const nodesAt = (level: Level) => {
  const document = shop();
  return treeOf(seenAs(document, { ...PLAIN_LOOK, level }), document);
};

const labels = (level: Level, ...open: string[]) =>
  rowsOf(nodesAt(level), new Set(open), '').map((row) => `${'  '.repeat(row.level - 1)}${row.node.label}`);

describe('the navigator at the level of the diagram', () => {
  it('lists entities without keys of others and without junctions at the conceptual level', () => {
    expect(labels('conceptual', 'orders')).toEqual([
      'public',
      '  customers',
      '  orders',
      '    id',
      '    total',
      '    → customers',
      '    → tags',
      '  people',
      '  tags',
      'Subtype hierarchies',
      '  people: customers',
    ]);
  });

  it('lists tables with the keys of others and junctions at the logical level, and what is stored at the physical one', () => {
    const logical = labels('logical', 'orders');
    expect(logical).toContain('    customer_id');
    expect(logical).toContain('  order_tags');
    expect(logical).toContain('Types');
    expect(logical).not.toContain('Sequences');
    expect(logical).not.toContain('  people');
    expect(labels('physical')).toContain('Sequences');
  });

  it('marks what has no table, and says no types where there are none', () => {
    const rows = rowsOf(nodesAt('conceptual'), new Set(['customers']), '');
    const node = (label: string) => rows.find((row) => row.node.label === label)?.node;
    expect(node('people')).toMatchObject({ kind: 'entity', hint: 'no table', icon: 'Square' });
    expect(node('customers')).toMatchObject({ kind: 'table' });
    expect(node('people: customers')).toMatchObject({
      kind: 'hierarchy',
      icon: 'Network',
      hint: 'resolved',
      ref: { record: 'isa' },
    });
    expect(node('name')?.hint).toBeUndefined();
    expect(rowsOf(nodesAt('logical'), new Set(['customers']), '').find((row) => row.node.label === 'name')?.node.hint).toBe(
      'integer',
    );
  });

  it('finds the way to an entity and to a hierarchy, and finds them by name', () => {
    const nodes = nodesAt('conceptual');
    expect(pathTo(nodes, { record: 'people' })).toEqual(['sch_public', 'people']);
    expect(pathTo(nodes, { record: 'isa' })).toEqual(['group Subtype hierarchies', 'isa']);
    expect(rowsOf(nodes, new Set(), 'people').map((row) => row.node.label)).toEqual([
      'public',
      'people',
      'Subtype hierarchies',
      'people: customers',
    ]);
  });
});
