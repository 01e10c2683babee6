import { defineRule } from '../define.ts';
import { isText, typeFacts } from '../type-facts.ts';
import { snake } from '../words.ts';

export const polymorphicAssociation = defineRule({
  id: 'polymorphic-association',
  category: 'relationships',
  scope: 'table',
  severity: 'warning',
  title: 'Reference to one of several tables',
  docs: {
    what: 'A pair of columns such as item_type, item_id names a table and a row of it. A pair whose id has a foreign key is left alone.',
    why: 'No foreign key can be declared on such a pair, so nothing keeps it pointing at a row that exists; every join needs a condition for each type.',
    todo: 'Use one nullable foreign key for each possible parent with a CHECK that exactly one is set, a link table for each parent, or a common supertype table that all parents refer to.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Polymorphic Associations'],
  check(at) {
    return at.table.columns.flatMap((column) => {
      const stem = /^(.+)_type$/.exec(snake(column.name))?.[1];
      const type = typeFacts(at.document, column.type);
      if (stem === undefined || type.isArray || !(isText(type) || column.type.kind === 'custom')) return [];
      const id = at.table.columns.find((other) => snake(other.name) === `${stem}_id`);
      if (id === undefined || at.outgoing.some((one) => one.childColumns.includes(id.id))) return [];
      return [
        {
          at: [at.ref(id.id), at.ref(column.id)],
          what: `${at.title}.${id.name} points into the table that ${column.name} names: no foreign key can hold it.`,
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE comments (id int PRIMARY KEY, target_type text NOT NULL, target_id int NOT NULL);',
        expect: ['comments.target_id'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE photos (id int PRIMARY KEY);
CREATE TABLE comments (id int PRIMARY KEY, post_id int REFERENCES posts, photo_id int REFERENCES photos,
  CHECK (num_nonnulls(post_id, photo_id) = 1));`,
      },
      {
        note: 'A type alone is an ordinary attribute.',
        ddl: 'CREATE TABLE events (id int PRIMARY KEY, event_type text NOT NULL);',
      },
    ],
  },
});
