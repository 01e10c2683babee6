import type { Column } from '#model/column-types.ts';
import type { Id } from '#model/types.ts';
import { type Alteration, keepCommand } from './alteration.ts';
import { as, nameOf } from './ast.ts';
import type { MutableTable, ReadState } from './state.ts';
import { boundText } from './tables.ts';
import { sameType } from './types.ts';
import type { Writable } from './writable.ts';

/** True when a partition's column says nothing that its parent's does not say. */
function isInherited(own: Writable<Column>, parent: Writable<Column>): boolean {
  return (
    sameType(own.type, parent.type) &&
    own.nullable === parent.nullable &&
    own.notNullName === parent.notNullName &&
    own.default?.sql === parent.default?.sql &&
    own.generated?.expression === parent.generated?.expression &&
    own.collation === parent.collation &&
    own.storage === parent.storage &&
    own.compression === parent.compression &&
    own.statistics === undefined &&
    own.comment === undefined &&
    own.residue === undefined
  );
}

/** Lets everything in the table that names columns by id name others. */
function renumberColumns(state: ReadState, table: MutableTable, idOf: ReadonlyMap<Id, Id>): void {
  const one = (id: Id) => idOf.get(id) ?? id;
  const some = (ids: readonly Id[]) => ids.map(one);
  for (const key of table.keys) {
    key.columns = some(key.columns);
    if (key.include !== undefined) key.include = some(key.include);
  }
  for (const part of [...table.indexes, ...table.exclusions]) {
    for (const element of part.elements) if (element.column !== undefined) element.column = one(element.column);
    if (part.include !== undefined) part.include = some(part.include);
  }
  for (const element of table.partitioning?.elements ?? []) if (element.column !== undefined) element.column = one(element.column);
  for (const link of state.records.relationships.values()) {
    if (link.child === table.id) {
      link.childColumns = some(link.childColumns);
      if (link.onDeleteColumns !== undefined) link.onDeleteColumns = some(link.onDeleteColumns);
    }
    if (link.parent === table.id) link.parentColumns = some(link.parentColumns);
  }
  for (const trigger of state.records.triggers.values()) {
    if (trigger.on === table.id && trigger.updateOf !== undefined) trigger.updateOf = some(trigger.updateOf);
  }
  for (const sequence of state.records.sequences.values()) {
    if (sequence.ownedBy?.table === table.id) sequence.ownedBy.column = one(sequence.ownedBy.column);
  }
}

/** `ATTACH PARTITION`: the partition keeps only what differs from its parent; the rest is inherited. */
export function attachPartition(alteration: Alteration): void {
  const { statement, table, command, range } = alteration;
  const { state, source } = statement;
  const node = as(command.def, 'PartitionCmd');
  const partition = state.table(nameOf(node?.name));
  if (partition === undefined || partition.id === table.id) {
    keepCommand(alteration, `partition ${nameOf(node?.name).name} is not in the text`);
    return;
  }
  const bound = boundText(statement, source.afterName(range.first + 2));
  const idOf = new Map<Id, Id>();
  const owned = new Set([...state.records.sequences.values()].flatMap(({ ownedBy }) => ownedBy?.column ?? []));
  partition.columns = partition.columns.filter((column) => {
    const inherited = state.column(table, column.name);
    if (inherited === undefined || owned.has(column.id) || !isInherited(column, inherited)) return true;
    idOf.set(column.id, inherited.id);
    return false;
  });
  partition.partitionOf = { parent: table.id, bound };
  delete partition.inherits;
  renumberColumns(state, partition, idOf);
  partition.checks = partition.checks.filter((check) => {
    return (
      check.comment !== undefined || !table.checks.some((one) => one.name === check.name && one.expression === check.expression)
    );
  });
}

/** `DETACH PARTITION`: the table stands alone again, with its own copies of the columns. */
export function detachPartition(alteration: Alteration): void {
  const { statement, table, command } = alteration;
  const { state } = statement;
  const partition = state.table(nameOf(as(command.def, 'PartitionCmd')?.name));
  if (partition?.partitionOf?.parent !== table.id) {
    keepCommand(alteration, 'it is no partition of this table');
    return;
  }
  const idOf = new Map<Id, Id>();
  const columns = table.columns.map((column): Writable<Column> => {
    const own = partition.columns.find((one) => one.name === column.name);
    const id = own?.id ?? state.partId('columns', partition, column.name);
    idOf.set(column.id, id);
    return own ?? { ...column, id };
  });
  partition.columns = columns;
  delete partition.partitionOf;
  renumberColumns(state, partition, idOf);
}
