import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { type Edges, Sorter } from './sort.ts';

export type NodeCollection = 'types' | 'sequences' | 'tables' | 'routines' | 'views';

export interface OrderedNode {
  readonly collection: NodeCollection;
  readonly id: Id;
}

/** What must exist before an object is created, by id where the model knows it, by name where SQL text says it. */
export interface Needs {
  /** Records it cannot do without. */
  readonly ids: readonly Id[];
  /** Routines it cannot do without (in generated columns, domain checks, view queries). */
  readonly calls: readonly string[];
  /** Relations it surely reads. */
  readonly relations: readonly string[];
  /** Names that may be relations, types or routines: taken into account where that makes no circle. */
  readonly names: readonly string[];
}

export const NO_NEEDS: Needs = { ids: [], calls: [], relations: [], names: [] };

export interface Order {
  /** Every object after those it cannot do without. */
  readonly nodes: readonly OrderedNode[];
  readonly place: ReadonlyMap<Id, number>;
  /** What each object cannot do without. */
  readonly needs: (id: Id) => readonly Id[];
  /** Whether the SQL of some object says this name, so that the order may hang on what has it. */
  readonly mentions: (name: string) => boolean;
}

type Names = Map<string, Id[]>;

/** Objects by the names that SQL text says. */
export interface NameIndex {
  readonly relations: ReadonlyMap<string, readonly Id[]>;
  readonly types: ReadonlyMap<string, readonly Id[]>;
  readonly routines: ReadonlyMap<string, readonly Id[]>;
}

/** How the objects of a dialect say what they need. */
export interface OrderRules {
  needsOf(document: Document, node: OrderedNode): Needs;
  /** What two spellings of one name have in common. */
  nameKey(name: string): string;
}

const NO_IDS: readonly Id[] = [];

function indexNames(document: Document, nameKey: OrderRules['nameKey']): NameIndex {
  const index = { relations: new Map() as Names, types: new Map() as Names, routines: new Map() as Names };
  const add = (names: Names, { id, name }: { readonly id: Id; readonly name: string }) => {
    const list = names.get(nameKey(name));
    if (list === undefined) names.set(nameKey(name), [id]);
    else list.push(id);
  };
  for (const table of Object.values(document.tables)) add(index.relations, table);
  for (const view of Object.values(document.views)) add(index.relations, view);
  for (const type of Object.values(document.types)) add(index.types, type);
  for (const routine of Object.values(document.routines)) add(index.routines, routine);
  return index;
}

function edgesOf(needs: Needs, self: Id, index: NameIndex, parents: readonly Id[], nameKey: OrderRules['nameKey']): Edges {
  const resolve = (names: NameIndex['types'], wanted: readonly string[], into: Id[]) => {
    for (const name of wanted) {
      for (const id of names.get(nameKey(name)) ?? NO_IDS) if (id !== self) into.push(id);
    }
  };
  const hard = needs.ids.filter((id) => id !== self);
  resolve(index.routines, needs.calls, hard);
  resolve(index.relations, needs.relations, hard);
  resolve(index.types, needs.relations, hard);
  const soft = parents.filter((id) => id !== self);
  resolve(index.types, needs.names, soft);
  resolve(index.relations, needs.names, soft);
  resolve(index.routines, needs.names, soft);
  return { hard, soft };
}

function sortedIds(records: Readonly<Record<Id, { readonly id: Id; readonly schema: Id }>>): Id[] {
  return Object.values(records)
    .toSorted((a, b) => (a.schema === b.schema ? (a.id < b.id ? -1 : 1) : a.schema < b.schema ? -1 : 1))
    .map((record) => record.id);
}

/** Parents of a table's foreign keys, in a lasting order. */
function parentsOf(links: readonly Relationship[] | undefined): readonly Id[] {
  return links === undefined
    ? NO_IDS
    : links
        .filter((link) => link.childColumns.length > 0)
        .map((link) => link.parent)
        .toSorted();
}

/**
 * The order in which a document's objects can be created: types, sequences, tables, routines, views, each by schema and
 * id, and whatever one needs pulled in before it. Foreign keys pull their parents as far as no circle forbids it. The
 * order depends on ids, not on names, so that a rename moves nothing.
 * @returns the order, the names it was found by, and whether some objects need each other in a circle.
 */
export function orderObjects(
  document: Document,
  rules: OrderRules,
): { readonly order: Order; readonly index: NameIndex; readonly circular: boolean } {
  const index = indexNames(document, rules.nameKey);
  const links = linksOf(document).byChild;
  const nodes = new Map<Id, OrderedNode>();
  const edges = new Map<Id, Edges>();
  const mentioned = new Set<string>();
  for (const collection of ['types', 'sequences', 'tables', 'routines', 'views'] as const) {
    for (const id of sortedIds(document[collection])) {
      const node = { collection, id };
      nodes.set(id, node);
      const needs = rules.needsOf(document, node);
      for (const names of [needs.calls, needs.relations, needs.names]) {
        for (const name of names) mentioned.add(rules.nameKey(name));
      }
      edges.set(id, edgesOf(needs, id, index, collection === 'tables' ? parentsOf(links.get(id)) : NO_IDS, rules.nameKey));
    }
  }
  const sorter = new Sorter(nodes, edges);
  for (const id of nodes.keys()) sorter.visit(id);
  const place = new Map(sorter.sorted.map((node, i) => [node.id, i]));
  const order: Order = {
    nodes: sorter.sorted,
    place,
    needs: (id) => edges.get(id)?.hard ?? NO_IDS,
    mentions: (name) => mentioned.has(rules.nameKey(name)),
  };
  return { order, index, circular: sorter.circular };
}
