import { keptResults } from '../../workload/advice/workload-advice.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP, factsOf } from './example-shop.ts';
import { saidOfWorkload } from './said.ts';

export const qKeptResult = defineRule({
  id: 'q-kept-result',
  category: 'workload',
  scope: 'workload',
  severity: 'info',
  title: 'The same figures computed again and again',
  docs: {
    what: 'A query without parameters aggregates a table of 100,000 declared rows or more, and runs at least ten times as often as its tables are written. Left alone where a table is written by queries of which nobody said how often.',
    why: 'All rows are read for figures that have hardly changed since the last time.',
    todo: 'Keep the result: a materialized view where there is such a thing, else a table.',
  },
  sources: ['https://www.postgresql.org/docs/current/rules-materializedviews.html'],
  check: (reads) => saidOfWorkload(keptResults(reads)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT status, sum(total) FROM orders GROUP BY status', callsPerHour: 120 },
          { sql: 'INSERT INTO orders (id, customer_id, status, created_at) VALUES ($1, $2, $3, $4)', callsPerHour: 2 },
        ],
        given: (document) => factsOf(document, 'orders', { rows: 2_000_000 }),
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'Written as often as read, small, or asked with parameters.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT status, sum(total) FROM orders GROUP BY status', callsPerHour: 120 },
          { sql: 'SELECT status, sum(total) FROM orders WHERE customer_id = $1 GROUP BY status', callsPerHour: 900 },
          { sql: 'INSERT INTO orders (id, customer_id, status, created_at) VALUES ($1, $2, $3, $4)', callsPerHour: 300 },
        ],
        given: (document) => factsOf(document, 'orders', { rows: 2_000_000 }),
      },
    ],
  },
});
