import type { AlterPolicyStmt, CreatePolicyStmt } from 'libpg-query';
import type { Policy } from '#model/table-parts.ts';
import { all, nameOf, roleName } from './ast.ts';
import { bracketsAfter } from './constraints.ts';
import { failed, modelled, type Outcome } from './outcome.ts';
import type { Statement } from './statement.ts';
import type { Writable } from './writable.ts';

function roles(nodes: CreatePolicyStmt['roles']): string[] {
  const names = all(nodes, 'RoleSpec').map(roleName);
  return names.length === 1 && names[0] === 'PUBLIC' ? [] : names;
}

function clauses(statement: Statement, node: CreatePolicyStmt | AlterPolicyStmt): Pick<Policy, 'using' | 'withCheck'> {
  const range = { first: 0, last: statement.source.tokens.length - 1 };
  return {
    ...(node.qual === undefined ? {} : { using: bracketsAfter(statement, range, 'USING') }),
    ...(node.with_check === undefined ? {} : { withCheck: bracketsAfter(statement, range, 'CHECK') }),
  };
}

/** `CREATE POLICY` */
export function createPolicy(statement: Statement, node: CreatePolicyStmt): Outcome {
  const { state } = statement;
  const on = nameOf(node.table);
  const name = node.policy_name ?? '';
  const object = `policy ${name} on ${on.name}`;
  const table = state.table(on);
  if (table === undefined) return failed(`there is no table ${on.name} in the text`, object, node.table?.location);
  if (table.policies.some((policy) => policy.name === name)) return failed(`${object} is defined a second time`, object);
  const policy: Policy = {
    id: state.partId('policies', table, name),
    name,
    ...(node.permissive === true ? {} : { restrictive: true }),
    command: (node.cmd_name ?? 'all') as Policy['command'],
    roles: roles(node.roles),
    ...clauses(statement, node),
  };
  table.policies.push(policy as Writable<Policy>);
  return modelled(object, table.id, policy.id);
}

/** `ALTER POLICY` */
export function alterPolicy(statement: Statement, node: AlterPolicyStmt): Outcome {
  const { state } = statement;
  const on = nameOf(node.table);
  const object = `policy ${node.policy_name ?? ''} on ${on.name}`;
  const table = state.table(on);
  const policy = table?.policies.find((one) => one.name === node.policy_name);
  if (table === undefined || policy === undefined) return failed(`${object} is not in the text`, object);
  Object.assign(policy, clauses(statement, node));
  if (node.roles !== undefined && node.roles.length > 0) policy.roles = roles(node.roles);
  return modelled(object, table.id, policy.id);
}
