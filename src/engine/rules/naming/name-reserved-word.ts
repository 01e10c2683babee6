import { wordCategory } from '../../dialects/postgres/words.ts';
import { defineRule } from '../define.ts';
import { columnNames, namesIn } from './names.ts';
import { renaming, unreserved } from './suggest.ts';

export const nameReservedWord = defineRule({
  id: 'name-reserved-word',
  category: 'naming',
  scope: 'object',
  severity: 'warning',
  title: 'Name that is a reserved word',
  dialects: ['postgresql'],
  docs: {
    what: 'A table, column or other object is called by a word that PostgreSQL reserves: user, order, group, end ... Words that may be a name without quotes are left alone, and so are names of constraints and indexes.',
    why: 'The name must be quoted in every statement; where that is forgotten the statement fails or, as with user, means something else.',
    todo: 'Choose another name: users, orders, account, position_no ...',
  },
  sources: [
    'PostgreSQL documentation, Appendix C: SQL Key Words',
    'Checked likewise by pglinter B010, SchemaCrawler, skeema, sqlfluff RF04',
  ],
  check(at) {
    return namesIn(at)
      .filter(({ name, noun }) => noun !== 'constraint or index' && name === name.toLowerCase())
      .filter(({ name }) => ['reserved', 'typeFunc'].includes(wordCategory(name) ?? ''))
      .map((one) => ({
        at: [one.ref],
        what: `The ${one.noun} name ${one.name} is a reserved word: it needs quotes everywhere.`,
        fixes: renaming([one], ({ name, noun }) => unreserved(name, noun), columnNames(at)),
      }));
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE "user" (id int PRIMARY KEY, "order" int);', expect: ['user', 'user.order'] }],
    good: [
      {
        note: 'Key words that are not reserved.',
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, name text, value int, "position" int, year int);',
      },
    ],
  },
});
