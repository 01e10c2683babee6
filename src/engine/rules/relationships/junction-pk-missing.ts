import { enforcedKeys } from '../../normalize/table-dependencies.ts';
import { defineRule, fix } from '../define.ts';
import { junctionOf } from '../junction.ts';

export const junctionPkMissing = defineRule({
  id: 'junction-pk-missing',
  category: 'relationships',
  scope: 'table',
  severity: 'warning',
  title: 'Link table that allows the same link twice',
  docs: {
    what: 'A table that does nothing but link two others (two foreign keys, perhaps a surrogate key and bookkeeping columns) has no key over the pair. A table with columns of its own is left alone: its pairs may rightly repeat.',
    why: 'The same link can be stored twice; counts and joins through the table then double.',
    todo: 'Make the two foreign keys the primary key, or add a unique key over them.',
  },
  sources: ['Checked likewise by active_record_doctor (missing_unique_indexes)'],
  check(at) {
    const junction = junctionOf(at, true);
    if (junction === undefined) return [];
    const { columns } = junction;
    if (enforcedKeys(at.document, at.table).some((key) => key.columns.every((id) => columns.includes(id)))) return [];
    const primary = at.table.keys.find((key) => key.kind === 'primary');
    const table = at.table.id;
    return [
      {
        at: [at.ref(), ...columns.map((id) => at.ref(id))],
        what: `${at.title} links two tables, but nothing keeps a pair (${at.names(columns)}) from being there twice.`,
        fixes: [
          primary === undefined
            ? fix(`Make (${at.names(columns)}) the primary key`, { name: 'setPrimaryKey', args: { table, columns } })
            : fix(`Add a unique key over (${at.names(columns)})`, {
                name: 'addKey',
                args: { table, part: { kind: 'unique', columns } },
              }),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE post_tags (post_id int NOT NULL REFERENCES posts, tag_id int NOT NULL REFERENCES tags);`,
        expect: ['post_tags'],
      },
      {
        note: 'A surrogate key does not keep the pair unique.',
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE post_tags (id int PRIMARY KEY, post_id int NOT NULL REFERENCES posts, tag_id int NOT NULL REFERENCES tags);`,
        expect: ['post_tags'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE tags (id int PRIMARY KEY);
CREATE TABLE post_tags (post_id int REFERENCES posts, tag_id int REFERENCES tags, PRIMARY KEY (post_id, tag_id));`,
      },
      {
        note: 'A table of its own, not a link: a customer may buy a product twice.',
        ddl: `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE products (id int PRIMARY KEY);
CREATE TABLE purchases (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, product_id int NOT NULL REFERENCES products, price numeric);`,
      },
    ],
  },
});
