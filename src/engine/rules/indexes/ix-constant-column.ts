import type { IndexElement } from '#model/table-parts.ts';
import { foldCase } from '../../dialects/postgres/lex.ts';
import { defineRule } from '../define.ts';
import type { TableContext } from '../table-context.ts';
import { constantColumns } from './predicate.ts';

/** A flag or a mark of deletion: nothing else to order the few rows by was wanted, and the column costs little. */
function isFlag(at: TableContext, elements: readonly IndexElement[]): boolean {
  return elements.every(({ column }) => {
    const type = column === undefined ? undefined : at.column(column)?.type;
    return type?.kind === 'builtin' && ['boolean', 'timestamp', 'timestamptz', 'date'].includes(type.name);
  });
}

export const ixConstantColumn = defineRule({
  id: 'ix-constant-column',
  category: 'indexes',
  scope: 'table',
  severity: 'warning',
  title: 'Index on a column its predicate makes constant',
  docs: {
    what: 'A partial index has a key column that its WHERE clause fixes to one value, such as ON users (status) WHERE status = ’active’. Flags and dates are only mentioned.',
    why: 'Every entry has the same value there: the column orders nothing and only makes the index larger. The predicate alone already selects the rows.',
    todo: 'Index the column that queries look up or sort by among those rows, and keep the predicate.',
  },
  sources: ['PostgreSQL documentation, Partial Indexes'],
  check(at) {
    return at.table.indexes.flatMap((index) => {
      if (index.where === undefined || (index.method ?? 'btree') !== 'btree') return [];
      const constant = new Set(constantColumns(index.where));
      const fixed = index.elements.filter(({ column }) => {
        const name = column === undefined ? undefined : at.name(column);
        return name !== undefined && (constant.has(name) || constant.has(foldCase(name)));
      });
      if (fixed.length === 0) return [];
      const names = at.names(fixed.flatMap((element) => element.column ?? []));
      const whole = fixed.length === index.elements.length;
      return [
        {
          at: [at.ref(index.id), ...fixed.flatMap(({ column }) => (column === undefined ? [] : [at.ref(column)]))],
          severity: whole && !isFlag(at, fixed) ? ('warning' as const) : ('info' as const),
          what: `${index.name ?? `An index of ${at.title}`} indexes ${names}, which WHERE ${index.where} makes the same in every entry.`,
          ...(index.unique === true && whole
            ? { why: 'Unique over a constant: at most one such row can exist. If that is meant, waive this with that reason.' }
            : {}),
        },
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, status varchar(20) NOT NULL, created_at timestamptz);
CREATE INDEX idx_users_status ON users (status) WHERE status = 'active';`,
        expect: ['users (idx_users_status)'],
      },
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, deleted_at timestamptz);
CREATE INDEX idx_users_alive ON users (deleted_at) WHERE deleted_at IS NULL;`,
        expect: ['users (idx_users_alive)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, status varchar(20) NOT NULL, created_at timestamptz);
CREATE INDEX a ON users (created_at) WHERE status = 'active';
CREATE INDEX b ON users (status) WHERE status <> 'deleted';
CREATE INDEX c ON users (status) WHERE status = 'active' OR status = 'invited';`,
      },
    ],
  },
});
