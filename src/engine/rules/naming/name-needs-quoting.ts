import { defineRule } from '../define.ts';
import { columnNames, namesIn } from './names.ts';
import { plain, renaming } from './suggest.ts';

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

export const nameNeedsQuoting = defineRule({
  id: 'name-needs-quoting',
  category: 'naming',
  scope: 'object',
  severity: 'info',
  title: 'Names that must be quoted',
  dialects: ['postgresql'],
  docs: {
    what: 'Names hold capitals, spaces, dashes or other characters that PostgreSQL keeps only in quotes. One finding for each object and its columns; constraints and indexes, which queries do not name, are left alone.',
    why: 'PostgreSQL folds unquoted names to lower case: every query must quote these forever, and one that does not fails.',
    todo: 'Use lower_case_with_underscores; map to other spellings in the application.',
  },
  sources: [
    'PostgreSQL wiki, Don’t Do This: Don’t use upper case table or column names',
    'Checked likewise by SchemaCrawler, pglinter B005',
  ],
  check(at) {
    const names = namesIn(at).filter(({ name, noun }) => noun !== 'constraint or index' && !PLAIN.test(name));
    const [first] = names;
    if (first === undefined) return [];
    const shown = names
      .slice(0, 6)
      .map((one) => one.name)
      .join(', ');
    return [
      {
        at: names.map((one) => one.ref),
        what:
          names.length === 1
            ? `The ${first.noun} name ${first.name} needs quotes in every statement.`
            : `${names.length} names need quotes in every statement: ${shown}${names.length > 6 ? ' …' : ''}.`,
        fixes: renaming(names, ({ name, noun }) => plain(name, noun), columnNames(at)),
      },
    ];
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE "OrderLines" (id int PRIMARY KEY, "unitPrice" numeric);', expect: ['OrderLines'] }],
    good: [
      { ddl: 'CREATE TABLE OrderLines (id int PRIMARY KEY, unit_price numeric, CONSTRAINT "Positive" CHECK (unit_price > 0));' },
    ],
  },
});
