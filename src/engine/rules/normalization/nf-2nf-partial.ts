import { defineRule } from '../define.ts';
import { declare } from './declare.ts';
import { sayViolations } from './violations.ts';

export const nf2nfPartial = defineRule({
  id: 'nf-2nf-partial',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'Depends on a part of the key',
  docs: {
    what: 'A column that is in no candidate key depends on only a part of one: the table is not in second normal form. Proved from the dependencies declared on the table and its real keys.',
    why: 'The value is repeated for every row with the same part of the key: it can be changed in one place and not in another, and is lost with the last such row.',
    todo: 'Move the dependent columns into a table whose key is that part of the key, and refer to it.',
  },
  sources: ['E. F. Codd, Further Normalization of the Data Base Relational Model, 1971'],
  check: (at) =>
    sayViolations(at, ['2NF'], ({ determinant, dependent }) => ({
      what: `${at.title} is not in 2NF: ${at.names(dependent)} depends on ${at.names(determinant)}, which is only a part of a key.`,
      todo: `Move ${at.names(dependent)} to a table with the key (${at.names(determinant)}) and let ${at.title} refer to it.`,
    })),
  examples: {
    bad: [
      {
        note: 'Declared: product_id → product_name.',
        ddl: 'CREATE TABLE order_lines (order_id int, product_id int, product_name text, quantity int, PRIMARY KEY (order_id, product_id));',
        given: declare('product_id -> product_name'),
        expect: ['order_lines (product_id → product_name)'],
      },
    ],
    good: [
      {
        note: 'Declared: order_id, product_id → quantity.',
        ddl: 'CREATE TABLE order_lines (order_id int, product_id int, quantity int, PRIMARY KEY (order_id, product_id));',
        given: declare('order_id, product_id -> quantity'),
      },
    ],
  },
});
