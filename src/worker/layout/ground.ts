import type { Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { areaOf, areasWithin, isWithin } from '#model/derive/areas.ts';
import { seenOn } from '#model/derive/level.ts';
import { linksOf } from '#model/derive/links.ts';
import { lookOf } from '#model/derive/look.ts';
import { boxesOf } from '#model/derive/place.ts';
import { type Area, placementId } from '#model/layout-types.ts';
import type { Document, Id } from '#model/types.ts';
import type { LayoutGroup, LayoutInput } from './types.ts';

/** What is to be arranged, and how. */
export interface Arranging {
  /** These objects; everything else stays and is kept clear of. Absent = all that is not pinned. */
  readonly only?: readonly Id[];
  /** What this area holds; it grows to fit. */
  readonly area?: Id;
  /** Rows by name, or rings round a centre; absent = by what belongs together. */
  readonly way?: 'grid' | 'rings';
  /** The tables in the middle of rings. */
  readonly centre?: readonly Id[];
  /** Width by height of the screen that a small diagram is to fill; 16:10 when absent. */
  readonly aspect?: number;
}

/** A diagram as layouts see it. */
export interface Ground {
  readonly document: Document;
  readonly diagram: Id;
  readonly arranging: Arranging;
  /** Tables, views and notes with their boxes as they stand. */
  readonly boxes: ReadonlyMap<Id, Rect>;
  /** The same as the physical level has them: what an area holds does not change with the notation. */
  readonly homes: ReadonlyMap<Id, Rect>;
  /** Objects to be placed anew. */
  readonly moving: ReadonlySet<Id>;
  /** Areas laid out along with what they hold. */
  readonly areas: readonly Area[];
  /** Areas that an arranged area has to stay clear of, and those it lies in, the innermost first. */
  readonly apart: readonly Area[];
  readonly round: readonly Area[];
  /** Notes that stand by themselves: they give way to tables when everything is laid out. */
  readonly strays: ReadonlySet<Id>;
}

/** Room beside an entity for a diamond, in pixels. */
const DIAMOND_ROOM = 130;

/** Rings are drawn of about so many tables; those further away stay where they are. */
const IN_RINGS = 80;

function isPinned(document: Document, diagram: Id, id: Id): boolean {
  return recordIn(document, 'placements', placementId(diagram, id))?.pinned === true;
}

/** The centre and what relationships lead to from it, step by step until that is many. */
function reached(document: Document, centre: readonly Id[], among: ReadonlyMap<Id, Rect>): Set<Id> {
  const links = linksOf(document);
  const found = new Set(centre.filter((id) => among.has(id)));
  for (let ring = [...found]; ring.length > 0; ) {
    const next = new Set<Id>();
    for (const id of ring) {
      for (const { parent } of links.byChild.get(id) ?? []) if (!found.has(parent) && among.has(parent)) next.add(parent);
      for (const { child } of links.byParent.get(id) ?? []) if (!found.has(child) && among.has(child)) next.add(child);
    }
    if (found.size > centre.length && found.size + next.size > IN_RINGS) break;
    for (const id of next) found.add(id);
    ring = [...next];
  }
  return found;
}

export function groundOf(model: Document, diagram: Id, arranging: Arranging): Ground {
  // What is arranged is what the diagram shows, in the sizes it has there.
  const document = seenOn(model, diagram);
  const tables = boxesOf(document, diagram);
  const boxes = new Map<Id, Rect>(tables);
  for (const note of Object.values(document.notes)) if (note.diagram === diagram) boxes.set(note.id, note);
  const homes = document === model ? boxes : new Map([...boxes, ...boxesOf(model, diagram)]);
  const all = Object.values(document.areas).filter((area) => area.diagram === diagram);
  const home = arranging.area === undefined ? undefined : all.find((area) => area.id === arranging.area);
  const areas =
    home === undefined ? (arranging.only === undefined && arranging.way !== 'rings' ? all : []) : areasWithin(all, home);
  const held = (id: Id, box: Rect) => areas.some((area) => area === areaOf(all, homes.get(id) ?? box));
  const wanted =
    arranging.way === 'rings' && arranging.only === undefined
      ? reached(document, arranging.centre ?? [], tables)
      : arranging.only === undefined
        ? undefined
        : new Set(arranging.only);
  const moving = new Set<Id>();
  for (const [id, box] of tables) {
    if (isPinned(document, diagram, id)) continue;
    if (home !== undefined ? held(id, box) : wanted === undefined || wanted.has(id)) moving.add(id);
  }
  const strays = new Set<Id>();
  for (const note of Object.values(document.notes)) {
    if (note.diagram !== diagram) continue;
    if (home === undefined ? wanted !== undefined : true) continue;
    if (!held(note.id, note)) strays.add(note.id);
  }
  const apart = home === undefined ? [] : all.filter((area) => area !== home && !isWithin(area, home) && !isWithin(home, area));
  const round = home === undefined ? [] : all.filter((area) => isWithin(home, area));
  round.sort((a, b) => a.width * a.height - b.width * b.height);
  return { document, diagram, arranging, boxes, homes, moving, areas, apart, round, strays };
}

/** Each area with what it holds and the area it lies in. An object belongs to the smallest area round its middle. */
export function groupsOf({ document, boxes, homes, moving, areas }: Ground): LayoutGroup[] {
  const nodes = new Map<Id, Id[]>(areas.map((area) => [area.id, []]));
  for (const [id, box] of boxes) {
    if (!moving.has(id) && recordIn(document, 'notes', id) === undefined) continue;
    const home = areaOf(areas, homes.get(id) ?? box);
    if (home !== undefined) nodes.get(home.id)?.push(id);
  }
  const groups = areas.map((area): LayoutGroup => {
    const outer = areas.filter((one) => isWithin(area, one)).sort((a, b) => a.width * a.height - b.width * b.height)[0];
    return { id: area.id, nodes: nodes.get(area.id) ?? [], ...(outer === undefined ? {} : { within: outer.id }) };
  });
  // An area that holds nothing, not even an area that does, stays as it is.
  const filled = (group: LayoutGroup): boolean =>
    group.nodes.length > 0 || groups.some((one) => one.within === group.id && filled(one));
  return groups.filter(filled);
}

function nameOf(document: Document, id: Id): string {
  return (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.name ?? '';
}

export function inputOf(ground: Ground, groups: readonly LayoutGroup[]): LayoutInput {
  const { document, boxes, moving, arranging } = ground;
  const ids = [...new Set([...moving, ...groups.flatMap(({ nodes }) => nodes)])];
  if (arranging.way === 'grid') ids.sort((a, b) => nameOf(document, a).localeCompare(nameOf(document, b), 'en'));
  const inside = new Set(ids);
  // Chen's diamonds stand between the entities.
  const apart = lookOf(document).notation === 'chen' ? DIAMOND_ROOM : 0;
  const nodes = ids.flatMap((id) => {
    const box = boxes.get(id);
    const schema = (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.schema;
    return box === undefined
      ? []
      : [{ id, width: box.width + apart, height: box.height, ...(schema === undefined ? {} : { kind: schema }) }];
  });
  const edges = Object.values(document.relationships).flatMap(({ child, parent }) =>
    inside.has(child) && inside.has(parent) ? [{ child, parent }] : [],
  );
  for (const { supertype, subtypes } of Object.values(document.hierarchies)) {
    for (const child of subtypes) if (inside.has(child) && inside.has(supertype)) edges.push({ child, parent: supertype });
  }
  const { way, centre, aspect } = arranging;
  return {
    nodes,
    edges,
    groups,
    ...(way === undefined ? {} : { way }),
    ...(centre === undefined ? {} : { centre }),
    ...(aspect === undefined ? {} : { aspect }),
  };
}
