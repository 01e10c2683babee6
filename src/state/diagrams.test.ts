import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { diagramsInOrder, shownOn } from '#model/derive/diagrams.ts';
import { boxesOf } from '#model/derive/place.ts';
import { serialize } from '#model/format/serialize.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import {
  deleteDiagram,
  duplicateDiagram,
  goToDiagram,
  keepDiagram,
  moveDiagram,
  moveDiagramBefore,
  newDiagram,
  newDiagramOf,
  putOnDiagram,
  renameDiagram,
  setChosen,
  setDiagramLook,
  shownDiagram,
  stepDiagram,
  takeOffDiagram,
} from './diagrams.ts';
import { documentStore, load, redo, run, undo } from './document.ts';
import { noticesStore } from './notices.ts';
import { viewStore } from './view.ts';

const NAMES = ['customers', 'orders', 'order_lines', 'products'];

function shop(): Document {
  const empty = emptyDocument('Shop');
  return { ...empty, tables: Object.fromEntries(NAMES.map((id) => [id, emptyTable(id, 'sch_public', id)])) };
}

const current = () => documentStore.getState().document;
const names = () => diagramsInOrder(current()).map((one) => one.name);
const shown = () => shownOn(current(), viewStore.getState().diagram);
const label = () => documentStore.getState().history.done.at(-1)?.label;

let stop: () => void;
beforeEach(() => {
  stop = keepDiagram();
  viewStore.setState({ diagram: MAIN_DIAGRAM });
  load(shop());
});
afterEach(() => {
  stop();
  noticesStore.setState({ notices: [] });
});

describe('a new diagram', () => {
  it('is empty, comes last, is looked at, and has a name nobody has', () => {
    newDiagram();
    expect(shownDiagram()).toMatchObject({ name: 'Diagram 2', chosen: true });
    expect(shown()).toEqual([]);
    newDiagram();
    newDiagram('Main');
    expect(names()).toEqual(['Main', 'Diagram 2', 'Diagram 3', 'Main 2']);
  });

  it('of some tables arranges them, in one step that is undone at once', async () => {
    const before = serialize(current());
    await newDiagramOf(NAMES.slice(0, 3), 'Sales');
    expect(shownDiagram()?.name).toBe('Sales');
    expect(shown()).toEqual(NAMES.slice(0, 3));
    const boxes = [...boxesOf(current(), shownDiagram()?.id ?? '').values()];
    for (const [at, a] of boxes.entries()) {
      for (const b of boxes.slice(at + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
    }
    undo();
    expect(serialize(current())).toBe(before);
    expect(viewStore.getState().diagram).toBe(MAIN_DIAGRAM);
  });
});

describe('what stands on a diagram', () => {
  it('is put on and taken off a chosen one; the model keeps it', async () => {
    newDiagram('Sales');
    expect(await putOnDiagram(['orders', 'products', 'nothing'])).toEqual(['orders', 'products']);
    expect(label()).toBe('Put 2 tables on Sales');
    expect(await putOnDiagram(['orders'])).toEqual([]);
    takeOffDiagram(['orders', 'customers']);
    expect(label()).toBe('Take orders off Sales');
    expect(shown()).toEqual(['products']);
    expect(Object.keys(current().tables)).toEqual(NAMES);
    undo();
    expect(shown()).toEqual(['orders', 'products']);
  });

  it('stands where it was dropped', async () => {
    newDiagram('Sales');
    await putOnDiagram(['orders'], { x: 500, y: 300 }, true);
    expect(boxesOf(current(), viewStore.getState().diagram).get('orders')).toMatchObject({ x: 500, y: 300 });
  });

  it('is hidden where everything is shown, and comes back where it was', async () => {
    const place = boxesOf(current(), MAIN_DIAGRAM).get('orders');
    takeOffDiagram(['orders']);
    expect(shown()).not.toContain('orders');
    expect(label()).toBe('Take orders off Main');
    await putOnDiagram(['orders']);
    expect(boxesOf(current(), MAIN_DIAGRAM).get('orders')).toMatchObject({ x: place?.x, y: place?.y });
  });

  it('is chosen from what is there, and everything again', () => {
    takeOffDiagram(['orders']);
    setChosen(MAIN_DIAGRAM, true);
    run({ name: 'addTable', args: { table: { name: 'newcomer' } } });
    expect(shown()).toEqual(['customers', 'order_lines', 'products']);
    setChosen(MAIN_DIAGRAM, false);
    expect(shown()).toHaveLength(4);
    expect(shown()).not.toContain('orders');
  });

  it('puts a partition by its parent', async () => {
    const parent = {
      ...emptyTable('log', 'sch_public', 'log'),
      partitioning: { strategy: 'hash', elements: [{ expression: '1' }] },
    } as const;
    const part = { ...emptyTable('log_1', 'sch_public', 'log_1'), partitionOf: { parent: 'log', bound: 'DEFAULT' } };
    load({ ...shop(), tables: { log: parent, log_1: part } });
    newDiagram();
    expect(await putOnDiagram(['log_1'])).toEqual(['log']);
  });
});

describe('diagrams', () => {
  it('are gone through, moved, copied, renamed and deleted', () => {
    const a = newDiagram('A') ?? '';
    const b = newDiagram('B') ?? '';
    stepDiagram(1);
    expect(shownDiagram()?.id).toBe(MAIN_DIAGRAM);
    stepDiagram(-1);
    expect(shownDiagram()?.id).toBe(b);
    moveDiagram(b, -1);
    expect(names()).toEqual(['Main', 'B', 'A']);
    moveDiagram(MAIN_DIAGRAM, -1);
    moveDiagramBefore(a, MAIN_DIAGRAM);
    expect(names()).toEqual(['A', 'Main', 'B']);
    moveDiagramBefore(a, undefined);
    duplicateDiagram(MAIN_DIAGRAM);
    expect(names()).toEqual(['Main', 'Main copy', 'B', 'A']);
    expect(shownDiagram()?.name).toBe('Main copy');
    expect(renameDiagram(a, ' Alpha ')).toBe(true);
    expect(renameDiagram(a, '  ')).toBe(false);
    setDiagramLook(a, { detail: 'keys' }, 'Show keys');
    expect(current().diagrams[a]).toMatchObject({ name: 'Alpha', detail: 'keys' });
    goToDiagram('nothing');
    expect(shownDiagram()?.name).toBe('Main copy');
    deleteDiagram(shownDiagram()?.id ?? '');
    expect(shownDiagram()?.id).toBe(MAIN_DIAGRAM);
    noticesStore.getState().notices.at(-1)?.action?.run();
    expect(names()).toContain('Main copy');
  });

  it('are gone to when an undo or redo changes them alone', () => {
    const a = newDiagram('A') ?? '';
    run({ name: 'addNote', args: { record: { diagram: a, text: 'x', x: 0, y: 0, width: 96, height: 48 } } });
    goToDiagram(MAIN_DIAGRAM);
    undo();
    expect(shownDiagram()?.id).toBe(a);
    goToDiagram(MAIN_DIAGRAM);
    redo();
    expect(shownDiagram()?.id).toBe(a);
    goToDiagram(MAIN_DIAGRAM);
    run({ name: 'setTable', args: { id: 'orders', patch: { comment: 'x' } } });
    undo();
    expect(shownDiagram()?.id).toBe(MAIN_DIAGRAM);
  });

  it('keep one: the last cannot be deleted', () => {
    deleteDiagram(MAIN_DIAGRAM);
    expect(names()).toEqual(['Main']);
    expect(noticesStore.getState().notices.at(-1)?.text).toContain('last diagram');
  });

  it('of another document begin at its first', () => {
    newDiagram('A');
    load({ ...shop(), diagrams: { d2: { id: 'd2', name: 'Two', order: 2 }, d1: { id: 'd1', name: 'One', order: 1 } } });
    expect(shownDiagram()?.name).toBe('One');
  });
});
