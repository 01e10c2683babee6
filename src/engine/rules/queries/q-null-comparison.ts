import { nullComparison } from '../../workload/advice/null-comparison.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qNullComparison = defineRule({
  id: 'q-null-comparison',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Compared with NULL',
  docs: {
    what: '`= NULL` or `<> NULL` in a condition.',
    why: 'Whether something equals NULL is unknown, never true: no row is found.',
    todo: 'Ask IS NULL or IS NOT NULL.',
  },
  sources: ['https://www.postgresql.org/docs/current/functions-comparison.html'],
  check: (read) => saidOfQuery(read, nullComparison(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id FROM orders WHERE coupon_id = NULL' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM orders WHERE coupon_id IS NULL' },
          { sql: 'UPDATE orders SET coupon_id = NULL WHERE id = $1' },
        ],
      },
    ],
  },
});
