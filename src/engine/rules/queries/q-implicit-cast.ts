import { implicitCast } from '../../workload/advice/implicit-cast.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qImplicitCast = defineRule({
  id: 'q-implicit-cast',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'A value of another type than the column',
  docs: {
    what: "A column is compared with a literal of another type, and the engine converts the column, not the literal: a text with a number (MySQL, MariaDB, SQL Server, Oracle), a whole number with a fraction (PostgreSQL), varchar with N'…' (SQL Server). So it is with an indexed column that is compared with a column of such a type.",
    why: 'What is converted row by row is found by no index on the column.',
    todo: "Write the value in the column's own type.",
  },
  sources: [
    'https://dev.mysql.com/doc/refman/8.4/en/type-conversion.html',
    'https://www.postgresql.org/docs/current/typeconv-oper.html',
    'https://learn.microsoft.com/sql/t-sql/data-types/data-type-precedence-transact-sql',
  ],
  check: (read) => saidOfQuery(read, implicitCast(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: 'SELECT total FROM orders WHERE customer_id = 42.0' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        note: "A literal of the column's type, or one that becomes it.",
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: 'SELECT total FROM orders WHERE customer_id = 42 AND total = 10' },
          { sql: "SELECT total FROM orders WHERE created_at > '2024-05-01'" },
        ],
      },
    ],
  },
});
