import { onePerRow } from '../../workload/advice/workload-advice.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfWorkload } from './said.ts';

export const qNPlusOne = defineRule({
  id: 'q-n-plus-one',
  category: 'workload',
  scope: 'workload',
  severity: 'warning',
  title: 'One query for each row of another',
  docs: {
    what: 'A query that looks rows up by one parameter runs at least ten times as often as a query whose rows hold what it looks up, along a foreign key.',
    why: 'Each call is a way to the database and back: a page of a hundred rows asks a hundred and one times.',
    todo: 'Ask for all of them at once, or join.',
  },
  sources: ['https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem'],
  check: (reads) => saidOfWorkload(onePerRow(reads)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT name FROM customers WHERE id = $1', callsPerHour: 5000, name: 'customer by id' },
          { sql: "SELECT id, customer_id FROM orders WHERE status = 'open'", callsPerHour: 50, name: 'open orders' },
        ],
        expect: ['customer by id'],
      },
    ],
    good: [
      {
        note: 'As often, or nothing links them.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT name FROM customers WHERE id = $1', callsPerHour: 100 },
          { sql: "SELECT id, customer_id FROM orders WHERE status = 'open'", callsPerHour: 50 },
          { sql: 'SELECT total FROM orders WHERE id = $1', callsPerHour: 9000 },
        ],
      },
    ],
  },
});
