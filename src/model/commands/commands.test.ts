import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '../column-types.ts';
import { emptyDocument } from '../create.ts';
import { applyDiff, reverseDiff } from '../diff.ts';
import type { Document, Id, Table } from '../types.ts';
import { validate } from '../validate.ts';
import type { CommandCall } from './registry.ts';
import { runCommands } from './run.ts';

const bigint = { kind: 'builtin', name: 'bigint' } as const;
const column = (id: Id, name: string, more: Partial<Column> = {}): Column => ({ id, name, type: bigint, nullable: true, ...more });

/** Runs calls on a document; the result must be sound and its diff must lead back. */
function does(document: Document, ...calls: CommandCall[]): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(`${ran.problem.code}: ${ran.problem.message}`);
  expect(validate(ran.value.document)).toEqual([]);
  expect(applyDiff(ran.value.document, reverseDiff(ran.value.diff))).toEqual(document);
  return ran.value.document;
}

function refuses(document: Document, ...calls: CommandCall[]): string {
  const ran = runCommands(document, calls, derivedIds());
  return ran.ok ? 'accepted' : ran.problem.code;
}

function table(document: Document, id: Id): Table {
  return document.tables[id] as Table;
}

function addTable(id: Id, name: string, columns: readonly Column[], more: Partial<Table> = {}): CommandCall {
  return { name: 'addTable', args: { table: { id, name, columns, ...more } } };
}

/** customers(id) <- orders(id, customer_id), orders <- order_items(order_id, line), with the usual keys. */
function shop(): Document {
  return does(
    emptyDocument(),
    addTable('customers', 'customers', [column('c_id', 'id', { type: { kind: 'builtin', name: 'bigserial' } })]),
    addTable('orders', 'orders', [column('o_id', 'id'), column('o_customer', 'customer_id'), column('o_note', 'note')]),
    addTable('items', 'order_items', [column('i_order', 'order_id'), column('i_line', 'line')]),
    { name: 'setPrimaryKey', args: { table: 'customers', columns: ['c_id'] } },
    { name: 'setPrimaryKey', args: { table: 'orders', columns: ['o_id'] } },
    { name: 'setPrimaryKey', args: { table: 'items', columns: ['i_order', 'i_line'] } },
    {
      name: 'addRelationship',
      args: {
        relationship: { id: 'r1', child: 'orders', parent: 'customers', childColumns: ['o_customer'], parentColumns: ['c_id'] },
      },
    },
    {
      name: 'addRelationship',
      args: { relationship: { id: 'r2', child: 'items', parent: 'orders', childColumns: ['i_order'], parentColumns: ['o_id'] } },
    },
  );
}

describe('tables', () => {
  it('a removed table takes along relationships, triggers, owned sequences, statements, places, routes and waivers', () => {
    const before = does(
      shop(),
      { name: 'placeObjects', args: { places: [{ object: 'orders', x: 1.4, y: 2.6 }] } },
      { name: 'setRoute', args: { relationship: 'r1', bends: [{ x: 5, y: 5 }] } },
      { name: 'addVerbatim', args: { record: { kind: 'GRANT', sql: 'GRANT ...', about: 'orders', place: 'with', order: 0 } } },
      {
        name: 'addSequence',
        args: { record: { name: 's', schema: 'sch_public', options: {}, ownedBy: { table: 'orders', column: 'o_id' } } },
      },
      {
        name: 'addTrigger',
        args: { record: { name: 't', on: 'orders', timing: 'after', events: ['insert'], forEach: 'row', execute: 'f()' } },
      },
      {
        name: 'addWaiver',
        args: { record: { rule: 'x', at: { record: 'orders', part: 'o_note' }, reason: 'r', date: '2026-01-01' } },
      },
    );
    expect(before.placements['diagram_main/orders']).toMatchObject({ x: 1, y: 3 });
    const after = does(before, { name: 'removeTables', args: { ids: ['orders'] } });
    for (const collection of ['relationships', 'placements', 'routes', 'verbatim', 'sequences', 'triggers', 'waivers'] as const) {
      expect([collection, Object.keys(after[collection])]).toEqual([collection, []]);
    }
    expect(Object.keys(after.tables)).toEqual(['customers', 'items']);
  });

  it('a name is refused when it is taken, empty or unstorable', () => {
    expect(refuses(shop(), addTable('x', 'orders', []))).toBe('name-taken');
    expect(refuses(shop(), { name: 'setTable', args: { id: 'orders', patch: { name: 'customers' } } })).toBe('name-taken');
    expect(refuses(shop(), { name: 'setTable', args: { id: 'orders', patch: { name: '' } } })).toBe('name-unusable');
    expect(refuses(shop(), { name: 'setTable', args: { id: 'orders', patch: { name: 'a\0b' } } })).toBe('name-unusable');
    expect(refuses(shop(), { name: 'setTable', args: { id: 'orders', patch: { name: 'a\ud800b' } } })).toBe('name-unusable');
  });

  it('a patch value null removes, an absent one stays, an equal one changes nothing', () => {
    const commented = does(shop(), { name: 'setTable', args: { id: 'orders', patch: { comment: 'x', rowSecurity: 'enabled' } } });
    const same = does(commented, { name: 'setTable', args: { id: 'orders', patch: { comment: 'x' } } });
    expect(same.tables).toBe(commented.tables);
    const without = does(commented, { name: 'setTable', args: { id: 'orders', patch: { comment: null } } });
    expect(Object.hasOwn(table(without, 'orders'), 'comment')).toBe(false);
    expect(table(without, 'orders').rowSecurity).toBe('enabled');
  });

  it('a duplicate has new ids throughout and refers to its own columns', () => {
    const after = does(shop(), { name: 'duplicateTable', args: { id: 'items' } });
    const copy = Object.values(after.tables).find((one) => one.name === 'order_items_copy') as Table;
    expect(copy.keys[0]?.columns).toEqual(copy.columns.map((one) => one.id));
    expect(copy.columns.map((one) => one.id)).not.toContain('i_order');
  });
});

describe('columns', () => {
  it('a removed column takes along what contains it; composite foreign keys lose the pair', () => {
    const before = does(
      shop(),
      { name: 'addIndex', args: { table: 'orders', part: { id: 'ix', elements: [{ column: 'o_customer' }] } } },
      {
        name: 'addIndex',
        args: { table: 'orders', part: { id: 'ix2', elements: [{ column: 'o_note' }], include: ['o_customer'] } },
      },
      {
        name: 'addDependency',
        args: { table: 'orders', part: { id: 'fd', determinant: ['o_id'], dependent: ['o_customer', 'o_note'] } },
      },
      { name: 'addDependency', args: { table: 'orders', part: { id: 'fd2', determinant: ['o_customer'], dependent: ['o_note'] } } },
      { name: 'addKey', args: { table: 'orders', part: { id: 'uq', kind: 'unique', columns: ['o_customer', 'o_note'] } } },
      { name: 'addWaiver', args: { record: { id: 'w', rule: 'x', at: { record: 'orders', part: 'uq' }, reason: 'r', date: 'd' } } },
      {
        name: 'addRelationship',
        args: {
          relationship: {
            id: 'pair',
            child: 'items',
            parent: 'orders',
            childColumns: ['i_order', 'i_line'],
            parentColumns: ['o_customer', 'o_note'],
            onDeleteColumns: ['i_order'],
          },
        },
      },
    );
    const after = does(before, { name: 'removeColumns', args: { table: 'orders', ids: ['o_customer'] } });
    const orders = table(after, 'orders');
    expect(orders.indexes).toEqual([{ id: 'ix2', elements: [{ column: 'o_note' }] }]);
    expect(orders.dependencies).toEqual([{ id: 'fd', determinant: ['o_id'], dependent: ['o_note'] }]);
    expect(orders.keys.map((key) => key.kind)).toEqual(['primary']);
    expect(Object.keys(after.relationships)).toEqual(['r2', 'pair']);
    expect(after.relationships['pair']).toEqual({
      id: 'pair',
      child: 'items',
      parent: 'orders',
      childColumns: ['i_line'],
      parentColumns: ['o_note'],
    });
    expect(after.waivers).toEqual({});
  });

  it('a value comes from one place: default, identity or expression', () => {
    const set = (document: Document, patch: object) =>
      does(document, { name: 'setColumn', args: { table: 'orders', id: 'o_note', patch } });
    const withDefault = set(shop(), { default: { kind: 'literal', sql: '1' } });
    const identity = set(withDefault, { identity: { mode: 'always' } });
    expect(table(identity, 'orders').columns[2]).toEqual({
      id: 'o_note',
      name: 'note',
      type: bigint,
      nullable: false,
      identity: { mode: 'always' },
    });
    const generated = set(identity, { generated: { expression: '1', stored: true } });
    expect(Object.hasOwn(table(generated, 'orders').columns[2] as Column, 'identity')).toBe(false);
  });

  it('a column of the primary key is not null and stays so', () => {
    expect(table(shop(), 'orders').columns[0]?.nullable).toBe(false);
    expect(refuses(shop(), { name: 'setColumn', args: { table: 'orders', id: 'o_id', patch: { nullable: true } } })).toBe(
      'primary-not-null',
    );
    expect(refuses(shop(), { name: 'addKey', args: { table: 'orders', part: { kind: 'primary', columns: ['o_note'] } } })).toBe(
      'primary-exists',
    );
    expect(refuses(shop(), { name: 'addColumn', args: { table: 'orders', column: column('x', 'note') } })).toBe('name-taken');
    expect(refuses(shop(), { name: 'addKey', args: { table: 'orders', part: { kind: 'unique', columns: ['c_id'] } } })).toBe(
      'dangling',
    );
  });

  it('moved columns keep their ids and leave the constraints of the old table', () => {
    const after = does(shop(), {
      name: 'moveColumns',
      args: { from: 'orders', to: 'customers', ids: ['o_customer', 'o_note'], at: 0 },
    });
    expect(table(after, 'customers').columns.map((one) => one.id)).toEqual(['o_customer', 'o_note', 'c_id']);
    expect(Object.keys(after.relationships)).toEqual(['r2']);
    expect(refuses(shop(), { name: 'moveColumns', args: { from: 'orders', to: 'customers', ids: ['o_id'] } })).toBe('name-taken');
  });

  it('parts move within their list', () => {
    const after = does(shop(), { name: 'movePart', args: { table: 'orders', list: 'columns', id: 'o_note', to: 0 } });
    expect(table(after, 'orders').columns.map((one) => one.id)).toEqual(['o_note', 'o_id', 'o_customer']);
    const last = does(after, { name: 'movePart', args: { table: 'orders', list: 'columns', id: 'o_note', to: 99 } });
    expect(table(last, 'orders').columns.map((one) => one.id)).toEqual(['o_id', 'o_customer', 'o_note']);
  });
});

describe('partitions and inheritance', () => {
  function measurements(): Document {
    return does(
      emptyDocument(),
      addTable('m', 'measurements', [column('m_at', 'at'), column('m_value', 'value')], {
        partitioning: { strategy: 'range', elements: [{ column: 'm_at' }] },
      }),
      addTable('p1', 'm_2026', [column('p_value', 'value', { comment: 'own' })], {
        partitionOf: { parent: 'm', bound: 'DEFAULT' },
      }),
      { name: 'addIndex', args: { table: 'm', part: { id: 'mix', elements: [{ column: 'm_value' }] } } },
      {
        name: 'addIndex',
        args: { table: 'p1', part: { id: 'pix', elements: [{ column: 'm_at' }, { column: 'p_value' }], attachedTo: 'mix' } },
      },
    );
  }

  it('a detached partition owns the columns it had from its parent, and its index points at them', () => {
    const after = does(measurements(), { name: 'setTable', args: { id: 'p1', patch: { partitionOf: null } } });
    const detached = table(after, 'p1');
    expect(detached.columns.map((one) => [one.name, one.comment])).toEqual([
      ['at', undefined],
      ['value', 'own'],
    ]);
    expect(detached.columns[0]?.id).not.toBe('m_at');
    expect(detached.indexes[0]?.elements).toEqual([{ column: detached.columns[0]?.id }, { column: 'p_value' }]);
  });

  it('a column renamed in the parent is renamed where a partition overrides it', () => {
    const after = does(measurements(), { name: 'setColumn', args: { table: 'm', id: 'm_value', patch: { name: 'reading' } } });
    expect(table(after, 'p1').columns[0]?.name).toBe('reading');
  });

  it('a column that partitions cannot be removed; another one goes in the partitions too', () => {
    expect(refuses(measurements(), { name: 'removeColumns', args: { table: 'm', ids: ['m_at'] } })).toBe('partition-column');
    const after = does(measurements(), { name: 'removeColumns', args: { table: 'm', ids: ['m_value'] } });
    expect(table(after, 'p1').columns).toEqual([]);
    expect(table(after, 'p1').indexes).toEqual([]);
  });

  it('a partitioned table takes its partitions along, and stays partitioned while it has some', () => {
    expect(Object.keys(does(measurements(), { name: 'removeTables', args: { ids: ['m'] } }).tables)).toEqual([]);
    expect(refuses(measurements(), { name: 'setTable', args: { id: 'm', patch: { partitioning: null } } })).toBe('has-partitions');
    expect(refuses(shop(), { name: 'setTable', args: { id: 'orders', patch: { inherits: ['orders'] } } })).toBe('ancestor-cycle');
  });

  it('children of a removed table keep its columns as their own', () => {
    const family = does(
      emptyDocument(),
      addTable('base', 'base', [column('b1', 'x')]),
      addTable('kid', 'kid', [], { inherits: ['base'] }),
      addTable('kid2', 'kid2', [], { inherits: ['base'] }),
      { name: 'addKey', args: { table: 'kid', part: { id: 'k', kind: 'unique', columns: ['b1'] } } },
      {
        name: 'addRelationship',
        args: { relationship: { id: 'r', child: 'kid2', parent: 'kid', childColumns: ['b1'], parentColumns: ['b1'] } },
      },
    );
    const after = does(family, { name: 'removeTables', args: { ids: ['base'] } });
    const [kid, kid2] = [table(after, 'kid'), table(after, 'kid2')];
    expect([kid.columns[0]?.name, kid2.columns[0]?.name]).toEqual(['x', 'x']);
    expect(kid.keys[0]?.columns).toEqual([kid.columns[0]?.id]);
    expect(after.relationships['r']).toMatchObject({ childColumns: [kid2.columns[0]?.id], parentColumns: [kid.columns[0]?.id] });
  });
});

describe('relationships', () => {
  it('create the missing columns with the usual names and the parent key types', () => {
    const after = does(
      shop(),
      { name: 'addRelationship', args: { relationship: { id: 'new', child: 'items', parent: 'customers' }, createColumns: {} } },
      {
        name: 'addRelationship',
        args: { relationship: { id: 'deep', child: 'orders', parent: 'items' }, createColumns: { nullable: true } },
      },
      {
        name: 'addRelationship',
        args: { relationship: { id: 'self', child: 'orders', parent: 'orders' }, createColumns: { nullable: true } },
      },
    );
    const added = table(after, 'items').columns.at(-1);
    expect(added).toMatchObject({ name: 'customer_id', type: bigint, nullable: false });
    expect(after.relationships['new']).toMatchObject({ childColumns: [added?.id], parentColumns: ['c_id'] });
    const names = table(after, 'orders').columns.map((one) => one.name);
    expect(names).toEqual(['id', 'customer_id', 'note', 'order_item_order_id', 'order_item_line', 'parent_id']);
  });

  it('take columns that are there when asked to, else a free name', () => {
    const call = (reuse: boolean): CommandCall => ({
      name: 'addRelationship',
      args: { relationship: { id: 'n', child: 'orders', parent: 'customers' }, createColumns: reuse ? { reuse } : {} },
    });
    expect(does(shop(), call(true)).relationships['n']?.childColumns).toEqual(['o_customer']);
    expect(table(does(shop(), call(false)), 'orders').columns.at(-1)?.name).toBe('customer_id_2');
    const keyless = does(shop(), { name: 'setPrimaryKey', args: { table: 'customers', columns: [] } });
    expect(refuses(keyless, call(false))).toBe('parent-without-key');
  });

  it('turn around with their columns, declared ends and bends', () => {
    const before = does(
      shop(),
      { name: 'setRelationship', args: { id: 'r1', patch: { declared: { child: '0..n', parent: '1' } } } },
      {
        name: 'setRoute',
        args: {
          relationship: 'r1',
          bends: [
            { x: 1, y: 1 },
            { x: 2, y: 2 },
          ],
        },
      },
    );
    const after = does(before, { name: 'swapRelationship', args: { id: 'r1' } });
    expect(after.relationships['r1']).toEqual({
      id: 'r1',
      child: 'customers',
      parent: 'orders',
      childColumns: ['c_id'],
      parentColumns: ['o_customer'],
      declared: { child: '1', parent: '0..n' },
    });
    expect(after.routes['diagram_main/r1']?.bends).toEqual([
      { x: 2, y: 2 },
      { x: 1, y: 1 },
    ]);
    const back = does(after, { name: 'swapRelationship', args: { id: 'r1' } });
    expect(back.relationships['r1']).toEqual(before.relationships['r1']);
  });

  it('many-to-many makes a junction and keeps the conceptual fact', () => {
    const before = does(shop(), {
      name: 'addRelationship',
      args: { relationship: { id: 'fact', child: 'customers', parent: 'items', manyToMany: true } },
    });
    const after = does(before, {
      name: 'addManyToMany',
      args: { left: 'customers', right: 'items', conceptual: 'fact', place: { x: 1, y: 2 } },
    });
    const junction = Object.values(after.tables).find((one) => one.name === 'customers_order_items') as Table;
    expect(junction.columns.map((one) => one.name)).toEqual(['customer_id', 'order_item_order_id', 'order_item_line']);
    expect(junction.keys).toMatchObject([{ kind: 'primary', columns: junction.columns.map((one) => one.id) }]);
    const fact = after.relationships['fact'];
    expect(fact?.realisedBy).toHaveLength(3);
    expect(fact?.realisedBy?.[0]).toBe(junction.id);
    const without = does(after, { name: 'removeTables', args: { ids: [junction.id] } });
    expect(without.relationships['fact']).toEqual(before.relationships['fact']);
  });
});

describe('types and schemas', () => {
  const typed = () =>
    does(
      shop(),
      {
        name: 'addType',
        args: { record: { id: 'mood', name: 'mood', kind: 'enum', schema: 'sch_public', values: ['a', 'b', 'c'] } },
      },
      { name: 'setColumn', args: { table: 'orders', id: 'o_note', patch: { type: { kind: 'custom', type: 'mood', dims: 1 } } } },
    );

  it('a type in use is not removed unless another takes its place', () => {
    expect(refuses(typed(), { name: 'removeTypes', args: { ids: ['mood'] } })).toBe('type-in-use');
    const after = does(typed(), { name: 'removeTypes', args: { ids: ['mood'], replaceWith: { kind: 'builtin', name: 'text' } } });
    expect(table(after, 'orders').columns[2]?.type).toEqual({ kind: 'builtin', name: 'text', dims: 1 });
  });

  it('enum values are added, renamed, moved and removed in place', () => {
    const values = (document: Document) => (document.types['mood'] as { values?: string[] }).values;
    const set = (document: Document, args: object) => does(document, { name: 'setEnumValue', args: { id: 'mood', ...args } });
    expect(values(set(typed(), { to: 'd' }))).toEqual(['a', 'b', 'c', 'd']);
    expect(values(set(typed(), { to: 'd', at: 1 }))).toEqual(['a', 'd', 'b', 'c']);
    expect(values(set(typed(), { from: 'b', to: 'B' }))).toEqual(['a', 'B', 'c']);
    expect(values(set(typed(), { from: 'c', to: 'c', at: 0 }))).toEqual(['c', 'a', 'b']);
    expect(values(set(typed(), { from: 'a' }))).toEqual(['b', 'c']);
    expect(refuses(typed(), { name: 'setEnumValue', args: { id: 'mood', to: 'a' } })).toBe('value-twice');
    expect(refuses(typed(), { name: 'setEnumValue', args: { id: 'mood', from: 'z' } })).toBe('no-value');
  });

  it('a schema goes only when it is empty, or with all it holds', () => {
    expect(refuses(typed(), { name: 'removeSchemas', args: { ids: ['sch_public'] } })).toBe('schema-not-empty');
    const after = does(typed(), { name: 'removeSchemas', args: { ids: ['sch_public'], withContents: true } });
    expect([after.tables, after.types, after.relationships, after.schemas]).toEqual([{}, {}, {}, {}]);
    const two = does(
      typed(),
      { name: 'addSchema', args: { record: { id: 's2', name: 'app' } } },
      {
        name: 'addTable',
        args: { table: { name: 'other', schema: 's2', columns: [column('x', 'm', { type: { kind: 'custom', type: 'mood' } })] } },
      },
    );
    expect(refuses(two, { name: 'removeSchemas', args: { ids: ['sch_public'], withContents: true } })).toBe('type-in-use');
  });
});

describe('other objects', () => {
  it('rewrites of SQL texts come before the change they belong to, in the same step', () => {
    const before = does(shop(), { name: 'addCheck', args: { table: 'orders', part: { id: 'ck', expression: 'note > 0' } } });
    const old = table(before, 'orders');
    const record = { ...old, checks: [{ id: 'ck', expression: 'memo > 0' }] };
    const after = does(before, {
      name: 'setColumn',
      args: { table: 'orders', id: 'o_note', patch: { name: 'memo' }, rewrites: [{ collection: 'tables', record }] },
    });
    expect(table(after, 'orders').checks[0]?.expression).toBe('memo > 0');
    expect(table(after, 'orders').columns[2]?.name).toBe('memo');
  });

  it('indexes of materialized views and checks of domains have the same commands', () => {
    const after = does(
      emptyDocument(),
      {
        name: 'addView',
        args: { record: { id: 'v', name: 'v', schema: 'sch_public', query: 'SELECT 1 AS x', materialized: true, indexes: [] } },
      },
      { name: 'addIndex', args: { table: 'v', part: { id: 'vi', elements: [{ columnName: 'x' }] } } },
      {
        name: 'addType',
        args: { record: { id: 'd', name: 'd', kind: 'domain', schema: 'sch_public', base: bigint, checks: [] } },
      },
      { name: 'addCheck', args: { table: 'd', part: { id: 'dc', expression: 'VALUE > 0' } } },
      { name: 'addWaiver', args: { record: { rule: 'x', at: { record: 'v', part: 'vi' }, reason: 'r', date: 'd' } } },
    );
    expect(after.views['v']?.indexes).toHaveLength(1);
    const without = does(after, { name: 'removeIndexes', args: { table: 'v', ids: ['vi'] } });
    expect(without.waivers).toEqual({});
  });

  it('placements keep what is pinned, and flags that are off are absent', () => {
    const at = (document: Document) => document.placements['diagram_main/orders'];
    const placed = does(
      shop(),
      { name: 'placeObjects', args: { places: [{ object: 'orders', x: 1, y: 1 }] } },
      { name: 'markPlacements', args: { objects: ['orders'], pinned: true, collapsed: true } },
      { name: 'placeObjects', args: { places: [{ object: 'orders', x: 9, y: 9 }] } },
    );
    expect(at(placed)).toMatchObject({ x: 9, y: 9, pinned: true, collapsed: true });
    const free = does(placed, { name: 'markPlacements', args: { objects: ['orders'], pinned: false } });
    expect(Object.keys(at(free) ?? {})).not.toContain('pinned');
    expect(refuses(shop(), { name: 'placeObjects', args: { places: [{ object: 'orders', x: Number.NaN, y: 0 }] } })).toBe(
      'no-number',
    );
    expect(refuses(shop(), { name: 'placeObjects', args: { places: [{ object: '__proto__', x: 0, y: 0 }] } })).toBe('dangling');
  });

  it('hostile ids find nothing and change nothing', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(refuses(shop(), { name: 'setTable', args: { id, patch: { comment: 'x' } } })).toBe('not-found');
      expect(refuses(shop(), { name: 'removeTables', args: { ids: [id] } })).toBe('not-found');
    }
    expect(refuses(shop(), { name: 'constructor', args: {} } as unknown as CommandCall)).toBe('no-command');
    const patched = does(shop(), {
      name: 'setTable',
      args: { id: 'orders', patch: JSON.parse('{"__proto__":{"polluted":1}}') as object },
    });
    expect('polluted' in table(patched, 'orders')).toBe(false);
  });

  it('one problem among several calls undoes them all, and the label is that of the first', () => {
    const ran = runCommands(shop(), [addTable('x', 'x', []), { name: 'removeTables', args: { ids: ['gone'] } }], derivedIds());
    expect(ran.ok).toBe(false);
    const fine = runCommands(shop(), [addTable('x', 'x', []), { name: 'removeTables', args: { ids: ['x'] } }], derivedIds());
    expect(fine.ok && [fine.value.label, fine.value.diff]).toEqual(['Add table x', []]);
  });
});
