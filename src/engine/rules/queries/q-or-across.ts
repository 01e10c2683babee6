import { orAcross } from '../../workload/advice/or-across.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qOrAcross = defineRule({
  id: 'q-or-across',
  category: 'workload',
  scope: 'advice',
  severity: 'info',
  title: 'Alternatives on two tables',
  docs: {
    what: 'An OR whose arms are conditions on columns of different tables, each of which an index begins with. Where the query is plain, a UNION ALL is offered whose second part leaves out what the first has found.',
    why: 'Neither index can be used: a row of the one table may qualify by the other, so that the whole join is made first and filtered afterwards.',
    todo: 'Ask twice and put the results together.',
  },
  sources: ['https://www.cybertec-postgresql.com/en/avoid-or-for-better-performance/'],
  check: (read) => saidOfQuery(read, orAcross(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          {
            sql: "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email = 'a@example.com' OR o.created_at = '2024-05-01'",
          },
        ],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'On one table indexes are combined.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM orders WHERE customer_id = $1 OR created_at = $2' },
          { sql: "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email = $1 OR o.status = 'open'" },
        ],
      },
    ],
  },
});
