import { recordIn } from '#model/collections.ts';
import type { Fix } from '../../finding.ts';
import { defineRule, fix, type Said } from '../define.ts';
import { type Access, accessesOf, accessName, plainColumns } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';

function fixesOf(at: TableContext, access: Access, holes: readonly string[]): Fix[] {
  const table = at.table.id;
  const fixes: Fix[] = [];
  if (holes.every((id) => at.owns(id))) {
    const calls = holes.map((id) => ({ name: 'setColumn', args: { table, id, patch: { nullable: false } } }) as const);
    fixes.push(fix(`Make ${at.names(holes)} NOT NULL`, ...calls));
  }
  if ((recordIn(at.document, 'settings', 'settings')?.version ?? 0) >= 15) {
    const args = { table, id: access.id, patch: { nullsNotDistinct: true } };
    fixes.push(
      fix(
        'Let NULLs count as equal (NULLS NOT DISTINCT)',
        access.origin === 'index' ? { name: 'setIndex', args } : { name: 'setKey', args },
      ),
    );
  }
  return fixes;
}

function look(at: TableContext, access: Access): Said[] {
  const columns = plainColumns(access);
  if (
    !access.unique ||
    access.origin === 'primary' ||
    access.where !== undefined ||
    access.nullsNotDistinct ||
    columns === undefined
  )
    return [];
  const holes = columns.filter((id) => !at.notNull(id));
  if (holes.length === 0) return [];
  const several = columns.length > 1;
  return [
    {
      at: [at.ref(access.id), ...holes.map((id) => at.ref(id))],
      // One nullable unique column is often meant so: "at most one owner, if any".
      severity: several ? 'warning' : 'info',
      what: `${accessName(access, at.name)} of ${at.title} is unique, but ${at.names(holes)} may be NULL.`,
      why: several
        ? `Two NULLs are never equal: rows that agree on everything else can repeat as soon as ${at.names(holes)} is NULL.`
        : `Any number of rows may have NULL in ${at.names(holes)}; SQL Server would accept one. It cannot serve as a key either.`,
      fixes: fixesOf(at, access, holes),
    },
  ];
}

export const uniqueNullableColumn = defineRule({
  id: 'unique-nullable-column',
  category: 'keys',
  scope: 'table',
  severity: 'warning',
  title: 'Unique over columns that may be NULL',
  docs: {
    what: 'A unique constraint or unique index covers a column that may be NULL. Partial indexes, NULLS NOT DISTINCT and expressions are left alone. A single column is only mentioned; several together are a warning.',
    why: 'In SQL two NULLs are never equal, so rows with a NULL escape the constraint.',
    todo: 'Make the columns NOT NULL, declare NULLS NOT DISTINCT (PostgreSQL 15), or use a partial unique index that says which rows are meant.',
  },
  sources: [
    'PostgreSQL documentation, Constraints: Unique Constraints',
    'Checked likewise by SchemaCrawler (LinterNullColumnsInIndex)',
  ],
  check: (at) => accessesOf(at.table).flatMap((access) => look(at, access)),
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE seats (id int PRIMARY KEY, show_id int NOT NULL, row_no int, CONSTRAINT seats_once UNIQUE (show_id, row_no));',
        expect: ['seats (seats_once)'],
      },
      {
        note: 'A single column is mentioned, without alarm.',
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, phone text CONSTRAINT users_phone UNIQUE);',
        expect: ['users (users_phone)'],
      },
    ],
    good: [
      { ddl: 'CREATE TABLE seats (id int PRIMARY KEY, show_id int NOT NULL, row_no int NOT NULL, UNIQUE (show_id, row_no));' },
      { ddl: 'CREATE TABLE seats (id int PRIMARY KEY, show_id int, row_no int, UNIQUE NULLS NOT DISTINCT (show_id, row_no));' },
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE UNIQUE INDEX users_email ON users (email) WHERE email IS NOT NULL;`,
      },
    ],
  },
});
