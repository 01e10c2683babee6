import { recordIn } from '#model/collections.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Table } from '#model/types.ts';
import type { UseDraft } from './build.ts';
import type { Place } from './conditions.ts';
import type { Resolving } from './resolving.ts';
import { newScope } from './scope.ts';
import type { Expr } from './tree.ts';

/** The owner of a table is not held by its policies unless they are forced (PostgreSQL manual, 5.9). */
function bypasses(table: Table, role: string | undefined): boolean {
  return table.rowSecurity !== 'forced' && role !== undefined && table.owner !== undefined && role === table.owner;
}

function holdsFor(policy: Policy, role: string | undefined, command: Policy['command']): boolean {
  const said = policy.roles.map((one) => one.toLowerCase());
  const anybody = role === undefined || said.length === 0 || said.includes('public');
  return (policy.command === command || policy.command === 'all') && (anybody || policy.roles.includes(role));
}

/**
 * Adds what row-level security asks of a table use: for each command, of the permissive policies one must let a row through,
 * of the restrictive ones all (PostgreSQL manual, 5.9 and CREATE POLICY; an UPDATE that reads must pass those of SELECT too).
 * What an INSERT must satisfy looks for no rows.
 */
export function addPolicies(r: Resolving, use: UseDraft, commands: readonly Policy['command'][], place: Place): void {
  const table = recordIn(r.document, 'tables', use.table);
  if (table?.rowSecurity === undefined || bypasses(table, r.role)) return;
  const at = { start: 0, end: 0 };
  const scope = newScope();
  scope.items.push({
    name: table.name,
    outs: use.columns.map((column) => ({ name: column.name, of: { is: 'base', use: use.at, column: column.id, at } })),
    merged: new Set(),
  });
  const read = (policy: Policy): Expr[] => {
    const expr = r.port.expression(policy.using ?? '');
    return expr === undefined ? [] : [expr];
  };
  const add = (condition: Expr, policy: Policy) => r.where(condition, scope, { ...place, policy: policy.id, spots: false });
  for (const command of commands) {
    const own = table.policies.filter((policy) => policy.using !== undefined && holdsFor(policy, r.role, command));
    const [first, ...others] = own.filter((policy) => policy.restrictive !== true);
    const open = first === undefined ? [] : [first, ...others].flatMap(read);
    if (first !== undefined && open[0] !== undefined) add(open.length === 1 ? open[0] : { is: 'or', items: open, at }, first);
    for (const policy of own) if (policy.restrictive === true) for (const condition of read(policy)) add(condition, policy);
  }
}
