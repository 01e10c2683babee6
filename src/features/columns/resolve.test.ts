import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Table } from '#model/types.ts';
import { shop } from '#test/inspected-shop.ts';
import { addCalls, type Resolved, resolveColumn, type Taking } from './resolve.ts';
import { readShorthand } from './shorthand.ts';

const document = shop();
const orders = document.tables['tbl_orders'] as Table;

function resolve(text: string, taking: Taking = {}, table = orders) {
  const read = readShorthand(text);
  if (!read.ok) throw new Error(read.problem.message);
  return resolveColumn(document, table, read.value, derivedIds(), taking);
}

function resolved(text: string, taking: Taking = {}): Resolved {
  const found = resolve(text, taking);
  if (!found.ok) throw new Error(found.problem.message);
  return found.value;
}

function added(...texts: readonly string[]): Document {
  const columns = texts.map((text) => resolved(text));
  const ran = runCommands(document, addCalls(document, orders, columns, 1), derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

describe('resolveColumn', () => {
  it('gives a name alone the type that such columns have', () => {
    expect(resolved('note').column).toMatchObject({ name: 'note', type: { name: 'text' }, nullable: true });
    expect(resolved('paid_at').column.type).toMatchObject({ name: 'timestamptz' });
    expect(resolved('is_gift!').column).toMatchObject({ type: { name: 'boolean' }, nullable: false });
    expect(resolved('unit_price').column.type).toEqual({ kind: 'builtin', name: 'numeric', args: ['12', '2'] });
  });

  it('lets a key of whole numbers count by itself, unless it says what it is', () => {
    expect(resolved('id pk').column).toMatchObject({ type: { name: 'bigint' }, identity: { mode: 'always' }, nullable: false });
    expect(resolved('id bigint pk').column.identity).toBeUndefined();
    expect(resolved('-> customers pk', { renames: true }).column.identity).toBeUndefined();
  });

  it('finds types of the document, and asks about unknown ones', () => {
    expect(resolved('contact email').column.type).toEqual({ kind: 'custom', type: 'typ_email_sales' });
    const unknown = resolve('a intger(3)');
    expect(unknown).toMatchObject({ ok: false, problem: { code: 'type-unknown', unknown: 'intger', keeps: true } });
    expect(!unknown.ok && unknown.problem.instead).toContain('integer');
    expect(resolved('a intger', { unknownTypes: true }).column.type).toMatchObject({ kind: 'other', name: 'intger' });
  });

  it('takes name and type of a column that refers to another from its key', () => {
    const { column, reference } = resolved('-> customers!', { renames: true });
    expect(column).toMatchObject({ nullable: false, type: { kind: 'builtin', name: 'bigint' } });
    expect(reference).toEqual({ parent: 'tbl_customers', column: 'col_id' });
    expect(resolved('buyer -> customers.id cascade').reference).toMatchObject({ onDelete: 'cascade' });
    expect(resolved('-> public.customers(id)', { renames: true }).reference?.parent).toBe('tbl_customers');
  });

  it('says what is wrong with a reference, and what is near', () => {
    expect(resolve('a -> custmers')).toMatchObject({ ok: false, problem: { unknown: 'custmers', instead: ['customers'] } });
    expect(resolve('a -> customers(ide)')).toMatchObject({ ok: false, problem: { code: 'no-column' } });
  });

  it('refuses a name that is taken, or gives it a number and says so', () => {
    expect(resolve('status text')).toMatchObject({ ok: false, problem: { code: 'name-taken' } });
    expect(resolved('status text', { renames: true })).toMatchObject({
      column: { name: 'status_2' },
      notes: [expect.stringContaining('status_2')],
    });
  });
});

describe('addCalls', () => {
  it('makes columns, keys, indexes, enums and foreign keys in one step', () => {
    const after = added('code text! uq', 'kind enum(a, b) ix', 'buyer_id -> customers');
    const table = after.tables['tbl_orders'] as Table;
    expect(table.columns.map(({ name }) => name)).toEqual(['order_id', 'code', 'kind', 'buyer_id', 'customer_id', 'status']);
    expect(table.keys.filter((key) => key.kind === 'unique').map((key) => key.columns)).toEqual([[table.columns[1]?.id]]);
    expect(table.indexes[0]?.elements[0]?.column).toBe(table.columns[2]?.id);
    expect(Object.values(after.types).find((one) => one.name === 'kind')).toMatchObject({ kind: 'enum', values: ['a', 'b'] });
    expect(Object.values(after.relationships).some((one) => one.childColumns[0] === table.columns[3]?.id)).toBe(true);
  });

  it('widens the primary key', () => {
    const after = added('line integer pk');
    const key = after.tables['tbl_orders']?.keys.find((one) => one.kind === 'primary');
    expect(key?.columns).toHaveLength(2);
    expect(key?.columns[0]).toBe('col_order_id');
  });
});
