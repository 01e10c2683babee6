import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { createWriteCache, writeDocument, writtenText } from './write.ts';

const customers: Table = {
  ...emptyTable('tbl_customers', 'sch_sales', 'customers'),
  columns: [
    { id: 'c_id', name: 'id', type: { kind: 'builtin', name: 'bigint' }, nullable: false, identity: { mode: 'always' } },
    { id: 'c_email', name: 'email', type: { kind: 'builtin', name: 'text' }, nullable: false },
  ],
  keys: [
    { id: 'k_pk', kind: 'primary', columns: ['c_id'] },
    { id: 'k_email', kind: 'unique', name: 'customers_email', columns: ['c_email'] },
  ],
};

const orders: Table = {
  ...emptyTable('tbl_aorders', 'sch_sales', 'orders'),
  comment: "Who's buying",
  remarks: [
    { at: 'before', text: '-- sales.orders' },
    { at: 'o_status', text: '-- one of five', trailing: true },
  ],
  columns: [
    { id: 'o_id', name: 'id', type: { kind: 'builtin', name: 'bigint' }, nullable: false },
    { id: 'o_customer', name: 'customer_id', type: { kind: 'builtin', name: 'bigint' }, nullable: false },
    {
      id: 'o_status',
      name: 'status',
      type: { kind: 'custom', type: 'typ_status' },
      nullable: false,
      default: { kind: 'literal', sql: "'new'" },
    },
    { id: 'o_order', name: 'order', type: { kind: 'builtin', name: 'numeric', args: ['12', '2'] }, nullable: true },
  ],
  keys: [{ id: 'k_opk', kind: 'primary', columns: ['o_id'] }],
  checks: [{ id: 'x_positive', name: 'positive', expression: '"order" > 0' }],
  indexes: [
    { id: 'i_customer', name: 'orders_customer', elements: [{ column: 'o_customer' }, { column: 'o_order', order: 'desc' }] },
    { id: 'i_lower', elements: [{ expression: 'lower(status::text)' }], where: '"order" IS NOT NULL' },
  ],
};

const link: Relationship = {
  id: 'rel_customer',
  child: 'tbl_aorders',
  parent: 'tbl_customers',
  childColumns: ['o_customer'],
  parentColumns: ['c_id'],
  onDelete: 'cascade',
};

const shop: Document = {
  ...emptyDocument(),
  schemas: { ...emptyDocument().schemas, sch_sales: { id: 'sch_sales', name: 'sales' } },
  types: { typ_status: { id: 'typ_status', kind: 'enum', schema: 'sch_sales', name: 'status', values: ['new', 'paid'] } },
  tables: { tbl_aorders: orders, tbl_customers: customers },
  relationships: { rel_customer: link },
};

const SHOP = `CREATE SCHEMA sales;

CREATE TYPE sales.status AS ENUM (
    'new',
    'paid'
);

CREATE TABLE sales.customers (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    CONSTRAINT customers_email UNIQUE (email)
);

-- sales.orders
CREATE TABLE sales.orders (
    id          bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES sales.customers (id) ON DELETE CASCADE,
    status      sales.status NOT NULL DEFAULT 'new', -- one of five
    "order"     numeric(12,2),
    CONSTRAINT positive CHECK ("order" > 0)
);

COMMENT ON TABLE sales.orders IS 'Who''s buying';

CREATE INDEX orders_customer ON sales.orders (customer_id, "order" DESC);

CREATE INDEX ON sales.orders (lower(status::text)) WHERE "order" IS NOT NULL;
`;

describe('writeDocument', () => {
  it('writes parents before children, types aligned, foreign keys in place', () => {
    const written = writeDocument(shop, { version: 18 });
    expect(writtenText(written)).toBe(SHOP);
    expect(written.unsupported).toEqual([]);
  });

  it('knows where every part stands', () => {
    const { statements } = writeDocument(shop, { version: 18 });
    const create = statements.find((statement) => statement.key === 'tbl_aorders:create');
    const text = (id: string) => {
      const part = create?.parts.find((one) => one.id === id);
      return create?.sql.slice(part?.start, part?.end);
    };
    expect(text('o_order')).toBe('"order"     numeric(12,2)');
    expect(text('k_opk')).toBe('PRIMARY KEY');
    expect(text('rel_customer')).toBe('REFERENCES sales.customers (id) ON DELETE CASCADE');
    expect(text('x_positive')).toBe('CONSTRAINT positive CHECK ("order" > 0)');
  });

  it('gives every statement a key of its own', () => {
    const keys = writeDocument(shop, { version: 18 }).statements.map((statement) => statement.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('adds a foreign key afterwards where two tables need each other', () => {
    const back: Relationship = {
      ...link,
      id: 'rel_back',
      name: 'last_order',
      child: 'tbl_customers',
      parent: 'tbl_aorders',
      childColumns: ['c_id'],
      parentColumns: ['o_id'],
      deferral: 'initially deferred',
    };
    const text = writtenText(writeDocument({ ...shop, relationships: { rel_customer: link, rel_back: back } }, { version: 18 }));
    const alters = text.match(/ALTER TABLE .*\n {4}ADD .*FOREIGN KEY .*;/g);
    expect(alters).toHaveLength(1);
    expect(text.match(/REFERENCES/g)).toHaveLength(2);
  });

  it('writes again only what an edit touches, and what a rename reaches', () => {
    const cache = createWriteCache();
    const before = writeDocument(shop, { version: 18, cache });
    const again = writeDocument({ ...shop }, { version: 18, cache });
    expect(again.statements.every((statement, i) => statement === before.statements[i])).toBe(true);
    const commented = { ...customers, comment: 'People' };
    const edited = { ...shop, tables: { ...shop.tables, tbl_customers: commented } };
    const after = writeDocument(edited, { version: 18, cache });
    const fresh = after.statements.filter((statement) => !before.statements.includes(statement));
    expect(new Set(fresh.map((statement) => statement.record))).toEqual(new Set(['tbl_customers']));
    const renamed = { ...shop, tables: { ...edited.tables, tbl_customers: { ...commented, name: 'Client' } } };
    const last = writeDocument(renamed, { version: 18, cache });
    expect(writtenText(last)).toContain('REFERENCES sales."Client" (id)');
    expect(last).toEqual(writeDocument(renamed, { version: 18 }));
  });

  it('says what an older version cannot hold', () => {
    const table: Table = {
      ...customers,
      columns: [
        ...customers.columns,
        {
          id: 'c_v',
          name: 'v',
          type: { kind: 'builtin', name: 'text' },
          nullable: true,
          generated: { expression: 'lower(email)', stored: false },
        },
      ],
      keys: [{ id: 'k_n', kind: 'unique', columns: ['c_email'], nullsNotDistinct: true }],
    };
    const document = { ...shop, tables: { tbl_customers: table }, relationships: {} };
    const old = writeDocument(document, { version: 14 });
    expect(old.unsupported.map(({ feature, since, part }) => [feature, since, part])).toEqual([
      ['virtual-generated', 18, 'c_v'],
      ['nulls-not-distinct', 15, 'k_n'],
    ]);
    expect(writtenText(old)).toContain('GENERATED ALWAYS AS (lower(email)) STORED');
    expect(writeDocument(document, { version: 18 }).unsupported).toEqual([]);
  });

  it('keeps a comment at the end of an expression from swallowing what follows', () => {
    const checks = [{ id: 'x', expression: 'id > 0 -- positive' }];
    const document = { ...shop, tables: { tbl_customers: { ...customers, checks } }, relationships: {} };
    expect(writtenText(writeDocument(document, { version: 18 }))).toContain('CHECK (id > 0 -- positive\n)');
  });
});
