import { boundsOf, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { linksOf } from '#model/derive/links.ts';
import { snap } from '#model/derive/place.ts';
import type { Document, Id } from '#model/types.ts';
import { SPACE } from './types.ts';

/** Share of tables that must begin alike for that to be their name. */
const ALIKE = 0.6;

function words(name: string): string {
  const spaced = name.replaceAll(/[_\s]+/gu, ' ').trim();
  return spaced === '' ? name : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What most names of a set begin with: their first word, when it stands before an underscore. */
function prefixOf(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) {
    const at = name.indexOf('_');
    if (at > 1) counts.set(name.slice(0, at), (counts.get(name.slice(0, at)) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most !== undefined && most[1] >= names.length * ALIKE ? most[0] : undefined;
}

/** Tables of a set, those that most others of it refer to first. */
function hubs(document: Document, ids: readonly Id[]): string[] {
  const links = linksOf(document);
  const inside = new Set(ids);
  const weight = (id: Id) => {
    const children = (links.byParent.get(id) ?? []).filter(({ child }) => inside.has(child)).length;
    const parents = (links.byChild.get(id) ?? []).filter(({ parent }) => inside.has(parent)).length;
    return children * 4 + parents;
  };
  return ids
    .map((id) => ({ name: recordIn(document, 'tables', id)?.name ?? '', weight: weight(id) }))
    .filter(({ name }) => name !== '')
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/**
 * Names for sets of tables: what their names begin with, where most of them agree, else the table that the others refer
 * to. All names differ.
 */
export function subjectNames(document: Document, sets: readonly (readonly Id[])[]): string[] {
  const taken = new Set<string>();
  return sets.map((ids, at) => {
    const names = ids.flatMap((id) => recordIn(document, 'tables', id)?.name ?? []);
    const prefix = prefixOf(names);
    const wishes = [...(prefix === undefined ? [] : [prefix]), ...hubs(document, ids)].map(words);
    const name = wishes.find((wish) => !taken.has(wish)) ?? `Area ${at + 1}`;
    taken.add(name);
    return name;
  });
}

/** The commands that draw a named subject area round each set of what stands on a diagram. */
export function subjectAreas(
  document: Document,
  diagram: Id,
  sets: readonly (readonly Id[])[],
  boxOf: (id: Id) => Rect | undefined,
): CommandCall[] {
  const names = subjectNames(document, sets);
  const before = Object.values(document.areas).filter((area) => area.diagram === diagram).length;
  return sets.flatMap((ids, at): CommandCall[] => {
    const bounds = boundsOf(ids.flatMap((id) => boxOf(id) ?? []));
    if (bounds === undefined) return [];
    const { groupPadding, groupTitle } = SPACE;
    const box = {
      x: snap(bounds.x - groupPadding),
      y: snap(bounds.y - groupPadding - groupTitle),
      width: snap(bounds.width + 2 * groupPadding),
      height: snap(bounds.height + 2 * groupPadding + groupTitle),
    };
    return [{ name: 'addArea', args: { record: { diagram, name: names[at] ?? '', tint: (before + at) % 6, ...box } } }];
  });
}
