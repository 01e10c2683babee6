import { leadingWildcard } from '../../workload/advice/leading-wildcard.ts';
import { defineRule } from '../define.ts';
import { EXAMPLE_SHOP } from './example-shop.ts';
import { saidOfQuery } from './said.ts';

export const qLeadingWildcard = defineRule({
  id: 'q-leading-wildcard',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Text looked for within values',
  docs: {
    what: 'LIKE or ILIKE with a pattern that begins with % or _ (a literal, or a value that is given for the parameter), on a column without an index for text within values, where no key finds the row.',
    why: 'An index in the order of the values can only be entered at a beginning: every value is read.',
    todo: 'Make an index of the parts of values, or look for beginnings.',
  },
  sources: ['https://www.postgresql.org/docs/current/pgtrgm.html', 'Checked likewise by SOAR ARG.001, sqlcheck'],
  check: (read) => saidOfQuery(read, leadingWildcard(read)),
  examples: {
    bad: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [{ sql: "SELECT id FROM customers WHERE name LIKE '%son'" }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: EXAMPLE_SHOP,
        queries: [
          { sql: "SELECT id FROM customers WHERE name LIKE 'son%'" },
          { sql: "SELECT id FROM customers WHERE id = $1 AND name LIKE '%son%'" },
          { sql: "SELECT id FROM customers WHERE name NOT LIKE '%son'" },
        ],
      },
    ],
  },
});
