import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from '#lib/grid.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { emptyDocument } from '../create.ts';
import { type Diagram, MAIN_DIAGRAM, placementId } from '../layout-types.ts';
import type { Document } from '../types.ts';
import { inDrawingOrder, isWithin } from './areas.ts';
import { diagramsInOrder, isChosen, isShown, nextOrder, shownOn, tagsOf } from './diagrams.ts';
import { boxesOf, placementsFor } from './place.ts';

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', MAIN_DIAGRAM), { minLength: 1 });
const orders = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }), { minLength: 5, maxLength: 5 });

function withDiagrams(names: readonly string[], order: readonly (number | undefined)[]): Document {
  const diagrams = names.map((id, at): Diagram => {
    const place = order[at];
    return { id, name: id, ...(place === undefined ? {} : { order: place }) };
  });
  return { ...emptyDocument(), diagrams: Object.fromEntries(diagrams.map((one) => [one.id, one])) };
}

describe('the order of diagrams', () => {
  it('is the same whatever order they were made in, and a new one comes last', () => {
    fc.assert(
      fc.property(ids, orders, (names, order) => {
        const document = withDiagrams(names, order);
        const turned = { ...document, diagrams: Object.fromEntries(Object.entries(document.diagrams).reverse()) };
        const sorted = diagramsInOrder(document).map((one) => one.id);
        expect(diagramsInOrder(turned).map((one) => one.id)).toEqual(sorted);
        expect([...sorted].sort()).toEqual([...names].sort());
        const added = { id: 'new', name: 'new', order: nextOrder(document) };
        expect(diagramsInOrder({ diagrams: { new: added, ...document.diagrams } }).at(-1)).toBe(added);
      }),
      runs(51, 100),
    );
  });
});

describe('[G1] what is on a diagram', () => {
  const base = generatedDocument(20);
  const tables = Object.keys(base.tables);
  const marks = fc.array(fc.constantFrom('none', 'placed', 'hidden'), { minLength: tables.length, maxLength: tables.length });

  it('follows from places, hiding and choice alone', () => {
    fc.assert(
      fc.property(marks, fc.boolean(), (all, chosen) => {
        const placements = tables.flatMap((object, at) => {
          const id = placementId(MAIN_DIAGRAM, object);
          const one = { id, diagram: MAIN_DIAGRAM, object, x: at, y: 0 };
          return all[at] === 'none' ? [] : [[id, all[at] === 'hidden' ? { ...one, hidden: true as const } : one] as const];
        });
        const diagram: Diagram = { id: MAIN_DIAGRAM, name: 'Main', ...(chosen ? { chosen } : {}) };
        const document = { ...base, diagrams: { [MAIN_DIAGRAM]: diagram }, placements: Object.fromEntries(placements) };
        const wanted = tables.filter((_, at) => all[at] === 'placed' || (all[at] === 'none' && !chosen));
        expect(shownOn(document, MAIN_DIAGRAM)).toEqual(wanted);
        expect(tables.filter((id) => isShown(document, MAIN_DIAGRAM, id))).toEqual(wanted);
        expect([...boxesOf(document, MAIN_DIAGRAM).keys()].sort()).toEqual([...wanted].sort());
        expect(isChosen(document, MAIN_DIAGRAM)).toBe(chosen);
      }),
      runs(52, 60),
    );
  });
});

describe('places for newcomers', () => {
  it('overlap nothing, few near their neighbours as many in a grid beside', () => {
    const document = generatedDocument(60);
    const all = Object.keys(document.tables);
    const chosen = { ...document, diagrams: { [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main', chosen: true as const } } };
    for (const count of [3, 24, 25, 50]) {
      const old = all
        .slice(count)
        .map((id, at): [string, { x: number; y: number }] => [id, { x: (at % 6) * 420, y: Math.floor(at / 6) * 1100 }]);
      const there = placedAt(chosen, old);
      const fresh = placementsFor(there, MAIN_DIAGRAM, all.slice(0, count), { x: 9000, y: 9000 });
      expect(fresh.map((one) => one.object)).toEqual(all.slice(0, count));
      const boxes = [
        ...boxesOf(
          placedAt(
            there,
            fresh.map(({ object, x, y }) => [object, { x, y }]),
          ),
          MAIN_DIAGRAM,
        ).values(),
      ];
      for (const [at, box] of boxes.entries()) for (const other of boxes.slice(at + 1)) expect(overlaps(box, other)).toBe(false);
    }
    expect(placementsFor(document, MAIN_DIAGRAM, [])).toEqual([]);
  });
});

it('areas are drawn before those in them', () => {
  const side = fc.integer({ min: 1, max: 90 });
  const area = fc.record({ x: side, y: side, width: side, height: side });
  fc.assert(
    fc.property(fc.array(area, { maxLength: 7 }), (list) => {
      const areas = list.map((one, at) => ({ ...one, id: `a${at}` }));
      const drawn = inDrawingOrder(areas);
      for (const [at, outer] of drawn.entries()) for (const one of drawn.slice(0, at)) expect(isWithin(one, outer)).toBe(false);
    }),
    runs(53, 200),
  );
});

it('the list of tags is the same as long as the tables are', () => {
  const document = generatedDocument(3);
  expect(tagsOf(document)).toBe(tagsOf({ ...document, notes: {} }));
  expect(tagsOf({ ...document, tables: {} })).toEqual([]);
});
