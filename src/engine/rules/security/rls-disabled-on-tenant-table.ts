import type { CommandCall } from '#model/commands/registry.ts';
import type { Policy } from '#model/table-parts.ts';
import { memoByIdentity } from '../../memo.ts';
import { defineRule, fix } from '../define.ts';
import type { Facts } from '../facts.ts';
import type { TableContext } from '../table-context.ts';
import { isTenantColumn } from '../words.ts';

/** Columns by which policies of this model tell whose rows they are: tenant columns, and whatever else policies name. */
const ownerColumns = memoByIdentity((facts: Facts): ReadonlyMap<string, Policy> => {
  const owners = new Map<string, Policy>();
  for (const { policies } of facts.tables) {
    for (const { policy, words } of policies) {
      for (const word of words) {
        if ((isTenantColumn(word) || /^(user|owner|author|member)_?id$/.test(word)) && !owners.has(word)) owners.set(word, policy);
      }
    }
  }
  return owners;
});

/** The same policy for this table: only when it speaks of nothing but the column that both tables have. */
function copied(at: TableContext, policy: Policy, column: string, facts: Facts): CommandCall[] {
  const owner = facts.tables.find((one) => one.policies.some((other) => other.policy === policy));
  const words = owner?.policies.find((one) => one.policy === policy)?.words ?? new Set<string>();
  const ownerColumn = [...words].filter((word) => word !== column && at.columns.every((other) => other.name !== word));
  // A word that is another table's name or part of a subquery would mean something else here.
  if (ownerColumn.some((word) => facts.byName.has(word) || ['select', 'from', 'exists'].includes(word))) return [];
  const { id: _, comment: __, ...rest } = policy;
  return [
    { name: 'setTable', args: { id: at.table.id, patch: { rowSecurity: 'enabled' } } },
    { name: 'addPolicy', args: { table: at.table.id, part: rest } },
  ];
}

export const rlsDisabledOnTenantTable = defineRule({
  id: 'rls-disabled-on-tenant-table',
  category: 'security',
  scope: 'tableInModel',
  severity: 'error',
  title: 'Tenant table outside of row-level security',
  dialects: ['postgresql'],
  docs: {
    what: 'Policies of this model tell whose rows they are by a column such as tenant_id; this table has the column too, but no row-level security. Models that use no row-level security at all are left alone.',
    why: 'Every role with access to the table sees and changes the rows of all tenants, while the tables beside it are protected.',
    todo: 'Enable row-level security and add a policy as on the other tables; FORCE it if the application connects as the owner.',
  },
  sources: ['PostgreSQL documentation, Row Security Policies', 'Checked likewise by splinter 0013, schemalint'],
  check(at, facts) {
    const { table } = at;
    if (table.rowSecurity !== undefined || table.policies.length > 0 || table.partitionOf !== undefined) return [];
    const owners = ownerColumns(facts);
    const column = at.columns.find((one) => owners.has(one.name));
    const policy = column === undefined ? undefined : owners.get(column.name);
    if (column === undefined || policy === undefined) return [];
    const calls = copied(at, policy, column.name, facts);
    return [
      {
        at: [at.ref(), at.ref(column.id)],
        what: `${at.title} holds rows of many owners (${column.name}), but row-level security is off.`,
        evidence: [`policy ${policy.name} protects another table by ${column.name}`],
        fixes: calls.length === 0 ? [] : [fix(`Enable row-level security with a policy like ${policy.name}`, ...calls)],
      },
    ];
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE invoices (id int PRIMARY KEY, tenant_id int NOT NULL);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON invoices USING (tenant_id = current_setting('app.tenant')::int);
CREATE TABLE payments (id int PRIMARY KEY, tenant_id int NOT NULL);`,
        expect: ['payments'],
      },
    ],
    good: [
      {
        note: 'No table uses row-level security: the application does it.',
        ddl: 'CREATE TABLE payments (id int PRIMARY KEY, tenant_id int NOT NULL);',
      },
      {
        ddl: `CREATE TABLE invoices (id int PRIMARY KEY, tenant_id int NOT NULL);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON invoices USING (tenant_id = current_setting('app.tenant')::int);
CREATE TABLE currencies (code text PRIMARY KEY);`,
      },
    ],
  },
});
