import { defineRule } from '../define.ts';

export const rlsEnabledNoPolicy = defineRule({
  id: 'rls-enabled-no-policy',
  category: 'security',
  scope: 'table',
  severity: 'warning',
  title: 'Row-level security without a policy',
  dialects: ['postgresql'],
  docs: {
    what: 'Row-level security is enabled on a table that has no policy.',
    why: 'Without a policy everything is denied: other roles than the owner see an empty table and can insert nothing.',
    todo: 'Add the policies that say who may see and change what, or disable row-level security.',
  },
  sources: ['PostgreSQL documentation, Row Security Policies', 'Checked likewise by splinter 0008'],
  check(at) {
    if (at.table.rowSecurity === undefined || at.table.policies.length > 0) return [];
    return [
      { at: [at.ref()], what: `Row-level security is on for ${at.title}, but it has no policy: nobody but the owner sees a row.` },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
        expect: ['notes'],
      },
    ],
    good: [{ ddl: 'CREATE TABLE notes (id int PRIMARY KEY, owner text);' }],
  },
});
