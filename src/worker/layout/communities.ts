import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import type { LayoutEdge, LayoutNode } from './types.ts';

/** Clusters are at most this large, so that each can be laid out well and read as one. */
export const MOST = 60;

/** mulberry32: the same numbers each time, so that the same schema gives the same picture. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function split(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], resolution: number): LayoutNode[][] {
  const graph = new Graph({ type: 'undirected' });
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]));
  for (const { id } of nodes) graph.addNode(id);
  for (const { child, parent } of edges) {
    if (child === parent || !graph.hasNode(child) || !graph.hasNode(parent)) continue;
    const weight = kinds.get(child) === kinds.get(parent) ? 1 : 0.6;
    graph.updateEdge(child, parent, (old) => ({ weight: ((old['weight'] as number | undefined) ?? 0) + weight }));
  }
  const of = louvain(graph, { getEdgeWeight: 'weight', resolution, rng: numbers(nodes.length) });
  const found = new Map<number, LayoutNode[]>();
  for (const node of nodes) {
    const community = of[node.id] ?? -1;
    const list = found.get(community);
    if (list === undefined) found.set(community, [node]);
    else list.push(node);
  }
  return [...found.values()];
}

/**
 * Communities of a schema (Blondel et al. 2008, "Fast unfolding of communities in large networks"), the too large ones
 * split again, and those of one or two boxes gathered into one.
 */
export function communities(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const done: LayoutNode[][] = [];
  const open: { nodes: readonly LayoutNode[]; resolution: number }[] = [{ nodes, resolution: 1 }];
  const loose: LayoutNode[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { resolution } = next;
    const inside = new Set(next.nodes.map((node) => node.id));
    const own = edges.filter(({ child, parent }) => inside.has(child) && inside.has(parent));
    const parts = split(next.nodes, own, resolution);
    for (const part of parts) {
      if (part.length < 3) loose.push(...part);
      else if (part.length <= MOST || resolution > 8) done.push(part);
      else open.push({ nodes: part, resolution: parts.length > 1 ? resolution : resolution * 1.6 });
    }
  }
  if (loose.length > 0) done.push(loose);
  return done;
}
