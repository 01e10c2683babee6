import type { AlterTableStmt } from 'libpg-query';
import { alterColumn, COLUMN_COMMANDS } from './alter-column.ts';
import { type Alteration, keepCommand } from './alteration.ts';
import { all, as, nameOf, roleName } from './ast.ts';
import { attachPartition, detachPartition } from './attach.ts';
import { readColumn } from './columns.ts';
import { readConstraint, tableClause } from './constraints.ts';
import { dropColumn, dropConstraint } from './drop.ts';
import { findConstraint, indexOf } from './lookup.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, type Outcome, skipped } from './outcome.ts';
import type { MutableTable, Relation } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Range } from './tokens.ts';

/** Tokens of each command: what follows the table's name, between commas. */
function commandRanges({ source }: Statement, node: AlterTableStmt): Range[] {
  let first = source.afterName(source.at(node.relation?.location ?? 0));
  if (source.token(first)?.text === '*') first++;
  return source.split({ first, last: source.tokens.length - 1 });
}

function setParameters({ statement, table, command }: Alteration, reset: boolean): void {
  const changed = storageParameters(as(command.def, 'List')?.items, statement.source);
  const names = new Set(changed.map((one) => one.name));
  const kept = (table.parameters ?? []).filter((one) => !names.has(one.name));
  const parameters = reset ? kept : [...kept, ...changed];
  if (parameters.length === 0) delete table.parameters;
  else table.parameters = parameters;
}

function replicaIdentity(alteration: Alteration): void {
  const { statement, table, command, range } = alteration;
  const identity = as(command.def, 'ReplicaIdentityStmt');
  for (const index of table.indexes) delete index.replicaIdentity;
  delete table.replicaIdentity;
  if (identity?.identity_type === 'd') return;
  const found = identity?.name === undefined ? undefined : indexOf(statement.state, table, identity.name);
  if (found?.index !== undefined) found.index.replicaIdentity = true;
  else table.replicaIdentity = statement.source.slice({ first: range.first + 2, last: range.last });
}

function clusterOn(alteration: Alteration): void {
  const { statement, table, command } = alteration;
  for (const index of table.indexes) delete index.clustered;
  if (command.subtype === 'AT_DropCluster') return;
  const found = indexOf(statement.state, table, command.name ?? '');
  if (found?.index !== undefined) found.index.clustered = true;
  else keepCommand(alteration, 'CLUSTER ON the index of a key has no field in the model');
}

const TRIGGER_STATES: Readonly<Record<string, 'disabled' | 'replica' | 'always' | 'on'>> = {
  AT_EnableTrig: 'on',
  AT_EnableAlwaysTrig: 'always',
  AT_EnableReplicaTrig: 'replica',
  AT_DisableTrig: 'disabled',
};

function triggerState(alteration: Alteration, setting: 'disabled' | 'replica' | 'always' | 'on'): void {
  const { statement, table, command } = alteration;
  const trigger = [...statement.state.records.triggers.values()].find((one) => one.on === table.id && one.name === command.name);
  if (trigger === undefined) {
    keepCommand(alteration, `trigger ${command.name} is not in the text`);
    return;
  }
  if (setting === 'on') delete trigger.enabled;
  else trigger.enabled = setting;
}

/** Whether `CREATE TABLE ... INHERITS` cannot say a table: it puts the parent's columns first and takes what they generate. */
function isOwnShape(table: MutableTable, parent: MutableTable): boolean {
  const inherited = parent.columns.map(({ name }) => name);
  const own = table.columns.filter(({ name }) => inherited.includes(name));
  const first = table.columns.slice(0, own.length).map(({ name }) => name);
  return own.some(({ generated }) => generated !== undefined) || first.join('\n') !== inherited.join('\n');
}

function inherit(alteration: Alteration, add: boolean): void {
  const { statement, table, command } = alteration;
  const { name } = nameOf(as(command.def, 'RangeVar'));
  const parent = statement.state.table(nameOf(as(command.def, 'RangeVar')));
  if (parent === undefined) {
    keepCommand(alteration, `its parent ${name} is not in the text`);
    return;
  }
  if (add && isOwnShape(table, parent)) {
    keepCommand(alteration, `table ${table.name} has the columns of ${name} in an order or with values of its own`);
    return;
  }
  const others = (table.inherits ?? []).filter((id) => id !== parent.id);
  const ids = add ? [...others, parent.id] : others;
  if (ids.length === 0) delete table.inherits;
  else table.inherits = ids;
}

function addColumn({ statement, table, command, range }: Alteration): void {
  const node = as(command.def, 'ColumnDef');
  if (node === undefined) return;
  if (command.missing_ok === true && statement.state.column(table, node.colname ?? '') !== undefined) return;
  readColumn(statement, table, node, { first: statement.source.at(node.location ?? 0), last: range.last });
  const id = table.columns.find((column) => column.name === node.colname)?.id;
  if (id !== undefined) statement.outcome.part = id;
}

function addConstraint({ statement, table, command, range }: Alteration, alone: boolean): void {
  const node = as(command.def, 'Constraint');
  if (node === undefined) return;
  const before = new Set([...table.keys, ...table.checks, ...table.exclusions].map((part) => part.id));
  readConstraint(statement, table, tableClause(node, { first: range.first + 1, last: range.last }, true), undefined, alone);
  const added = [...table.keys, ...table.checks, ...table.exclusions].find((part) => !before.has(part.id));
  if (added !== undefined) statement.outcome.part = added.id;
}

/** VALIDATE CONSTRAINT and ALTER CONSTRAINT. */
function changeConstraint(alteration: Alteration): void {
  const { statement, table, command } = alteration;
  const change = as(command.def, 'ATAlterConstraint');
  const found = findConstraint(statement.state, table, change?.conname ?? command.name ?? '');
  const part =
    found?.kind === 'relationship'
      ? found.relationship
      : table.checks.find((check) => found?.kind === 'checks' && check.id === found.id);
  if (part === undefined) {
    keepCommand(alteration, `constraint ${change?.conname ?? command.name} is not a check or foreign key of the text`);
    return;
  }
  if (change === undefined) delete part.notValid;
  else if (change.alterEnforceability === true && change.is_enforced !== true) part.notEnforced = true;
  else if (change.alterEnforceability === true) delete part.notEnforced;
  if (change?.alterDeferrability === true && 'child' in part) {
    if (change.deferrable === true) part.deferral = change.initdeferred === true ? 'initially deferred' : 'deferrable';
    else delete part.deferral;
  }
}

/** What belongs to the table as a whole. True when the command was one of these. */
function alterWhole(alteration: Alteration): boolean {
  const { table, command } = alteration;
  switch (command.subtype) {
    case 'AT_ChangeOwner':
      table.owner = roleName(command.newowner);
      return true;
    case 'AT_EnableRowSecurity':
      table.rowSecurity = table.rowSecurity ?? 'enabled';
      return true;
    case 'AT_DisableRowSecurity':
      delete table.rowSecurity;
      return true;
    case 'AT_ForceRowSecurity':
      table.rowSecurity = 'forced';
      return true;
    case 'AT_NoForceRowSecurity':
      if (table.rowSecurity === 'forced') table.rowSecurity = 'enabled';
      return true;
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      setParameters(alteration, command.subtype === 'AT_ResetRelOptions');
      return true;
    case 'AT_SetTableSpace':
      table.tablespace = command.name ?? '';
      return true;
    case 'AT_SetAccessMethod':
      if (command.name !== undefined) table.accessMethod = command.name;
      return true;
    case 'AT_SetLogged':
      delete table.persistence;
      return true;
    case 'AT_SetUnLogged':
      table.persistence = 'unlogged';
      return true;
    case 'AT_ReplicaIdentity':
      replicaIdentity(alteration);
      return true;
    case 'AT_ClusterOn':
    case 'AT_DropCluster':
      clusterOn(alteration);
      return true;
    default:
      return false;
  }
}

function apply(alteration: Alteration, alone: boolean): void {
  const { command } = alteration;
  const subtype = command.subtype ?? '';
  if (alterWhole(alteration)) return;
  if (COLUMN_COMMANDS.has(subtype)) {
    alterColumn(alteration);
    return;
  }
  const trigger = TRIGGER_STATES[subtype];
  if (trigger !== undefined) triggerState(alteration, trigger);
  else if (subtype === 'AT_AddColumn') addColumn(alteration);
  else if (subtype === 'AT_DropColumn') dropColumn(alteration);
  else if (subtype === 'AT_AddConstraint') addConstraint(alteration, alone);
  else if (subtype === 'AT_DropConstraint') dropConstraint(alteration);
  else if (subtype === 'AT_ValidateConstraint' || subtype === 'AT_AlterConstraint') changeConstraint(alteration);
  else if (subtype === 'AT_AttachPartition') attachPartition(alteration);
  else if (subtype === 'AT_DetachPartition') detachPartition(alteration);
  else if (subtype === 'AT_AddInherit' || subtype === 'AT_DropInherit') inherit(alteration, subtype === 'AT_AddInherit');
  else keepCommand(alteration, `${statementWords(alteration)} has no field in the model`);
}

function statementWords({ statement, range }: Alteration): string {
  const last = Math.min(range.first + 2, range.last);
  return statement.source.slice({ first: range.first, last });
}

/** Owner of a view or sequence, which may be set through ALTER TABLE too; anything else is kept as text. */
function alterOther(statement: Statement, node: AlterTableStmt, relation: Relation): Outcome {
  const { state } = statement;
  if (relation.kind === 'opaque') {
    keepVerbatim(statement, 'ALTER TABLE', statement.sql, 'last', relation.id);
    return { state: 'verbatim', object: nameOf(node.relation).name, reason: 'its table is kept as text, and so is this' };
  }
  const record = relation.kind === 'views' ? state.get('views', relation.id) : state.get('sequences', relation.id);
  if (record === undefined) return failed('it is not in the text', nameOf(node.relation).name);
  const object = `${relation.kind === 'views' ? 'view' : 'sequence'} ${state.say(record.schema, record.name)}`;
  const [command] = all(node.cmds, 'AlterTableCmd');
  if (command?.subtype === 'AT_ChangeOwner' && node.cmds?.length === 1) {
    record.owner = roleName(command.newowner);
    return modelled(object, record.id);
  }
  keepVerbatim(statement, `ALTER ${relation.kind === 'views' ? 'VIEW' : 'SEQUENCE'}`, statement.sql, 'last', record.id);
  return { state: 'verbatim', object, record: record.id, reason: 'the model has no field for it' };
}

/** `ALTER TABLE` (and the same on views and sequences). */
export function alterTable(statement: Statement, node: AlterTableStmt): Outcome {
  const { state, outcome } = statement;
  const name = nameOf(node.relation);
  const relation = state.relation(name);
  const table = state.table(name);
  if (table === undefined && relation !== undefined) return alterOther(statement, node, relation);
  if (table === undefined) {
    const said = name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
    const object = `table ${said}`;
    if (node.missing_ok === true) return skipped(`${object} is not in the text, so IF EXISTS does nothing`, object);
    return failed(`there is no ${object} in the text to alter`, object, node.relation?.location);
  }
  Object.assign(outcome, modelled(`table ${state.say(table.schema, table.name)}`, table.id));
  const commands = all(node.cmds, 'AlterTableCmd');
  const ranges = commandRanges(statement, node);
  commands.forEach((command, i) => {
    const range = ranges[i];
    if (range !== undefined) apply({ statement, table, command, range }, commands.length === 1);
  });
  return outcome;
}
