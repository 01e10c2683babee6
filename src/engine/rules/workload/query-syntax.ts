import { defineRule } from '../define.ts';
import { givenQuery } from './given.ts';
import { saidOf } from './place.ts';

export const querySyntax = defineRule({
  id: 'query-syntax',
  category: 'workload',
  scope: 'query',
  severity: 'error',
  title: 'Query that cannot be read',
  docs: {
    what: 'A query of the workload is not a statement of the document’s dialect.',
    why: 'Nothing is known of what it asks for, so that no advice takes it into account.',
    todo: 'Mend its text in the workload, or remove it there.',
  },
  sources: ['PostgreSQL error 42601 (syntax error)'],
  check: (at) => saidOf(at, ['syntax']),
  examples: {
    bad: [
      {
        note: 'The query `SELECT id FORM orders`.',
        ddl: 'CREATE TABLE orders (id int PRIMARY KEY);',
        given: givenQuery('all orders', 'SELECT id FORM orders WHERE'),
        expect: ['all orders'],
      },
    ],
    good: [{ ddl: 'CREATE TABLE orders (id int PRIMARY KEY);', given: givenQuery('all orders', 'SELECT id FROM orders') }],
  },
});
