import { recordIn } from '../collections.ts';
import type { Hierarchy } from '../concept-types.ts';
import type { Document, Id, Relationship, Table } from '../types.ts';
import { columnOf, columnsOf } from './columns.ts';
import { endsOf } from './ends.ts';
import { linksOf } from './links.ts';

/** A table that only holds the pairs of a many-to-many relationship, and what it relates. */
export interface Pairs {
  readonly table: Table;
  readonly first: Relationship;
  readonly second: Relationship;
  /** Its columns that hold no key: attributes of the relationship itself. */
  readonly own: readonly Id[];
}

/** Relationships of the concept by the entities they touch: those resolved away included, what realises them left out. */
interface Conceptual {
  readonly outgoing: (id: Id) => readonly Relationship[];
  readonly incoming: (id: Id) => readonly Relationship[];
}

function conceptualLinks(document: Document): Conceptual {
  const links = linksOf(document);
  const associations = Object.values(document.associations);
  if (associations.length === 0) {
    return { outgoing: (id) => links.byChild.get(id) ?? [], incoming: (id) => links.byParent.get(id) ?? [] };
  }
  const realising = new Set(associations.flatMap((one) => one.realisedBy ?? []));
  const both = (end: 'child' | 'parent', known: readonly Relationship[] | undefined, id: Id) => [
    ...(known ?? []).filter((one) => !realising.has(one.id)),
    ...associations.filter((one) => one[end] === id),
  ];
  return {
    outgoing: (id) => both('child', links.byChild.get(id), id),
    incoming: (id) => both('parent', links.byParent.get(id), id),
  };
}

/**
 * The table as the pairs of two others: exactly two foreign keys that share no column, and nothing refers to it.
 * Undefined when it is more than that.
 */
function pairsOf(document: Document, links: Conceptual, table: Table): Pairs | undefined {
  const columns = columnsOf(document, table);
  const place = (one: Relationship) => columns.findIndex(({ id }) => id === one.childColumns[0]);
  const keys = links.outgoing(table.id).filter((one) => one.childColumns.length > 0);
  // In the order of its columns: that does not change with what the relationships are called or kept in.
  const [first, second, third] = keys.toSorted((a, b) => place(a) - place(b));
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  if (links.incoming(table.id).length > 0 || table.partitionOf !== undefined) return undefined;
  const held = new Set([...first.childColumns, ...second.childColumns]);
  if (held.size !== first.childColumns.length + second.childColumns.length) return undefined;
  const own = columns.flatMap(({ id }) => (held.has(id) ? [] : [id]));
  return { table, first, second, own };
}

/** Whether a column is one that the database fills by itself, such as the time of the last change. */
function fillsItself(document: Document, table: Table, id: Id): boolean {
  const column = columnOf(document, table, id);
  return column?.default?.kind === 'expression' || column?.generated !== undefined || column?.identity !== undefined;
}

/** Whether nobody would call the table a thing of its own: the pair is its key, and the database fills what else it has. */
function isPlain(document: Document, { table, first, second, own }: Pairs): boolean {
  const key = table.keys.find((one) => one.kind === 'primary')?.columns ?? [];
  const held = new Set([...first.childColumns, ...second.childColumns]);
  return key.length === held.size && key.every((id) => held.has(id)) && own.every((id) => fillsItself(document, table, id));
}

/** What the concept of a document hides, and what it shows instead. */
export interface Concept {
  /** Tables and relationships that only realise something that is shown. */
  readonly hidden: ReadonlySet<Id>;
  /** Junction tables by the many-to-many relationship that they realise; by their own id where nobody declared one. */
  readonly pairs: ReadonlyMap<Id, Pairs>;
  /** Columns that realise a hierarchy, by table. */
  readonly gained: ReadonlyMap<Id, ReadonlySet<Id>>;
}

const memo = new WeakMap<Document['tables'], { readonly from: Document; readonly concept: Concept }>();

/** Whether nothing that the concept follows from has changed. */
function sameConcept(a: Document, b: Document): boolean {
  return (
    a.relationships === b.relationships &&
    a.associations === b.associations &&
    a.hierarchies === b.hierarchies &&
    a.attributes === b.attributes &&
    a.entities === b.entities
  );
}

/** Whether the keys already make a subtype's table share the key of its supertype's. */
export function sharesKey(document: Document, hierarchy: Hierarchy, one: Relationship): boolean {
  if (one.parent !== hierarchy.supertype || !hierarchy.subtypes.includes(one.child) || one.childColumns.length === 0) return false;
  const ends = endsOf(document, one);
  return ends.child === '0..1' && ends.parent === '1';
}

function build(document: Document): Concept {
  const hidden = new Set<Id>();
  const pairs = new Map<Id, Pairs>();
  const gained = new Map<Id, Set<Id>>();
  const hide = (ids: readonly Id[] | undefined) => {
    for (const id of ids ?? []) hidden.add(id);
  };
  const settled = new Set<Id>();
  const links = conceptualLinks(document);
  for (const one of [...Object.values(document.relationships), ...Object.values(document.associations)]) {
    if (one.manyToMany !== true || one.realisedBy === undefined) continue;
    const table = one.realisedBy.map((id) => recordIn(document, 'tables', id)).find((found) => found !== undefined);
    const found = table === undefined ? undefined : pairsOf(document, links, table);
    if (table !== undefined) settled.add(table.id);
    if (found === undefined) continue;
    pairs.set(one.id, found);
    hide([found.table.id, found.first.id, found.second.id]);
  }
  for (const one of Object.values(document.associations)) if (one.manyToMany !== true) hide(one.realisedBy);
  for (const one of Object.values(document.attributes)) if (one.held !== undefined) hide(one.realisedBy);
  for (const hierarchy of Object.values(document.hierarchies)) {
    for (const { record, part } of hierarchy.realisedBy ?? []) {
      if (part === undefined) hidden.add(record);
      else gained.set(record, (gained.get(record) ?? new Set()).add(part));
    }
    for (const id of hierarchy.subtypes) {
      for (const one of links.outgoing(id)) if (sharesKey(document, hierarchy, one)) hidden.add(one.id);
    }
  }
  for (const table of Object.values(document.tables)) {
    if (hidden.has(table.id) || settled.has(table.id)) continue;
    const found = pairsOf(document, links, table);
    if (found === undefined || !isPlain(document, found)) continue;
    pairs.set(table.id, found);
    hide([table.id, found.first.id, found.second.id]);
  }
  return { hidden, pairs, gained };
}

/**
 * What the concept of a document hides: junction tables (declared ones, and those whose only content is the pair), tables of
 * values, what realises hierarchies and associations. A junction that something else refers to is a thing of its own and stays.
 */
export function conceptOf(document: Document): Concept {
  const known = memo.get(document.tables);
  if (known !== undefined && sameConcept(known.from, document)) return known.concept;
  const concept = build(document);
  memo.set(document.tables, { from: document, concept });
  return concept;
}
