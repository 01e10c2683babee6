import { defineRule } from '../define.ts';
import { isText, typeFacts } from '../type-facts.ts';
import { snake } from '../words.ts';

export const typeSerialisedList = defineRule({
  id: 'type-serialised-list',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'List of values in one text',
  docs: {
    what: 'A text column is called as if it held a list: tags, role_ids, country_list, values_csv. Arrays are left alone.',
    why: 'No foreign key can refer to the parts, no plain index finds them, and adding or removing one means rewriting the text.',
    todo: 'Use a link table with one row for each value; or an array with a GIN index where the values refer to nothing.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Jaywalking', 'Checked likewise by sqlcheck, SOAR LIT.003'],
  check(at) {
    return at.table.columns.flatMap((column) =>
      /(^|_)(ids|tags|list|csv)$/.test(snake(column.name)) && isText(typeFacts(at.document, column.type))
        ? [{ at: [at.ref(column.id)], what: `${at.title}.${column.name} looks like a list of values in one text.` }]
        : [],
    );
  },
  examples: {
    bad: [{ ddl: 'CREATE TABLE posts (id int PRIMARY KEY, tag_ids text);', expect: ['posts.tag_ids'] }],
    good: [
      { ddl: 'CREATE TABLE posts (id int PRIMARY KEY, tag_ids int[]);' },
      { ddl: 'CREATE TABLE posts (id int PRIMARY KEY, wish_listed boolean);' },
    ],
  },
});
