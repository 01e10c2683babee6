import { ident } from '../../dialects/postgres/quote.ts';
import { defineRule, fix, type Said } from '../define.ts';
import { type Access, accessesOf, accessName, plainColumns } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';
import { isSoftDelete, wordsOf } from '../words.ts';

/** Values that no person chooses never come back after a deletion. */
function isGenerated(at: TableContext, id: string): boolean {
  const column = at.column(id);
  if (column === undefined) return false;
  if (column.identity !== undefined || (column.type.kind === 'builtin' && /^uuid$|serial/.test(column.type.name))) return true;
  return (
    /gen_random_uuid|uuid_generate|nextval|uuidv7/i.test(column.default?.sql ?? '') ||
    wordsOf(column.name).some((word) => word === 'token' || word === 'uuid')
  );
}

function look(at: TableContext, access: Access, deleted: { id: string; name: string }): Said[] {
  const columns = plainColumns(access);
  if (!access.unique || access.origin === 'primary' || access.where !== undefined || columns === undefined) return [];
  if (columns.includes(deleted.id) || columns.some((id) => isGenerated(at, id))) return [];
  const table = at.table.id;
  const referenced = at.incoming.some(
    (one) => one.parentColumns.length === columns.length && one.parentColumns.every((id) => columns.includes(id)),
  );
  const part = {
    ...(access.name === undefined ? {} : { name: access.name }),
    unique: true,
    elements: access.elements,
    ...(access.include.length === 0 ? {} : { include: access.include }),
    where: `${ident(deleted.name)} IS NULL`,
  };
  const replace = fix(
    `Make it a unique index over rows that are not deleted`,
    access.origin === 'index'
      ? { name: 'removeIndexes', args: { table, ids: [access.id] } }
      : { name: 'removeKeys', args: { table, ids: [access.id] } },
    { name: 'addIndex', args: { table, part } },
  );
  return [
    {
      at: [at.ref(access.id), at.ref(deleted.id)],
      what: `${accessName(access, at.name)} of ${at.title} also counts rows that are marked deleted (${deleted.name}).`,
      fixes: referenced ? [] : [replace],
    },
  ];
}

export const uniqueSoftDeleteConflict = defineRule({
  id: 'unique-soft-delete-conflict',
  category: 'keys',
  scope: 'table',
  severity: 'warning',
  title: 'Unique key counts deleted rows',
  docs: {
    what: 'A table marks rows as deleted (deleted_at, removed_on ...), and a unique key of it covers those rows too. Keys over generated values (identity, uuid, tokens) are left alone.',
    why: 'A deleted row keeps its value taken: the same email, slug or number cannot be used again.',
    todo: 'Use a partial unique index: UNIQUE (...) WHERE deleted_at IS NULL. Where partial indexes do not exist, make the deletion mark part of the key.',
  },
  sources: ['PostgreSQL documentation, Partial Indexes (example 11.3)', 'Related: active_record_doctor unindexed_deleted_at'],
  check(at) {
    const deleted = at.columns.find((column) => isSoftDelete(column.name) && column.nullable);
    return deleted === undefined ? [] : accessesOf(at.table).flatMap((access) => look(at, access, deleted));
  },
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL CONSTRAINT users_email UNIQUE, deleted_at timestamptz);',
        expect: ['users (users_email)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, deleted_at timestamptz);
CREATE UNIQUE INDEX users_email ON users (email) WHERE deleted_at IS NULL;`,
      },
      { ddl: 'CREATE TABLE users (id int PRIMARY KEY, invite_token text NOT NULL UNIQUE, deleted_at timestamptz);' },
    ],
  },
});
