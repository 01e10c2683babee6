import { defineRule } from '../define.ts';
import { type Access, accessName } from '../index-facts.ts';
import { dropFix, PREFIX_RULE, redundantIndexes } from './redundant.ts';

export const ixPrefixRedundant = defineRule({
  id: PREFIX_RULE,
  category: 'indexes',
  scope: 'table',
  severity: 'warning',
  title: 'Index that another one begins with',
  docs: {
    what: 'A plain B-tree index consists of the first columns of another index or key, or of their leading characters, with the same predicate, operator classes and directions (or all of them opposite). Where every index ends with the primary key (InnoDB), naming its columns there makes no difference.',
    why: 'Whatever the shorter one finds the longer one finds too; keeping both costs every write.',
    todo: 'Drop the shorter one. Keep it only where it is much smaller and read very often, and say so. Where advice that was taken made it, what it is worth by cost is said there already, as the reason it is accepted for.',
  },
  sources: [
    'PostgreSQL documentation, Multicolumn Indexes',
    'Checked likewise by pg-index-health (intersected_indexes), pt-duplicate-key-checker',
  ],
  check(at) {
    const name = (access: Access) => accessName(access, at.name);
    return redundantIndexes(at)
      .filter((one) => one.kind === 'prefix')
      .map((one) => ({
        at: [at.ref(one.access.id), at.ref(one.by.id)],
        what: `${name(one.access)} of ${at.title} is what ${name(one.by)} begins with.`,
        fixes: dropFix(at, one, name),
      }));
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE members (organization_id int NOT NULL, user_id int NOT NULL, UNIQUE (organization_id, user_id));
CREATE INDEX members_org ON members (organization_id);`,
        expect: ['members (members_org)'],
      },
      {
        note: 'Each predicate follows from the other.',
        ddl: `CREATE TABLE tasks (id int PRIMARY KEY, owner int, due date, rank int NOT NULL);
CREATE INDEX a ON tasks (owner) WHERE rank > 3;
CREATE INDEX b ON tasks (owner, due) WHERE 3 < rank;`,
        expect: ['tasks (a)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE members (organization_id int NOT NULL, user_id int NOT NULL, role text, UNIQUE (organization_id, user_id));
CREATE INDEX members_user ON members (user_id);
CREATE INDEX members_owner ON members (organization_id) WHERE role = 'owner';
CREATE INDEX members_gin ON members USING brin (organization_id);`,
      },
      {
        note: 'Fewer rows: smaller, and less to read.',
        ddl: `CREATE TABLE tasks (id int PRIMARY KEY, owner int, due date, rank int);
CREATE INDEX a ON tasks (owner) WHERE rank > 5;
CREATE INDEX b ON tasks (owner, due) WHERE rank > 3;`,
      },
    ],
  },
});
