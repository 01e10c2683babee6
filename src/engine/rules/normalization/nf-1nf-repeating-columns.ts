import { defineRule } from '../define.ts';
import { repeatingSeries } from './repeating.ts';

export const nf1nfRepeatingColumns = defineRule({
  id: 'nf-1nf-repeating-columns',
  category: 'normalization',
  scope: 'table',
  severity: 'warning',
  title: 'Numbered columns of one kind',
  docs: {
    what: 'A table has columns such as phone1, phone2, phone3: the same thing several times. Address lines, coordinates and quarters are left alone.',
    why: 'A fourth value needs a new column; searching means looking in each; and nothing keeps a value from being there twice.',
    todo: 'Move them into a child table with one row for each value (with a position if their order matters), or into an array if they are never searched alone.',
  },
  sources: [
    'Bill Karwin, SQL Antipatterns: Multicolumn Attributes',
    'Checked likewise by SchemaCrawler (LinterTableWithIncrementingColumns), pg-index-health',
  ],
  check(at) {
    return repeatingSeries(at).map(({ stem, columns }) => ({
      at: columns.map((column) => at.ref(column.id)),
      what: `${at.title} holds ${stem} ${columns.length} times: ${columns.map((column) => column.name).join(', ')}.`,
    }));
  },
  examples: {
    bad: [
      { ddl: 'CREATE TABLE contacts (id int PRIMARY KEY, phone1 text, phone2 text, phone3 text);', expect: ['contacts.phone1'] },
    ],
    good: [
      { ddl: 'CREATE TABLE contacts (id int PRIMARY KEY, address1 text, address2 text);' },
      {
        note: 'Numbers of other meanings.',
        ddl: 'CREATE TABLE files (id int PRIMARY KEY, md5 text, sha256 text, line1 int, x1 int, y1 int, x2 int, y2 int);',
      },
    ],
  },
});
