import { skewedParameter } from '../../workload/advice/skewed-parameter.ts';
import { defineRule } from '../define.ts';
import { commonOf, EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qSkewedParameter = defineRule({
  id: 'q-skewed-parameter',
  category: 'workload',
  scope: 'advice',
  severity: 'info',
  title: 'A parameter that means few rows or most',
  docs: {
    what: "A parameter is compared with a column of which one value makes up half of the rows or more, while the calls ask mostly for a rare one. Known from the column's common values and from what is declared of the parameter.",
    why: 'A prepared statement is soon planned once for all values, by the average: a full scan where the rare value had an index, or the other way round.',
    todo: 'Plan it for each value (`plan_cache_mode = force_custom_plan`), write the rare value as a literal, or index the rare rows alone.',
  },
  sources: [
    'https://www.postgresql.org/docs/current/sql-prepare.html',
    'https://use-the-index-luke.com/sql/where-clause/bind-parameters',
  ],
  check: (read) => saidOfQuery(read, skewedParameter(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          {
            sql: 'SELECT id FROM orders WHERE status = $1',
            parameters: [{ name: '$1', values: [{ sql: "'open'", share: 0.95 }] }],
          },
        ],
        given: (document) =>
          commonOf(document, 'orders', 'status', [
            { value: 'closed', share: 0.97 },
            { value: 'open', share: 0.01 },
          ]),
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          {
            sql: 'SELECT id FROM orders WHERE status = $1',
            parameters: [{ name: '$1', values: [{ sql: "'closed'", share: 0.95 }] }],
          },
          { sql: 'SELECT id FROM orders WHERE status = $1' },
        ],
        given: (document) =>
          commonOf(document, 'orders', 'status', [
            { value: 'closed', share: 0.97 },
            { value: 'open', share: 0.01 },
          ]),
      },
    ],
  },
});
