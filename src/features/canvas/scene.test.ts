import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from '#lib/grid.ts';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { applyDiff, reverseDiff } from '#model/diff.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { NO_TINT } from '#paint/tints.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { Scene } from './scene.ts';

function placed(count: number): Document {
  const document = generatedDocument(count);
  return placedAt(
    document,
    Object.keys(document.tables).map((id, at) => [id, { x: (at % 8) * 400, y: Math.floor(at / 8) * 500 }]),
  );
}

const ids = derivedIds();

function edited(document: Document, call: CommandCall): { document: Document; diff: ReturnType<typeof reverseDiff> } {
  const ran = runCommands(document, [call], ids);
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value;
}

/** The scene after an edit must be the scene made anew. */
function expectSame(scene: Scene, document: Document): void {
  const fresh = new Scene(document);
  const boxes = (one: Scene) => Object.fromEntries([...one.nodes].map(([id, { box, tint, kind }]) => [id, { box, tint, kind }]));
  expect(boxes(scene)).toEqual(boxes(fresh));
  expect(Object.fromEntries(scene.grid.entries())).toEqual(Object.fromEntries(fresh.grid.entries()));
  expect(scene.areas).toEqual(fresh.areas);
}

describe('Scene', () => {
  it('follows edits as if it had been made anew, and keeps the nodes that did not change', () => {
    let document = placed(24);
    const scene = new Scene(document);
    const calls: CommandCall[] = [
      { name: 'placeObjects', args: { places: [{ object: 'tbl_3', x: 5000, y: 40 }] } },
      {
        name: 'addColumn',
        args: { table: 'tbl_4', column: { name: 'x', type: { kind: 'builtin', name: 'text' }, nullable: true } },
      },
      { name: 'addArea', args: { record: { diagram: MAIN_DIAGRAM, name: 'A', x: 0, y: 0, width: 400, height: 300, tint: 1 } } },
      { name: 'addNote', args: { record: { diagram: MAIN_DIAGRAM, text: 'n', x: 9000, y: 0, width: 200, height: 100 } } },
      { name: 'markPlacements', args: { objects: ['tbl_6'], collapsed: true } },
      { name: 'removeTables', args: { ids: ['tbl_5'] } },
      { name: 'setTable', args: { id: 'tbl_7', patch: { name: 'a_rather_longer_name_than_before' } } },
    ];
    for (const call of calls) {
      const kept = scene.nodes.get('tbl_20');
      const { document: after, diff } = edited(document, call);
      scene.apply(after, diff);
      expectSame(scene, after);
      expect(scene.nodes.get('tbl_20')).toBe(kept);
      const back = reverseDiff(diff);
      scene.apply(applyDiff(after, back), back);
      expectSame(scene, applyDiff(after, back));
      scene.apply(after, diff);
      document = after;
    }
  });

  it('says which nodes changed', () => {
    const document = placed(10);
    const scene = new Scene(document);
    const { document: after, diff } = edited(document, {
      name: 'placeObjects',
      args: { places: [{ object: 'tbl_3', x: 5000, y: 40 }] },
    });
    expect(scene.apply(after, diff)).toEqual({ nodes: new Set(['tbl_3']), edges: true, areas: false });
  });

  it('gives newcomers a place that overlaps nothing and keeps it while others move', () => {
    const document = placed(10);
    const scene = new Scene(document);
    const { document: after, diff } = edited(document, { name: 'addTable', args: { table: { id: 'tbl_new', name: 'newcomer' } } });
    scene.apply(after, diff);
    const box = scene.nodes.get('tbl_new')?.box;
    if (box === undefined) throw new Error('it has a place');
    for (const [id, node] of scene.nodes) if (id !== 'tbl_new') expect(overlaps(node.box, box)).toBe(false);
    const moved = edited(after, { name: 'placeObjects', args: { places: [{ object: 'tbl_1', x: -4000, y: 40 }] } });
    scene.apply(moved.document, moved.diff);
    expect(scene.nodes.get('tbl_new')?.box).toEqual(box);
    expect(scene.guests()).toHaveLength(1);
  });

  it('shows no partitions', () => {
    const { document } = edited(placed(4), {
      name: 'setTable',
      args: { id: 'tbl_1', patch: { partitioning: { strategy: 'list', elements: [{ column: 'tbl_1_c0' }] } } },
    });
    const scene = new Scene(document);
    const { document: after, diff } = edited(document, {
      name: 'addTable',
      args: { table: { id: 'tbl_part', name: 'part', partitionOf: { parent: 'tbl_1', bound: 'DEFAULT' } } },
    });
    scene.apply(after, diff);
    expect(scene.nodes.has('tbl_part')).toBe(false);
    expect(scene.nodes.has('tbl_1')).toBe(true);
  });
});

describe('a drag', () => {
  const spot = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
  const steps = fc.array(fc.array(fc.tuple(fc.nat(9), spot), { minLength: 1, maxLength: 4 }), { maxLength: 8 });

  it('shows what is carried where it is carried, and everything else untouched; let go, all is as the document says', () => {
    const document = placed(10);
    fc.assert(
      fc.property(steps, (all) => {
        const scene = new Scene(document);
        const before = new Map(scene.nodes);
        const carried = new Map<string, { x: number; y: number }>();
        for (const step of all) {
          const spots = new Map(step.map(([at, to]) => [`tbl_${at}`, to]));
          for (const [id, to] of spots) carried.set(id, to);
          expect(scene.carry(spots).nodes).toEqual(new Set(spots.keys()));
          for (const [id, node] of scene.nodes) {
            const to = carried.get(id);
            if (to === undefined) expect(node).toBe(before.get(id));
            else expect(node.box).toMatchObject(to);
            expect(scene.grid.get(id)).toEqual(node.box);
          }
        }
        expect(scene.letGo().nodes).toEqual(new Set(carried.keys()));
        expectSame(scene, document);
      }),
      runs(33, 100),
    );
  });

  it('ends without a jump when the document is told where things were let go', () => {
    const document = placed(6);
    const scene = new Scene(document);
    scene.carry(new Map([['tbl_2', { x: 640, y: -80 }]]));
    const carried = scene.nodes.get('tbl_2');
    const { document: after, diff } = edited(document, {
      name: 'placeObjects',
      args: { places: [{ object: 'tbl_2', x: 640, y: -80 }] },
    });
    scene.apply(after, diff);
    scene.letGo();
    expect(scene.nodes.get('tbl_2')).toBe(carried);
    expectSame(scene, after);
  });

  it('carries areas with their names, and edits made meanwhile stay', () => {
    const document = placed(4);
    const added = edited(document, {
      name: 'addArea',
      args: { record: { id: 'a', diagram: MAIN_DIAGRAM, name: 'A', x: 0, y: 0, width: 400, height: 300, tint: 1 } },
    }).document;
    const scene = new Scene(added);
    expect(scene.carry(new Map([['a', { x: 90, y: 60 }]]))).toEqual({ nodes: new Set(), edges: false, areas: true });
    expect(scene.areas).toMatchObject([{ id: 'a', name: 'A', x: 90, y: 60 }]);
    const { document: after, diff } = edited(added, { name: 'setArea', args: { id: 'a', patch: { name: 'B' } } });
    scene.apply(after, diff);
    expect(scene.areas).toMatchObject([{ id: 'a', name: 'B', x: 90, y: 60 }]);
    scene.letGo();
    expect(scene.areas).toMatchObject([{ id: 'a', name: 'B', x: 0, y: 0 }]);
  });
});

describe('a diagram of chosen tables', () => {
  const at = (diagram: string, object: string, x: number): CommandCall => ({
    name: 'placeObjects',
    args: { diagram, places: [{ object, x, y: 0 }] },
  });

  it('shows what was put on it, follows puts and takes, and hides what is hidden', () => {
    let document = edited(placed(6), { name: 'addDiagram', args: { record: { id: 'few', name: 'Few', chosen: true } } }).document;
    const scene = new Scene(document, 'few');
    expect(scene.nodes.size).toBe(0);
    const follow = (call: CommandCall) => {
      const { document: after, diff } = edited(document, call);
      scene.apply(after, diff);
      document = after;
      expect([...scene.nodes.keys()]).toEqual([...new Scene(after, 'few').nodes.keys()]);
    };
    follow(at('few', 'tbl_2', 0));
    follow(at('few', 'tbl_4', 900));
    expect([...scene.nodes.keys()]).toEqual(['tbl_2', 'tbl_4']);
    follow({ name: 'markPlacements', args: { diagram: 'few', objects: ['tbl_2'], hidden: true } });
    expect([...scene.nodes.keys()]).toEqual(['tbl_4']);
    follow({ name: 'addTable', args: { table: { id: 'tbl_new', name: 'newcomer' } } });
    expect(scene.nodes.has('tbl_new')).toBe(false);
    follow({ name: 'removePlacements', args: { diagram: 'few', objects: ['tbl_4'] } });
    expect(scene.nodes.size).toBe(0);
    follow({ name: 'setDiagram', args: { id: 'few', patch: { chosen: null } } });
    expect(scene.nodes.has('tbl_new')).toBe(true);
    expect(scene.nodes.has('tbl_2')).toBe(false);
  });

  it('takes its colours from the areas, as these move', () => {
    const area = { id: 'area_a', diagram: MAIN_DIAGRAM, name: 'A', x: -50, y: -50, width: 600, height: 900, tint: 4 };
    const start = edited(placed(4), { name: 'addArea', args: { record: area } }).document;
    const { document: coloured, diff } = edited(start, {
      name: 'setDiagram',
      args: { id: MAIN_DIAGRAM, patch: { colours: 'area' } },
    });
    const scene = new Scene(start);
    scene.apply(coloured, diff);
    expect(scene.nodes.get('tbl_0')?.tint).toBe(4);
    const moved = edited(coloured, { name: 'setArea', args: { id: 'area_a', patch: { x: 5000 } } });
    scene.apply(moved.document, moved.diff);
    expect(scene.nodes.get('tbl_0')?.tint).toBe(NO_TINT);
  });
});

describe('a narrowed scene', () => {
  it('mounts and finds only what is let through, keeps the rest in its place, and shows areas that hold something', () => {
    const area = { diagram: MAIN_DIAGRAM, name: 'A', y: -50, width: 380, height: 2000, tint: 1 };
    const with1 = edited(placed(6), { name: 'addArea', args: { record: { ...area, id: 'left', x: -20 } } }).document;
    const document = edited(with1, { name: 'addArea', args: { record: { ...area, id: 'right', x: 1580 } } }).document;
    const scene = new Scene(document);
    const whole = scene.nodes.get('tbl_5');
    expect(scene.restrict(new Set(['tbl_0', 'tbl_1']))).toMatchObject({ nodes: 'all', areas: true });
    expect([...scene.nodes.keys()]).toEqual(['tbl_0', 'tbl_1']);
    expect(scene.grid.size).toBe(2);
    expect(scene.members.size).toBe(6);
    expect(scene.areas.map((one) => one.id)).toEqual(['left']);
    expect(scene.allAreas).toHaveLength(2);
    // An edit of what is held back does not bring it out.
    const moved = edited(document, { name: 'placeObjects', args: { places: [{ object: 'tbl_5', x: 4000, y: 40 }] } });
    scene.apply(moved.document, moved.diff);
    expect(scene.nodes.has('tbl_5')).toBe(false);
    expect(scene.members.get('tbl_5')?.box.x).toBe(4000);
    const back = reverseDiff(moved.diff);
    scene.apply(applyDiff(moved.document, back), back);
    scene.restrict(undefined);
    expectSame(scene, document);
    expect(scene.nodes.get('tbl_5')?.box).toEqual(whole?.box);
  });
});
