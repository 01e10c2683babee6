import { selectStar } from '../../workload/advice/select-star.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qSelectStar = defineRule({
  id: 'q-select-star',
  category: 'workload',
  scope: 'advice',
  severity: 'info',
  title: 'All columns, whoever needs them',
  docs: {
    what: '`SELECT *` or `t.*` of tables in the outermost query. Left alone: EXISTS, count(*), queries in FROM, and one row found by its key where no column is large.',
    why: 'Large values are read and sent for nothing, no index can answer the query alone, and a column that is added changes what programs get.',
    todo: 'Name the columns that are read.',
  },
  sources: [
    'https://use-the-index-luke.com/blog/2013-08/its-not-about-the-star-stupid',
    'Checked likewise by sqlcheck, SOAR COL.001',
  ],
  check: (read) => saidOfQuery(read, selectStar(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT * FROM orders WHERE customer_id = $1' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT count(*) FROM orders' },
          { sql: 'SELECT name FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)' },
          { sql: 'SELECT o.id FROM (SELECT * FROM orders) o' },
        ],
      },
    ],
  },
});
