import { countForExistence } from '../../workload/advice/count-for-existence.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qCountForExistence = defineRule({
  id: 'q-count-for-existence',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Counting to know whether there is one',
  docs: {
    what: "A subquery's count is compared with 0 or 1.",
    why: 'Counting goes through all rows that qualify; whether there is one is known with the first.',
    todo: 'Ask EXISTS or NOT EXISTS.',
  },
  sources: ['https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-EXISTS'],
  check: (read) => saidOfQuery(read, countForExistence(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT name FROM customers c WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 0' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'How many is what counts, or only values that are not NULL do.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT name FROM customers c WHERE (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) > 5' },
          { sql: 'SELECT name FROM customers c WHERE (SELECT count(o.coupon_id) FROM orders o WHERE o.customer_id = c.id) > 0' },
          { sql: 'SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 1' },
        ],
      },
    ],
  },
});
