import { defineRule } from '../define.ts';
import { columnsOfType, renamed, sayColumns } from './by-column.ts';

export const typeJsonNotJsonb = defineRule({
  id: 'type-json-not-jsonb',
  category: 'types',
  scope: 'table',
  severity: 'warning',
  title: 'json instead of jsonb',
  dialects: ['postgresql'],
  docs: {
    what: 'Columns have the type json.',
    why: 'json has no equality: SELECT DISTINCT, GROUP BY and UNION over it fail. It cannot have a GIN index, and is parsed again at every access.',
    todo: 'Use jsonb, unless the text must come back exactly as it was (white space, order and repetition of keys).',
  },
  sources: ['PostgreSQL documentation, JSON Types', 'Checked likewise by strong_migrations, eugene E3, pg-index-health'],
  check: (at) =>
    sayColumns(
      at,
      columnsOfType(at, 'json'),
      (names, several) => `${at.title}: ${names} ${several ? 'are' : 'is'} json, not jsonb.`,
      (column) => (column.generated === undefined ? renamed(column.type, 'jsonb') : undefined),
    ),
  examples: {
    bad: [{ ddl: 'CREATE TABLE events (id int PRIMARY KEY, payload json);', expect: ['events.payload'] }],
    good: [{ ddl: 'CREATE TABLE events (id int PRIMARY KEY, payload jsonb);' }],
  },
});
