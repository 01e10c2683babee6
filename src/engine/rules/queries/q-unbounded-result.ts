import { unboundedResult } from '../../workload/advice/unbounded-result.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qUnboundedResult = defineRule({
  id: 'q-unbounded-result',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'A screen that waits for all rows',
  docs: {
    what: 'An interactive query gives all rows of its tables: no condition, no LIMIT, no aggregate. Left alone: tables of which fewer than 1000 rows are declared.',
    why: 'The result grows with the table; nobody looks at a hundred thousand rows on a screen.',
    todo: 'Ask for a page (ORDER BY … LIMIT), or say that the query is no interactive one.',
  },
  sources: ['Checked likewise by SOAR CLA.001'],
  check: (read) => saidOfQuery(read, unboundedResult(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id, total FROM orders', purpose: 'interactive' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id, total FROM orders', purpose: 'batch' },
          { sql: 'SELECT id FROM orders ORDER BY id LIMIT 50', purpose: 'interactive' },
          { sql: 'SELECT id FROM orders WHERE customer_id = $1', purpose: 'interactive' },
          { sql: 'SELECT count(*) FROM orders', purpose: 'interactive' },
        ],
      },
    ],
  },
});
