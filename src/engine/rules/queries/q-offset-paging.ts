import { offsetPaging } from '../../workload/advice/offset-paging.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qOffsetPaging = defineRule({
  id: 'q-offset-paging',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Pages by OFFSET',
  docs: {
    what: 'A query with LIMIT (of more than one row) skips rows with OFFSET (a parameter, or a number that is not 0). Where it is sorted by columns of one table that cannot be NULL, the query that goes on after the last row shown is offered: the order is made total by a key, and rows are compared as the dialect can.',
    why: 'OFFSET reads all rows before the page and throws them away: page 1000 costs a thousand times page 1, and rows that are written between two pages are shown twice or never.',
    todo: 'Remember the last row of a page and ask for what comes after it.',
  },
  sources: ['https://use-the-index-luke.com/no-offset', 'https://www.postgresql.org/docs/current/queries-limit.html'],
  check: (read) => saidOfQuery(read, offsetPaging(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id, created_at FROM orders ORDER BY created_at DESC LIMIT 20 OFFSET $1' }],
        expect: ['Query 1'],
      },
      {
        note: 'An order that may be NULL has no rewriting, but the rows are skipped all the same.',
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id FROM orders ORDER BY total LIMIT 20 OFFSET 400' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'Nothing is skipped, or all rows of a key are wanted.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM orders ORDER BY created_at, id LIMIT 20 OFFSET 0' },
          { sql: 'SELECT id FROM orders WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 20' },
        ],
      },
    ],
  },
});
