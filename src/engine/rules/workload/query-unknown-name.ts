import { defineRule } from '../define.ts';
import { givenQuery } from './given.ts';
import { saidOf } from './place.ts';

const SHOP = 'CREATE TABLE orders (id int PRIMARY KEY, customer_id int, total numeric);';

export const queryUnknownName = defineRule({
  id: 'query-unknown-name',
  category: 'workload',
  scope: 'query',
  severity: 'error',
  title: 'Query that names what the model does not have',
  docs: {
    what: 'A query of the workload names a table, column or alias that the model does not have, or a column that several of its tables have. Catalogs of the engine are known.',
    why: 'The query fails when it is executed, or the model lacks something that the application counts on; what stands behind the name is left out of advice.',
    todo: 'Correct the name in the query, or add what it names to the model.',
  },
  sources: ['PostgreSQL errors 42P01 (undefined table), 42703 (undefined column) and 42702 (ambiguous column)'],
  check: (at) => saidOf(at, ['unknown-table', 'unknown-column', 'unknown-alias', 'ambiguous-column']),
  examples: {
    bad: [
      {
        note: 'The query `SELECT totl FROM orders` of a workload.',
        ddl: SHOP,
        given: givenQuery('totals', 'SELECT totl FROM orders'),
        expect: ['totals'],
      },
      {
        note: 'The query `SELECT x.id FROM orders o JOIN customers c ON c.id = o.customer_id`: no alias x, no table customers.',
        ddl: SHOP,
        given: givenQuery('by customer', 'SELECT x.id FROM orders o JOIN customers c ON c.id = o.customer_id'),
        expect: ['by customer', 'by customer'],
      },
    ],
    good: [
      {
        note: 'Every name is known, those of the catalog too.',
        ddl: SHOP,
        given: givenQuery('totals', 'SELECT o.total, c.relname FROM orders o JOIN pg_class c ON true'),
      },
    ],
  },
});
