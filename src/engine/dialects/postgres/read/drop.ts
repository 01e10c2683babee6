import type { DropStmt, Node } from 'libpg-query';
import type { Sql } from '#model/types.ts';
import { lex } from '../lex.ts';
import { type Alteration, keepCommand } from './alteration.ts';
import { as, items, type QualifiedName, qualifiedName, texts } from './ast.ts';
import { removeViews, viewsOn } from './follow.ts';
import { findConstraint, findIndex } from './lookup.ts';
import { failed, note, type Outcome, skipped, withResidue } from './outcome.ts';
import {
  forgetTexts,
  removeColumn,
  removeRelation,
  removeRelationship,
  removeRoutine as removeRoutineRecord,
  removeType,
} from './remove.ts';
import { routinesOf } from './routines.ts';
import type { MutableTable, ReadState } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import { removeKept } from './verbatim.ts';

function removeIndex(state: ReadState, name: QualifiedName): boolean {
  const found = findIndex(state, name);
  if (found?.index === undefined) return false;
  found.owner.indexes = found.owner.indexes.filter((index) => index.id !== found.index.id);
  return true;
}

/** Removes a trigger or policy: its table's name stands before its own. */
function removeOnTable(state: ReadState, parts: readonly string[], collection: 'triggers' | 'policies'): boolean {
  const name = parts.at(-1);
  const on = qualifiedName(parts.slice(0, -1));
  const relation = state.relation(on);
  if (relation === undefined) return false;
  if (collection === 'policies') {
    const table = state.table(on);
    if (table === undefined || !table.policies.some((policy) => policy.name === name)) return false;
    table.policies = table.policies.filter((policy) => policy.name !== name);
    return true;
  }
  const trigger = [...state.records.triggers.values()].find((one) => one.on === relation.id && one.name === name);
  return trigger !== undefined && state.records.triggers.delete(trigger.id);
}

function removeRoutine(statement: Statement, object: Node): boolean {
  const { routines, verbatim } = statement.state.records;
  const found = routinesOf(statement, as(object, 'ObjectWithArgs'));
  for (const { id, name } of found) {
    forgetTexts(statement.state, id);
    routines.delete(id);
    if ([...routines.values()].some((other) => other.name === name)) continue;
    // Calls that were kept as text acted while there was something to call.
    for (const raw of verbatim.values()) if (raw.kind === 'SELECT' && calls(raw.sql, name)) verbatim.delete(raw.id);
  }
  return found.length > 0;
}

function calls(sql: Sql, name: string): boolean {
  const tokens = lex(sql);
  return tokens.some(({ text }, i) => text === name && tokens[i + 1]?.text === '(');
}

/** A schema, and with CASCADE everything in it. */
function removeSchema(statement: Statement, name: string): boolean {
  const { state } = statement;
  const id = state.findSchema(name);
  if (id === undefined) return false;
  for (const kind of ['tables', 'views', 'sequences'] as const) {
    for (const record of [...state.records[kind].values()]) {
      if (record.schema === id) removeRelation(state, { schema: name, name: record.name }, true);
    }
  }
  for (const opaque of state.opaqueIn(id)) removeRelation(state, { schema: name, name: opaque });
  for (const type of [...state.records.types.values()])
    if (type.schema === id) removeType(state, { schema: name, name: type.name }, true);
  for (const routine of [...state.records.routines.values()]) if (routine.schema === id) removeRoutineRecord(state, routine.id);
  forgetTexts(state, id);
  state.dropSchema(name);
  return true;
}

/** A table, view or sequence, and with CASCADE the views that read from it. */
function dropRelation({ state, parser }: Statement, name: QualifiedName, cascade: boolean): boolean {
  const found = cascade ? state.relation(name) : undefined;
  const views = found === undefined ? new Set<string>() : viewsOn(state, parser, { record: found.id });
  const removed = removeRelation(state, name, cascade);
  removeViews(state, views);
  return removed;
}

function remove(statement: Statement, node: DropStmt, object: Node): boolean | MutableTable | undefined {
  const { state } = statement;
  const type = as(object, 'TypeName');
  const parts = type === undefined ? texts(items(object)) : texts(type.names);
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_FOREIGN_TABLE':
      return dropRelation(statement, qualifiedName(parts), node.behavior === 'DROP_CASCADE');
    case 'OBJECT_INDEX':
      return removeIndex(state, qualifiedName(parts));
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return removeType(state, qualifiedName(parts), node.behavior === 'DROP_CASCADE');
    case 'OBJECT_TRIGGER':
      return removeOnTable(state, parts, 'triggers');
    case 'OBJECT_POLICY':
      return removeOnTable(state, parts, 'policies');
    case 'OBJECT_SCHEMA':
      return removeSchema(statement, parts[0] ?? '');
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return removeRoutine(statement, object);
    default:
      return undefined;
  }
}

function labelOf(node: DropStmt, object: Node): string {
  const kind = (node.removeType ?? '').replace('OBJECT_', '').toLowerCase();
  const type = as(object, 'TypeName');
  const args = as(object, 'ObjectWithArgs');
  const parts = type !== undefined ? texts(type.names) : args !== undefined ? texts(args.objname) : texts(items(object));
  return `${kind} ${parts.join('.')}`;
}

/** `DROP ...`: what was read before is gone again, with what stands on it. */
export function drop(statement: Statement, node: DropStmt): Outcome {
  const objects = node.objects ?? [];
  const missing: string[] = [];
  for (const object of objects) {
    const removed = remove(statement, node, object);
    if (removed === undefined) {
      if (objects.length === 1 && removeKept(statement)) return { state: 'modelled', object: labelOf(node, object) };
      if (node.missing_ok === true)
        return skipped('the model does not hold such objects, so there is nothing to drop', labelOf(node, object));
      keepVerbatim(statement, 'DROP', statement.sql, 'last');
      return { state: 'verbatim', object: labelOf(node, object), reason: 'the model does not know such objects' };
    }
    if (typeof removed === 'object') {
      return failed(
        `table ${removed.name} has a column of ${labelOf(node, object)}; PostgreSQL drops it only with CASCADE`,
        labelOf(node, object),
      );
    }
    if (!removed) missing.push(labelOf(node, object));
  }
  const said = objects.map((object) => labelOf(node, object)).join(', ');
  if (missing.length === 0) return { state: 'modelled', object: said };
  if (node.missing_ok === true) return skipped('it is not in the text, so IF EXISTS does nothing', said);
  return failed(`${missing.join(', ')} is not in the text`, said);
}

function namedParts(table: MutableTable): string[] {
  return [...table.keys, ...table.checks, ...table.exclusions, ...table.indexes].flatMap(({ name }) => name ?? []);
}

/** Generated columns that are computed of one that goes under CASCADE. */
function removeComputed(state: ReadState, table: MutableTable, name: string): void {
  for (const { id, generated } of [...table.columns])
    if (generated !== undefined && state.naming.namesIn(generated.expression).has(state.naming.key(name)))
      removeColumn(state, table, id);
}

/** `DROP COLUMN` */
export function dropColumn(alteration: Alteration): void {
  const { statement, table, command } = alteration;
  const column = table.columns.find((one) => one.name === command.name);
  const partitioned = table.partitioning?.elements.some((element) => element.column === column?.id) === true;
  if (column !== undefined && partitioned) {
    withResidue(statement.outcome, `column ${column.name} is part of the partition key; PostgreSQL refuses to drop it`);
  } else if (column !== undefined) {
    const before = namedParts(table);
    const { state, parser } = statement;
    const target = { record: table.id, part: column.id };
    if (command.behavior === 'DROP_CASCADE') removeViews(state, viewsOn(state, parser, target));
    if (command.behavior === 'DROP_CASCADE') removeComputed(state, table, column.name);
    removeColumn(statement.state, table, column.id);
    statement.state.indexNames.forget();
    const after = new Set(namedParts(table));
    const gone = before.filter((name) => !after.has(name));
    // Read as PostgreSQL does it, but nobody asked for these.
    if (gone.length > 0) note(statement.outcome, `with column ${column.name} goes what stands on it: ${gone.join(', ')}`);
  } else if (command.missing_ok !== true) {
    withResidue(statement.outcome, `table ${table.name} has no column ${command.name ?? ''} to drop`);
  }
}

/** `DROP CONSTRAINT` */
export function dropConstraint(alteration: Alteration): void {
  const { statement, table, command } = alteration;
  const { state } = statement;
  const found = findConstraint(state, table, command.name ?? '');
  if (found === undefined) {
    if (command.missing_ok === true) return;
    keepCommand(alteration, `table ${table.name} has no constraint ${command.name ?? ''}`);
    return;
  }
  if (found.kind === 'relationship') removeRelationship(state, found.relationship.id);
  else if (found.kind === 'notNull') {
    for (const column of table.columns) {
      if (column.id !== found.column) continue;
      column.nullable = true;
      delete column.notNullName;
    }
  } else if (found.kind === 'keys') table.keys = table.keys.filter((one) => one.id !== found.id);
  else if (found.kind === 'checks') table.checks = table.checks.filter((one) => one.id !== found.id);
  else table.exclusions = table.exclusions.filter((one) => one.id !== found.id);
}
