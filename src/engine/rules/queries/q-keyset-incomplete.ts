import { keysetIncomplete } from '../../workload/advice/keyset-incomplete.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qKeysetIncomplete = defineRule({
  id: 'q-keyset-incomplete',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'A page that begins in the midst of equal rows',
  docs: {
    what: 'A page begins after a value (`created_at > $1`) of the first column it is sorted by, while further columns make the order total: `ORDER BY created_at, id`.',
    why: 'Where the page before ended among rows with the same value, the rest of them is skipped: nobody ever sees them.',
    todo: 'Compare all columns of the order: `(created_at, id) > ($1, $2)`.',
  },
  sources: ['https://use-the-index-luke.com/sql/partial-results/fetch-next-page'],
  check: (read) => saidOfQuery(read, keysetIncomplete(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT id, created_at FROM orders WHERE created_at > $1 ORDER BY created_at, id LIMIT 20' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: 'What it begins after is unique, the whole order is compared, or nothing says that pages are meant.',
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT id FROM orders WHERE id > $1 ORDER BY id, created_at LIMIT 20' },
          { sql: 'SELECT id FROM orders WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 20' },
          { sql: 'SELECT id FROM orders WHERE created_at > $1 ORDER BY created_at LIMIT 20' },
          { sql: 'SELECT id FROM orders WHERE created_at > $1 OR (created_at = $1 AND id > $2) ORDER BY created_at, id LIMIT 20' },
        ],
      },
    ],
  },
});
