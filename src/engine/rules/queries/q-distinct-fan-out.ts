import { distinctFanOut } from '../../workload/advice/distinct-fan-out.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qDistinctFanOut = defineRule({
  id: 'q-distinct-fan-out',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'DISTINCT that hides a join or does nothing',
  docs: {
    what: 'DISTINCT over rows of one table that is joined with another of which nothing is asked for, or over rows that a key tells apart anyway.',
    why: 'The join makes many rows of one, and sorting or hashing takes them away again; over a key it looks for doubles that cannot be.',
    todo: 'Ask EXISTS in place of the join, or leave DISTINCT out.',
  },
  sources: [
    'https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-EXISTS',
    'Checked likewise by SOAR SUB.003',
  ],
  check: (read) => saidOfQuery(read, distinctFanOut(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT DISTINCT c.id, c.name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.total > 100' },
        ],
        expect: ['Query 1'],
      },
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT DISTINCT id, name FROM customers' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'Columns of both are asked for, or doubles are there.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT DISTINCT c.id, o.status FROM customers c JOIN orders o ON o.customer_id = c.id' },
          { sql: 'SELECT DISTINCT name FROM customers' },
          { sql: 'SELECT count(DISTINCT status) FROM orders' },
        ],
      },
    ],
  },
});
