import { defineRule, fix, type Said } from '../define.ts';
import { type Unserved, type UnservedOf, unservedOf } from './unserved.ts';
import { queryNames } from './workload-uses.ts';

function columnText({ at }: UnservedOf, { elements }: Unserved): string {
  return elements.map(({ column = '', order }) => `${at.name(column)}${order === 'desc' ? ' DESC' : ''}`).join(', ');
}

/** What both rules on searches without an index say, each in its words. */
export function saidOfUnserved(table: UnservedOf, one: Unserved, what: (names: string, title: string) => string): Said {
  const { at, rows, guess } = table;
  const queries = [...new Set(one.uses.map(({ query }) => query))];
  const columns = one.elements.flatMap(({ column }) => column ?? []);
  return {
    at: [...columns.slice(0, 1).map((id) => at.ref(id)), ...queries.map((record) => ({ record })), at.ref()],
    // What is only guessed may be small.
    severity: guess === undefined ? 'warning' : 'info',
    what: what(queryNames(at.document, queries), at.title),
    evidence: [
      `${at.title} has ${guess === undefined ? '' : 'perhaps '}${rows.toLocaleString('en')} rows${guess === undefined ? '' : `, by a guess (${guess})`}.`,
      `An index on (${columnText(table, one)}) would serve.`,
    ],
    fixes: [
      fix(`Add an index on ${at.title} (${columnText(table, one)})`, {
        name: 'addIndex',
        args: { table: at.table.id, part: { elements: one.elements } },
      }),
    ],
  };
}

const query = (name: string, sql: string) => ({ name: 'addQuery' as const, args: { record: { name, sql } } });
const rows = (table: string | undefined, count: number) => ({
  name: 'setTable' as const,
  args: { id: table ?? '', patch: { facts: { rows: count } } },
});
const ORDERS =
  'CREATE TABLE orders (id bigint PRIMARY KEY, customer_no bigint NOT NULL, state text NOT NULL, placed date NOT NULL, paid boolean NOT NULL);';

export const ixEqualityFilter = defineRule({
  id: 'ix-equality-filter',
  category: 'indexes',
  scope: 'model',
  severity: 'warning',
  title: 'Search of the workload without an index',
  docs: {
    what: 'A query of the workload looks for few rows of a table with 10,000 or more by the values of plain columns (equal, in a list, between two values), and no index begins with what narrows them down. By facts that are told, and by guesses where none are; where nobody told the rows of a table that is no small lookup, it is only mentioned. Conditions that most rows meet, OR, patterns and expressions are left to the advice.',
    why: 'The whole table is read for a few rows, each time, and longer as it grows.',
    todo: 'Let the advice weigh it against the rest of the workload, or add the index: equal columns first, then the range or the order.',
  },
  sources: [
    'PostgreSQL documentation, Multicolumn Indexes',
    'MySQL 8.4 Reference Manual, How MySQL Uses Indexes',
    'Asked likewise by pghero, dexter and index_advisor',
  ],
  check: (at) =>
    unservedOf(at).flatMap((table) =>
      table.unserved
        .filter(({ kind }) => kind === 'filter')
        .map((one) =>
          saidOfUnserved(
            table,
            one,
            (names, title) => `No index finds the rows of ${title} that ${names} ${one.uses.length === 1 ? 'looks' : 'look'} for.`,
          ),
        ),
    ),
  examples: {
    bad: [
      {
        ddl: ORDERS,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 1_000_000),
          query('of a customer', "SELECT * FROM orders WHERE customer_no = $1 AND state = 'open' ORDER BY placed DESC LIMIT 20"),
          query('of a customer, all', 'SELECT * FROM orders WHERE customer_no = $1'),
        ],
        expect: ['orders.customer_no'],
      },
      {
        note: 'An index on what most rows have in common finds too many.',
        ddl: `${ORDERS}\nCREATE INDEX ON orders (paid);`,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 1_000_000),
          query('unpaid', 'SELECT * FROM orders WHERE NOT paid AND paid = false AND customer_no = $1'),
        ],
        expect: ['orders.customer_no'],
      },
    ],
    good: [
      {
        note: 'A few rows are read faster than an index.',
        ddl: ORDERS,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 500),
          query('of a customer', 'SELECT * FROM orders WHERE customer_no = $1'),
        ],
      },
      {
        note: 'Half of the rows are no search, and an index that begins so serves.',
        ddl: `${ORDERS}\nCREATE INDEX ON orders (customer_no, state);`,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 1_000_000),
          query('paid', 'SELECT count(*) FROM orders WHERE paid = true'),
          query('of a customer', 'SELECT * FROM orders WHERE placed = $2 AND customer_no = $1'),
          query('one', 'SELECT * FROM orders WHERE id = $1 AND state = $2'),
        ],
      },
    ],
  },
});
