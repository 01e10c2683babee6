import { defineRule } from '../define.ts';
import { type Access, accessName } from '../index-facts.ts';
import { dropFix, redundantIndexes } from './redundant.ts';

export const ixNonuniqueOfUnique = defineRule({
  id: 'ix-nonunique-of-unique',
  category: 'indexes',
  scope: 'table',
  severity: 'warning',
  title: 'Plain index beside a unique one',
  docs: {
    what: 'A plain index has the same columns as a primary key, a unique constraint or a unique index of the table.',
    why: 'The key has an index already: the plain one finds nothing more and costs every write.',
    todo: 'Drop the plain index.',
  },
  sources: ['PostgreSQL documentation, Unique Indexes', 'Checked likewise by active_record_doctor (extraneous_indexes), skeema'],
  check(at) {
    const name = (access: Access) => accessName(access, at.name);
    return redundantIndexes(at)
      .filter((one) => one.kind === 'of-unique')
      .map((one) => ({
        at: [at.ref(one.access.id), at.ref(one.by.id)],
        what: `${name(one.access)} of ${at.title} repeats ${name(one.by)}, which is unique and has an index already.`,
        fixes: dropFix(at, one, name),
      }));
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE);
CREATE INDEX idx_users_email ON users (email);`,
        expect: ['users (idx_users_email)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE);
CREATE INDEX idx_users_email ON users (lower(email));`,
      },
    ],
  },
});
