import { COLLECTIONS, PART_PREFIX, type PartList, recordIn } from './collections.ts';
import { columnOf } from './derive/columns.ts';
import { placementId } from './layout-types.ts';
import type { WorkloadQuery } from './query-types.ts';
import type { AnyRecord, Collection, CustomType, Document, Id, Relationship, Table, Trigger, View } from './types.ts';
import { CONCEPT_CHECKS, REALISERS } from './validate-concept.ts';
import { checkType, type Defect, mustExist, type Note, nameFault, uniqueIds } from './validate-notes.ts';
import { defectsOfQuery } from './validate-query.ts';
import { defectsOfTable } from './validate-table.ts';

function checkRelationship(document: Document, one: Relationship, note: Note): void {
  mustExist(document, note, 'child', one.child, 'tables');
  mustExist(document, note, 'parent', one.parent, 'tables');
  if (one.childColumns.length !== one.parentColumns.length) {
    const [child, parent] = [one.childColumns.length, one.parentColumns.length];
    note('unequal-lists', 'childColumns', `A foreign key pairs its columns: ${child} of the child, ${parent} of the parent.`);
  }
  if (one.manyToMany === true && one.childColumns.length > 0) {
    note('many-to-many-columns', 'childColumns', 'A many-to-many relationship has no columns: a junction table holds them.');
  }
  for (const [end, list] of [['child', 'childColumns'] as const, ['parent', 'parentColumns'] as const]) {
    const table = recordIn(document, 'tables', one[end]);
    one[list].forEach((id, at) => {
      if (table !== undefined && columnOf(document, table, id) === undefined) {
        note('dangling', `${list}[${at}]`, `${id} is no column of ${table.name}.`);
      }
    });
  }
  one.onDeleteColumns?.forEach((id, at) => {
    if (!one.childColumns.includes(id)) note('dangling', `onDeleteColumns[${at}]`, `${id} is no column of this foreign key.`);
  });
  one.realisedBy?.forEach((id, at) => {
    mustExist(document, note, `realisedBy[${at}]`, id, ...REALISERS);
  });
}

function checkCustomType(document: Document, type: CustomType, note: Note): void {
  mustExist(document, note, 'schema', type.schema, 'schemas');
  if (type.kind === 'domain') checkType(document, note, 'base', type.base);
  if (type.kind === 'range') checkType(document, note, 'subtype', type.subtype);
  if (type.kind === 'composite') {
    uniqueIds(type.attributes, 'attributes', note);
    type.attributes.forEach((attribute, at) => {
      checkType(document, note, `attributes[${at}].type`, attribute.type);
    });
  }
  if (type.kind === 'enum' && new Set(type.values).size < type.values.length) {
    note('value-twice', 'values', 'An enum has each value once.');
  }
}

function checkTrigger(document: Document, trigger: Trigger, note: Note): void {
  mustExist(document, note, 'on', trigger.on, 'tables', 'views');
  if (trigger.constraintFrom !== undefined) mustExist(document, note, 'constraintFrom', trigger.constraintFrom, 'tables');
  const table = recordIn(document, 'tables', trigger.on);
  trigger.updateOf?.forEach((id, at) => {
    if (table === undefined || columnOf(document, table, id) === undefined) {
      note('dangling', `updateOf[${at}]`, `${id} is no column of the trigger's table.`);
    }
  });
}

/** The ids of everything inside a record that a {@link Ref} may name. */
export function partIds(record: AnyRecord): ReadonlySet<Id> {
  const ids = new Set<Id>();
  for (const list of [...(Object.keys(PART_PREFIX) as PartList[]), 'attributes']) {
    const parts = (record as unknown as Record<string, unknown>)[list];
    if (!Array.isArray(parts)) continue;
    for (const part of parts) if (typeof part === 'object' && part !== null && 'id' in part) ids.add(String(part.id));
  }
  return ids;
}

const CHECKS: { readonly [C in Collection]?: (document: Document, record: never, note: Note) => void } = {
  tables: (document, table: Table, note) => defectsOfTable(document, table, note),
  relationships: checkRelationship,
  types: checkCustomType,
  views: (document, view: View, note) => {
    mustExist(document, note, 'schema', view.schema, 'schemas');
    uniqueIds(view.indexes, 'indexes', note);
  },
  sequences: (document, sequence: Document['sequences'][string], note) => {
    mustExist(document, note, 'schema', sequence.schema, 'schemas');
    if (sequence.ownedBy === undefined) return;
    const table = recordIn(document, 'tables', sequence.ownedBy.table);
    if (table === undefined || columnOf(document, table, sequence.ownedBy.column) === undefined) {
      note('dangling', 'ownedBy', 'The column that owns the sequence does not exist.');
    }
  },
  routines: (document, routine: Document['routines'][string], note) =>
    mustExist(document, note, 'schema', routine.schema, 'schemas'),
  triggers: checkTrigger,
  verbatim: (document, one: Document['verbatim'][string], note) => {
    if (one.about !== undefined) aboutExists(document, note, 'about', one.about);
  },
  waivers: (document, waiver: Document['waivers'][string], note) => {
    aboutExists(document, note, 'at.record', waiver.at.record);
    const { part } = waiver.at;
    if (part === undefined) return;
    const found = COLLECTIONS.map(({ name }) => recordIn(document, name, waiver.at.record)).find((one) => one !== undefined);
    if (found !== undefined && !partIds(found).has(part)) note('dangling', 'at.part', `${part} is no part of ${found.id}.`);
  },
  decisions: (document, decision: Document['decisions'][string], note) => {
    decision.about?.forEach((id, at) => {
      aboutExists(document, note, `about[${at}]`, id);
    });
  },
  queries: (_document, query: WorkloadQuery, note) => defectsOfQuery(query, note),
  ...CONCEPT_CHECKS,
  placements: (document, placement: Document['placements'][string], note) => {
    mustExist(document, note, 'diagram', placement.diagram, 'diagrams');
    mustExist(document, note, 'object', placement.object, 'tables', 'views', 'entities');
    placed(placement.id, placement.diagram, placement.object, note);
  },
  routes: (document, route: Document['routes'][string], note) => {
    mustExist(document, note, 'diagram', route.diagram, 'diagrams');
    mustExist(document, note, 'relationship', route.relationship, 'relationships', 'associations');
    placed(route.id, route.diagram, route.relationship, note);
  },
  areas: (document, area: Document['areas'][string], note) => mustExist(document, note, 'diagram', area.diagram, 'diagrams'),
  notes: (document, one: Document['notes'][string], note) => mustExist(document, note, 'diagram', one.diagram, 'diagrams'),
};

function placed(id: Id, diagram: Id, object: Id, note: Note): void {
  if (id !== placementId(diagram, object)) note('id-not-derived', 'id', `The id must be ${placementId(diagram, object)}.`);
}

function aboutExists(document: Document, note: Note, path: string, id: Id): void {
  mustExist(document, note, path, id, ...COLLECTIONS.map(({ name }) => name));
}

/** Collections whose records have no database name, or may go without one. */
const UNNAMED: ReadonlySet<Collection> = new Set(['settings', 'areas', 'diagrams']);

/** The broken invariants of one record, looked at within its document. */
export function defectsOfRecord(document: Document, collection: Collection, record: AnyRecord): readonly Defect[] {
  const found: Defect[] = [];
  const note: Note = (code, path, message) => found.push({ code, collection, record: record.id, path, message });
  if ('name' in record && record.name !== undefined && !UNNAMED.has(collection)) {
    const fault = nameFault(record.name);
    if (fault !== undefined) note('name-unusable', 'name', fault);
  }
  CHECKS[collection]?.(document, record as never, note);
  return found;
}

/**
 * Every broken invariant of a document: ids unique, references to what exists, lists of equal length, one primary key,
 * no cycle of partitions or inheritance. Empty for every document that commands, imports and files may make.
 */
export function validate(document: Document): readonly Defect[] {
  const found: Defect[] = [];
  const seen = new Set<Id>();
  for (const { name } of COLLECTIONS) {
    for (const [id, record] of Object.entries(document[name] as Readonly<Record<Id, AnyRecord>>)) {
      const wrong = (code: string, message: string) => found.push({ code, collection: name, record: id, path: 'id', message });
      if (record.id !== id) wrong('id-not-key', `The record under ${id} says its id is ${record.id}.`);
      if (seen.has(id)) wrong('id-twice', `${id} is the id of two records.`);
      seen.add(id);
      found.push(...defectsOfRecord(document, name, record));
    }
  }
  if (recordIn(document, 'settings', 'settings') === undefined) {
    const message = 'The settings are missing.';
    found.push({ code: 'no-settings', collection: 'settings', record: 'settings', path: '', message });
  }
  return found;
}
