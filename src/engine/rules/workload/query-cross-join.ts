import { defineRule } from '../define.ts';
import { givenQuery } from './given.ts';
import { saidOf } from './place.ts';

const SHOP = `CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id));`;

export const queryCrossJoin = defineRule({
  id: 'query-cross-join',
  category: 'workload',
  scope: 'query',
  severity: 'warning',
  title: 'Query that joins tables without a condition',
  docs: {
    what: 'A query of the workload reads several tables that no condition connects. A CROSS JOIN that is written out is left alone.',
    why: 'Each row of one is paired with every row of the other: the result grows with the product of both, and no index helps.',
    todo: 'Add the condition that connects them, or write CROSS JOIN where every pair is wanted.',
  },
  sources: ['PostgreSQL manual, 7.2.1.1 Joined Tables'],
  check: (at) => saidOf(at, ['joins-without-condition']),
  examples: {
    bad: [
      {
        note: 'The query `SELECT c.name FROM customers c, orders o WHERE c.id = $1` of a workload.',
        ddl: SHOP,
        given: givenQuery('orders of one', 'SELECT c.name FROM customers c, orders o WHERE c.id = $1'),
        expect: ['orders of one'],
      },
    ],
    good: [
      {
        ddl: SHOP,
        given: givenQuery('orders of one', 'SELECT c.name FROM customers c, orders o WHERE c.id = $1 AND o.customer_id = c.id'),
      },
    ],
  },
});
