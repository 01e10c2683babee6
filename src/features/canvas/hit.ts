import { contains, grow, type Rect } from '#lib/grid.ts';
import type { Ellipse } from '#model/derive/chen.ts';
import { chenOf, NODE, rowTop } from '#model/derive/geometry.ts';
import type { Area } from '#model/layout-types.ts';
import type { Id, Table } from '#model/types.ts';
import { faceOf } from '#paint/face.ts';
import type { Scene, SceneNode } from './scene.ts';

/** Something under the pointer. */
export type Hit =
  | {
      readonly kind: 'node';
      readonly node: SceneNode;
      readonly column?: Id;
      readonly plug: boolean;
      readonly grip: boolean;
      readonly corner: boolean;
    }
  | { readonly kind: 'area'; readonly area: Area; readonly corner: boolean }
  | { readonly kind: 'nothing' };

/** Width of the strips at a row's left and right end from which relationships are dragged, in canvas pixels. */
const PLUG = { left: 9, right: 14 };
/** Width of the sign behind the left strip by which a row is dragged. */
const GRIP = 18;
const CORNER = 14;
const AREA_TITLE = 30;
const AREA_BORDER = 6;

/** The column whose row (or ellipse) is at this point of a table's box. */
export function columnAt(scene: Scene, node: SceneNode, x: number, y: number): Id | undefined {
  if (node.kind !== 'table' || node.collapsed) return undefined;
  const table = node.record as Table;
  const figure = chenOf(scene.document, table);
  if (figure !== undefined) {
    const inside = (one: Ellipse) => ((x - node.box.x - one.x) / one.rx) ** 2 + ((y - node.box.y - one.y) / one.ry) ** 2 <= 1;
    return figure.ellipses.find(inside)?.column;
  }
  const top = node.box.y + rowTop(scene.document, table, 0);
  if (y < top) return undefined;
  return faceOf(scene.document, table).rows[Math.floor((y - top) / NODE.row)]?.id;
}

function atCorner(rect: Rect, x: number, y: number, size: number): boolean {
  return x > rect.x + rect.width - size && y > rect.y + rect.height - size;
}

/** The node on top at a point: selected ones before the others, else the one that is drawn last, as both views draw by id. */
function topNode(scene: Scene, x: number, y: number, selected: ReadonlySet<Id>): SceneNode | undefined {
  const ids = scene.grid.at(x, y).sort();
  const id = ids.findLast((one) => selected.has(one)) ?? ids.at(-1);
  return id === undefined ? undefined : scene.nodes.get(id);
}

/** An area is taken by its title or its border; through its middle one reaches what it holds. */
function areaAt(areas: readonly Area[], x: number, y: number, reach: number): Area | undefined {
  const border = AREA_BORDER * reach;
  return areas.findLast((area) => {
    if (!contains(grow(area, border), x, y)) return false;
    if (y < area.y + Math.max(AREA_TITLE, border)) return true;
    return !contains(grow(area, -border), x, y) || atCorner(area, x, y, CORNER * reach);
  });
}

/**
 * What is at a point of the canvas.
 * @param reach canvas pixels to a screen pixel, so that thin things can be met at any zoom.
 */
export function hitTest(scene: Scene, x: number, y: number, reach: number, selected: ReadonlySet<Id>): Hit {
  const node = topNode(scene, x, y, selected);
  if (node !== undefined) {
    const column = columnAt(scene, node, x, y);
    const within = x - node.box.x;
    const nearEnd = within < PLUG.left || within > node.box.width - PLUG.right;
    const plug = node.kind === 'table' && nearEnd && reach < 2;
    const grip = column !== undefined && !plug && within < PLUG.left + GRIP && reach < 2;
    const corner = node.kind === 'note' && atCorner(node.box, x, y, CORNER);
    return { kind: 'node', node, plug, grip, corner, ...(column === undefined ? {} : { column }) };
  }
  const area = areaAt(scene.areas, x, y, reach);
  if (area !== undefined) return { kind: 'area', area, corner: atCorner(area, x, y, CORNER * reach) };
  return { kind: 'nothing' };
}
