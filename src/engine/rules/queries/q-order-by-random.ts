import { orderByRandom } from '../../workload/advice/order-by-random.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qOrderByRandom = defineRule({
  id: 'q-order-by-random',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Sorted by chance',
  docs: {
    what: 'ORDER BY of a random value over rows of a table.',
    why: 'A random number is made for every row and all of them are sorted for the few that are shown.',
    todo: 'Take a random place in a key (`WHERE id >= …  ORDER BY id LIMIT 1`), TABLESAMPLE, or numbers chosen beforehand.',
  },
  sources: ['https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM', 'Checked likewise by sqlcheck, SOAR CLA.002'],
  check: (read) => saidOfQuery(read, orderByRandom(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id FROM customers ORDER BY random() LIMIT 1' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM customers ORDER BY name LIMIT 1' },
          { sql: 'SELECT n FROM generate_series(1, 10) n ORDER BY random()' },
        ],
      },
    ],
  },
});
