import { describe, expect, it } from 'vitest';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { databaseDesign } from './design.ts';
import { MERMAID_LIMITS, mermaidDiagrams } from './mermaid.ts';
import { tableSection } from './table-section.ts';
import { indexReason, relationshipSentence, tablesInOrder } from './words.ts';

const bigint = { kind: 'builtin', name: 'bigint' } as const;

function tableWith(name: string, extra: Partial<Table> = {}): Table {
  return {
    ...emptyTable(`tbl_${name}`, 'sch_public', name),
    columns: [{ id: `col_${name}_id`, name: 'id', type: bigint, nullable: false }],
    keys: [{ id: `key_${name}`, kind: 'primary', name: `${name}_pkey`, columns: [`col_${name}_id`] }],
    ...extra,
  };
}

const customers = tableWith('customers', { comment: 'People who <b>buy</b> | pay' });
const orders = tableWith('orders', {
  columns: [
    { id: 'col_orders_id', name: 'id', type: bigint, nullable: false },
    { id: 'col_orders_customer', name: 'customer_id', type: bigint, nullable: false, comment: 'who ordered' },
    { id: 'col_orders_total', name: 'total', type: { kind: 'builtin', name: 'numeric', args: ['12', '2'] }, nullable: true },
  ],
  checks: [{ id: 'chk_1', name: 'orders_total_positive', expression: 'total > 0 OR total IS NULL' }],
  indexes: [
    { id: 'idx_1', name: 'orders_customer_idx', elements: [{ column: 'col_orders_customer' }], include: ['col_orders_total'] },
  ],
});
const link: Relationship = {
  id: 'rel_1',
  name: 'orders_customer_fk',
  child: 'tbl_orders',
  parent: 'tbl_customers',
  childColumns: ['col_orders_customer'],
  parentColumns: ['col_customers_id'],
  onDelete: 'cascade',
};

const shop: Document = {
  ...emptyDocument('Shop'),
  tables: { tbl_orders: orders, tbl_customers: customers },
  relationships: { rel_1: link },
  decisions: {
    dec_1: {
      id: 'dec_1',
      title: 'Money is numeric',
      status: 'accepted',
      context: 'Rounding',
      decision: 'numeric(12,2)',
      consequences: '',
      date: '2026-01-02',
    },
  },
};

const verdict: Verdict = {
  table: 'tbl_orders',
  highest: '2NF',
  byAssumption: false,
  noKey: false,
  candidateKeys: [['col_orders_id']],
  keysComplete: true,
  keyCount: '1',
  prime: ['col_orders_id'],
  violations: [
    {
      form: '3NF',
      determinant: ['col_orders_customer'],
      dependent: ['col_orders_total'],
      closure: ['col_orders_customer', 'col_orders_total'],
      missing: ['col_orders_id'],
      derivation: [],
    },
  ],
  complete: true,
};

describe('the design document', () => {
  const design = databaseDesign({
    document: shop,
    findings: [
      {
        rule: 'pk-missing',
        severity: 'error',
        at: [{ record: 'tbl_orders' }],
        message: { what: 'No key | here', why: 'w', todo: 'Add one' },
        fixes: [],
      },
      {
        rule: 'type-char-n',
        severity: 'warning',
        at: [{ record: 'tbl_orders' }],
        message: { what: 'char', why: 'w', todo: 't' },
        fixes: [],
        waivedBy: 'waiver_1',
      },
    ],
    normalForms: { tbl_orders: verdict },
    pictures: [{ name: 'Main', whole: true, path: 'diagram.svg' }],
  });

  it('describes tables, constraints, indexes with their reason and relationships in words', () => {
    expect(design).toContain('### orders');
    expect(design).toContain('| `customer_id` | `bigint` | no |  | FK | who ordered |'.replace('|  |', '|   |'));
    expect(design).toContain('total > 0 OR total IS NULL');
    expect(design).toContain('finds the rows of one customers (foreign key)');
    expect(design).toContain(
      'A row of orders refers to exactly one row of customers; a row of customers has any number of rows of orders.',
    );
    expect(design).toContain('on delete cascade');
  });

  it('proves the normal form and records decisions, findings and what was accepted', () => {
    expect(design).toContain('**Normal form: 2NF**');
    expect(design).toContain('breaks 3NF: the closure `{customer_id, total}` misses `{id}`');
    expect(design).toContain('### Money is numeric');
    expect(design).toContain('No key \\| here');
    expect(design).toMatch(/### Accepted[\s\S]*type-char-n/);
    expect(design).toContain('0 warnings');
  });

  it('lists the tags of a table', () => {
    const tagged = { ...customers, tags: ['core', 'a`b'] };
    expect(tableSection({ ...shop, tables: { ...shop.tables, [customers.id]: tagged } }, tagged, undefined)).toContain(
      'Tags: `core`, ``a`b``',
    );
  });

  it('lets no comment become markup', () => {
    expect(design).not.toContain('<b>');
  });

  it('is the same for the same input, in whatever order records were made', () => {
    const other = { ...shop, tables: { tbl_customers: customers, tbl_orders: orders } };
    expect(databaseDesign({ document: other, findings: [], normalForms: {} })).toBe(
      databaseDesign({ document: shop, findings: [], normalForms: {} }),
    );
  });
});

describe('mermaid diagrams', () => {
  it('draw crow foot ends from keys and nullability', () => {
    const [diagram] = mermaidDiagrams(shop, 'diagram_main', tablesInOrder(shop));
    expect(diagram?.code).toContain('"customers" ||..o{ "orders" : "customer_id"');
    expect(diagram?.code).toContain('numeric(12,2) total');
  });

  it('are one for each area', () => {
    const place = (id: string, x: number) => ({
      id: placementId('diagram_main', id),
      diagram: 'diagram_main',
      object: id,
      x,
      y: 0,
    });
    const placed: Document = {
      ...shop,
      placements: Object.fromEntries([place('tbl_orders', 0), place('tbl_customers', 900)].map((one) => [one.id, one])),
      areas: { area_1: { id: 'area_1', diagram: 'diagram_main', name: 'Sales', x: -10, y: -10, width: 500, height: 500, tint: 0 } },
    };
    expect(mermaidDiagrams(placed, 'diagram_main', tablesInOrder(placed)).map((one) => one.title)).toEqual([
      'Schema public',
      'Sales',
    ]);
  });

  it('stay within the limits with a thousand tables and hostile names', () => {
    const tables: Record<string, Table> = {};
    const relationships: Record<string, Relationship> = {};
    for (let i = 0; i < 1000; i++) {
      const name = `t${i}"%;<script>`;
      const one = tableWith(name);
      tables[one.id] = {
        ...one,
        columns: Array.from({ length: 20 }, (_, c) => ({
          id: `${one.id}_${c}`,
          name: `a column ${c}"`,
          type: bigint,
          nullable: true,
        })),
      };
      const parent = `tbl_t${Math.floor(i / 3)}"%;<script>`;
      if (i > 0)
        relationships[`rel_${i}`] = {
          id: `rel_${i}`,
          child: one.id,
          parent,
          childColumns: [`${one.id}_1`],
          parentColumns: [`${parent}_1`],
        };
    }
    const many: Document = { ...emptyDocument(), tables, relationships };
    const diagrams = mermaidDiagrams(many, 'diagram_main', tablesInOrder(many));
    const drawn = new Set<string>();
    for (const { code } of diagrams) {
      expect(code.length).toBeLessThan(MERMAID_LIMITS.characters);
      expect(code.match(/ : "/g)?.length ?? 0).toBeLessThanOrEqual(MERMAID_LIMITS.edges);
      for (const line of code.split('\n').slice(1))
        expect(line).toMatch(
          /^ {2}("[^"%<>;\\]+"( \{| (\|o|\|\||\}o|\}\|)(--|\.\.)(o\||\|\||o\{|\|\{) "[^"%<>;\\]+" : "[^"%<>;\\]+")?|\}| {2}[A-Za-z][\w\-[\](),]* [A-Za-z]\w*( (PK|FK|UK)(, (PK|FK|UK))*)?)$/,
        );
      for (const name of code.matchAll(/^ {2}"([^"]+)"/gm)) drawn.add(name[1] as string);
    }
    expect(drawn.size).toBeGreaterThanOrEqual(1000);
  });
});

describe('words', () => {
  it('name the purpose of an index', () => {
    const index = orders.indexes[0];
    expect(index === undefined ? '' : indexReason(shop, orders, index)).toContain('answers from the index alone with total');
  });

  it('say what a nullable key means', () => {
    const nullable = { ...orders, columns: orders.columns.map((one) => ({ ...one, nullable: true })) };
    const loose = { ...shop, tables: { ...shop.tables, tbl_orders: nullable } };
    expect(relationshipSentence(loose, link)).toContain('at most one row of customers');
  });
});
