import { unionAll } from '../../workload/advice/union-all.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qUnionAll = defineRule({
  id: 'q-union-all',
  category: 'workload',
  scope: 'advice',
  severity: 'info',
  title: 'UNION of rows that cannot be equal',
  docs: {
    what: 'UNION of two SELECTs of which one column is one literal on the left and another on the right, and of which neither gives a row twice, as a key is asked for.',
    why: 'UNION sorts or hashes all rows to find doubles, and nothing is shown before the last row is there.',
    todo: 'Write UNION ALL.',
  },
  sources: ['https://www.postgresql.org/docs/current/queries-union.html', 'Checked likewise by SOAR SUB.002'],
  check: (read) => saidOfQuery(read, unionAll(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "SELECT id, 'customer' AS kind FROM customers UNION SELECT id, 'order' FROM orders" }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'Doubles may be, on one side or across.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: "SELECT name, 'customer' AS kind FROM customers UNION SELECT status, 'order' FROM orders" },
          { sql: 'SELECT id FROM customers UNION SELECT id FROM orders' },
          { sql: "SELECT id, 'customer' AS kind FROM customers UNION ALL SELECT id, 'order' FROM orders" },
        ],
      },
    ],
  },
});
