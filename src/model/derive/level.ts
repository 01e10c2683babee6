import { recordIn } from '../collections.ts';
import type { Column } from '../column-types.ts';
import type { MultivaluedAttribute } from '../concept-types.ts';
import type { Diagram, Level } from '../layout-types.ts';
import type { Key } from '../table-parts.ts';
import type { Document, Id, Relationship, Table } from '../types.ts';
import { columnsOf } from './columns.ts';
import { type Concept, conceptOf, sharesKey } from './concept.ts';
import { endsOf, meantEnds, uniqueSets } from './ends.ts';
import { linksOf } from './links.ts';
import { logicalType } from './logical-type.ts';
import { type Look, PLAIN_LOOK, type Seen, type SeenRelationship } from './look.ts';

type Tables = Document['tables'];
type Relationships = Document['relationships'];

const looks = new Map<string, Look>();

/** How a diagram is shown, from its record: the same object for the same look. */
export function lookOfDiagram(diagram: Diagram | undefined): Look {
  const { level, notation, detail } = { ...PLAIN_LOOK, ...pick(diagram) };
  const key = `${level} ${notation} ${detail}`;
  const known = looks.get(key) ?? { level, notation, detail };
  looks.set(key, known);
  return known;
}

function pick(diagram: Diagram | undefined): Partial<Look> {
  return {
    ...(diagram?.level === undefined ? {} : { level: diagram.level }),
    ...(diagram?.notation === undefined ? {} : { notation: diagram.notation }),
    ...(diagram?.detail === undefined ? {} : { detail: diagram.detail }),
  };
}

interface Made {
  readonly needs: readonly unknown[];
  readonly table: Table;
}

const memo: Readonly<Record<'conceptual' | 'logical', WeakMap<Table, Made>>> = {
  conceptual: new WeakMap(),
  logical: new WeakMap(),
};

/** A projected table, made again only when something of what it is made of is another one. */
function remembered(level: 'conceptual' | 'logical', table: Table, needs: readonly unknown[], make: () => Table): Table {
  const known = memo[level].get(table);
  if (known?.needs.length === needs.length && needs.every((one, at) => one === known.needs[at])) return known.table;
  const made = make();
  memo[level].set(table, { needs, table: made });
  return made;
}

/** A table's own facts without what only a database has. */
function bare(table: Table, columns: readonly Column[], keys: readonly Key[]): Table {
  const { partitioning: _p, inherits: _i, rowSecurity: _r, residue: _c, persistence: _u, remarks: _m, ...own } = table;
  return {
    ...own,
    columns,
    keys,
    exclusions: [],
    checks: [],
    indexes: [],
    policies: [],
    dependencies: [],
  };
}

const inheritedFrom = (document: Document, table: Table) => (table.inherits === undefined ? undefined : document.tables);

/** Keys and what unique indexes make keys, each column set once. */
function logicalKeys(table: Table): Key[] {
  const keys: Key[] = table.keys.map(({ id, kind, columns }) => ({ id, kind, columns }));
  for (const [at, columns] of uniqueSets({ ...table, keys: [] }).entries()) {
    const known = keys.some((key) => key.columns.length === columns.length && key.columns.every((id) => columns.includes(id)));
    if (!known) keys.push({ id: `${table.id}/unique ${at}`, kind: 'unique', columns });
  }
  return keys;
}

function logicalTable(document: Document, table: Table): Table {
  const needs = [document.types, inheritedFrom(document, table)];
  return remembered('logical', table, needs, () => {
    const columns = columnsOf(document, table).map(({ id, name, type, nullable, comment }): Column => {
      const shown = { kind: 'other' as const, name: logicalType(document, type) };
      return { id, name, type: shown, nullable, ...(comment === undefined ? {} : { comment }) };
    });
    return bare(table, columns, logicalKeys(table));
  });
}

interface Lost {
  /** Columns that hold keys of others, or realise a hierarchy. */
  readonly foreign: ReadonlySet<Id>;
  readonly held: readonly MultivaluedAttribute[];
}

function lostColumns(document: Document, table: Table, concept: Concept, held: readonly MultivaluedAttribute[]): Lost {
  const foreign = new Set(concept.gained.get(table.id));
  for (const one of linksOf(document).byChild.get(table.id) ?? []) for (const id of one.childColumns) foreign.add(id);
  for (const one of Object.values(document.associations)) {
    if (one.child === table.id) for (const id of one.childColumns) foreign.add(id);
  }
  for (const one of Object.values(document.hierarchies)) {
    if (!one.subtypes.includes(table.id)) continue;
    for (const id of sharedKey(document, one.supertype, table)) foreign.add(id);
  }
  return { foreign, held };
}

/** The columns by which a subtype repeats its supertype's key: the concept has them once. */
function sharedKey(document: Document, supertype: Id, subtype: Table): readonly Id[] {
  const above = recordIn(document, 'tables', supertype) ?? recordIn(document, 'entities', supertype);
  if (above === undefined) return [];
  const primary = (table: Table) => {
    const ids = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    return columnsOf(document, table).filter((column) => ids.includes(column.id));
  };
  const names = new Set(primary(above).map((column) => column.name));
  const own = primary(subtype);
  return own.length > 0 && own.every((column) => names.has(column.name)) ? own.map((column) => column.id) : [];
}

function conceptualTable(document: Document, table: Table, concept: Concept, held: readonly MultivaluedAttribute[]): Table {
  const lost = lostColumns(document, table, concept, held);
  const needs = [document.types, inheritedFrom(document, table), [...lost.foreign].join(' '), held.length, ...held];
  return remembered('conceptual', table, needs, () => {
    const columns: Column[] = columnsOf(document, table).filter((column) => !lost.foreign.has(column.id));
    for (const { held: column, at } of held) if (column !== undefined) columns.splice(at ?? columns.length, 0, column);
    const shown = new Set(columns.map((column) => column.id));
    const keys = table.keys.flatMap(({ id, kind, columns: all }): Key[] => {
      const rest = all.filter((one) => shown.has(one));
      // A unique constraint says something only whole; of a primary key the rest tells the things of one owner apart.
      if (rest.length === 0 || (kind === 'unique' && rest.length < all.length)) return [];
      return [{ id, kind, columns: rest }];
    });
    return bare(table, columns, keys);
  });
}

const relations = new WeakMap<Relationship, Map<string, SeenRelationship>>();

/** A projected relationship: the same one as long as it says the same. */
function seenRelationship(level: Level, one: Relationship, made: SeenRelationship): SeenRelationship {
  const { ends, own, name, comment } = made;
  const key = JSON.stringify([level, made.id, made.child, made.parent, ends, made.through, own, name, comment]);
  const known = relations.get(one) ?? new Map<string, SeenRelationship>();
  relations.set(one, known);
  const kept = known.get(key) ?? made;
  known.set(key, kept);
  return kept;
}

interface Quick {
  /** What the keys make of it, by which it is known that nothing changed: the same object as long as they say the same. */
  readonly ends: unknown;
  readonly seen: SeenRelationship;
}

const quick = { conceptual: new WeakMap<Relationship, Quick>(), logical: new WeakMap<Relationship, Quick>() } as const;

/** A projected relationship that depends on nothing but itself and its physical ends, which is most of them. */
function byEnds(
  document: Document,
  level: 'conceptual' | 'logical',
  one: Relationship,
  make: () => SeenRelationship,
): SeenRelationship {
  const ends = endsOf(document, one);
  const known = quick[level].get(one);
  if (known?.ends === ends) return known.seen;
  const seen = seenRelationship(level, one, make());
  quick[level].set(one, { ends, seen });
  return seen;
}

const NOTHING: readonly Id[] = [];

/** A relationship without its columns, with the ends it was meant to have. */
function conceptual(document: Document, one: Relationship): SeenRelationship {
  return byEnds(document, 'conceptual', one, () => ({
    id: one.id,
    ...(one.name === undefined ? {} : { name: one.name }),
    ...(one.comment === undefined ? {} : { comment: one.comment }),
    child: one.child,
    parent: one.parent,
    childColumns: NOTHING,
    parentColumns: NOTHING,
    ...(one.manyToMany === true ? { manyToMany: true } : {}),
    ends: meantEnds(document, one),
  }));
}

function throughPairs(document: Document, id: Id, concept: Concept): SeenRelationship | undefined {
  const pairs = concept.pairs.get(id);
  if (pairs === undefined) return undefined;
  const { table, first, second } = pairs;
  const declared = recordIn(document, 'relationships', id) ?? recordIn(document, 'associations', id);
  const columns = columnsOf(document, table);
  const own = pairs.own.flatMap((one) => columns.find((column) => column.id === one)?.name ?? []);
  return seenRelationship('conceptual', declared ?? first, {
    id,
    name: declared?.name ?? table.name,
    ...(declared?.comment === undefined ? {} : { comment: declared.comment }),
    child: declared?.child ?? first.parent,
    parent: declared?.parent ?? second.parent,
    childColumns: NOTHING,
    parentColumns: NOTHING,
    manyToMany: true,
    ends: declared === undefined ? { child: '0..n', parent: '0..n', identifying: false } : meantEnds(document, declared),
    through: table.id,
    ...(own.length === 0 ? {} : { own }),
  });
}

function conceptualRelationships(document: Document, tables: Tables, concept: Concept): Relationships {
  const shown: Record<Id, Relationship> = {};
  const add = (one: SeenRelationship | undefined) => {
    if (one !== undefined && Object.hasOwn(tables, one.child) && Object.hasOwn(tables, one.parent)) shown[one.id] = one;
  };
  for (const one of [...Object.values(document.relationships), ...Object.values(document.associations)]) {
    if (concept.hidden.has(one.id)) continue;
    if (concept.pairs.has(one.id)) add(throughPairs(document, one.id, concept));
    // Realised, but by a table that is a thing of its own: that one is shown, with its two relationships.
    else if (one.manyToMany !== true || !isRealised(document, one)) add(conceptual(document, one));
  }
  for (const id of concept.pairs.keys()) if (!Object.hasOwn(shown, id)) add(throughPairs(document, id, concept));
  return shown;
}

/** Whether tables stand for this relationship, so that only the concept draws it. */
function isRealised(document: Document, one: Relationship): boolean {
  return one.realisedBy?.some((id) => recordIn(document, 'tables', id) !== undefined) === true;
}

function heldBy(document: Document): ReadonlyMap<Id, readonly MultivaluedAttribute[]> {
  const all = new Map<Id, MultivaluedAttribute[]>();
  for (const one of Object.values(document.attributes)) {
    if (one.held !== undefined) all.set(one.entity, [...(all.get(one.entity) ?? []), one]);
  }
  for (const list of all.values()) list.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return all;
}

const NONE: readonly MultivaluedAttribute[] = [];

function conceptualDocument(document: Document): Document {
  const concept = conceptOf(document);
  const held = heldBy(document);
  const tables: Record<Id, Table> = {};
  for (const all of [document.tables, document.entities]) {
    for (const table of Object.values(all)) {
      if (table.partitionOf !== undefined || concept.hidden.has(table.id)) continue;
      tables[table.id] = conceptualTable(document, table, concept, held.get(table.id) ?? NONE);
    }
  }
  const relationships = conceptualRelationships(document, tables, concept);
  return { ...document, tables, relationships, entities: {}, associations: {}, views: {} };
}

function logicalRelationships(document: Document, tables: Tables): Relationships {
  const shown: Record<Id, Relationship> = {};
  for (const one of Object.values(document.relationships)) {
    if (isRealised(document, one) || !Object.hasOwn(tables, one.child) || !Object.hasOwn(tables, one.parent)) continue;
    shown[one.id] = byEnds(document, 'logical', one, () => {
      const physical = endsOf(document, one);
      const child = one.declared?.child;
      // What keys cannot enforce (at least one child) is known only from what was declared.
      const agrees = child !== undefined && child.endsWith('n') === physical.child.endsWith('n');
      return { ...one, ends: agrees ? { ...physical, child } : physical };
    });
  }
  return shown;
}

/** Hierarchies that tables of this level still show as such: not resolved, or by a table for each type. */
function shownHierarchies(document: Document, tables: Tables, level: Level): Document['hierarchies'] {
  const all = Object.values(document.hierarchies);
  if (all.length === 0) return document.hierarchies;
  const shown = all.flatMap((one) => {
    const open = one.strategy === undefined || (level === 'logical' && one.strategy === 'table-per-type');
    if (level !== 'conceptual' && !open) return [];
    const subtypes = one.subtypes.filter((id) => Object.hasOwn(tables, id));
    if (!Object.hasOwn(tables, one.supertype) || subtypes.length === 0) return [];
    return [[one.id, subtypes.length === one.subtypes.length ? one : { ...one, subtypes }] as const];
  });
  return Object.fromEntries(shown);
}

/** Without relationships that only the concept draws, and those that a drawn hierarchy stands for. */
function withoutConcept(document: Document, relationships: Relationships, hierarchies: Document['hierarchies']): Relationships {
  const drawn = Object.values(hierarchies);
  const gone = Object.values(relationships).filter(
    (one) => isRealised(document, one) || drawn.some((hierarchy) => sharesKey(document, hierarchy, one)),
  );
  if (gone.length === 0) return relationships;
  const ids = new Set(gone.map((one) => one.id));
  return Object.fromEntries(Object.entries(relationships).filter(([id]) => !ids.has(id)));
}

function project(document: Document, level: Level): Document {
  if (level === 'conceptual') {
    const seen = conceptualDocument(document);
    return { ...seen, hierarchies: shownHierarchies(document, seen.tables, 'conceptual') };
  }
  if (level === 'logical') {
    const tables: Record<Id, Table> = {};
    for (const table of Object.values(document.tables)) {
      if (table.partitionOf === undefined) tables[table.id] = logicalTable(document, table);
    }
    const hierarchies = shownHierarchies(document, tables, 'logical');
    const relationships = withoutConcept(document, logicalRelationships(document, tables), hierarchies);
    return { ...document, tables, relationships, hierarchies };
  }
  const hierarchies = shownHierarchies(document, document.tables, 'physical');
  const relationships = withoutConcept(document, document.relationships, hierarchies);
  const all = Object.keys(hierarchies).length === Object.keys(document.hierarchies).length;
  if (relationships === document.relationships && all) return document;
  return { ...document, relationships, hierarchies };
}

interface Shown {
  readonly from: Document;
  readonly seen: Document;
}

const lasts = new Map<Level, Shown>();
const dressed = new WeakMap<Document, Map<string, Document>>();

/** Whether a projection of one would be that of the other but for what stands where. */
function sameModel(a: Document, b: Document): boolean {
  return (
    a.tables === b.tables &&
    a.relationships === b.relationships &&
    a.views === b.views &&
    a.types === b.types &&
    a.entities === b.entities &&
    a.associations === b.associations &&
    a.hierarchies === b.hierarchies &&
    a.attributes === b.attributes
  );
}

function projected(document: Document, look: Look): Document {
  const last = lasts.get(look.level);
  if (last?.from === document) return last.seen;
  let seen: Document;
  if (last !== undefined && sameModel(last.from, document)) {
    const { tables, relationships, views, entities, associations, hierarchies } = last.seen;
    const same = last.seen === last.from;
    seen = same ? document : { ...document, tables, relationships, views, entities, associations, hierarchies };
  } else seen = project(document, look.level);
  lasts.set(look.level, { from: document, seen });
  return seen;
}

/**
 * The document as it is seen at a level, in a notation. Pure: the same document and look always show the same; the model
 * itself never changes. Tables and relationships that show the same are the same objects, so that an edit or a switch
 * costs what differs.
 * - conceptual: entities (those resolved away included), relationships with their ends and no columns, many-to-many ones
 *   instead of junction tables, attributes without keys of others; no views.
 * - logical: tables with generic types and keys, without indexes, checks, policies and partitions.
 * - physical: the tables themselves.
 */
export function seenAs(document: Document, look: Look): Document {
  const seen = projected(document, look);
  const { level, notation, detail } = look;
  if (level === 'physical' && notation === 'crows-foot' && detail === 'all') return seen;
  let known = dressed.get(seen);
  if (known === undefined) {
    known = new Map();
    dressed.set(seen, known);
  }
  const same = known.get(`${notation} ${detail}`);
  if (same !== undefined) return same;
  const made: Seen = { ...seen, look };
  known.set(`${notation} ${detail}`, made);
  return made;
}

/** The document as a diagram shows it; as it is when there is no such diagram. */
export function seenOn(document: Document, diagram: Id): Document {
  return seenAs(document, lookOfDiagram(recordIn(document, 'diagrams', diagram)));
}
