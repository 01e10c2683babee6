import { defineRule } from '../define.ts';
import { accessesOf, plainColumns } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';
import { isText, typeFacts } from '../type-facts.ts';
import { snake } from '../words.ts';

/** Stems that stand for "whatever it is"; `event_type, event_id` is more likely an event's own type and id. */
const ROLE =
  /(^|_)(target|item|subject|object|resource|record|entity|parent|owner|model|source|reference|ref|related|linked|context|content|actor|origin|destination)$|able$/;

/** The pair is looked up together, as the two parts of one reference are. */
function indexedTogether(at: TableContext, type: string, id: string): boolean {
  return accessesOf(at.table).some((access) => {
    const columns = plainColumns(access);
    const first = columns?.indexOf(type) ?? -1;
    const second = columns?.indexOf(id) ?? -1;
    return first >= 0 && second >= 0 && Math.abs(first - second) === 1;
  });
}

export const polymorphicAssociation = defineRule({
  id: 'polymorphic-association',
  category: 'relationships',
  scope: 'table',
  severity: 'warning',
  title: 'Reference to one of several tables',
  docs: {
    what: 'A pair of columns such as item_type, item_id names a table and a row of it. The pair must have a name of that kind (target, item, owner, resource, commentable ...) or be indexed together; one whose id has a foreign key is left alone.',
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
      if (!ROLE.test(stem) && !indexedTogether(at, column.id, id.id)) return [];
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
        note: 'An event has a type and an id of its own.',
        ddl: 'CREATE TABLE events (event_id int PRIMARY KEY, event_type text NOT NULL);',
      },
    ],
  },
});
