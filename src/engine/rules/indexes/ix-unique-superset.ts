import { defineRule, fix } from '../define.ts';
import { type Access, accessName } from '../index-facts.ts';
import { enforcingNothing } from './redundant.ts';

export const ixUniqueSuperset = defineRule({
  id: 'ix-unique-superset',
  category: 'indexes',
  scope: 'table',
  severity: 'info',
  title: 'Unique index that says nothing new',
  docs: {
    what: 'A unique key or index holds all columns of another one that is unique without the rest. One that a foreign key refers to is left alone, and so is one that finds rows which the other does not.',
    why: 'What is unique by some columns is unique by more of them: each write checks it twice.',
    todo: 'Drop the wider one, or make it a plain index when it is there to find or sort rows.',
  },
  sources: ['Checked likewise by active_record_doctor (extraneous_indexes), pt-duplicate-key-checker'],
  check(at) {
    const name = (access: Access) => accessName(access, at.name);
    return enforcingNothing(at).map(({ access, by }) => ({
      at: [at.ref(access.id), at.ref(by.id)],
      what: `${name(access)} of ${at.title} forbids nothing that ${name(by)} does not forbid already.`,
      fixes: [
        access.origin === 'index'
          ? fix(`Drop ${name(access)} and keep ${name(by)}`, {
              name: 'removeIndexes',
              args: { table: at.table.id, ids: [access.id] },
            })
          : fix(`Drop ${name(access)} and keep ${name(by)}`, {
              name: 'removeKeys',
              args: { table: at.table.id, ids: [access.id] },
            }),
      ],
    }));
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, first_name text UNIQUE, last_name text);\nCREATE UNIQUE INDEX by_name ON users (last_name, first_name);',
        expect: ['users (by_name)'],
      },
    ],
    good: [
      {
        note: 'A foreign key refers to it, to say that both ends are of one tenant.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY, tenant int, UNIQUE (id, tenant));
CREATE TABLE notes (id int PRIMARY KEY, author int, tenant int, FOREIGN KEY (author, tenant) REFERENCES users (id, tenant));`,
      },
      {
        note: 'A part of the rows is unique by less.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text, shop int, gone boolean);
CREATE UNIQUE INDEX ON users (email) WHERE NOT gone;
CREATE UNIQUE INDEX ON users (email, shop);`,
      },
    ],
  },
});
