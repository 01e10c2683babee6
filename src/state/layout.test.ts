import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { boxesOf } from '#model/derive/place.ts';
import { MAIN_DIAGRAM, type Placement, placementId } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { type LayoutOptions, layoutDocument } from './layout.ts';

function grid(count: number): Document {
  const document = generatedDocument(count);
  return placedAt(
    document,
    Object.keys(document.tables).map((id, at) => [id, { x: (at % 6) * 420, y: Math.floor(at / 6) * 460 }]),
  );
}

async function laid(document: Document, options?: LayoutOptions): Promise<Document> {
  const result = await layoutDocument(document, MAIN_DIAGRAM, options);
  if (!result.ok) throw new Error(result.problem.message);
  const ran = runCommands(document, result.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

function expectApart(document: Document): void {
  const boxes: Rect[] = [...boxesOf(document, MAIN_DIAGRAM).values(), ...Object.values(document.notes)];
  for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) expect(overlaps(a, b)).toBe(false);
}

describe('layoutDocument', () => {
  it('places what has no place yet', async () => {
    const after = await laid(generatedDocument(40));
    expect(Object.keys(after.placements)).toHaveLength(40);
    expectApart(after);
  });

  it('leaves pinned objects where they are and keeps clear of them', async () => {
    const before = grid(30);
    const id = placementId(MAIN_DIAGRAM, 'tbl_7');
    const place = before.placements[id];
    if (place === undefined) throw new Error('it is placed');
    const pinned = { ...place, pinned: true };
    const after = await laid({ ...before, placements: { ...before.placements, [id]: pinned } });
    expect(after.placements[id]).toEqual(pinned);
    expectApart(after);
  });

  it('moves only what it is asked to', async () => {
    const before = grid(36);
    const only = ['tbl_0', 'tbl_1', 'tbl_2', 'tbl_6', 'tbl_7', 'tbl_8'];
    const after = await laid(before, { only });
    for (const [id, place] of Object.entries(before.placements)) {
      if (!only.includes(place.object)) expect(after.placements[id]).toBe(place);
    }
    expectApart(after);
  });

  it('keeps in areas what they hold, notes too, and straightens lines of what moved', async () => {
    const before = grid(24);
    const one = Object.values(before.relationships).find((rel) => rel.child !== rel.parent);
    if (one === undefined) throw new Error('there is one');
    const route = { id: placementId(MAIN_DIAGRAM, one.id), diagram: MAIN_DIAGRAM, relationship: one.id, bends: [{ x: 1, y: 2 }] };
    const area = { id: 'a', diagram: MAIN_DIAGRAM, name: 'A', x: -20, y: -40, width: 1260, height: 900, tint: 0 };
    const note = { id: 'n', diagram: MAIN_DIAGRAM, text: 'n', x: 250, y: 340, width: 120, height: 60 };
    const after = await laid({ ...before, routes: { [route.id]: route }, areas: { a: area }, notes: { n: note } });
    const box = after.areas['a'] as Rect;
    const held = ['tbl_0', 'tbl_1', 'tbl_2', 'tbl_6', 'tbl_7', 'tbl_8'];
    for (const [id, rect] of boxesOf(after, MAIN_DIAGRAM)) expect([id, overlaps(rect, box)]).toEqual([id, held.includes(id)]);
    expect(overlaps(after.notes['n'] as Rect, box)).toBe(true);
    expect(after.routes).toEqual({});
    expectApart(after);
  });

  it('leaves a pinned table where it is though it is selected, and arranges the rest of the selection round it', async () => {
    const before = grid(12);
    const id = placementId(MAIN_DIAGRAM, 'tbl_1');
    const pinned = { ...(before.placements[id] as Placement), pinned: true };
    const document = { ...before, placements: { ...before.placements, [id]: pinned } };
    const after = await laid(document, { only: ['tbl_0', 'tbl_1', 'tbl_2', 'tbl_6'] });
    expect(after.placements[id]).toBe(pinned);
    for (const other of ['tbl_3', 'tbl_4', 'tbl_9']) {
      const place = placementId(MAIN_DIAGRAM, other);
      expect(after.placements[place]).toBe(document.placements[place]);
    }
    expectApart(after);
  });

  it('arranges what an area holds inside of it; the area grows and keeps clear of everything outside, which stays', async () => {
    const before = grid(30);
    const area = { id: 'a', diagram: MAIN_DIAGRAM, name: 'A', x: -20, y: -40, width: 860, height: 900, tint: 0 };
    const other = { id: 'b', diagram: MAIN_DIAGRAM, name: 'B', x: 1660, y: -40, width: 820, height: 900, tint: 1 };
    const outer = { id: 'o', diagram: MAIN_DIAGRAM, name: 'O', x: -60, y: -100, width: 1300, height: 1000, tint: 2 };
    const after = await laid({ ...before, areas: { a: area, b: other, o: outer } }, { area: 'a' });
    const held = ['tbl_0', 'tbl_1', 'tbl_6', 'tbl_7'];
    const box = after.areas['a'] as Rect;
    for (const [id, rect] of boxesOf(after, MAIN_DIAGRAM)) expect([id, overlaps(rect, box)]).toEqual([id, held.includes(id)]);
    for (const place of Object.values(before.placements)) {
      if (!held.includes(place.object)) expect(after.placements[place.id]).toBe(place);
    }
    expect(after.areas['b']).toBe(other);
    expect(overlaps(box, other)).toBe(false);
    const round = after.areas['o'] as Rect;
    expect(round.x <= box.x && round.y <= box.y).toBe(true);
    expect(round.x + round.width >= box.x + box.width && round.y + round.height >= box.y + box.height).toBe(true);
    expectApart(after);
  });

  it('stands neighbours in rings round tables, which keep their place when everything goes along', async () => {
    const before = grid(16);
    const centre = 'tbl_0';
    const after = await laid(before, { way: 'rings', centre: [centre] });
    expectApart(after);
    const boxes = boxesOf(after, MAIN_DIAGRAM);
    const middle = boxes.get(centre) as Rect;
    const far = (id: string) => {
      const box = boxes.get(id) as Rect;
      return Math.hypot(box.x + box.width / 2 - middle.x - middle.width / 2, box.y + box.height / 2 - middle.y - middle.height / 2);
    };
    const links = Object.values(before.relationships);
    const first = new Set(links.flatMap(({ child, parent }) => (child === centre ? [parent] : parent === centre ? [child] : [])));
    first.delete(centre);
    const second = links.flatMap(({ child, parent }) => (first.has(child) ? [parent] : first.has(parent) ? [child] : []));
    const outer = second.filter((id) => id !== centre && !first.has(id));
    expect(first.size).toBeGreaterThan(0);
    expect(outer.length).toBeGreaterThan(0);
    const nearest = Math.min(...outer.map(far));
    for (const id of first) expect(far(id)).toBeLessThan(nearest + 400);
    expect(Math.min(...[...first].map(far))).toBeLessThan(nearest);
  });

  it('finds what belongs together among many tables, each in one set at most', async () => {
    const result = await layoutDocument(generatedDocument(150), MAIN_DIAGRAM);
    if (!result.ok) throw new Error(result.problem.message);
    const { communities } = result.value;
    expect(communities.length).toBeGreaterThan(2);
    expect(new Set(communities.flat()).size).toBe(communities.flat().length);
  });
});
