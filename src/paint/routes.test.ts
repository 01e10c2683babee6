import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '#lib/grid.ts';
import { rowMiddle, tableSize } from '#model/derive/geometry.ts';
import { seeded } from '#test/generated-document.ts';
import { lineEnters, overlappingLength } from '#test/layout-metrics.ts';
import { runs } from '#test/runs.ts';
import { generateTables, schemaDocument } from '#test/schema-gen.ts';
import type { RouteRequest } from './route-line.ts';
import { Routes } from './routes.ts';

/** Tables of a generated schema in rows with room between them, and a request for each relationship. */
function ground(count: number) {
  const document = schemaDocument(generateTables(count));
  const perRow = Math.ceil(Math.sqrt(count * 1.2));
  const boxes = new Map<string, Rect>();
  for (const [at, table] of Object.values(document.tables).entries()) {
    boxes.set(table.id, { x: (at % perRow) * 420, y: Math.floor(at / perRow) * 480, ...tableSize(document, table) });
  }
  const requests = (): RouteRequest[] =>
    Object.values(document.relationships).map(({ id, child, parent, childColumns, parentColumns }) => {
      const end = (table: string, column: string | undefined) => {
        const box = boxes.get(table) as Rect;
        const record = document.tables[table];
        return { box, y: box.y + (record === undefined ? 0 : rowMiddle(document, record, column)) };
      };
      return { id, from: end(child, childColumns[0]), to: end(parent, parentColumns[0]), channel: `${parent}/${parentColumns[0]}` };
    });
  const routes = new Routes();
  routes.move(boxes);
  return { boxes, requests, routes };
}

describe('Routes', () => {
  it('enter no table, and lie on one another for less than a hundredth of their length', () => {
    const { boxes, requests, routes } = ground(60);
    const all = requests().map((request) => ({ points: routes.of(request).points, channel: request.channel }));
    const rects = [...boxes.values()];
    expect(all.filter(({ points }) => rects.some((box) => lineEnters(points, box)))).toEqual([]);
    let length = 0;
    for (const { points } of all)
      for (const [at, b] of points.entries()) {
        const a = points[at - 1] ?? b;
        length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
      }
    expect(overlappingLength(all) / length).toBeLessThan(0.01);
  });

  it('are found once: asking again, and for whatever the view shows, costs nothing', () => {
    const { requests, routes } = ground(40);
    const first = requests().map((request) => routes.of(request));
    const { routed } = routes;
    expect(routed).toBe(first.length);
    expect(requests().map((request) => routes.of(request))).toEqual(first);
    expect(routes.routed).toBe(routed);
  });

  it('are found again only where a table moved: its own, those it now stands on, those that went along it', () => {
    const { boxes, requests, routes } = ground(200);
    for (const request of requests()) routes.of(request);
    const before = new Map(requests().map((request) => [request.id, routes.of(request)]));
    const moved = 'tbl_150';
    const box = boxes.get(moved) as Rect;
    boxes.set(moved, { ...box, x: box.x + 60, y: box.y + 40 });
    routes.move([[moved, boxes.get(moved)]]);
    const { routed } = routes;
    const own = requests().filter(({ from, to }) => from.box === boxes.get(moved) || to.box === boxes.get(moved)).length;
    expect(own).toBeGreaterThan(0);
    const changed = requests().filter((request) => routes.of(request) !== before.get(request.id)).length;
    expect(routes.routed - routed).toBe(changed);
    expect(changed).toBeGreaterThanOrEqual(own);
    expect(changed).toBeLessThan(own + 30);
    for (const request of requests()) expect(lineEnters(routes.of(request).points, boxes.get(moved) as Rect)).toBe(false);
  });

  it('of a hub with hundreds of lines run together before its row', () => {
    const hub = { x: 0, y: 0, width: 240, height: 400 };
    const routes = new Routes();
    routes.move([['hub', hub]]);
    const requests: RouteRequest[] = [];
    for (let at = 0; at < 570; at++) {
      const box = { x: 400 + (at % 19) * 360, y: -3000 + Math.floor(at / 19) * 220, width: 240, height: 160 };
      routes.move([[`child ${at}`, box]]);
      requests.push({ id: `line ${at}`, from: { box, y: box.y + 46 }, to: { box: hub, y: 46 }, channel: 'hub' });
    }
    const lines = requests.map((request) => routes.of(request).points);
    const boxes = requests.map((request) => request.from.box);
    for (const points of lines) expect(boxes.some((box) => lineEnters(points, box))).toBe(false);
    // Ink is counted once where lines run on one another: a trunk with branches, not hundreds of lines.
    const drawn = new Set<string>();
    let length = 0;
    for (const points of lines) {
      for (const [at, b] of points.entries()) {
        const a = points[at - 1] ?? b;
        length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
        for (let x = Math.min(a.x, b.x); x < Math.max(a.x, b.x); x += 20) drawn.add(`${Math.round(x / 20)} ${a.y}`);
        for (let y = Math.min(a.y, b.y); y < Math.max(a.y, b.y); y += 20) drawn.add(`${a.x} ${Math.round(y / 20)}`);
      }
    }
    expect((drawn.size * 20) / length).toBeLessThan(0.1);
  });

  it('sketched for what is being dragged leave nothing behind', () => {
    const { boxes, requests, routes } = ground(30);
    const before = requests().map((request) => routes.of(request));
    const still = new Map(boxes);
    const id = 'tbl_3';
    const box = boxes.get(id) as Rect;
    const elsewhere = { ...box, x: box.x + 200, y: box.y + 230 };
    boxes.set(id, elsewhere);
    const touching = requests().filter(({ from, to }) => from.box === elsewhere || to.box === elsewhere);
    expect(touching.length).toBeGreaterThan(0);
    const drawn = routes.sketch([[id, elsewhere]], (source) => touching.map((request) => source.of(request)));
    for (const { points } of drawn) expect(lineEnters(points, elsewhere)).toBe(false);
    expect(routes.blocks.get(id)).toEqual(box);
    boxes.set(id, still.get(id) as Rect);
    const others = requests().filter((request) => !touching.some((one) => one.id === request.id));
    for (const request of others) expect(before).toContain(routes.of(request));
  });

  it('sketched frame by frame enter nothing, meet their rows, and mostly follow instead of looking for a way', () => {
    const { boxes, requests, routes } = ground(60);
    for (const request of requests()) routes.of(request);
    const count = (id: string) =>
      requests().filter(({ from, to }) => from.box === boxes.get(id) || to.box === boxes.get(id)).length;
    const hub = [...boxes.keys()].reduce((best, id) => (count(id) > count(best) ? id : best));
    const box = boxes.get(hub) as Rect;
    const frames = 40;
    let drawn = 0;
    for (let frame = 1; frame <= frames; frame++) {
      const carried = { ...box, x: box.x + frame, y: box.y + frame };
      boxes.set(hub, carried);
      const touching = requests().filter(({ from, to }) => from.box === carried || to.box === carried);
      const lines = routes.sketch([[hub, carried]], (source) =>
        touching.map((request) => ({ request, route: source.of(request) })),
      );
      drawn += lines.length;
      for (const { request, route } of lines) {
        for (const rect of boxes.values()) expect(lineEnters(route.points, rect)).toBe(false);
        expect(Math.abs((route.points[0]?.y ?? 0) - request.from.y)).toBeLessThanOrEqual(0.5);
        expect(Math.abs((route.points.at(-1)?.y ?? 0) - request.to.y)).toBeLessThanOrEqual(0.5);
        for (const [at, b] of route.points.entries()) {
          const a = route.points[at - 1] ?? b;
          expect(a.x === b.x || a.y === b.y).toBe(true);
        }
      }
    }
    expect(drawn).toBeGreaterThan(frames * 12);
    expect(routes.searched).toBeLessThan(drawn * 0.75);
    routes.endSketches();
    expect(routes.blocks.get(hub)).toEqual(box);
  });

  it('stay clear of every table, wherever tables are moved', () => {
    fc.assert(
      fc.property(fc.nat(9999), (seed) => {
        const { boxes, requests, routes } = ground(24);
        for (const request of requests()) routes.of(request);
        const random = seeded(seed);
        for (let step = 0; step < 6; step++) {
          const id = `tbl_${Math.floor(random() * 24)}`;
          const box = boxes.get(id) as Rect;
          const to = { ...box, x: 4 * Math.floor(random() * 600), y: 4 * Math.floor(random() * 500) };
          // Only to where there is room: on a table no line could be clear.
          const near = { x: to.x - 30, y: to.y - 30, width: to.width + 60, height: to.height + 60 };
          const taken = [...boxes].some(
            ([other, rect]) =>
              other !== id &&
              rect.x < near.x + near.width &&
              near.x < rect.x + rect.width &&
              rect.y < near.y + near.height &&
              near.y < rect.y + rect.height,
          );
          if (taken) continue;
          boxes.set(id, to);
          routes.move([[id, to]]);
          for (const request of requests()) {
            const { points } = routes.of(request);
            for (const rect of boxes.values()) expect(lineEnters(points, rect)).toBe(false);
          }
        }
      }),
      runs(31, 12),
    );
  });
});
