import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { type Needs, routineNeeds, tableNeeds, typeNeeds, unqualifiedInBody, viewNeeds } from './needs.ts';

export type NodeCollection = 'types' | 'sequences' | 'tables' | 'routines' | 'views';

export interface OrderedNode {
  readonly collection: NodeCollection;
  readonly id: Id;
}

export interface Order {
  /** Every object after those it cannot do without. */
  readonly nodes: readonly OrderedNode[];
  readonly place: ReadonlyMap<Id, number>;
  /** Routines by plain name. */
  readonly routines: ReadonlyMap<string, readonly Id[]>;
  /**
   * Bodies must not be checked while routines are created: routines and views need each other in a circle, or a body
   * names something that only another search path finds.
   */
  readonly unchecked: boolean;
  /** What each object cannot do without. */
  readonly needs: (id: Id) => readonly Id[];
  /** Whether the SQL of some object says this name, so that the order may hang on what has it. */
  readonly mentions: (name: string) => boolean;
}

interface Edges {
  readonly hard: readonly Id[];
  readonly soft: readonly Id[];
}

type Names = Map<string, Id[]>;

interface Index {
  readonly relations: Names;
  readonly types: Names;
  readonly routines: Names;
}

const NO_NEEDS: Needs = { ids: [], calls: [], relations: [], names: [] };
const NO_IDS: readonly Id[] = [];

function addName(names: Names, name: string, id: Id): void {
  const list = names.get(name);
  if (list === undefined) names.set(name, [id]);
  else list.push(id);
}

function indexNames(document: Document): Index {
  const index: Index = { relations: new Map(), types: new Map(), routines: new Map() };
  for (const table of Object.values(document.tables)) addName(index.relations, table.name, table.id);
  for (const view of Object.values(document.views)) addName(index.relations, view.name, view.id);
  for (const type of Object.values(document.types)) addName(index.types, type.name, type.id);
  for (const routine of Object.values(document.routines)) addName(index.routines, routine.name, routine.id);
  return index;
}

function resolve(names: Names, wanted: readonly string[], self: Id, into: Id[]): void {
  for (const name of wanted) {
    for (const id of names.get(name) ?? NO_IDS) if (id !== self) into.push(id);
  }
}

function edgesOf(needs: Needs, self: Id, index: Index, parents: readonly Id[]): Edges {
  const hard = needs.ids.filter((id) => id !== self);
  resolve(index.routines, needs.calls, self, hard);
  resolve(index.relations, needs.relations, self, hard);
  resolve(index.types, needs.relations, self, hard);
  const soft = parents.filter((id) => id !== self);
  resolve(index.types, needs.names, self, soft);
  resolve(index.relations, needs.names, self, soft);
  resolve(index.routines, needs.names, self, soft);
  return { hard, soft };
}

function sortedIds(records: Readonly<Record<Id, { readonly id: Id; readonly schema: Id }>>): Id[] {
  return Object.values(records)
    .toSorted((a, b) => (a.schema === b.schema ? (a.id < b.id ? -1 : 1) : a.schema < b.schema ? -1 : 1))
    .map((record) => record.id);
}

function needsOf(document: Document, node: OrderedNode): Needs {
  switch (node.collection) {
    case 'types':
      return typeNeeds(document.types[node.id] as Document['types'][string]);
    case 'tables':
      return tableNeeds(document.tables[node.id] as Document['tables'][string]);
    case 'routines':
      return routineNeeds(document.routines[node.id] as Document['routines'][string]);
    case 'views':
      return viewNeeds(document.views[node.id] as Document['views'][string]);
    default:
      return NO_NEEDS;
  }
}

/** Whether a routine's body names, without a schema, something that is only in other schemas than `public`. */
function namesHidden(document: Document, index: Index): boolean {
  const schemaOf = (id: Id) => (document.tables[id] ?? document.views[id] ?? document.routines[id])?.schema;
  const usual = new Set(Object.values(document.schemas).flatMap((one) => (one.name === 'public' ? [one.id] : [])));
  return Object.values(document.routines).some((routine) =>
    unqualifiedInBody(routine).some((name) => {
      const found = [...(index.relations.get(name) ?? NO_IDS), ...(index.routines.get(name) ?? NO_IDS)];
      return found.length > 0 && !found.some((id) => usual.has(schemaOf(id) ?? ''));
    }),
  );
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

/** Depth-first order over hard and soft edges; a soft edge is followed only where that breaks no hard one. */
class Sorter {
  readonly #nodes: ReadonlyMap<Id, OrderedNode>;
  readonly #edges: ReadonlyMap<Id, Edges>;
  readonly #done = new Set<Id>();
  readonly #open = new Set<Id>();
  readonly sorted: OrderedNode[] = [];
  circular = false;

  constructor(nodes: ReadonlyMap<Id, OrderedNode>, edges: ReadonlyMap<Id, Edges>) {
    this.#nodes = nodes;
    this.#edges = edges;
  }

  /** Whether following this node would sooner or later want one that is still being worked on. */
  #reachesOpen(start: Id): boolean {
    const seen = new Set([start]);
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (this.#open.has(id)) return true;
      for (const next of this.#edges.get(id)?.hard ?? NO_IDS) {
        if (seen.has(next) || this.#done.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return false;
  }

  #next(id: Id, from: number): { readonly child: Id | undefined; readonly at: number } {
    const { hard, soft } = this.#edges.get(id) as Edges;
    for (let at = from; at < hard.length + soft.length; at++) {
      const isHard = at < hard.length;
      const child = (isHard ? hard[at] : soft[at - hard.length]) as Id;
      if (this.#done.has(child) || !this.#nodes.has(child)) continue;
      if (isHard && this.#open.has(child)) {
        this.circular = true;
        continue;
      }
      if (isHard || !this.#reachesOpen(child)) return { child, at: at + 1 };
    }
    return { child: undefined, at: 0 };
  }

  visit(root: Id): void {
    if (this.#done.has(root)) return;
    const stack = [{ id: root, at: 0 }];
    this.#open.add(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { child, at } = this.#next(top.id, top.at);
      if (child !== undefined) {
        top.at = at;
        this.#open.add(child);
        stack.push({ id: child, at: 0 });
        continue;
      }
      stack.pop();
      this.#open.delete(top.id);
      this.#done.add(top.id);
      this.sorted.push(this.#nodes.get(top.id) as OrderedNode);
    }
  }
}

/**
 * The order in which a document's objects can be created: types, sequences, tables, routines, views, each by schema and
 * id, and whatever one needs pulled in before it. Foreign keys pull their parents as far as no circle forbids it. The
 * order depends on ids, not on names, so that a rename moves nothing.
 */
export function orderOf(document: Document): Order {
  const index = indexNames(document);
  const links = linksOf(document).byChild;
  const nodes = new Map<Id, OrderedNode>();
  const edges = new Map<Id, Edges>();
  const mentioned = new Set<string>();
  for (const collection of ['types', 'sequences', 'tables', 'routines', 'views'] as const) {
    for (const id of sortedIds(document[collection])) {
      const node = { collection, id };
      nodes.set(id, node);
      const needs = needsOf(document, node);
      for (const names of [needs.calls, needs.relations, needs.names]) for (const name of names) mentioned.add(name);
      edges.set(id, edgesOf(needs, id, index, collection === 'tables' ? parentsOf(links.get(id)) : NO_IDS));
    }
  }
  const sorter = new Sorter(nodes, edges);
  for (const id of nodes.keys()) sorter.visit(id);
  const place = new Map(sorter.sorted.map((node, i) => [node.id, i]));
  const needs = (id: Id) => edges.get(id)?.hard ?? NO_IDS;
  return {
    nodes: sorter.sorted,
    place,
    routines: index.routines,
    unchecked: sorter.circular || namesHidden(document, index),
    needs,
    mentions: (name) => mentioned.has(name),
  };
}
