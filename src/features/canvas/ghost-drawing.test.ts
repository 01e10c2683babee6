import { describe, expect, it } from 'vitest';
import { NODE } from '#model/derive/geometry.ts';
import { MAIN_DIAGRAM, placementId } from '#model/layout-types.ts';
import type { Document, Relationship } from '#model/types.ts';
import type { Ghosts } from '#state/ghosts.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { drawGhosts } from './ghost-drawing.ts';
import { Scene } from './scene.ts';

/** `tbl_0` stands there; `tbl_1` is what would be beside it. */
const all = placedAt(generatedDocument(3), [
  ['tbl_0', { x: 0, y: 0 }],
  ['tbl_1', { x: 600, y: 40 }],
  ['tbl_2', { x: 0, y: 900 }],
]);
const { tbl_1: proposed, ...there } = all.tables;
const before: Document = {
  ...all,
  tables: there,
  relationships: {},
  placements: Object.fromEntries(Object.entries(all.placements).filter(([id]) => id !== placementId(MAIN_DIAGRAM, 'tbl_1'))),
};
const link: Relationship = {
  id: 'rel_new',
  child: 'tbl_0',
  childColumns: ['tbl_0_c1'],
  parent: 'tbl_1',
  parentColumns: ['tbl_1_c0'],
};
const after: Document = { ...all, relationships: { rel_new: link } };
const ghosts = (more: Partial<Ghosts> = {}): Ghosts => ({
  of: {},
  document: after,
  diagram: MAIN_DIAGRAM,
  table: 'tbl_0',
  leaving: ['tbl_0_c2'],
  ghosts: [{ id: 'tbl_1', rename: () => {}, move: () => {} }],
  ...more,
});

describe('ghosts', () => {
  it('stand where the plan says, with their table in the bounds', () => {
    expect(proposed).toBeDefined();
    const scene = new Scene(before);
    const drawing = drawGhosts(scene, ghosts());
    expect(drawing.boxes.get('tbl_1')).toMatchObject({ x: 600, y: 40 });
    const own = scene.grid.get('tbl_0');
    expect(drawing.bounds).toMatchObject({ x: own?.x, y: own?.y });
    expect(drawing.bounds?.width).toBe(600 + (drawing.boxes.get('tbl_1')?.width ?? 0) - (own?.x ?? 0));
    expect(scene.nodes.has('tbl_1')).toBe(false);
  });

  it('have lines with ends, at the rows of the table as it still is', () => {
    const scene = new Scene(before);
    const { lines } = drawGhosts(scene, ghosts());
    expect(`${lines.solid}${lines.dashes}`).not.toBe('');
    expect(`${lines.glyphs}${lines.hollow}`).not.toBe('');
    const y = (scene.grid.get('tbl_0')?.y ?? 0) + NODE.border + NODE.header + NODE.row * 1.5;
    expect(`${lines.solid}${lines.dashes}${lines.glyphs}`).toContain(String(Math.round(y)));
    expect(drawGhosts(scene, ghosts({ document: { ...after, relationships: {} } })).lines.solid).toBe('');
  });

  it('cross out the rows that would leave, not those of a folded table', () => {
    const scene = new Scene(before);
    const own = scene.grid.get('tbl_0');
    const [row] = drawGhosts(scene, ghosts()).leaving;
    expect(row).toMatchObject({ height: NODE.row, y: (own?.y ?? 0) + NODE.border + NODE.header + NODE.row * 2 });
    const id = placementId(MAIN_DIAGRAM, 'tbl_0');
    const place = before.placements[id];
    if (place === undefined) throw new Error('no place');
    const folded = new Scene({ ...before, placements: { ...before.placements, [id]: { ...place, collapsed: true } } });
    expect(drawGhosts(folded, ghosts()).leaving).toEqual([]);
  });

  it('are not drawn where their diagram has no place for them', () => {
    const drawing = drawGhosts(new Scene(before), ghosts({ document: { ...after, placements: before.placements } }));
    expect(drawing.boxes.size).toBe(0);
    expect(drawing.lines.solid).toBe('');
  });
});
