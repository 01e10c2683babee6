import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '#lib/grid.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { boxesOf } from '#model/derive/place.ts';
import { MAIN_DIAGRAM, placementId } from '#model/layout-types.ts';
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
});
