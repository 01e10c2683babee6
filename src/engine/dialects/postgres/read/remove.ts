import type { ColumnType } from '#model/column-types.ts';
import type { Id } from '#model/types.ts';
import type { QualifiedName } from './ast.ts';
import type { MutableTable, ReadState } from './state.ts';

/** Removes a foreign key. */
export function removeRelationship(state: ReadState, id: Id): void {
  state.records.relationships.delete(id);
}

/** Statements about something go with it. */
export function forgetTexts(state: ReadState, id: Id): void {
  for (const raw of state.records.verbatim.values()) if (raw.about === id) state.records.verbatim.delete(raw.id);
}

/** Removes a routine with what is said of it. */
export function removeRoutine(state: ReadState, id: Id): boolean {
  forgetTexts(state, id);
  return state.records.routines.delete(id);
}

/** Removes what stands on a table or view and goes with it: foreign keys from and to it, triggers, owned sequences, texts. */
function removeDependents(state: ReadState, id: Id): void {
  for (const link of state.records.relationships.values()) {
    if (link.child === id || link.parent === id) removeRelationship(state, link.id);
  }
  for (const trigger of state.records.triggers.values()) if (trigger.on === id) state.records.triggers.delete(trigger.id);
  forgetTexts(state, id);
  for (const sequence of state.records.sequences.values()) {
    if (sequence.ownedBy?.table !== id) continue;
    state.unregister(sequence.schema, sequence.name);
    state.records.sequences.delete(sequence.id);
  }
}

/** Columns, attributes and domains of a table's row type keep its name as text when the table goes. */
function forgetRowType(state: ReadState, { id, schema, name }: MutableTable): void {
  const plain = { kind: 'other' as const, schema: state.schemaName(schema), name };
  const isIt = (type: ColumnType) => type.kind === 'custom' && type.type === id;
  for (const table of state.records.tables.values())
    for (const column of table.columns) if (isIt(column.type)) column.type = { ...plain };
  for (const other of state.records.types.values()) {
    if (other.kind === 'domain' && isIt(other.base)) other.base = { ...plain };
    if (other.kind !== 'composite') continue;
    for (const one of other.attributes) if (isIt(one.type)) one.type = { ...plain };
  }
}

/** Removes a table with what stands on it and its partitions, and with CASCADE the tables that inherit from it. */
export function removeTable(state: ReadState, table: MutableTable, cascade = false): void {
  state.records.tables.delete(table.id);
  state.unregister(table.schema, table.name);
  removeDependents(state, table.id);
  forgetRowType(state, table);
  for (const other of [...state.records.tables.values()]) {
    const inherits = other.inherits?.includes(table.id) === true;
    if (other.partitionOf?.parent === table.id || (cascade && inherits)) removeTable(state, other, cascade);
    else if (inherits) {
      const rest = (other.inherits ?? []).filter((id) => id !== table.id);
      if (rest.length === 0) delete other.inherits;
      else other.inherits = rest;
    }
  }
}

/** Removes a relation of any kind by name. False when there is none. */
export function removeRelation(state: ReadState, name: QualifiedName, cascade = false): boolean {
  const relation = state.relation(name);
  if (relation === undefined) return false;
  const table = state.table(name);
  if (table !== undefined) {
    removeTable(state, table, cascade);
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
export function removeType(state: ReadState, name: QualifiedName, cascade: boolean): boolean | MutableTable {
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
  forgetTexts(state, type.id);
  return true;
}

function uses(ids: readonly Id[] | undefined, id: Id): boolean {
  return ids?.includes(id) === true;
}

/** Removes a column with the keys, indexes and foreign keys that hold it, as PostgreSQL does; a partition key takes the table along. */
export function removeColumn(state: ReadState, table: MutableTable, id: Id): void {
  const { naming } = state;
  const key = naming.key(state.columnById(table, id)?.name ?? '');
  const named = (sql: string) => naming.namesIn(sql).has(key);
  const holds = (element: { readonly column?: Id; readonly expression?: string }) =>
    element.column === id || (element.expression !== undefined && named(element.expression));
  if (table.partitioning?.elements.some(holds) === true) {
    removeTable(state, table);
    return;
  }
  table.columns = table.columns.filter((column) => column.id !== id);
  table.keys = table.keys.filter((key) => !uses(key.columns, id) && !uses(key.include, id));
  table.indexes = table.indexes.filter(
    (index) => !index.elements.some(holds) && !uses(index.include, id) && !(index.where !== undefined && named(index.where)),
  );
  table.exclusions = table.exclusions.filter((one) => !one.elements.some(holds) && !uses(one.include, id));
  table.checks = table.checks.filter((check) => !named(check.expression));
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
