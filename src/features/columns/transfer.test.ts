import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Table } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { column, shop, table } from '#test/inspected-shop.ts';
import { planTransfer, reorderCalls, type Transfer, type TransferPlan } from './transfer.ts';

function plan(document: Document, transfer: Omit<Transfer, 'copy'> & { readonly copy?: boolean }): TransferPlan {
  const planned = planTransfer(document, { copy: false, ...transfer }, derivedIds());
  if (!planned.ok) throw new Error(planned.problem.message);
  return planned.value;
}

function done_(document: Document, { calls }: TransferPlan): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  expect(validate(ran.value.document)).toEqual([]);
  return ran.value.document;
}

const names = (document: Document, id: string) => document.tables[id]?.columns.map(({ name }) => name);

/** The shop and a table of invoices without a key. */
function withInvoices(): Document {
  const invoices = table(
    'invoices',
    [column('number'), column('status')].map((one) => ({ ...one, id: `inv_${one.name}` })),
  );
  return { ...shop(), tables: { ...shop().tables, tbl_invoices: invoices } };
}

describe('moving columns', () => {
  it('takes the foreign key along that only they hold', () => {
    const moved = plan(withInvoices(), { from: 'tbl_orders', to: 'tbl_invoices', columns: ['col_customer_id'], at: 1 });
    expect(moved.along).toEqual(['foreign key to customers']);
    expect(moved.lost).toEqual([]);
    const done = done_(withInvoices(), moved);
    expect(names(done, 'tbl_invoices')).toEqual(['number', 'customer_id', 'status']);
    expect(names(done, 'tbl_orders')).toEqual(['order_id', 'status']);
    expect(Object.values(done.relationships).map((one) => [one.id, one.child])).toEqual([['rel_orders', 'tbl_invoices']]);
  });

  it('takes a key along, and what refers to it, where the other table has none', () => {
    const moved = plan(withInvoices(), { from: 'tbl_customers', to: 'tbl_invoices', columns: ['col_id'] });
    expect(moved.along).toEqual(['primary key', 'foreign key of orders']);
    const done = done_(withInvoices(), moved);
    expect(done.tables['tbl_invoices']?.keys[0]).toMatchObject({ kind: 'primary', columns: ['col_id'] });
    expect(Object.values(done.relationships)[0]?.parent).toBe('tbl_invoices');
  });

  it('says what is given up, and what is called otherwise there', () => {
    const given = plan(withInvoices(), { from: 'tbl_customers', to: 'tbl_orders', columns: ['col_id'] });
    expect(given.lost.join()).toMatch(/primary key.*goes.*relationship orders → customers/);
    const named = plan(withInvoices(), { from: 'tbl_orders', to: 'tbl_invoices', columns: ['col_status'] });
    expect(named.renamed).toEqual([{ column: 'col_status', from: 'status', to: 'status_2' }]);
    expect(names(done_(withInvoices(), named), 'tbl_invoices')).toEqual(['number', 'status', 'status_2']);
  });

  it('refuses its own table and tables that are gone', () => {
    const here = { from: 'tbl_orders', to: 'tbl_orders', columns: ['col_status'], copy: false };
    expect(planTransfer(shop(), here, derivedIds())).toMatchObject({ ok: false, problem: { code: 'same-table' } });
    expect(planTransfer(shop(), { ...here, to: '__proto__' }, derivedIds())).toMatchObject({ ok: false });
    expect(planTransfer(shop(), { ...here, to: 'tbl_customers', columns: ['gone'] }, derivedIds())).toMatchObject({ ok: false });
  });
});

describe('copying columns', () => {
  it('leaves the originals, and copies the foreign key', () => {
    const copied = plan(withInvoices(), {
      from: 'tbl_orders',
      to: 'tbl_invoices',
      columns: ['col_customer_id', 'col_status'],
      copy: true,
    });
    expect(copied.along).toEqual(['foreign key to customers']);
    const done = done_(withInvoices(), copied);
    expect(names(done, 'tbl_orders')).toEqual(names(withInvoices(), 'tbl_orders'));
    expect(names(done, 'tbl_invoices')).toEqual(['number', 'status', 'customer_id', 'status_2']);
    expect(Object.values(done.relationships)).toHaveLength(2);
  });

  it('works within one table', () => {
    const copied = plan(shop(), { from: 'tbl_orders', to: 'tbl_orders', columns: ['col_status'], copy: true, at: 0 });
    expect(names(done_(shop(), copied), 'tbl_orders')).toEqual(['status_2', 'order_id', 'customer_id', 'status']);
  });
});

describe('reorderCalls', () => {
  it('brings any columns to any gap, in their order, and nothing else out of order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.uniqueArray(fc.nat(8)), fc.nat(9), (count, picked, at) => {
        const ids = Array.from({ length: count }, (_, n) => `c${n}`);
        const one: Table = table(
          'many',
          ids.map((id) => ({ ...column(id), id })),
        );
        const moving = ids.filter((_, n) => picked.includes(n));
        const gap = Math.min(at, count);
        const document = { ...shop(), tables: { tbl_many: one }, relationships: {} };
        const ran = runCommands(document, reorderCalls(one, moving, gap), derivedIds());
        const order = ran.ok ? ran.value.document.tables['tbl_many']?.columns.map(({ id }) => id) : undefined;
        const rest = (from: readonly string[]) => from.filter((id) => !moving.includes(id));
        expect(order).toEqual([...rest(ids.slice(0, gap)), ...moving, ...rest(ids.slice(gap))]);
      }),
      { seed: 31, numRuns: 300 },
    );
  });
});
