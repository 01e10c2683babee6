import { defineRule } from '../define.ts';
import { type Access, accessName } from '../index-facts.ts';
import { dropFix, redundantIndexes } from './redundant.ts';

export const ixDuplicate = defineRule({
  id: 'ix-duplicate',
  category: 'indexes',
  scope: 'table',
  severity: 'warning',
  title: 'Two indexes that are the same',
  docs: {
    what: 'Two indexes or keys of a table have the same columns in the same order, method, operator classes, predicate and uniqueness. Predicates are the same when each follows from the other, and directions when all of them are opposite.',
    why: 'Every write maintains both, both take space, and no query needs the second.',
    todo: 'Drop one; keep the one that a constraint stands on.',
  },
  sources: ['Checked likewise by splinter 0009, pg-index-health, pt-duplicate-key-checker'],
  check(at) {
    const name = (access: Access) => accessName(access, at.name);
    return redundantIndexes(at)
      .filter((one) => one.kind === 'duplicate')
      .map((one) => ({
        at: [at.ref(one.access.id), at.ref(one.by.id)],
        what: `${name(one.access)} of ${at.title} is the same as ${name(one.by)}.`,
        fixes: dropFix(at, one, name),
      }));
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE INDEX users_email ON users (email);
CREATE INDEX users_email_2 ON users (email);`,
        expect: ['users (users_email_2)'],
      },
      {
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, email text CONSTRAINT one UNIQUE, CONSTRAINT two UNIQUE (email));',
        expect: ['users (two)'],
      },
      {
        note: 'Two ways to say the same rows.',
        ddl: `CREATE TABLE jobs (id int PRIMARY KEY, queue text, state int);
CREATE INDEX a ON jobs (queue) WHERE state IN (1, 2);
CREATE INDEX b ON jobs (queue) WHERE state = 2 OR state = 1;`,
        expect: ['jobs (b)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text, active boolean);
CREATE INDEX a ON users (email) WHERE active;
CREATE INDEX b ON users (email) WHERE NOT active;
CREATE INDEX c ON users (email DESC NULLS LAST);
CREATE INDEX d ON users USING hash (email);`,
      },
    ],
  },
});
