import { defineRule, fix } from '../define.ts';
import { relationshipLabel } from '../labels.ts';
import { declaredEnds } from './declared-ends.ts';

export const oneToOneNotUnique = defineRule({
  id: 'one-to-one-not-unique',
  category: 'relationships',
  scope: 'relationship',
  severity: 'warning',
  title: 'One-to-one without a unique key',
  docs: {
    what: 'A relationship is declared to have at most one child for each parent, but no key of the child makes its foreign key unique.',
    why: 'The database accepts a second child: what the diagram promises is not enforced.',
    todo: 'Add a unique key over the foreign key columns, or declare the relationship as one to many.',
  },
  sources: ['Checked likewise by database_consistency (has_one without unique index)'],
  check(at) {
    const declared = declaredEnds(at);
    const { relationship, child, parent } = at;
    if (declared?.child !== true || declared.ends.child !== '0..n') return [];
    const { childColumns } = relationship;
    return [
      {
        at: [{ record: relationship.id }, ...childColumns.map((id) => child.ref(id))],
        what: `${parent.title} is declared to have at most one ${child.title}, but ${child.title} (${child.names(childColumns)}) may repeat.`,
        evidence: [relationshipLabel(at.document, relationship)],
        fixes: [
          fix(`Add a unique key on ${child.title} (${child.names(childColumns)})`, {
            name: 'addKey',
            args: { table: child.table.id, part: { kind: 'unique', columns: childColumns } },
          }),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        note: 'The relationship is declared 0..1 at the profile.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE profiles (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users);`,
        given: (document) =>
          Object.values(document.relationships).map((one) => ({
            name: 'setRelationship',
            args: { id: one.id, patch: { declared: { child: '0..1' } } },
          })),
        expect: ['profiles → users'],
      },
    ],
    good: [
      {
        note: 'The relationship is declared 0..1 at the profile.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE profiles (id int PRIMARY KEY, user_id int NOT NULL UNIQUE REFERENCES users);`,
        given: (document) =>
          Object.values(document.relationships).map((one) => ({
            name: 'setRelationship',
            args: { id: one.id, patch: { declared: { child: '0..1' } } },
          })),
      },
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users);`,
      },
    ],
  },
});
