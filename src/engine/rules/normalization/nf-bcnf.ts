import { defineRule } from '../define.ts';
import { declare } from './declare.ts';
import { sayViolations } from './violations.ts';

export const nfBcnf = defineRule({
  id: 'nf-bcnf',
  category: 'normalization',
  scope: 'table',
  severity: 'info',
  title: 'Determinant that is no key',
  docs: {
    what: 'Columns that are no key determine a column of some candidate key: the table is in third normal form, but not in Boyce-Codd normal form.',
    why: 'The fact is still stored more than once. Splitting may cost a dependency that no single table can check any more.',
    todo: 'Split by the determinant if the dependency that is lost can be checked otherwise; else keep the table and waive this with that reason.',
  },
  sources: ['E. F. Codd, Recent Investigations in Relational Data Base Systems, 1974', 'C. Zaniolo, ACM TODS 7(3), 1982'],
  check: (at) =>
    sayViolations(at, ['EKNF', 'BCNF'], ({ form, determinant, dependent }) => ({
      what: `${at.title} is not in ${form === 'EKNF' ? 'elementary key normal form' : 'BCNF'}: ${at.names(determinant)} determines ${at.names(dependent)} but is no key.`,
    })),
  examples: {
    bad: [
      {
        note: 'Declared: zip → city.',
        ddl: 'CREATE TABLE addresses (city text, street text, zip text NOT NULL, PRIMARY KEY (city, street));',
        given: declare('zip -> city'),
        expect: ['addresses (zip → city)'],
      },
    ],
    good: [
      {
        note: 'Declared: street, zip → city; together they are a key.',
        ddl: 'CREATE TABLE addresses (city text, street text, zip text NOT NULL, PRIMARY KEY (street, zip));',
        given: declare('street, zip -> city'),
      },
    ],
  },
});
