import { recordIn } from './collections.ts';
import type { Hierarchy, MultivaluedAttribute } from './concept-types.ts';
import { columnOf } from './derive/columns.ts';
import type { Collection, Document, Id, Relationship, Table } from './types.ts';
import { mustExist, type Note } from './validate-notes.ts';
import { defectsOfTable } from './validate-table.ts';

/** What may realise a fact; what did and is realised by others by now is among the last two. */
export const REALISERS = ['tables', 'relationships', 'entities', 'associations'] as const satisfies readonly Collection[];

/** The record of a table, or of an entity that stands in the concept only. */
export function entityIn(document: Document, id: Id): Table | undefined {
  return recordIn(document, 'tables', id) ?? recordIn(document, 'entities', id);
}

function checkEntity(document: Document, entity: Table, note: Note): void {
  if (entity.partitionOf !== undefined || entity.inherits !== undefined || entity.partitioning !== undefined) {
    note('entity-inherits', 'columns', 'An entity of the concept has columns of its own: it neither inherits nor has partitions.');
  }
  defectsOfTable(document, entity, note);
}

function checkAssociation(document: Document, one: Relationship, note: Note): void {
  if (one.childColumns.length !== one.parentColumns.length) {
    note('unequal-lists', 'childColumns', 'A relationship pairs its columns: both lists have the same length.');
  }
  for (const [end, list] of [['child', 'childColumns'] as const, ['parent', 'parentColumns'] as const]) {
    mustExist(document, note, end, one[end], 'tables', 'entities');
    const entity = entityIn(document, one[end]);
    one[list].forEach((id, at) => {
      if (entity !== undefined && columnOf(document, entity, id) === undefined) {
        note('dangling', `${list}[${at}]`, `${id} is no column of ${entity.name}.`);
      }
    });
  }
  one.realisedBy?.forEach((id, at) => {
    mustExist(document, note, `realisedBy[${at}]`, id, ...REALISERS);
  });
}

function checkHierarchy(document: Document, one: Hierarchy, note: Note): void {
  mustExist(document, note, 'supertype', one.supertype, 'tables', 'entities');
  if (one.subtypes.length === 0) note('no-subtypes', 'subtypes', 'A subtype hierarchy has at least one subtype.');
  one.subtypes.forEach((id, at) => {
    mustExist(document, note, `subtypes[${at}]`, id, 'tables', 'entities');
    if (id === one.supertype || one.subtypes.indexOf(id) < at) {
      note('subtype-twice', `subtypes[${at}]`, 'A subtype is there once, and is another table than its supertype.');
    }
  });
  one.realisedBy?.forEach(({ record }, at) => {
    mustExist(document, note, `realisedBy[${at}]`, record, ...REALISERS, 'types');
  });
}

function checkAttribute(document: Document, one: MultivaluedAttribute, note: Note): void {
  mustExist(document, note, 'entity', one.entity, 'tables', 'entities');
  const entity = entityIn(document, one.entity);
  if (one.held !== undefined && one.held.id !== one.column) {
    note('dangling', 'held', 'The column that is held is another one than the attribute names.');
  }
  if (one.held === undefined && entity !== undefined && columnOf(document, entity, one.column) === undefined) {
    note('dangling', 'column', `${one.column} is no column of ${entity.name}.`);
  }
  one.realisedBy?.forEach((id, at) => {
    mustExist(document, note, `realisedBy[${at}]`, id, ...REALISERS);
  });
}

/** The invariants of what stands in the concept. */
export const CONCEPT_CHECKS = {
  entities: checkEntity,
  associations: checkAssociation,
  hierarchies: checkHierarchy,
  attributes: checkAttribute,
} as const;
