import { describe, it } from 'vitest';
import { boundsOf, Grid, grow, overlaps, type Rect } from '#lib/grid.ts';
import { tableSize } from '#model/derive/geometry.ts';
import { boxesOf } from '#model/derive/place.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { edgeShape, edgeShapes, wholeGround } from '#paint/edges.ts';
import { Routes } from '#paint/routes.ts';
import { placedAt } from '#test/generated-document.ts';
import {
  aspectOf,
  crossingsPerEdge,
  joinable,
  lineEnters,
  meanLength,
  overlapCount,
  overlappingLength,
} from '#test/layout-metrics.ts';
import { generateTables, schemaDocument } from '#test/schema-gen.ts';
import { layout } from '#worker/layout/layout.ts';
import type { LayoutInput } from '#worker/layout/types.ts';
import { quantile, timesOf } from './measure.ts';

/** npm run bench:layout: what layouts and routes are worth, at sizes from a small schema to a large one. */

const SIZES = [50, 60, 200, 500, 1000, 2000];

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function inputOf(document: Document): LayoutInput {
  return {
    nodes: Object.values(document.tables).map((table) => ({ id: table.id, kind: table.schema, ...tableSize(document, table) })),
    edges: Object.values(document.relationships).map(({ child, parent }) => ({ child, parent })),
  };
}

/** Relationships whose parent stands left of its child. */
function leftOf(boxes: ReadonlyMap<string, Rect>, edges: LayoutInput['edges']): number {
  return edges.filter(({ child, parent }) => (boxes.get(parent)?.x ?? 0) < (boxes.get(child)?.x ?? 0)).length;
}

function cells(values: readonly (string | number)[]): string {
  return values.map((value, at) => String(value).padStart(at === 0 ? 7 : 11)).join('');
}

/** Routes of all relationships at once: what of them enters a table though there is another way, and what lies on another. */
function routesOf(document: Document, boxes: ReadonlyMap<string, Rect>) {
  const start = cpu();
  const all = Object.values(document.relationships);
  const shapes = edgeShapes(wholeGround(document, MAIN_DIAGRAM, boxes), all);
  const took = cpu() - start;
  let through = 0;
  let avoidable = 0;
  let length = 0;
  let bends = 0;
  const rects = [...boxes.values()];
  for (const shape of shapes) {
    bends += shape.points.length - 2;
    for (const [at, b] of shape.points.entries()) {
      const a = shape.points[at - 1] ?? b;
      length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    }
    const entered = rects.filter((box) => lineEnters(shape.points, box));
    if (entered.length === 0) continue;
    through += 1;
    const [first, last] = [shape.points[0], shape.points.at(-1)];
    if (first === undefined || last === undefined || through > 40) continue;
    // A way within this region is a way; where none is found here, one may lie further out.
    const region = grow(boundsOf(shape.points.map((point) => ({ ...point, width: 1, height: 1 }))) as Rect, 400);
    if (
      joinable(
        first,
        last,
        rects.filter((box) => overlaps(box, region)),
      )
    )
      avoidable += 1;
  }
  const channels = new Map(all.map((one) => [one.id, `${one.parent}/${one.parentColumns[0]}`]));
  const onOthers = overlappingLength(shapes.map(({ id, points }) => ({ points, channel: channels.get(id) ?? id })));
  return { took, through, avoidable, onOthers: onOthers / Math.max(1, length), bends: bends / Math.max(1, shapes.length) };
}

describe('layout', () => {
  it('of generated schemas', async () => {
    await layout(inputOf(schemaDocument(generateTables(40))));
    console.log('\nLayout and routes of generated schemas; CPU ms of this process');
    console.log(
      cells([
        'tables',
        'lines',
        'layout ms',
        'overlaps',
        'crossings',
        'length',
        'aspect',
        'left',
        'routes ms',
        'through',
        'avoidable',
        'on others',
        'bends',
      ]),
    );
    for (const count of SIZES) {
      const document = schemaDocument(generateTables(count));
      const input = inputOf(document);
      const start = cpu();
      const { spots } = await layout(input);
      const took = cpu() - start;
      const placed = placedAt(document, Object.entries(spots));
      const boxes = boxesOf(placed, MAIN_DIAGRAM);
      const rects = [...boxes.values()];
      const routes = routesOf(placed, boxes);
      console.log(
        cells([
          count,
          input.edges.length,
          took.toFixed(0),
          overlapCount(rects),
          crossingsPerEdge(boxes, input.edges).toFixed(1),
          meanLength(boxes, input.edges).toFixed(0),
          aspectOf(rects).toFixed(2),
          `${Math.round((leftOf(boxes, input.edges) / input.edges.length) * 100)} %`,
          routes.took.toFixed(0),
          routes.through,
          routes.avoidable,
          `${(routes.onOthers * 100).toFixed(1)} %`,
          routes.bends.toFixed(1),
        ]),
      );
    }
  });

  it('of what is in sight: a view, and each frame of a dragged hub', async () => {
    console.log('\nLines in sight round the largest hub (a view of 60 tables or so); CPU ms, and lines routed');
    console.log(cells(['tables', 'of hub', 'in sight', 'view ms', 'frame ms', 'p95', 'after drop']));
    for (const count of [1000, 5000]) {
      const document = schemaDocument(generateTables(count));
      const { spots } = await layout(inputOf(document));
      const placed = placedAt(document, Object.entries(spots));
      const boxes = boxesOf(placed, MAIN_DIAGRAM);
      const hub = boxes.get('tbl_0') as Rect;
      const all = Object.values(document.relationships);
      const whole = wholeGround(placed, MAIN_DIAGRAM, boxes);
      const seen = new Grid();
      for (const id of whole.boxes.query(grow(hub, 1600))) seen.set(id, whole.boxes.get(id) as Rect);
      const routes = new Routes();
      routes.move(boxes);
      const ground = { ...whole, boxes: seen, routes };
      const near = all.filter((one) => seen.get(one.child) !== undefined || seen.get(one.parent) !== undefined);
      const own = near.filter((one) => one.child === 'tbl_0' || one.parent === 'tbl_0');
      const start = cpu();
      for (const one of near) edgeShape(ground, one);
      const view = cpu() - start;
      const { routed } = routes;
      const frames = timesOf(40, (run) => {
        const to = { ...hub, x: hub.x + 4 * run, y: hub.y + 3 * run };
        seen.set('tbl_0', to);
        routes.sketch([['tbl_0', to]], (source) => {
          for (const one of own) edgeShape({ ...ground, routes: source }, one);
        });
      });
      routes.move([['tbl_0', seen.get('tbl_0')]]);
      for (const one of near) edgeShape(ground, one);
      const again = routes.routed - routed;
      console.log(
        cells([
          count,
          own.length,
          `${routed}/${near.length}`,
          view.toFixed(1),
          quantile(frames, 0.5).toFixed(1),
          quantile(frames, 0.95).toFixed(1),
          again,
        ]),
      );
    }
  });
});
