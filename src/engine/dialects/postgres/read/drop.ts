import type { DropStmt, Node } from 'libpg-query';
import type { Id } from '#model/types.ts';
import { type Alteration, keepCommand } from './alteration.ts';
import { as, items, type QualifiedName, qualifiedName, texts } from './ast.ts';
import { findConstraint, findIndex } from './lookup.ts';
import { failed, note, type Outcome, skipped, withResidue } from './outcome.ts';
import { routinesOf } from './routines.ts';
import type { MutableTable, ReadState } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';

function removeRelationship(state: ReadState, id: Id): void {
  state.records.relationships.delete(id);
}

/** Removes what stands on a table or view and goes with it: foreign keys from and to it, triggers, owned sequences, texts. */
function removeDependents(state: ReadState, id: Id): void {
  for (const link of state.records.relationships.values()) {
    if (link.child === id || link.parent === id) removeRelationship(state, link.id);
  }
  for (const trigger of state.records.triggers.values()) if (trigger.on === id) state.records.triggers.delete(trigger.id);
  for (const raw of state.records.verbatim.values()) if (raw.about === id) state.records.verbatim.delete(raw.id);
  for (const sequence of state.records.sequences.values()) {
    if (sequence.ownedBy?.table !== id) continue;
    state.unregister(sequence.schema, sequence.name);
    state.records.sequences.delete(sequence.id);
  }
}

function removeTable(state: ReadState, table: MutableTable): void {
  state.records.tables.delete(table.id);
  state.unregister(table.schema, table.name);
  removeDependents(state, table.id);
  for (const other of [...state.records.tables.values()]) {
    if (other.partitionOf?.parent === table.id) removeTable(state, other);
    else if (other.inherits?.includes(table.id) === true) {
      const rest = other.inherits.filter((id) => id !== table.id);
      if (rest.length === 0) delete other.inherits;
      else other.inherits = rest;
    }
  }
}

/** Removes a relation of any kind by name. False when there is none. */
function removeRelation(state: ReadState, name: QualifiedName): boolean {
  const relation = state.relation(name);
  if (relation === undefined) return false;
  const table = state.table(name);
  if (table !== undefined) {
    removeTable(state, table);
    return true;
  }
  if (relation.kind === 'opaque') {
    state.records.verbatim.delete(relation.id);
    for (const raw of state.records.verbatim.values()) if (raw.about === relation.id) state.records.verbatim.delete(raw.id);
    for (const { schema, name: one } of state.candidates(name)) {
      const id = state.findSchema(schema ?? 'public');
      if (id !== undefined && state.relationIn(id, one)?.id === relation.id) state.unregister(id, one);
    }
    return true;
  }
  const record = state.get(relation.kind, relation.id);
  if (record === undefined || !('schema' in record)) return false;
  state.unregister(record.schema, record.name);
  removeDependents(state, record.id);
  state.records[relation.kind].delete(record.id);
  return true;
}

/** Columns of this type, by table. */
function columnsOfType(state: ReadState, id: Id): { table: MutableTable; column: Id }[] {
  return [...state.records.tables.values()].flatMap((table) =>
    table.columns.flatMap(({ id: column, type }) => (type.kind === 'custom' && type.type === id ? [{ table, column }] : [])),
  );
}

/** Removes a type; columns of it go along with CASCADE. @returns the table that still needs it, when one does. */
function removeType(state: ReadState, name: QualifiedName, cascade: boolean): boolean | MutableTable {
  const id = state.typeId(name);
  const type = id === undefined ? undefined : state.get('types', id);
  if (type === undefined) return false;
  const users = columnsOfType(state, type.id);
  const [user] = users;
  if (user !== undefined && !cascade) return user.table;
  for (const { table, column } of users) removeColumn(state, table, column);
  for (const other of state.records.types.values()) {
    const plain = { kind: 'other' as const, schema: state.schemaName(type.schema), name: type.name };
    if (other.kind === 'domain' && other.base.kind === 'custom' && other.base.type === type.id) other.base = plain;
    if (other.kind === 'range' && other.subtype.kind === 'custom' && other.subtype.type === type.id) other.subtype = plain;
    if (other.kind !== 'composite') continue;
    for (const one of other.attributes) if (one.type.kind === 'custom' && one.type.type === type.id) one.type = plain;
  }
  state.unregisterType(type.schema, type.name);
  state.records.types.delete(type.id);
  return true;
}

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
  const found = routinesOf(statement, as(object, 'ObjectWithArgs'));
  for (const routine of found) statement.state.records.routines.delete(routine.id);
  return found.length > 0;
}

/** A schema, and with CASCADE everything in it. */
function removeSchema(statement: Statement, name: string): boolean {
  const { state } = statement;
  const id = state.findSchema(name);
  if (id === undefined) return false;
  for (const kind of ['tables', 'views', 'sequences'] as const) {
    for (const record of [...state.records[kind].values()]) {
      if (record.schema === id) removeRelation(state, { schema: name, name: record.name });
    }
  }
  for (const type of [...state.records.types.values()])
    if (type.schema === id) removeType(state, { schema: name, name: type.name }, true);
  for (const routine of [...state.records.routines.values()]) if (routine.schema === id) state.records.routines.delete(routine.id);
  state.dropSchema(name);
  return true;
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
      return removeRelation(state, qualifiedName(parts));
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

function uses(ids: readonly Id[] | undefined, id: Id): boolean {
  return ids?.includes(id) === true;
}

/** Removes a column with the keys, indexes and foreign keys that hold it, as PostgreSQL does. */
function removeColumn(state: ReadState, table: MutableTable, id: Id): void {
  const name = state.columnById(table, id)?.name ?? '';
  table.columns = table.columns.filter((column) => column.id !== id);
  table.keys = table.keys.filter((key) => !uses(key.columns, id) && !uses(key.include, id));
  const named = new RegExp(`(^|[^\\w$])${name.replace(/[^\w]/g, '\\$&')}($|[^\\w$])`, 'i');
  const holds = (element: { readonly column?: Id; readonly expression?: string }) =>
    element.column === id || (element.expression !== undefined && named.test(element.expression));
  table.indexes = table.indexes.filter(
    (index) => !index.elements.some(holds) && !uses(index.include, id) && !(index.where !== undefined && named.test(index.where)),
  );
  table.exclusions = table.exclusions.filter((one) => !one.elements.some(holds) && !uses(one.include, id));
  table.checks = table.checks.filter((check) => !named.test(check.expression));
  for (const link of state.records.relationships.values()) {
    const gone = link.child === table.id ? uses(link.childColumns, id) : link.parent === table.id && uses(link.parentColumns, id);
    if (gone) removeRelationship(state, link.id);
  }
  for (const sequence of state.records.sequences.values()) {
    if (sequence.ownedBy?.column !== id) continue;
    state.unregister(sequence.schema, sequence.name);
    state.records.sequences.delete(sequence.id);
  }
}

function namedParts(table: MutableTable): string[] {
  return [...table.keys, ...table.checks, ...table.exclusions, ...table.indexes].flatMap(({ name }) => name ?? []);
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
