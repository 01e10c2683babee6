import { correlatedScalar } from '../../workload/advice/correlated-scalar.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qCorrelatedScalar = defineRule({
  id: 'q-correlated-scalar',
  category: 'workload',
  scope: 'advice',
  severity: 'info',
  title: 'An aggregate for every row',
  docs: {
    what: 'A subquery in the list of columns that computes an aggregate of another table for each row, by equality with it. Left alone: results of one row and small LIMITs. A join with the aggregate of all groups is offered.',
    why: 'The subquery runs once for each row: ten thousand rows, ten thousand searches.',
    todo: 'Aggregate once and join the result, where most rows are wanted.',
  },
  sources: ['https://www.postgresql.org/docs/current/sql-expressions.html#SQL-SYNTAX-SCALAR-SUBQUERIES'],
  check: (read) => saidOfQuery(read, correlatedScalar(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE c.id = $1' },
          { sql: 'SELECT c.name, (SELECT max(created_at) FROM orders) FROM customers c' },
          {
            sql: 'SELECT c.name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c ORDER BY c.id LIMIT 20',
          },
        ],
      },
    ],
  },
});
