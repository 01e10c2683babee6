import { defineRule, fix } from '../define.ts';

export const rlsPolicyButDisabled = defineRule({
  id: 'rls-policy-but-disabled',
  category: 'security',
  scope: 'table',
  severity: 'error',
  title: 'Policies without row-level security',
  dialects: ['postgresql'],
  docs: {
    what: 'A table has policies, but row-level security is not enabled on it.',
    why: 'The policies have no effect: every row is open to every role that may read the table.',
    todo: 'Enable row-level security, or remove the policies.',
  },
  sources: ['PostgreSQL documentation, ALTER TABLE ... ENABLE ROW LEVEL SECURITY', 'Checked likewise by splinter 0007'],
  check(at) {
    if (at.table.rowSecurity !== undefined || at.table.policies.length === 0) return [];
    const names = at.table.policies.map((policy) => policy.name).join(', ');
    return [
      {
        at: [at.ref(), ...at.table.policies.map((policy) => at.ref(policy.id))],
        what: `${at.title} has policies (${names}), but row-level security is off: they do nothing.`,
        fixes: [
          fix(`Enable row-level security on ${at.title}`, {
            name: 'setTable',
            args: { id: at.table.id, patch: { rowSecurity: 'enabled' } },
          }),
        ],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
CREATE POLICY own ON notes USING (owner = current_user);`,
        expect: ['notes'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);`,
      },
    ],
  },
});
