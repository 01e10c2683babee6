import { missingJoinCondition } from '../../workload/advice/missing-join-condition.ts';
import { defineRule } from '../define.ts';
import { saidOfQuery } from '../queries/said.ts';
import { givenQuery } from './given.ts';

const SHOP = `CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id));`;

export const queryCrossJoin = defineRule({
  id: 'query-cross-join',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Query that joins tables without a condition',
  docs: {
    what: 'A query of the workload reads several tables that no condition connects. Left alone: a CROSS JOIN that is written out, functions, what gives one row, and a row found by its key that no foreign key relates to the others.',
    why: 'Each row of one is paired with every row of the other: the result grows with the product of both, and no index helps.',
    todo: 'Add the condition that connects them, or write CROSS JOIN where every pair is wanted.',
  },
  sources: ['PostgreSQL manual, 7.2.1.1 Joined Tables'],
  check: (read) => saidOfQuery(read, missingJoinCondition(read)),
  examples: {
    bad: [
      {
        note: 'The query `SELECT c.name FROM customers c, orders o WHERE c.id = $1` of a workload.',
        ddl: SHOP,
        given: givenQuery('orders of one', 'SELECT c.name FROM customers c, orders o WHERE c.id = $1'),
        expect: ['orders of one'],
      },
    ],
    good: [
      {
        note: 'One row beside all others, and every pair where that is said.',
        ddl: SHOP,
        queries: [
          { sql: 'SELECT o.id, x.n FROM orders o, (SELECT count(*) AS n FROM customers) x' },
          { sql: 'SELECT c.name, d FROM customers c CROSS JOIN generate_series(1, 3) d' },
        ],
      },
      {
        ddl: SHOP,
        given: givenQuery('orders of one', 'SELECT c.name FROM customers c, orders o WHERE c.id = $1 AND o.customer_id = c.id'),
      },
    ],
  },
});
