import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '#model/commands/registry.ts';
import { documentStore, load, undo } from '#state/document.ts';
import { noticesStore } from '#state/notices.ts';
import { shop } from '#test/inspected-shop.ts';
import { addPart, commandNames, movePart, now, orNull, removePart, setPart, setRecord } from './edit.ts';
import { rename } from './name.ts';

const orders = () => {
  const table = now().tables['tbl_orders'];
  if (table === undefined) throw new Error('orders is gone');
  return table;
};

beforeEach(() => load(shop()));
afterEach(() => noticesStore.setState({ notices: [] }));

describe('edits', () => {
  it('are named as the registry names them', () => {
    for (const name of commandNames()) expect(Object.hasOwn(COMMANDS, name), name).toBe(true);
  });

  it('change parts and records, one undo step each', () => {
    expect(setPart('tbl_orders', 'columns', 'col_status', { comment: 'where it is' })).toBeUndefined();
    expect(orders().columns[2]).toMatchObject({ comment: 'where it is' });
    expect(setRecord('tables', 'tbl_orders', { comment: 'orders of customers' })).toBeUndefined();
    undo();
    expect(orders().comment).toBeUndefined();
    expect(orders().columns[2]).toHaveProperty('comment');
    expect(setPart('tbl_orders', 'columns', 'col_status', { comment: null })).toBeUndefined();
    expect(orders().columns[2]).not.toHaveProperty('comment');
    expect(setRecord('settings', 'settings', { version: 15 })).toBeUndefined();
    expect(now().settings['settings']?.version).toBe(15);
  });

  it('say why the model refuses, and change nothing', () => {
    const before = documentStore.getState().document;
    expect(setPart('tbl_orders', 'columns', 'col_order_id', { nullable: true })).toMatch(/primary key/);
    expect(setRecord('tables', 'gone', { comment: 'x' })).toBeTypeOf('string');
    expect(addPart('gone', 'checks', { expression: 'true' })).toBeUndefined();
    expect(noticesStore.getState().notices).toHaveLength(1);
    expect(documentStore.getState().document).toBe(before);
  });

  it('add parts with an id that is told, move and remove them', () => {
    const first = addPart('tbl_orders', 'checks', { expression: 'order_id > 0' });
    const second = addPart('tbl_orders', 'checks', { expression: 'order_id < 9' });
    expect(orders().checks.map((check) => check.id)).toEqual([first, second]);
    expect(movePart('tbl_orders', 'checks', second ?? '', 0)).toBe(true);
    expect(orders().checks.map((check) => check.id)).toEqual([second, first]);
    removePart('tbl_orders', 'checks', first ?? '');
    expect(orders().checks.map((check) => check.id)).toEqual([second]);
  });

  it('remove the check of a domain, which is no table', () => {
    const id = addPart('typ_email', 'checks', { expression: "VALUE ~ '@'" });
    expect(now().types['typ_email']).toMatchObject({ checks: [{ id }] });
    removePart('typ_email', 'checks', id ?? '');
    expect(now().types['typ_email']).toMatchObject({ checks: [] });
  });

  it('take an empty text as absent', () => {
    expect(orNull('  ')).toBeNull();
    expect(orNull(' a ')).toBe('a');
  });
});

describe('rename', () => {
  it('refuses what is empty or taken, and renames the rest', () => {
    expect(rename({ record: 'tbl_orders', part: 'col_status' }, ' ')).toMatch(/needed/);
    expect(rename({ record: 'tbl_orders', part: 'col_status' }, 'order_id', ['order_id'])).toMatch(/already/);
    expect(rename({ record: 'tbl_orders', part: 'col_status' }, ' state ')).toBeUndefined();
    expect(orders().columns[2]?.name).toBe('state');
    expect(rename({ record: 'tbl_orders' }, 'purchases')).toBeUndefined();
    expect(orders().name).toBe('purchases');
  });
});
