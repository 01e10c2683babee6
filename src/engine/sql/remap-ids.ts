import type { Column, ColumnType } from '#model/column-types.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type {
  AnyRecord,
  Collection,
  CustomType,
  Id,
  Relationship,
  Remark,
  Routine,
  Schema,
  Sequence,
  Table,
  Trigger,
  Verbatim,
  View,
} from '#model/types.ts';

type To = (id: Id) => Id;

function optional<K extends string>(key: K, ids: readonly Id[] | undefined, to: To): { [P in K]?: readonly Id[] } {
  const mapped: { [P in K]?: readonly Id[] } = {};
  if (ids !== undefined) mapped[key] = ids.map(to);
  return mapped;
}

function remarks(list: readonly Remark[] | undefined, to: To): { remarks?: readonly Remark[] } {
  if (list === undefined) return {};
  return { remarks: list.map((one) => (one.at === 'before' || one.at === 'end' ? one : { ...one, at: to(one.at) })) };
}

function typeTo(type: ColumnType, to: To): ColumnType {
  return type.kind === 'custom' ? { ...type, type: to(type.type) } : type;
}

function columnTo(column: Column, to: To): Column {
  return { ...column, id: to(column.id), type: typeTo(column.type, to) };
}

function elementsTo<E extends IndexElement>(elements: readonly E[], to: To): E[] {
  return elements.map((one) => (one.column === undefined ? one : { ...one, column: to(one.column) }));
}

/** Included columns are ids on a table and names on a materialized view; names are no ids and stay. */
function indexTo(index: Index, to: To): Index {
  return {
    ...index,
    id: to(index.id),
    elements: elementsTo(index.elements, to),
    ...optional('include', index.include, to),
    ...(index.attachedTo === undefined ? {} : { attachedTo: to(index.attachedTo) }),
  };
}

function tableTo(table: Table, to: To): Table {
  const { partitionOf, partitioning } = table;
  return {
    ...table,
    id: to(table.id),
    schema: to(table.schema),
    columns: table.columns.map((one) => columnTo(one, to)),
    keys: table.keys.map((one) => ({
      ...one,
      id: to(one.id),
      columns: one.columns.map(to),
      ...optional('include', one.include, to),
      ...(one.attachedTo === undefined ? {} : { attachedTo: to(one.attachedTo) }),
    })),
    exclusions: table.exclusions.map((one) => ({
      ...one,
      id: to(one.id),
      elements: elementsTo(one.elements, to),
      ...optional('include', one.include, to),
    })),
    checks: table.checks.map((one) => ({ ...one, id: to(one.id) })),
    indexes: table.indexes.map((one) => indexTo(one, to)),
    policies: table.policies.map((one) => ({ ...one, id: to(one.id) })),
    dependencies: table.dependencies.map((one) => ({
      ...one,
      id: to(one.id),
      determinant: one.determinant.map(to),
      dependent: one.dependent.map(to),
    })),
    ...(partitionOf === undefined ? {} : { partitionOf: { ...partitionOf, parent: to(partitionOf.parent) } }),
    ...(partitioning === undefined ? {} : { partitioning: { ...partitioning, elements: elementsTo(partitioning.elements, to) } }),
    ...optional('inherits', table.inherits, to),
    ...remarks(table.remarks, to),
  };
}

function relationshipTo(one: Relationship, to: To): Relationship {
  return {
    ...one,
    id: to(one.id),
    child: to(one.child),
    parent: to(one.parent),
    childColumns: one.childColumns.map(to),
    parentColumns: one.parentColumns.map(to),
    ...optional('onDeleteColumns', one.onDeleteColumns, to),
    ...optional('realisedBy', one.realisedBy, to),
  };
}

function customTypeTo(type: CustomType, to: To): CustomType {
  const base = { id: to(type.id), schema: to(type.schema), ...remarks(type.remarks, to) };
  switch (type.kind) {
    case 'enum':
      return { ...type, ...base };
    case 'domain':
      return { ...type, ...base, base: typeTo(type.base, to), checks: type.checks.map((one) => ({ ...one, id: to(one.id) })) };
    case 'composite':
      return {
        ...type,
        ...base,
        attributes: type.attributes.map((one) => ({ ...one, id: to(one.id), type: typeTo(one.type, to) })),
      };
    case 'range':
      return { ...type, ...base, subtype: typeTo(type.subtype, to) };
    case 'written':
      return { ...type, ...base };
  }
}

function triggerTo(trigger: Trigger, to: To): Trigger {
  return {
    ...trigger,
    id: to(trigger.id),
    on: to(trigger.on),
    ...optional('updateOf', trigger.updateOf, to),
    ...(trigger.constraintFrom === undefined ? {} : { constraintFrom: to(trigger.constraintFrom) }),
  };
}

/** A record with every id in it, its own included, exchanged. @param to what each id becomes; others come back as they are. */
export function remapRecord(collection: Collection, record: AnyRecord, to: To): AnyRecord {
  switch (collection) {
    case 'tables':
      return tableTo(record as Table, to);
    case 'relationships':
      return relationshipTo(record as Relationship, to);
    case 'types':
      return customTypeTo(record as CustomType, to);
    case 'triggers':
      return triggerTo(record as Trigger, to);
    case 'views': {
      const view = record as View;
      return {
        ...view,
        id: to(view.id),
        schema: to(view.schema),
        indexes: view.indexes.map((one) => indexTo(one, to)),
        ...remarks(view.remarks, to),
      };
    }
    case 'sequences': {
      const sequence = record as Sequence;
      const { ownedBy } = sequence;
      const owner = ownedBy === undefined ? {} : { ownedBy: { table: to(ownedBy.table), column: to(ownedBy.column) } };
      return { ...sequence, id: to(sequence.id), schema: to(sequence.schema), ...owner };
    }
    case 'routines': {
      const routine = record as Routine;
      return { ...routine, id: to(routine.id), schema: to(routine.schema) };
    }
    case 'schemas':
      return { ...(record as Schema), id: to(record.id) };
    case 'verbatim': {
      const raw = record as Verbatim;
      return { ...raw, id: to(raw.id), ...(raw.about === undefined ? {} : { about: to(raw.about) }) };
    }
    default:
      return record;
  }
}
