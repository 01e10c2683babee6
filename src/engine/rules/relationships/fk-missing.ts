import type { Column } from '#model/column-types.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document } from '#model/types.ts';
import { defineRule, fix, type Said } from '../define.ts';
import type { Facts, TableFact } from '../facts.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts, typeFamily } from '../type-facts.ts';
import { snake } from '../words.ts';

/** Names a table may have that holds what `customer_id` points at. */
function candidates(stem: string): string[] {
  return [stem, `${stem}s`, `${stem}es`, stem.replace(/y$/, 'ies')];
}

function comparable(document: Document, column: Column, key: Column): boolean {
  return typeFamily(typeFacts(document, column.type)) === typeFamily(typeFacts(document, key.type));
}

/**
 * The one table a column's name points at: `customer_id` or `customerId` at customers with the key `id` or `customer_id`.
 * Two candidates are none; the table's own schema goes first.
 */
function target(at: TableContext, facts: Facts, column: Column): TableFact | undefined {
  const name = snake(column.name);
  const stem = /^(.+)_id$/.exec(name)?.[1];
  if (stem === undefined) return undefined;
  const fits = (fact: TableFact) =>
    fact.id !== at.table.id && !fact.isPartition && fact.key !== undefined && comparable(at.document, column, fact.key);
  const byTable = candidates(stem)
    .flatMap((one) => facts.byName.get(one) ?? facts.byName.get(one.replaceAll('_', '')) ?? [])
    .filter((fact) => fits(fact) && [singular(snake(fact.name)), snake(fact.name)].includes(stem) && isIdOf(fact, stem));
  const near = byTable.filter((fact) => fact.schema === at.table.schema);
  const found = near.length > 0 ? near : byTable;
  return found.length === 1 ? found[0] : undefined;
}

function isIdOf(fact: TableFact, stem: string): boolean {
  const key = snake(fact.key?.name ?? '');
  return key === 'id' || key === `${stem}_id`;
}

function look(at: TableContext, facts: Facts, column: Column): Said[] {
  if (at.outgoing.some((one) => one.childColumns.includes(column.id)) || typeFacts(at.document, column.type).isArray) return [];
  const primary = at.table.keys.find((key) => key.kind === 'primary');
  if (primary?.columns.length === 1 && primary.columns[0] === column.id) return [];
  // `item_id` beside `item_type` points at several tables: polymorphic-association speaks of it.
  const typeName = snake(column.name).replace(/_id$/, '_type');
  if (at.columns.some((other) => snake(other.name) === typeName)) return [];
  const parent = target(at, facts, column);
  if (parent?.key === undefined) return [];
  return [
    {
      at: [at.ref(column.id), { record: parent.id }],
      what: `${at.title}.${column.name} looks like a reference to ${parent.name}.${parent.key.name}, but there is no foreign key.`,
      fixes: [
        fix(`Add a foreign key from ${at.title}.${column.name} to ${parent.name}.${parent.key.name}`, {
          name: 'addRelationship',
          args: {
            relationship: { child: at.table.id, parent: parent.id, childColumns: [column.id], parentColumns: [parent.key.id] },
          },
        }),
      ],
    },
  ];
}

export const fkMissing = defineRule({
  id: 'fk-missing',
  category: 'relationships',
  scope: 'tableInModel',
  severity: 'warning',
  title: 'Reference without a foreign key',
  docs: {
    what: 'A column is called like the key of another table (customer_id with a table customers), has a comparable type, and no foreign key. Primary keys, names that fit several tables, and pairs such as item_type, item_id are left alone.',
    why: 'Nothing keeps the value pointing at a row that exists: orphans appear, joins lose rows, and readers must guess the relationship.',
    todo: 'Add the foreign key. On a large live table add it NOT VALID first and validate it afterwards.',
  },
  sources: [
    'Bill Karwin, SQL Antipatterns: Keyless Entry',
    'Checked likewise by active_record_doctor (missing_foreign_keys), sqlcheck',
  ],
  check(at, facts) {
    if (at.table.partitionOf !== undefined) return [];
    return at.table.columns.flatMap((column) => look(at, facts, column));
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL);`,
        expect: ['orders.customer_id'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers);`,
      },
      {
        note: 'The type says that it is something else.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id text NOT NULL);`,
      },
      {
        note: 'A pair of type and id is another matter.',
        ddl: `CREATE TABLE items (id int PRIMARY KEY);
CREATE TABLE notes (id int PRIMARY KEY, item_type text, item_id int);`,
      },
    ],
  },
});
