import { notInNull } from '../../workload/advice/not-in-null.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qNotInNull = defineRule({
  id: 'q-not-in-null',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'NOT IN over something that may be NULL',
  docs: {
    what: 'NOT IN asks a subquery whose column may be NULL (it is nullable, or an outer join makes it so, and no condition of the subquery leaves NULL out), or a list holds NULL.',
    why: 'Whether a value differs from NULL is unknown: one NULL among what the subquery finds, and the condition is true for no row at all. It is also why such a subquery is not planned as a join.',
    todo: 'Ask NOT EXISTS, or leave NULL out in the subquery.',
  },
  sources: [
    'https://www.postgresql.org/docs/current/functions-subquery.html#FUNCTIONS-SUBQUERY-NOTIN',
    'https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_NOT_IN',
  ],
  check: (read) => saidOfQuery(read, notInNull(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT c.name FROM customers c WHERE c.id NOT IN (SELECT m.manager_id FROM customers m)' }],
        expect: ['Query 1'],
      },
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "SELECT id FROM orders WHERE status NOT IN ('open', NULL)" }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'The column cannot be NULL, or the subquery leaves NULL out.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)' },
          {
            sql: 'SELECT c.name FROM customers c WHERE c.id NOT IN (SELECT m.manager_id FROM customers m WHERE m.manager_id IS NOT NULL)',
          },
        ],
      },
    ],
  },
});
