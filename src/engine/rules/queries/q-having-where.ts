import { havingWhere } from '../../workload/advice/having-where.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qHavingWhere = defineRule({
  id: 'q-having-where',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'HAVING about rows',
  docs: {
    what: 'A condition of HAVING looks at nothing but columns that are grouped by.',
    why: 'All rows are grouped and aggregated, and whole groups thrown away afterwards; in WHERE an index may find the rows.',
    todo: 'Move the condition to WHERE.',
  },
  sources: ['https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-GROUP'],
  check: (read) => saidOfQuery(read, havingWhere(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "SELECT status, count(*) FROM orders GROUP BY status HAVING status <> 'open' AND count(*) > 5" }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > 5' },
          { sql: "SELECT status, max(note) FROM orders GROUP BY status HAVING max(note) > 'a' OR status = 'open'" },
        ],
      },
    ],
  },
});
