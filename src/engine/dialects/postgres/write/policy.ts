import type { Policy } from '#model/table-parts.ts';
import type { Table } from '#model/types.ts';
import { sqlText } from '../../base/write/text.ts';
import { ident } from '../quote.ts';
import { bracketed, remarksAt, remarksBefore } from './parts.ts';
import type { Scope } from './scope.ts';

/** Words that stand for roles and are never quoted. */
const ROLE_WORDS = new Set(['public', 'current_user', 'session_user', 'current_role']);

/** A role's name as SQL. */
export function roleSql(role: string): string {
  return ROLE_WORDS.has(role.toLowerCase()) ? role : ident(role);
}

function policySql(scope: Scope, table: Table, policy: Policy): string {
  scope.checkName(policy.name, policy.id);
  return [
    `CREATE POLICY ${ident(policy.name)} ON ${scope.nameIn(table.schema, table.name)}`,
    policy.restrictive === true ? ' AS RESTRICTIVE' : '',
    policy.command === 'all' ? '' : ` FOR ${policy.command.toUpperCase()}`,
    policy.roles.length === 0 ? '' : ` TO ${policy.roles.map(roleSql).join(', ')}`,
    policy.using === undefined ? '' : `\n    USING ${bracketed(policy.using)}`,
    policy.withCheck === undefined ? '' : `\n    WITH CHECK ${bracketed(policy.withCheck)}`,
  ].join('');
}

/** Writes the policies of a table with their comments. */
export function writePolicies(scope: Scope, table: Table): void {
  for (const policy of table.policies) {
    const text = sqlText(remarksBefore(table.remarks, policy.id))
      .part(policy.id, policySql(scope, table, policy))
      .add(';');
    for (const remark of remarksAt(table.remarks, policy.id, true)) text.add(` ${remark}`);
    scope.put('policy', 'policy', `policy:${policy.id}`, text, policy.id);
    if (policy.comment === undefined) continue;
    const on = `POLICY ${ident(policy.name)} ON ${scope.nameIn(table.schema, table.name)}`;
    scope.put(
      'policy',
      'comment',
      `comment:${policy.id}`,
      sqlText(`COMMENT ON ${on} IS ${scope.comment(policy.comment, policy.id)};`),
      policy.id,
    );
  }
}
