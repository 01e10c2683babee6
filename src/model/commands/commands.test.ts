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
