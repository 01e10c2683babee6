import { TRAITS } from '../../dialects/base/traits.ts';
import type { Fix } from '../../finding.ts';
import { defineRule, fix, type RelationshipContext, type Said } from '../define.ts';

type Event = 'onDelete' | 'onUpdate';

function fixesOf(at: RelationshipContext, event: Event, columns: readonly string[]): Fix[] {
  const { relationship, child } = at;
  const primary = child.table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const fixes: Fix[] = [];
  if (columns.every((id) => child.owns(id) && !primary.includes(id))) {
    const calls = columns.map(
      (id) => ({ name: 'setColumn', args: { table: child.table.id, id, patch: { nullable: true } } }) as const,
    );
    fixes.push(fix(`Allow NULL in ${child.title}.${child.names(columns)}`, ...calls));
  }
  const { dialect = 'postgresql' } = at.document.settings['settings'] ?? {};
  const action = TRAITS[dialect].saysRestrict === true ? 'restrict' : 'no action';
  const patch = {
    [event]: action === 'restrict' ? action : null,
    ...(event === 'onDelete' ? { onDeleteColumns: null } : {}),
  } as const;
  fixes.push(
    fix(
      `${event === 'onDelete' ? 'Refuse to delete' : 'Refuse to change'} a ${at.parent.title} that is referred to (${action.toUpperCase()})`,
      {
        name: 'setRelationship',
        args: { id: relationship.id, patch },
      },
    ),
  );
  return fixes;
}

function look(at: RelationshipContext, event: Event): Said[] {
  const { relationship, child, parent } = at;
  const action = relationship[event];
  if (action !== 'set null' && action !== 'set default') return [];
  const set = (event === 'onDelete' ? relationship.onDeleteColumns : undefined) ?? relationship.childColumns;
  const broken = set.filter((id) => {
    const given = child.column(id)?.default;
    return child.notNull(id) && (action === 'set null' || given === undefined || given.kind === 'null');
  });
  if (broken.length === 0) return [];
  const clause = `ON ${event === 'onDelete' ? 'DELETE' : 'UPDATE'} ${action.toUpperCase()}`;
  return [
    {
      at: [{ record: relationship.id }, ...broken.map((id) => child.ref(id))],
      what: `${clause} would put NULL into ${child.title}.${child.names(broken)}, which is NOT NULL.`,
      why: `${event === 'onDelete' ? 'Deleting' : 'Changing the key of'} a row of ${parent.title} that is referred to always fails, with an error about ${child.title}.`,
      fixes: fixesOf(at, event, broken),
    },
  ];
}

export const fkSetNullOnNotNull = defineRule({
  id: 'fk-set-null-on-not-null',
  category: 'relationships',
  scope: 'relationship',
  severity: 'error',
  title: 'SET NULL on a column that is NOT NULL',
  docs: {
    what: 'A foreign key says SET NULL, or SET DEFAULT without a default, on columns that may not be NULL.',
    why: 'The action can never succeed: it fails when a parent is deleted, long after the schema was accepted.',
    todo: 'Allow NULL in the column, or choose another action (RESTRICT, CASCADE).',
  },
  sources: ['PostgreSQL documentation, Constraints: Foreign Keys'],
  check: (at) => [...look(at, 'onDelete'), ...look(at, 'onUpdate')],
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author_id int NOT NULL REFERENCES users ON DELETE SET NULL);`,
        expect: ['posts → users'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author_id int REFERENCES users ON DELETE SET NULL);`,
      },
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author_id int NOT NULL DEFAULT 0 REFERENCES users ON DELETE SET DEFAULT);`,
      },
    ],
  },
});
