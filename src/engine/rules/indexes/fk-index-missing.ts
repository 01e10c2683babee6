import { defineRule, fix, type RelationshipContext } from '../define.ts';
import { serves } from '../index-facts.ts';
import { junctionOf } from '../junction.ts';
import { snake } from '../words.ts';
import { givenQuery } from '../workload/given.ts';
import { servedAbove, servingAccesses } from './serving.ts';
import { queryNames } from './workload-uses.ts';

/** Which queries ask for the rows. */
function evidenceOf({ document, activity }: RelationshipContext): { readonly evidence?: readonly string[] } {
  if (activity === undefined) return {};
  const { changes, lookups } = activity;
  return {
    evidence: [
      ...(changes.length === 0 ? [] : [`Rows of the parent are deleted or get other keys by ${queryNames(document, changes)}.`]),
      ...(lookups.length === 0 ? [] : [`Rows are found by it in ${queryNames(document, lookups)}.`]),
    ],
  };
}

export const fkIndexMissing = defineRule({
  id: 'fk-index-missing',
  category: 'indexes',
  scope: 'relationship',
  severity: 'warning',
  title: 'Foreign key without an index',
  dialects: ['postgresql', 'sqlite', 'mssql', 'oracle'],
  docs: {
    what: 'The columns of a foreign key are not the first columns of any index that holds every row. A partial index counts when its predicate says nothing but IS NOT NULL of foreign key columns: PostgreSQL uses it for every search by a value. Other partial indexes do not count, nor does an index of another collation than its column, nor one ON ONLY a partitioned table that is not attached to one of every partition. A partition has the indexes of the table it is part of. The second direction of a link table is reported by junction-reverse-index; for created_by and the like it is only mentioned. Where the given workload uses one of the two tables, it is reported only if the workload deletes parents, gives them other keys, joins them, or looks for children by it: a lookup table that never changes needs none.',
    why: 'PostgreSQL does not index foreign keys by itself: every delete or key change of a parent reads the whole child table, and so does every join from parent to children.',
    todo: 'Add an index that begins with the foreign key columns, unless the child stays small or parents are never deleted nor joined.',
  },
  sources: [
    'PostgreSQL documentation, Constraints: Foreign Keys (last paragraphs)',
    'Checked likewise by splinter 0001, eugene E15, pg-index-health, SchemaCrawler',
  ],
  check(at) {
    const { relationship, child, parent, activity } = at;
    const columns = relationship.childColumns;
    if (columns.length === 0 || child.table.persistence === 'temporary') return [];
    if (activity !== undefined && activity.changes.length + activity.lookups.length === 0) return [];
    const accesses = servingAccesses(at.document, child.table);
    if (accesses.some((access) => serves(access, columns, child.column))) return [];
    if (child.table.partitionOf !== undefined && servedAbove(at.document, child, relationship)) return [];
    const junction = junctionOf(child, false);
    if (junction !== undefined && accesses.some((access) => access.unique && serves(access, junction.columns, child.column)))
      return [];
    return [
      {
        at: [{ record: relationship.id }, ...columns.map((id) => child.ref(id))],
        // Who made or changed a row is seldom searched for, and users are seldom deleted.
        severity: columns.every((id) => /_by(_id)?$/.test(snake(child.name(id)))) ? ('info' as const) : ('warning' as const),
        what: `No index finds the rows of ${child.title} by ${child.names(columns)}, its foreign key to ${parent.title}.`,
        ...evidenceOf(at),
        fixes: [
          fix(`Add an index on ${child.title} (${child.names(columns)})`, {
            name: 'addIndex',
            args: { table: child.table.id, part: { elements: columns.map((column) => ({ column })) } },
          }),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        note: 'Customers are deleted; of states the workload says nothing.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE states (code text PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, state text REFERENCES states);`,
        given: givenQuery('forget', 'DELETE FROM customers WHERE id = $1'),
        expect: ['orders → customers', 'orders → states'],
      },
      {
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers);`,
        expect: ['orders → customers'],
      },
      {
        note: 'The column stands second; and a partial index misses rows.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, placed date, customer_id int REFERENCES customers, open boolean);
CREATE INDEX ON orders (placed, customer_id);
CREATE INDEX ON orders (customer_id) WHERE open;`,
        expect: ['orders → customers'],
      },
      {
        note: 'Values are compared by the collation of the column, not by that of the index.',
        ddl: `CREATE TABLE words (code text PRIMARY KEY);
CREATE TABLE texts (id int PRIMARY KEY, code text REFERENCES words);
CREATE INDEX ON texts (code COLLATE "C");`,
        expect: ['texts → words'],
      },
      {
        note: 'The index stands for nothing until one of every partition is attached.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, customer_id int REFERENCES customers) PARTITION BY RANGE (id);
CREATE TABLE first_orders PARTITION OF orders FOR VALUES FROM (0) TO (1000);
CREATE INDEX ON ONLY orders (customer_id);`,
        expect: ['orders → customers'],
      },
      {
        note: 'Only the partition has the foreign key.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, customer_id int) PARTITION BY RANGE (id);
CREATE TABLE first_orders PARTITION OF orders FOR VALUES FROM (0) TO (1000);
ALTER TABLE first_orders ADD FOREIGN KEY (customer_id) REFERENCES customers;`,
        expect: ['first_orders → customers'],
      },
    ],
    good: [
      {
        note: 'A partition has the index of its parent; an index attached to one of every partition is whole.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, customer_id int REFERENCES customers, agent int) PARTITION BY RANGE (id);
CREATE TABLE first_orders PARTITION OF orders FOR VALUES FROM (0) TO (1000);
ALTER TABLE first_orders ADD FOREIGN KEY (agent) REFERENCES customers;
CREATE INDEX ON orders (agent);
CREATE INDEX by_customer ON ONLY orders (customer_id);
CREATE INDEX first_by_customer ON first_orders (customer_id);
ALTER INDEX by_customer ATTACH PARTITION first_by_customer;`,
      },
      {
        note: 'The workload never deletes a state, and joins none.',
        ddl: `CREATE TABLE states (code text PRIMARY KEY, title text);
CREATE TABLE orders (id int PRIMARY KEY, state text REFERENCES states);`,
        given: givenQuery('one order', 'SELECT * FROM orders WHERE id = $1'),
      },
      {
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, placed date);
CREATE INDEX ON orders (customer_id, placed);`,
      },
      {
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers);
CREATE INDEX ON orders (customer_id) WHERE customer_id IS NOT NULL;`,
      },
      {
        note: 'A search by values never means the rows that the predicate leaves out.',
        ddl: `CREATE TABLE shops (region int, no int, PRIMARY KEY (region, no));
CREATE TABLE sales (id int PRIMARY KEY, region int, no int, FOREIGN KEY (region, no) REFERENCES shops);
CREATE INDEX ON sales (region, no) WHERE (region IS NOT NULL) AND (no IS NOT NULL);`,
      },
      {
        note: 'The order of the columns does not matter to find rows by all of them.',
        ddl: `CREATE TABLE shops (region int, no int, PRIMARY KEY (region, no));
CREATE TABLE sales (id int PRIMARY KEY, region int, no int, FOREIGN KEY (region, no) REFERENCES shops);
CREATE INDEX ON sales (no, region);`,
      },
    ],
  },
});
