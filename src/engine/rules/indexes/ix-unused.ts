import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { Table } from '#model/types.ts';
import { memoWithInputs } from '../../memo.ts';
import { defineRule, fix, type ModelContext, type Said } from '../define.ts';
import { accessName, accessOfIndex, serves } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';
import { mayUse, sourcesOf, type UseOf, usesByTable } from './workload-uses.ts';

/** What is said of a table, as long as it, its foreign keys and what queries say of it are the same. */
const remembered = memoWithInputs<Table, readonly Said[]>();

function saidOf(at: TableContext, uses: readonly UseOf[]): readonly Said[] {
  const { table, title } = at;
  const queries = new Set(uses.map(({ query }) => query)).size;
  const isWritten = uses.some(({ use }) => use.write !== undefined);
  return table.indexes.flatMap((index): Said[] => {
    const access = accessOfIndex(index);
    const holdsRule = access.unique || index.replicaIdentity === true || index.clustered === true;
    // What the planner does not see is being tried out; what is attached is judged with its parent's.
    if (holdsRule || access.invisible || index.attachedTo !== undefined) return [];
    if (at.outgoing.some((link) => serves(access, link.childColumns, at.column))) return [];
    if (uses.some((one) => mayUse(table, access, one))) return [];
    const name = accessName(access, at.name);
    return [
      {
        at: [at.ref(index.id)],
        // What nobody writes costs room alone.
        severity: isWritten ? 'warning' : 'info',
        what: `No query of the workload can use ${name} of ${title}.`,
        evidence: [
          `${queries} ${queries === 1 ? 'query' : 'queries'} of the given workload ${queries === 1 ? 'uses' : 'use'} ${title}; only these were looked at.`,
        ],
        fixes: [fix(`Drop ${name}`, { name: 'removeIndexes', args: { table: table.id, ids: [index.id] } })],
      },
    ];
  });
}

/** What else a finding's words are made of: names of schemas, foreign keys, inherited columns. */
function surroundingsOf({ document, table, outgoing }: TableContext): readonly unknown[] {
  const ancestors = ancestorsOf(table).map((id) => recordIn(document, 'tables', id));
  return [document.schemas, document.settings, ...outgoing, ...ancestors];
}

/** Whether some query could not be read: what it uses is not known. */
function isDark(report: ReturnType<ModelContext['workload']>): boolean {
  return Object.values(report).some(({ findings }) => findings.some(({ code }) => code === 'syntax' || code === 'not-understood'));
}

const query = (name: string, sql: string) => ({ name: 'addQuery' as const, args: { record: { name, sql } } });

const SHOP = `CREATE TABLE customers (id int PRIMARY KEY, name text, city text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, state text, placed date, note text);
`;

export const ixUnused = defineRule({
  id: 'ix-unused',
  category: 'indexes',
  scope: 'model',
  severity: 'warning',
  title: 'Index that no query of the workload can use',
  docs: {
    what: 'The workload uses the table, and none of its queries searches, joins, sorts or groups by anything that the index holds, or could be answered from it alone. Judged by the given workload only. Indexes that hold a rule (unique, the identity of rows) or that a foreign key rests on are left alone, and so is everything as long as a query cannot be read.',
    why: 'Every insert and many updates keep it up to date, it takes room and memory, and nothing is faster for it.',
    todo: 'Make sure that the workload has all that runs, monthly reports too, then drop it. The server counts uses itself: pg_stat_user_indexes, sys.schema_unused_indexes.',
  },
  sources: [
    'PostgreSQL documentation, Examining Index Usage; The Cumulative Statistics System: pg_stat_all_indexes',
    'Checked from the servers’ counters by pg-index-health (unused indexes), pghero, splinter 0005',
  ],
  check(at) {
    if (Object.keys(at.document.queries).length === 0) return [];
    const report = at.workload();
    if (isDark(report)) return [];
    return [...usesByTable(report)].flatMap(([id, uses]) => {
      const context = at.table(id);
      if (context === undefined || context.table.indexes.length === 0) return [];
      return remembered(context.table, [...surroundingsOf(context), ...sourcesOf(uses)], () => saidOf(context, uses));
    });
  },
  examples: {
    bad: [
      {
        ddl: `${SHOP}CREATE INDEX by_customer ON orders (customer_id);
CREATE INDEX by_state ON orders (state);
CREATE INDEX by_note ON orders (note) WHERE state = 'open';`,
        given: () => [
          query('of a customer', 'SELECT id, placed FROM orders WHERE customer_id = $1 ORDER BY placed DESC'),
          query('new', 'INSERT INTO orders (id, customer_id) VALUES ($1, $2)'),
        ],
        expect: ['orders (by_state)', 'orders (by_note)'],
      },
    ],
    good: [
      {
        note: 'Without a workload nothing is known.',
        ddl: `${SHOP}CREATE INDEX by_state ON orders (state);`,
      },
      {
        note: 'They sort, are answered alone, hold the predicate that the query says, join, or hold a rule; nothing is known of a table that no query uses.',
        ddl: `${SHOP}CREATE INDEX by_placed ON orders (placed);
CREATE INDEX open ON orders (id) WHERE state = 'open';
CREATE INDEX by_customer ON orders (customer_id, placed);
CREATE UNIQUE INDEX no_two ON orders (note);
CREATE INDEX by_city ON customers (lower(city));
CREATE TABLE others (a int, b int);
CREATE INDEX by_b ON others (b);`,
        given: () => [
          query('newest', 'SELECT * FROM orders ORDER BY placed DESC LIMIT 10'),
          query('open', "SELECT note FROM orders WHERE state = 'open'"),
          query('join', 'SELECT o.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE lower(c.city) = $1'),
        ],
      },
      {
        note: 'A query that cannot be read may use it.',
        ddl: `${SHOP}CREATE INDEX by_state ON orders (state);`,
        given: () => [query('broken', 'SELEC * FROM orders'), query('all', 'SELECT * FROM orders')],
      },
    ],
  },
});
