import { staleReferences } from '../../sql/expressions.ts';
import { defineRule } from '../define.ts';
import { labelOf } from '../labels.ts';

export const staleReference = defineRule({
  id: 'stale-reference',
  category: 'references',
  scope: 'text',
  severity: 'error',
  title: 'SQL text that names something that is gone',
  dialects: ['postgresql'],
  docs: {
    what: 'A check, default, generated column, index, policy, view or trigger names a column or relation that the model does not have. Names that an extension or a function may bring are given the benefit of the doubt.',
    why: 'The statement fails when the DDL is executed.',
    todo: 'Correct the name, or remove what names it.',
  },
  sources: ['PostgreSQL errors 42703 (undefined column) and 42P01 (undefined table)'],
  check: (at) =>
    staleReferences(at.document, at.parser, at.record.id).map((stale) => ({
      at: [stale.ref],
      what: `${labelOf(at.document, stale.ref)} names the ${stale.kind} ${stale.name}, which does not exist.`,
      evidence: [stale.sql],
    })),
  examples: {
    bad: [
      {
        note: 'The view was written for a column that has gone since.',
        ddl: `CREATE TABLE orders (id int PRIMARY KEY, total numeric);
CREATE VIEW big AS SELECT id FROM orders WHERE total > 100;`,
        given: (document) =>
          Object.values(document.tables).map((table) => ({
            name: 'putRecords',
            args: {
              label: 'Remove column total',
              put: [
                { collection: 'tables', record: { ...table, columns: table.columns.filter((column) => column.name !== 'total') } },
              ],
            },
          })),
        expect: ['big'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE orders (id int PRIMARY KEY, total numeric CHECK (total > 0));
CREATE VIEW big AS SELECT o.id FROM orders o WHERE o.total > 100;`,
      },
    ],
  },
});
