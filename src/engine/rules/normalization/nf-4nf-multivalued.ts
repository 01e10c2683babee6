import { decomposeFix, defineRule } from '../define.ts';
import { declare } from './declare.ts';
import { canDecompose } from './violations.ts';

export const nf4nfMultivalued = defineRule({
  id: 'nf-4nf-multivalued',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'Independent facts in one table',
  docs: {
    what: 'A declared multivalued dependency starts from columns that are no key: for each of their values, two kinds of values combine freely. The table is not in fourth normal form.',
    why: 'Every value of the one kind is repeated for every value of the other: adding one means adding many rows, and a forgotten one says something that nobody meant.',
    todo: 'Give each kind of values a table of its own.',
  },
  sources: ['R. Fagin, Multivalued Dependencies and a New Normal Form for Relational Databases, ACM TODS 2(3), 1977'],
  check(at) {
    const fixes = canDecompose(at) ? { fixes: [decomposeFix(at.table, 'recommended')] } : {};
    return (at.verdict().multivalued ?? []).map(({ dependency, determinant, dependent }) => {
      const rest = at.columns.filter(({ id }) => !determinant.includes(id) && !dependent.includes(id)).map(({ id }) => id);
      return {
        at: [at.ref(dependency), ...[...determinant, ...dependent].map((id) => at.ref(id))],
        what: `${at.title} is not in 4NF: for each ${at.names(determinant) || 'table'}, ${at.names(dependent)} and ${at.names(rest)} combine freely.`,
        todo: `Keep ${at.names([...determinant, ...dependent])} in one table and ${at.names([...determinant, ...rest])} in another.`,
        ...fixes,
      };
    });
  },
  examples: {
    bad: [
      {
        note: 'Declared: course →→ teacher.',
        ddl: 'CREATE TABLE courses (course text, teacher text, book text, PRIMARY KEY (course, teacher, book));',
        given: declare('course ->> teacher'),
        expect: ['courses (course ↠ teacher)'],
      },
    ],
    good: [
      {
        note: 'Declared: course →→ teacher; but a course has one row.',
        ddl: 'CREATE TABLE courses (course text PRIMARY KEY, teacher text, book text);',
        given: declare('course ->> teacher'),
      },
    ],
  },
});
