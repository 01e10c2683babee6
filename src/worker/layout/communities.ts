import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { numbers } from './numbers.ts';
import type { LayoutEdge, LayoutNode } from './types.ts';

/** Clusters are at most this large, so that each can be laid out well and read as one. */
export const MOST = 60;

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

/** Fewer boxes than this are no community of their own when they have lines to one. */
const FEW = 12;

/** Lines between parts, by the numbers of both. */
function linksBetween(parts: readonly (readonly LayoutNode[])[], edges: readonly LayoutEdge[]): Map<number, number>[] {
  const home = new Map(parts.flatMap((part, at) => part.map((node) => [node.id, at] as const)));
  const links = parts.map(() => new Map<number, number>());
  for (const { child, parent } of edges) {
    const [a, b] = [home.get(child), home.get(parent)];
    if (a === undefined || b === undefined || a === b) continue;
    links[a]?.set(b, (links[a]?.get(b) ?? 0) + 1);
    links[b]?.set(a, (links[b]?.get(a) ?? 0) + 1);
  }
  return links;
}

/** Lets small parts join the part that most of their lines lead to, as long as that stays readable. */
function joinSmall(given: readonly (readonly LayoutNode[])[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const parts: LayoutNode[][] = given.map((part) => [...part]);
  const links = linksBetween(parts, edges);
  const small = parts.map((_, at) => at).sort((a, b) => (parts[a]?.length ?? 0) - (parts[b]?.length ?? 0));
  for (const at of small) {
    const part = parts[at] as LayoutNode[];
    if (part.length >= FEW) continue;
    const most = part.length < 3 ? MOST * 1.5 : MOST;
    let best: number | undefined;
    let strongest = 0;
    for (const [other, weight] of links[at] ?? []) {
      const size = parts[other]?.length ?? 0;
      // A line counts for more where it leads to few.
      const strength = weight / Math.sqrt(size);
      if (size > 0 && size + part.length <= most && strength > strongest) [best, strongest] = [other, strength];
    }
    if (best === undefined) continue;
    parts[best]?.push(...part);
    for (const [other, weight] of links[at] ?? []) {
      links[other]?.delete(at);
      if (other === best) continue;
      links[best]?.set(other, (links[best]?.get(other) ?? 0) + weight);
      links[other]?.set(best, (links[other]?.get(best) ?? 0) + weight);
    }
    parts[at] = [];
  }
  return parts.filter((part) => part.length > 0);
}

/**
 * Communities of a schema (Blondel et al. 2008, "Fast unfolding of communities in large networks"), the too large ones
 * split again, small ones joined with what they have lines to. What has lines to nothing comes last, as one.
 */
export function communities(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const linked = new Set(edges.flatMap(({ child, parent }) => (child === parent ? [] : [child, parent])));
  const parts: LayoutNode[][] = [];
  const open = [{ nodes: nodes.filter((node) => linked.has(node.id)), resolution: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { resolution } = next;
    const inside = new Set(next.nodes.map((node) => node.id));
    const own = edges.filter(({ child, parent }) => inside.has(child) && inside.has(parent));
    for (const part of split(next.nodes, own, resolution)) {
      if (part.length <= MOST || resolution > 20) parts.push(part);
      else open.push({ nodes: part, resolution: resolution * 1.25 });
    }
  }
  const alone = nodes.filter((node) => !linked.has(node.id));
  const joined = joinSmall(parts, edges).sort((a, b) => b.length - a.length);
  return alone.length > 0 ? [...joined, alone] : joined;
}
