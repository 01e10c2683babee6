import type { Id } from '../types.ts';
import type { Links } from './links.ts';

/** Which way relationships are followed: to what a table refers to, to what refers to it, or both. */
export type Reach = 'both' | 'parents' | 'children';

/** The tables one relationship away, in the order of the relationships; a table is no neighbour of itself. */
function next(links: Links, id: Id, reach: Reach): readonly Id[] {
  const found = new Set<Id>();
  if (reach !== 'children') for (const one of links.byChild.get(id) ?? []) found.add(one.parent);
  if (reach !== 'parents') for (const one of links.byParent.get(id) ?? []) found.add(one.child);
  found.delete(id);
  return [...found];
}

/**
 * What can be reached from some tables within a number of relationships.
 * @returns each table with its distance; the given ones have distance 0. Breadth first, so the nearest come first.
 */
export function neighbourhood(links: Links, seeds: Iterable<Id>, depth: number, reach: Reach): ReadonlyMap<Id, number> {
  const distance = new Map<Id, number>();
  for (const id of seeds) distance.set(id, 0);
  for (const [id, far] of distance) {
    if (far >= depth) continue;
    for (const other of next(links, id, reach)) if (!distance.has(other)) distance.set(other, far + 1);
  }
  return distance;
}

/**
 * The shortest ways from one table to another over relationships, whichever way these point.
 * @param limit how many at most; there can be exponentially many of equal length.
 * @returns lists of tables, both ends included, in a fixed order; none when nothing connects them.
 */
export function shortestPaths(links: Links, from: Id, to: Id, limit = 12): readonly (readonly Id[])[] {
  const distance = neighbourhood(links, [to], Number.POSITIVE_INFINITY, 'both');
  if (!distance.has(from)) return [];
  const paths: (readonly Id[])[] = [];
  // Depth first along falling distances: every step is on a shortest way, so no search is in vain.
  const open: (readonly Id[])[] = [[from]];
  while (open.length > 0 && paths.length < limit) {
    const path = open.pop() as readonly Id[];
    const last = path.at(-1) as Id;
    if (last === to) {
      paths.push(path);
      continue;
    }
    const far = distance.get(last) as number;
    const steps = next(links, last, 'both').filter((id) => distance.get(id) === far - 1);
    for (const id of steps.toSorted().reverse()) open.push([...path, id]);
  }
  return paths;
}
