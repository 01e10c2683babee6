import { defineRule } from '../define.ts';
import { declare } from './declare.ts';
import { sayViolations } from './violations.ts';

export const nf3nfTransitive = defineRule({
  id: 'nf-3nf-transitive',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'Depends on the key through another column',
  docs: {
    what: 'A column that is in no candidate key depends on columns that are no key: the table is not in third normal form. Proved from the dependencies declared on the table and its real keys.',
    why: 'The fact is stored once for every row instead of once: rows can disagree about it, and it cannot be stored before there is a row.',
    todo: 'Move the dependent columns into a table whose key is their determinant, and refer to it. If the value is that of its time (a price when ordered), mark the dependency temporal; if the copy is wanted, accept it with the reason and what keeps it equal.',
  },
  sources: ['E. F. Codd, Further Normalization of the Data Base Relational Model, 1971', 'P. A. Bernstein, ACM TODS 1(4), 1976'],
  check: (at) =>
    sayViolations(at, ['3NF'], ({ determinant, dependent }) => ({
      what: `${at.title} is not in 3NF: ${at.names(dependent)} depends on ${at.names(determinant) || 'nothing at all'}, which is no key.`,
      ...(determinant.length === 0
        ? { todo: `Every row has the same ${at.names(dependent)}: keep it in one place of its own.` }
        : {
            todo: `Move ${at.names(dependent)} to a table with the key (${at.names(determinant)}) and let ${at.title} refer to it.`,
          }),
    })),
  examples: {
    bad: [
      {
        note: 'Declared: zip → city, state.',
        ddl: 'CREATE TABLE customers (id int PRIMARY KEY, name text, zip text, city text, state text);',
        given: declare('zip -> city, state'),
        expect: ['customers (zip → city, state)'],
      },
    ],
    good: [
      {
        note: 'Declared: email → name; but email is a key.',
        ddl: 'CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text);',
        given: declare('email -> name'),
      },
      {
        note: 'Declared: zip → city, accepted because it is read often; a trigger keeps it.',
        ddl: 'CREATE TABLE customers (id int PRIMARY KEY, name text, zip text, city text);',
        given: declare('zip -> city', {
          exempt: { kind: 'accepted', reason: 'read often', maintenance: 'trigger', date: '2026-01-01' },
        }),
      },
      {
        note: 'Declared: product → price, but of its time.',
        ddl: 'CREATE TABLE order_lines (id int PRIMARY KEY, product int, price numeric);',
        given: declare('product -> price', { exempt: { kind: 'temporal', reason: 'price when ordered', date: '2026-01-01' } }),
      },
    ],
  },
});
