import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import { diagramsInOrder, isShown, shownOn, tagsOf } from '../derive/diagrams.ts';
import { missingPlacements } from '../derive/place.ts';
import { applyDiff, reverseDiff } from '../diff.ts';
import { serialize } from '../format/serialize.ts';
import { MAIN_DIAGRAM, placementId } from '../layout-types.ts';
import type { Document } from '../types.ts';
import { validate } from '../validate.ts';
import type { CommandCall } from './registry.ts';
import { runCommands } from './run.ts';

const TABLES = ['a', 'b', 'c', 'd'];

function shop(): Document {
  const empty = emptyDocument('Shop');
  const tables = Object.fromEntries(TABLES.map((id) => [id, emptyTable(id, 'sch_public', id)]));
  const parent = {
    ...emptyTable('a', 'sch_public', 'a'),
    partitioning: { strategy: 'hash', elements: [{ expression: '1' }] },
  } as const;
  const partition = { ...emptyTable('d', 'sch_public', 'd'), partitionOf: { parent: 'a', bound: 'DEFAULT' } };
  return { ...empty, tables: { ...tables, a: parent, d: partition } };
}

/** Runs calls, and takes them back to see that nothing is left of them. */
function done(document: Document, ...calls: CommandCall[]): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  expect(serialize(applyDiff(ran.value.document, reverseDiff(ran.value.diff)))).toBe(serialize(document));
  return ran.value.document;
}

function refused(document: Document, call: CommandCall): string {
  const ran = runCommands(document, [call], derivedIds());
  return ran.ok ? 'it ran' : ran.problem.code;
}

const names = (document: Document) => diagramsInOrder(document).map((one) => one.name);

describe('what a diagram shows', () => {
  it('is every table and view that is no partition, unless hidden', () => {
    const placed = done(shop(), { name: 'placeObjects', args: { places: [{ object: 'a', x: 1, y: 2 }] } });
    expect(shownOn(placed, MAIN_DIAGRAM)).toEqual(['a', 'b', 'c']);
    const hidden = done(placed, { name: 'markPlacements', args: { objects: ['a'], hidden: true } });
    expect(shownOn(hidden, MAIN_DIAGRAM)).toEqual(['b', 'c']);
    expect(missingPlacements(hidden, MAIN_DIAGRAM).map((one) => one.object)).toEqual(['b', 'c']);
    const shown = done(hidden, { name: 'markPlacements', args: { objects: ['a'], hidden: false } });
    expect(serialize(shown)).toBe(serialize(placed));
  });

  it('is what was put on it, when its tables are chosen', () => {
    const chosen = done(
      shop(),
      { name: 'addDiagram', args: { record: { id: 'diagram_2', name: 'Two', chosen: true } } },
      { name: 'placeObjects', args: { diagram: 'diagram_2', places: [{ object: 'b', x: 0, y: 0 }] } },
    );
    expect(shownOn(chosen, 'diagram_2')).toEqual(['b']);
    expect(shownOn(chosen, MAIN_DIAGRAM)).toEqual(['a', 'b', 'c']);
    expect(missingPlacements(chosen, 'diagram_2')).toEqual([]);
    expect(isShown(chosen, 'diagram_2', 'nothing')).toBe(false);
    const off = done(chosen, { name: 'removePlacements', args: { diagram: 'diagram_2', objects: ['b'] } });
    expect(shownOn(off, 'diagram_2')).toEqual([]);
    expect(Object.keys(off.tables)).toEqual(TABLES);
  });
});

describe('diagrams', () => {
  it('are copied with all that stands on them, under ids of their own', () => {
    const full = done(
      shop(),
      { name: 'placeObjects', args: { places: [{ object: 'a', x: 1, y: 2 }] } },
      { name: 'markPlacements', args: { objects: ['a'], tint: 3, pinned: true } },
      {
        name: 'addArea',
        args: { record: { id: 'area_1', diagram: MAIN_DIAGRAM, name: 'A', x: 0, y: 0, width: 9, height: 9, tint: 1 } },
      },
      { name: 'addNote', args: { record: { id: 'note_1', diagram: MAIN_DIAGRAM, text: 'hi', x: 0, y: 0, width: 9, height: 9 } } },
      { name: 'addDiagram', args: { record: { id: 'diagram_z', name: 'Last', order: 1 } } },
    );
    const copied = done(full, { name: 'duplicateDiagram', args: { id: MAIN_DIAGRAM, as: 'diagram_copy' } });
    expect(names(copied)).toEqual(['Main', 'Main copy', 'Last']);
    expect(copied.placements[placementId('diagram_copy', 'a')]).toMatchObject({ x: 1, y: 2, tint: 3, pinned: true });
    const on = (records: object) => Object.values(records).filter((one) => one.diagram === 'diagram_copy');
    expect(on(copied.areas)).toMatchObject([{ name: 'A' }]);
    expect(on(copied.notes)).toMatchObject([{ text: 'hi' }]);
    expect(validate(copied)).toEqual([]);
    expect(names(done(copied, { name: 'duplicateDiagram', args: { id: MAIN_DIAGRAM } }))).toContain('Main copy_2');
    const gone = done(copied, { name: 'removeDiagrams', args: { ids: ['diagram_copy'] } });
    expect(Object.keys(gone.areas)).toEqual(['area_1']);
    expect(Object.keys(gone.placements)).toEqual([placementId(MAIN_DIAGRAM, 'a')]);
  });

  it('are put in another order', () => {
    const three = done(
      shop(),
      { name: 'addDiagram', args: { record: { id: 'x', name: 'X', order: 1 } } },
      { name: 'addDiagram', args: { record: { id: 'y', name: 'Y', order: 2 } } },
    );
    expect(names(three)).toEqual(['Main', 'X', 'Y']);
    expect(names(done(three, { name: 'orderDiagrams', args: { ids: ['y'] } }))).toEqual(['Y', 'Main', 'X']);
    expect(refused(three, { name: 'orderDiagrams', args: { ids: ['nothing'] } })).toBe('not-found');
  });

  it('keep at least one, and names that can be read', () => {
    expect(refused(shop(), { name: 'removeDiagrams', args: { ids: [MAIN_DIAGRAM] } })).toBe('last-diagram');
    expect(refused(shop(), { name: 'setDiagram', args: { id: MAIN_DIAGRAM, patch: { name: ' ' } } })).toBe('name-unusable');
    expect(refused(shop(), { name: 'addDiagram', args: { record: { name: '\0' } } })).toBe('name-unusable');
    expect(refused(shop(), { name: 'duplicateDiagram', args: { id: 'nothing' } })).toBe('not-found');
  });
});

it('tags are gathered once each', () => {
  const document = done(
    shop(),
    { name: 'setTable', args: { id: 'a', patch: { tags: ['core', 'pii'] } } },
    { name: 'setTable', args: { id: 'b', patch: { tags: ['core', 'audit'] } } },
  );
  expect(tagsOf(document)).toEqual(['audit', 'core', 'pii']);
  expect(tagsOf(done(document, { name: 'setTable', args: { id: 'a', patch: { tags: null } } }))).toEqual(['audit', 'core']);
});
