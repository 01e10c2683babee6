import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains } from '#lib/grid.ts';
import { NODE } from '#model/derive/geometry.ts';
import type { Table } from '#model/types.ts';
import { faceOf } from '#paint/face.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { hitTest } from './hit.ts';
import { Scene, type SceneNode } from './scene.ts';

const COUNT = 24;
const document = generatedDocument(COUNT);
const ids = Object.keys(document.tables);
const spot = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
const spots = fc.array(spot, { minLength: COUNT, maxLength: COUNT });
/** Moves of a table after the scene was made: what lies where must not depend on how it came there. */
const moves = fc.array(fc.record({ at: fc.nat(COUNT - 1), to: spot }), { maxLength: 12 });
const chosen = fc.array(fc.nat(COUNT - 1), { maxLength: 4 });

/** Looks at every node: a selected one before the others, else the one drawn last. */
function slowly(scene: Scene, x: number, y: number, selected: ReadonlySet<string>): SceneNode | undefined {
  const under = [...scene.nodes.values()].filter((node) => contains(node.box, x, y)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return under.findLast((node) => selected.has(node.id)) ?? under.at(-1);
}

describe('hitTest', () => {
  it('finds the node on top as a look at every node does, whatever was moved before, and the row at that height', () => {
    fc.assert(
      fc.property(spots, moves, spot, chosen, (places, later, at, picked) => {
        const scene = new Scene(
          placedAt(
            document,
            ids.map((id, i) => [id, places[i] as { x: number; y: number }]),
          ),
        );
        for (const { at: which, to } of later) scene.carry(new Map([[ids[which] as string, to]]));
        const selected = new Set(picked.map((which) => ids[which] as string));
        const hit = hitTest(scene, at.x, at.y, 1, selected);
        const expected = slowly(scene, at.x, at.y, selected);
        if (expected === undefined) {
          expect(hit).toEqual({ kind: 'nothing' });
          return;
        }
        if (hit.kind !== 'node') throw new Error('A node lies there.');
        expect(hit.node.id).toBe(expected.id);
        const { rows } = faceOf(scene.document, expected.record as Table);
        const top = expected.box.y + NODE.border + NODE.header;
        const row = rows.find((_, i) => at.y >= top + i * NODE.row && at.y < top + (i + 1) * NODE.row);
        expect(hit.column).toBe(row?.id);
      }),
      runs(32, 300),
    );
  });
});
