import { findRecord, recordIn } from '../collections.ts';
import type { ColumnType } from '../column-types.ts';
import type { Hierarchy, MultivaluedAttribute } from '../concept-types.ts';
import { columnOf } from '../derive/columns.ts';
import type { AnyRecord, Collection, Document, Id, Ref, Relationship, Table } from '../types.ts';
import { partIds } from '../validate.ts';
import { entityIn, REALISERS } from '../validate-concept.ts';
import { typeAsName } from './cascade.ts';
import { defaultSchema } from './lookup.ts';

/** What facts of the concept refer to. */
const GROUND = ['schemas', 'types', 'tables', 'views', 'relationships'] as const satisfies readonly Collection[];
const CONCEPT = ['entities', 'associations', 'hierarchies', 'attributes'] as const satisfies readonly Collection[];

const isEmpty = (records: object): boolean => {
  for (const _ in records) return false;
  return true;
};

/**
 * Lets the facts of the concept follow what a command did to the tables: what they refer to and is gone, they forget; a fact
 * of which nothing is left goes. Facts are about the model, and never keep anybody from changing it.
 * @param before the document that the command got, by which types that are gone still have a name.
 */
export function settleConcept(before: Document, after: Document): Document {
  if (CONCEPT.every((name) => isEmpty(before[name]) && isEmpty(after[name]))) return after;
  if ([...GROUND, ...CONCEPT].every((name) => before[name] === after[name])) return after;
  let next = after;
  const follow = <C extends Collection>(collection: C, change: (record: never, document: Document) => AnyRecord | undefined) => {
    let records: Record<Id, AnyRecord> | undefined;
    for (const [id, record] of Object.entries(next[collection] as Readonly<Record<Id, AnyRecord>>)) {
      const now = change(record as never, next);
      if (now === record) continue;
      records ??= { ...(next[collection] as Readonly<Record<Id, AnyRecord>>) };
      if (now === undefined) delete records[id];
      else records[id] = now;
    }
    if (records !== undefined) next = { ...next, [collection]: records };
  };
  follow('entities', (entity: Table, document) => entityNow(before, document, entity));
  follow('associations', (one: Relationship, document) => associationNow(document, one));
  follow('hierarchies', (one: Hierarchy, document) => hierarchyNow(document, one));
  follow('attributes', (one: MultivaluedAttribute, document) => attributeNow(document, one));
  const gone = goneFrom(before, next);
  return gone.size === 0 ? next : withoutMentions(next, gone);
}

/** Facts that were there and are nowhere any more. */
function goneFrom(before: Document, after: Document): ReadonlySet<Id> {
  const gone = new Set<Id>();
  for (const name of CONCEPT) {
    if (before[name] === after[name]) continue;
    for (const id of Object.keys(before[name])) if (findRecord(after, id) === undefined) gone.add(id);
  }
  return gone;
}

function entityNow(before: Document, document: Document, entity: Table): Table | undefined {
  const schema = recordIn(document, 'schemas', entity.schema) === undefined ? defaultSchema(document) : entity.schema;
  if (schema === undefined) return undefined;
  const known = (type: ColumnType) =>
    type.kind !== 'custom' ||
    (['types', 'tables', 'views'] as const).some((name) => recordIn(document, name, type.type) !== undefined);
  const stays = entity.columns.every((column) => known(column.type));
  if (stays && schema === entity.schema) return entity;
  const columns = stays
    ? entity.columns
    : entity.columns.map((one) => (known(one.type) ? one : { ...one, type: typeAsName(before, one.type) }));
  return { ...entity, schema, columns };
}

/** A list without ids that are nowhere; the same list when all are there. */
function existing(document: Document, ids: readonly Id[] | undefined): readonly Id[] | undefined {
  return ids?.every((id) => isThere(document, id)) === true ? ids : ids?.filter((id) => isThere(document, id));
}

const isThere = (document: Document, id: Id): boolean =>
  REALISERS.some((collection) => recordIn(document, collection, id) !== undefined);

function withList<T extends { readonly realisedBy?: readonly unknown[] }>(one: T, list: readonly unknown[] | undefined): T {
  if (list === one.realisedBy) return one;
  const { realisedBy: _, ...rest } = one;
  return (list === undefined || list.length === 0 ? rest : { ...rest, realisedBy: list }) as T;
}

function associationNow(document: Document, one: Relationship): Relationship | undefined {
  const [child, parent] = [entityIn(document, one.child), entityIn(document, one.parent)];
  if (child === undefined || parent === undefined) return undefined;
  const pairs = one.childColumns.map((id, at) => [id, one.parentColumns[at] as Id] as const);
  const left = pairs.filter(([a, b]) => columnOf(document, child, a) !== undefined && columnOf(document, parent, b) !== undefined);
  const listed = withList(one, existing(document, one.realisedBy));
  if (left.length === pairs.length) return listed;
  const { onDeleteColumns: _, period: __, ...rest } = listed;
  return { ...rest, childColumns: left.map(([a]) => a), parentColumns: left.map(([, b]) => b) };
}

function refExists(document: Document, { record, part }: Ref): boolean {
  const found = findRecord(document, record);
  return found !== undefined && (part === undefined || partIds(found.record).has(part));
}

function hierarchyNow(document: Document, one: Hierarchy): Hierarchy | undefined {
  if (entityIn(document, one.supertype) === undefined) return undefined;
  const subtypes = one.subtypes.filter((id) => entityIn(document, id) !== undefined);
  if (subtypes.length === 0) return undefined;
  const refs = one.realisedBy?.every((ref) => refExists(document, ref)) === false;
  const listed = refs
    ? withList(
        one,
        one.realisedBy?.filter((ref) => refExists(document, ref)),
      )
    : one;
  return subtypes.length === one.subtypes.length ? listed : { ...listed, subtypes };
}

function attributeNow(document: Document, one: MultivaluedAttribute): MultivaluedAttribute | undefined {
  const entity = entityIn(document, one.entity);
  if (entity === undefined) return undefined;
  if (one.held === undefined) return columnOf(document, entity, one.column) === undefined ? undefined : one;
  return withList(one, existing(document, one.realisedBy));
}

/** Without places, routes, statements and mentions of records that went. */
function withoutMentions(document: Document, gone: ReadonlySet<Id>): Document {
  const keep = <T>(records: Readonly<Record<Id, T>>, stays: (record: T) => boolean): Readonly<Record<Id, T>> =>
    Object.values(records).every(stays)
      ? records
      : Object.fromEntries(Object.entries(records).filter(([, record]) => stays(record)));
  const decisions = Object.values(document.decisions).some((one) => one.about?.some((id) => gone.has(id)) === true)
    ? Object.fromEntries(
        Object.entries(document.decisions).map(([id, { about, ...one }]) => {
          const left = about?.filter((each) => !gone.has(each)) ?? [];
          return [id, left.length === 0 ? one : { ...one, about: left }];
        }),
      )
    : document.decisions;
  const links = Object.values(document.relationships).some((one) => one.realisedBy?.some((id) => gone.has(id)) === true)
    ? Object.fromEntries(
        Object.entries(document.relationships).map(([id, one]) => [
          id,
          one.realisedBy?.some((each) => gone.has(each)) === true
            ? withList(
                one,
                one.realisedBy.filter((each) => !gone.has(each)),
              )
            : one,
        ]),
      )
    : document.relationships;
  return {
    ...document,
    relationships: links,
    decisions,
    placements: keep(document.placements, (one) => !gone.has(one.object)),
    routes: keep(document.routes, (one) => !gone.has(one.relationship)),
    waivers: keep(document.waivers, (one) => !gone.has(one.at.record)),
    verbatim: keep(document.verbatim, (one) => one.about === undefined || !gone.has(one.about)),
  };
}
