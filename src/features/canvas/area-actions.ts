import { boundsOf, grow, type Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { heldByAreas } from '#model/derive/areas.ts';
import { snap } from '#model/derive/place.ts';
import type { Area } from '#model/layout-types.ts';
import type { Id } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore, run } from '#state/document.ts';
import { select, viewStore } from '#state/view.ts';
import { resize, said } from './edits.ts';
import { stage } from './stage.ts';

const writable = () => documentStore.getState().readOnly === undefined;

/** The one selected record. */
function single(): Id | undefined {
  const { selection } = viewStore.getState();
  return selection.length === 1 ? selection[0]?.record : undefined;
}

function selectedArea(): Area | undefined {
  const id = single();
  return stage.scene.areas.find((area) => area.id === id);
}

/** What belongs to an area, itself left out: tables, views, notes and areas inside it. */
function contentsOf(area: Area): readonly Id[] {
  const { allAreas, members } = stage.scene;
  const boxes = [...members].map(([id, node]) => [id, node.box] as const);
  return [...heldByAreas(allAreas, [area.id], boxes)].filter((id) => id !== area.id);
}

/** The areas from top to bottom and left to right, one after the other. */
function nextArea(by: 1 | -1): void {
  const all = stage.scene.areas.toSorted((a, b) => a.y - b.y || a.x - b.x);
  const at = all.findIndex((area) => area.id === single());
  const next = all[at < 0 ? 0 : (at + by + all.length) % all.length];
  if (next === undefined) return;
  select([{ record: next.id }]);
  stage.reveal({ record: next.id });
  stage.focus();
}

/** The box round what an area holds, with room for its title. */
function boxRound(area: Area): Rect | undefined {
  const { members, allAreas } = stage.scene;
  const boxes = contentsOf(area).flatMap((id): Rect[] => {
    const box = members.get(id)?.box ?? allAreas.find((one) => one.id === id);
    return box === undefined ? [] : [box];
  });
  const bounds = boundsOf(boxes);
  if (bounds === undefined) return undefined;
  const { x, y, width, height } = grow(bounds, 24);
  return { x: snap(x), y: snap(y - 16), width: snap(width), height: snap(height + 16) };
}

function fitToContents(): void {
  const area = selectedArea();
  const box = area === undefined ? undefined : boxRound(area);
  if (area !== undefined && box !== undefined)
    said(run({ name: 'setArea', args: { id: area.id, patch: box } }, `Fit area ${area.name}`));
}

const STEP = 20;
const LEAST = { area: { width: 120, height: 80 }, note: { width: 96, height: 48 } } as const;

/** The selected area or note, whose size keys change. */
function sizable(): { id: Id; box: Rect; least: { width: number; height: number } } | undefined {
  const area = selectedArea();
  if (area !== undefined) return { id: area.id, box: area, least: LEAST.area };
  const note = recordIn(stage.scene.document, 'notes', single() ?? '');
  return note === undefined ? undefined : { id: note.id, box: note, least: LEAST.note };
}

function grows(id: string, label: string, key: string, dx: number, dy: number): Action {
  return {
    id: `canvas.size.${id}`,
    label,
    group: 'Canvas',
    keys: [`alt+shift+${key}`],
    where: 'canvas',
    keywords: ['resize', 'area', 'note'],
    when: () => writable() && sizable() !== undefined,
    run: () => {
      const found = sizable();
      if (found === undefined) return;
      const { id: record, box, least } = found;
      resize(record, Math.max(least.width, box.width + dx * STEP), Math.max(least.height, box.height + dy * STEP));
    },
  };
}

/** What is done with areas and notes by key or command: the pointer drags their edges. */
export const areaActions: readonly Action[] = [
  {
    id: 'canvas.area.next',
    label: 'Go to the next area',
    group: 'Go',
    icon: 'Frame',
    keys: ['.'],
    where: 'canvas',
    when: () => stage.scene.areas.length > 0,
    run: () => nextArea(1),
  },
  {
    id: 'canvas.area.previous',
    label: 'Go to the area before',
    group: 'Go',
    icon: 'Frame',
    keys: [','],
    where: 'canvas',
    when: () => stage.scene.areas.length > 0,
    run: () => nextArea(-1),
  },
  {
    id: 'canvas.area.contents',
    label: 'Select what the area holds',
    group: 'Canvas',
    icon: 'Group',
    when: () => selectedArea() !== undefined,
    run: () => {
      const area = selectedArea();
      if (area !== undefined) select(contentsOf(area).map((record) => ({ record })));
    },
  },
  {
    id: 'canvas.area.fit',
    label: 'Fit the area to what it holds',
    group: 'Canvas',
    icon: 'Maximize2',
    when: () => {
      const area = selectedArea();
      return writable() && area !== undefined && contentsOf(area).length > 0;
    },
    run: fitToContents,
  },
  grows('wider', 'Make the area or note wider', 'arrowright', 1, 0),
  grows('narrower', 'Make the area or note narrower', 'arrowleft', -1, 0),
  grows('taller', 'Make the area or note taller', 'arrowdown', 0, 1),
  grows('shorter', 'Make the area or note shorter', 'arrowup', 0, -1),
];
