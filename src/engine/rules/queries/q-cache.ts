import { cached } from '../../workload/advice/workload-advice.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfWorkload } from './said.ts';

export const qCache = defineRule({
  id: 'q-cache',
  category: 'workload',
  scope: 'workload',
  severity: 'info',
  title: 'A small answer that is always the same',
  docs: {
    what: 'A query without parameters runs 600 times an hour or more, at least a hundred times as often as its tables are written, and its answer is small.',
    why: 'The database answers the same again and again; a program that remembers it asks once.',
    todo: 'Keep the answer in the program for as long as it may be old, or forget it when the tables are written.',
  },
  sources: ['https://www.postgresql.org/docs/current/monitoring-stats.html'],
  check: (reads) => saidOfWorkload(cached(reads)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT count(*) FROM customers', callsPerHour: 5000 },
          { sql: 'INSERT INTO customers (id, email, name) VALUES ($1, $2, $3)', callsPerHour: 3 },
        ],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'Every call is another, or it changes too often.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT count(*) FROM orders WHERE customer_id = $1', callsPerHour: 5000 },
          { sql: 'SELECT count(*) FROM customers', callsPerHour: 5000 },
          { sql: 'INSERT INTO customers (id, email, name) VALUES ($1, $2, $3)', callsPerHour: 500 },
        ],
      },
    ],
  },
});
