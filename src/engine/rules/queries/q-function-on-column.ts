import { functionOnColumn } from '../../workload/advice/function-on-column.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qFunctionOnColumn = defineRule({
  id: 'q-function-on-column',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'A condition on what is computed from a column',
  docs: {
    what: 'A condition compares a call, a cast or arithmetic of a column with something that is the same for all rows, and no index holds that expression. Left alone: a row that is found by its key anyway, aggregates, and casts that change nothing. Where a range of the column means the same, that is offered.',
    why: 'An index on the column is sorted by its values, not by what is computed from them: every row is read and computed.',
    todo: 'Compare the column itself with a range, or index the expression.',
  },
  sources: [
    'https://use-the-index-luke.com/sql/where-clause/functions',
    'https://www.postgresql.org/docs/current/indexes-expressional.html',
  ],
  check: (read) => saidOfQuery(read, functionOnColumn(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "SELECT id FROM orders WHERE created_at::date = '2024-05-01'" }],
        expect: ['Query 1'],
      },
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM orders WHERE extract(year FROM created_at) = 2024' },
          { sql: 'SELECT id FROM customers WHERE lower(name) = $1' },
        ],
        expect: ['Query 1', 'Query 2'],
      },
    ],
    good: [
      {
        note: 'An index holds the expression, or a key finds the row.',
        ddl: `${EXAMPLE_SHOP}
CREATE INDEX customers_email ON customers (lower(email));`,
        queries: [
          { sql: 'SELECT id FROM customers WHERE lower(email) = $1' },
          { sql: 'SELECT id FROM customers WHERE id = $1 AND lower(name) = $2' },
          { sql: "SELECT id FROM orders WHERE created_at >= now() - interval '1 day'" },
        ],
      },
    ],
  },
});
