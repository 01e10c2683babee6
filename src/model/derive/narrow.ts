import { fuzzyMatch } from '#lib/fuzzy.ts';
import type { Rect } from '#lib/grid.ts';
import { recordIn } from '../collections.ts';
import type { Area } from '../layout-types.ts';
import type { Document, Id, Table, View } from '../types.ts';
import { heldByAreas } from './areas.ts';
import { linksOf } from './links.ts';
import { neighbourhood, type Reach, shortestPaths } from './neighbourhood.ts';

/** What of a diagram a person wants to see. Kinds that name nothing let everything through; the others must all agree. */
export interface Filter {
  /** Letters of the name, in order. */
  readonly name: string;
  readonly schemas: readonly Id[];
  readonly areas: readonly Id[];
  readonly tags: readonly string[];
}

export const NO_FILTER: Filter = { name: '', schemas: [], areas: [], tags: [] };

/** A part of the model looked at by itself: around some tables, or from one table to another. */
export type Isolation =
  | { readonly kind: 'neighbours'; readonly of: readonly Id[]; readonly depth: number; readonly reach: Reach }
  /** What is selected with its neighbours; it follows the selection. */
  | { readonly kind: 'focus'; readonly of: readonly Id[] }
  /** One of the shortest ways, counted from 0. */
  | { readonly kind: 'path'; readonly from: Id; readonly to: Id; readonly at: number };

/** Whether a filter holds anything back. */
export function isFiltering({ name, schemas, areas, tags }: Filter): boolean {
  return name.trim() !== '' || schemas.length + areas.length + tags.length > 0;
}

/** Where things stand on the diagram that is narrowed. */
export interface Standing {
  readonly areas: readonly Area[];
  readonly boxes: Iterable<readonly [Id, Rect]>;
}

function passes(filter: Filter, record: Table | View): boolean {
  const { name, schemas, tags } = filter;
  if (schemas.length > 0 && !schemas.includes(record.schema)) return false;
  if (tags.length > 0) {
    const own = 'query' in record ? [] : (record.tags ?? []);
    if (!own.some((tag) => tags.includes(tag))) return false;
  }
  return name.trim() === '' || fuzzyMatch(name, record.name) !== undefined;
}

/** What a filter lets through of the given things; notes only by the areas they lie in. */
export function filtered(document: Document, filter: Filter, { areas, boxes }: Standing): ReadonlySet<Id> {
  const all = [...boxes];
  const held = filter.areas.length === 0 ? undefined : heldByAreas(areas, filter.areas, all);
  const byRecord = filter.name.trim() !== '' || filter.schemas.length + filter.tags.length > 0;
  const found = new Set<Id>();
  for (const [id] of all) {
    if (held?.has(id) === false) continue;
    const record = recordIn(document, 'tables', id) ?? recordIn(document, 'views', id);
    if (record === undefined ? !byRecord : passes(filter, record)) found.add(id);
  }
  return found;
}

/** What an isolation shows, whichever diagram it is looked at on. */
export function isolated(document: Document, isolation: Isolation): ReadonlySet<Id> {
  const links = linksOf(document);
  if (isolation.kind === 'path') {
    const paths = shortestPaths(links, isolation.from, isolation.to);
    return new Set(paths[isolation.at % Math.max(1, paths.length)] ?? [isolation.from, isolation.to]);
  }
  const [depth, reach] = isolation.kind === 'focus' ? [1, 'both' as const] : [isolation.depth, isolation.reach];
  return new Set(neighbourhood(links, isolation.of, depth, reach).keys());
}
