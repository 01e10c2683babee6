import type { LayoutEdge, LayoutNode } from './types.ts';

interface Graph {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** Who refers to whom, each pair once, without what would close a cycle. */
function acyclic(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Graph {
  const wanted = new Map<string, Set<string>>(nodes.map((node) => [node.id, new Set()]));
  const referring = new Map<string, number>();
  for (const { child, parent } of edges) {
    wanted.get(child)?.add(parent);
    referring.set(parent, (referring.get(parent) ?? 0) + 1);
  }
  const parents = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  const children = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  const state = new Map<string, 'open' | 'done'>();
  // Hubs first: of the lines of a cycle, one that leads away from a hub is given up.
  const order = [...nodes].sort((a, b) => (referring.get(b.id) ?? 0) - (referring.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  for (const { id } of order) {
    const path: { id: string; left: string[] }[] = [];
    const enter = (at: string) => {
      state.set(at, 'open');
      path.push({ id: at, left: [...(wanted.get(at) ?? [])] });
    };
    if (!state.has(id)) enter(id);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        state.set(top.id, 'done');
        path.pop();
        continue;
      }
      if (next === top.id || state.get(next) === 'open') continue;
      parents.get(top.id)?.push(next);
      children.get(next)?.push(top.id);
      if (!state.has(next)) enter(next);
    }
  }
  return { parents, children };
}

/** Ids from parents to children. */
function sorted(nodes: readonly LayoutNode[], { parents, children }: Graph): string[] {
  const waiting = new Map(nodes.map((node) => [node.id, parents.get(node.id)?.length ?? 0]));
  const order = nodes.flatMap((node) => (waiting.get(node.id) === 0 ? [node.id] : []));
  for (const id of order) {
    for (const child of children.get(id) ?? []) {
      const left = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  return order;
}

/** Sweeps over the layers so often. */
const SWEEPS = 6;

/**
 * Boxes by layer, a child right of all its parents and a parent next to its nearest child; each layer in the order of the
 * middles of what its boxes are tied to (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981). Linear in the
 * number of lines: for pictures of many sets.
 */
export function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const graph = acyclic(nodes, edges);
  const order = sorted(nodes, graph);
  const layer = new Map<string, number>();
  for (const id of order) {
    layer.set(id, Math.max(-1, ...(graph.parents.get(id) ?? []).map((parent) => layer.get(parent) ?? 0)) + 1);
  }
  // A parent that only one far layer refers to goes there.
  for (const id of order.toReversed()) {
    const below = (graph.children.get(id) ?? []).map((child) => layer.get(child) ?? 0);
    if (below.length > 0 && (graph.parents.get(id)?.length ?? 0) === 0) layer.set(id, Math.min(...below) - 1);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const layers: LayoutNode[][] = [];
  for (const id of order) {
    const at = layer.get(id) ?? 0;
    layers[at] ??= [];
    layers[at].push(byId.get(id) as LayoutNode);
  }
  const place = new Map<string, number>();
  const settle = (list: readonly LayoutNode[]) => {
    for (const [at, node] of list.entries()) place.set(node.id, (at + 0.5) / list.length);
  };
  for (const list of layers) settle(list);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const list of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wish = new Map(
        list.map((node) => {
          const tied = [...(graph.parents.get(node.id) ?? []), ...(graph.children.get(node.id) ?? [])];
          const sum = tied.reduce((total, id) => total + (place.get(id) ?? 0), 0);
          return [node.id, tied.length === 0 ? (place.get(node.id) ?? 0) : sum / tied.length];
        }),
      );
      list.sort((a, b) => (wish.get(a.id) ?? 0) - (wish.get(b.id) ?? 0));
      settle(list);
    }
  }
  return layers.filter((list) => list.length > 0);
}
