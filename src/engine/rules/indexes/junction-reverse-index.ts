import { defineRule, fix } from '../define.ts';
import { serves } from '../index-facts.ts';
import { junctionOf } from '../junction.ts';
import { servingAccesses } from './serving.ts';

export const junctionReverseIndex = defineRule({
  id: 'junction-reverse-index',
  category: 'indexes',
  scope: 'table',
  severity: 'warning',
  title: 'Link table with one direction only',
  dialects: ['postgresql', 'sqlite', 'mssql', 'oracle'],
  docs: {
    what: 'A table that links two others has a key over both foreign keys, but no index begins with the second one.',
    why: 'The key finds the links of one side; the other direction, and every delete there, reads the whole table.',
    todo: 'Add an index with the columns in the opposite order.',
  },
  sources: ['Checked likewise by splinter 0001, pg-index-health'],
  check(at) {
    const junction = junctionOf(at, false);
    if (junction === undefined) return [];
    const accesses = servingAccesses(at.document, at.table);
    if (!accesses.some((access) => access.unique && access.where === undefined && serves(access, junction.columns, at.column)))
      return [];
    return [junction.first, junction.second].flatMap((relationship, index) => {
      if (accesses.some((access) => serves(access, relationship.childColumns, at.column))) return [];
      const other = (index === 0 ? junction.second : junction.first).childColumns;
      const columns = [...relationship.childColumns, ...other];
      return [
        {
          at: [at.ref(), { record: relationship.id }, ...relationship.childColumns.map((id) => at.ref(id))],
          what: `${at.title} has no index that begins with ${at.names(relationship.childColumns)}: its links are found from one side only.`,
          fixes: [
            fix(`Add an index on ${at.title} (${at.names(columns)})`, {
              name: 'addIndex',
              args: { table: at.table.id, part: { elements: columns.map((column) => ({ column })) } },
            }),
          ],
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE post_tags (post_id int REFERENCES posts, tag_id int REFERENCES tags, PRIMARY KEY (post_id, tag_id));`,
        expect: ['post_tags'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE post_tags (post_id int REFERENCES posts, tag_id int REFERENCES tags, PRIMARY KEY (post_id, tag_id));
CREATE INDEX ON post_tags (tag_id, post_id);`,
      },
    ],
  },
});
