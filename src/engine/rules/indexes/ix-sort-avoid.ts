import { defineRule } from '../define.ts';
import { saidOfUnserved } from './ix-equality-filter.ts';
import { unservedOf } from './unserved.ts';

const query = (name: string, sql: string) => ({ name: 'addQuery' as const, args: { record: { name, sql } } });
const rows = (table: string | undefined, count: number) => ({
  name: 'setTable' as const,
  args: { id: table ?? '', patch: { facts: { rows: count } } },
});
const POSTS = 'CREATE TABLE posts (id bigint PRIMARY KEY, hidden boolean NOT NULL, published timestamptz NOT NULL, title text);';

export const ixSortAvoid = defineRule({
  id: 'ix-sort-avoid',
  category: 'indexes',
  scope: 'model',
  severity: 'warning',
  title: 'First rows of a sorted table without an index',
  docs: {
    what: 'A query of the workload wants the first rows in an order (ORDER BY with LIMIT) of a table with 10,000 or more, its conditions leave most of them, and no index gives that order.',
    why: 'All rows are read and compared to find a few.',
    todo: 'Add an index on the columns that are equal and then those of the order, in its directions.',
  },
  sources: ['PostgreSQL documentation, Indexes and ORDER BY', 'Use The Index, Luke: Querying Top-N Rows'],
  check: (at) =>
    unservedOf(at).flatMap((table) =>
      table.unserved
        .filter(({ kind }) => kind === 'sort')
        .map((one) =>
          saidOfUnserved(
            table,
            one,
            (names, title) => `${names}: the first rows are wanted, and no index gives those of ${title} in that order.`,
          ),
        ),
    ),
  examples: {
    bad: [
      {
        ddl: POSTS,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 200_000),
          query('front page', 'SELECT title FROM posts WHERE hidden = false ORDER BY published DESC LIMIT 20'),
        ],
        expect: ['posts.hidden'],
      },
    ],
    good: [
      {
        note: 'Backwards serves as well, and all rows have to be sorted anyway.',
        ddl: `${POSTS}\nCREATE INDEX ON posts (published);`,
        given: (document) => [
          rows(Object.keys(document.tables)[0], 200_000),
          query('front page', 'SELECT title FROM posts WHERE hidden = false ORDER BY published DESC LIMIT 20'),
          query('all', 'SELECT title FROM posts ORDER BY title'),
        ],
      },
    ],
  },
});
