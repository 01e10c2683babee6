import type { Column, ColumnType } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';

export function builtin(name: string, ...args: string[]): ColumnType {
  return args.length === 0 ? { kind: 'builtin', name } : { kind: 'builtin', name, args };
}

export function column(name: string, type: ColumnType = builtin('text'), more: Partial<Column> = {}): Column {
  return { id: `col_${name}`, name, type, nullable: false, ...more };
}

export function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  return { ...emptyTable(`tbl_${name}`, 'sch_public', name), columns, ...more };
}

/** A small shop: two schemas, an enum, a domain of the same name in each schema, orders that refer to customers. */
export function shop(): Document {
  const customers = table('customers', [column('id', builtin('bigint')), column('email', { kind: 'custom', type: 'typ_email' })], {
    keys: [{ id: 'key_customers', kind: 'primary', columns: ['col_id'] }],
  });
  const orders = table(
    'orders',
    [
      column('order_id', builtin('bigint')),
      column('customer_id', builtin('bigint'), { nullable: true }),
      column('status', { kind: 'custom', type: 'typ_status' }),
    ],
    { keys: [{ id: 'key_orders', kind: 'primary', columns: ['col_order_id'] }], schema: 'sch_sales' },
  );
  return {
    ...emptyDocument('Shop'),
    schemas: { sch_public: { id: 'sch_public', name: 'public', implicit: true }, sch_sales: { id: 'sch_sales', name: 'sales' } },
    types: {
      typ_email: { id: 'typ_email', kind: 'domain', schema: 'sch_public', name: 'email', base: builtin('text'), checks: [] },
      typ_email_sales: {
        id: 'typ_email_sales',
        kind: 'domain',
        schema: 'sch_sales',
        name: 'email',
        base: builtin('varchar', '80'),
        checks: [],
      },
      typ_status: {
        id: 'typ_status',
        kind: 'enum',
        schema: 'sch_sales',
        name: 'Order Status',
        values: ['new', 'paid', 'sent', 'back', 'lost'],
      },
      typ_date: { id: 'typ_date', kind: 'enum', schema: 'sch_public', name: 'date', values: [] },
    },
    tables: { tbl_customers: customers, tbl_orders: orders },
    relationships: {
      rel_orders: {
        id: 'rel_orders',
        child: 'tbl_orders',
        parent: 'tbl_customers',
        childColumns: ['col_customer_id'],
        parentColumns: ['col_id'],
      },
    },
  };
}
