import { noWhere } from '../../workload/advice/no-where.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qNoWhere = defineRule({
  id: 'q-no-where',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Every row is changed or deleted',
  docs: {
    what: 'UPDATE or DELETE without WHERE, LIMIT or a join, of a table that is neither temporary nor declared to have 100 rows or fewer.',
    why: 'All rows are locked and rewritten, mostly by mistake.',
    todo: 'Say which rows in WHERE.',
  },
  sources: ['Checked likewise by pgls banUpdateWithoutWhere and banDeleteWithoutWhere, SOAR CLA.001'],
  check: (read) => saidOfQuery(read, noWhere(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "UPDATE orders SET status = 'closed'" }, { sql: 'DELETE FROM orders' }],
        expect: ['Query 1', 'Query 2'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: "UPDATE orders SET status = 'closed' WHERE id = $1" },
          { sql: 'DELETE FROM orders USING customers c WHERE c.id = orders.customer_id' },
        ],
      },
    ],
  },
});
