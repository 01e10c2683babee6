import type { Rect } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { isolate, narrowStore } from '#state/narrow.ts';
import { leave } from '#state/places.ts';
import { preferencesStore } from '#state/preferences.ts';
import { clearPath, pathStore } from '#state/query-path.ts';
import { askRename, select, type Tool, viewStore } from '#state/view.ts';
import { type Alignment, align } from './align.ts';
import { areaActions } from './area-actions.ts';
import { type Ask, askedText } from './asks.ts';
import { dependencyActions } from './dependency-actions.ts';
import { editingStore } from './editing.ts';
import { mark, moveTo, newArea, newColumn, newNote, newTable } from './edits.ts';
import { areaRound } from './gestures.ts';
import { canMoveColumn, editFocused, focusedNode, follow, goNext, moveColumn, nudge } from './keyboard.ts';
import { clearOverlay, overlayStore } from './overlay.ts';
import { cancelPointerGesture } from './pointer.ts';
import { relationshipActions } from './relationship-actions.ts';
import { movePart } from './segments.ts';
import { stage } from './stage.ts';
import { tidyActions } from './tidy-actions.ts';
import { fitWhole } from './whole.ts';

const selection = () => viewStore.getState().selection;
const hasSelection = () => selection().length > 0;

/** The selected nodes with their boxes. */
function selectedBoxes(): readonly (readonly [Id, Rect])[] {
  const ids = new Set(selection().map((ref) => ref.record));
  return [...ids].flatMap((id) => {
    const box = stage.scene.grid.get(id);
    return box === undefined ? [] : [[id, box] as const];
  });
}

const several = () => selectedBoxes().length > 1;

function tool(name: Tool, label: string, icon: string, keys: string): Action {
  return {
    id: `canvas.tool.${name}`,
    label,
    group: 'Canvas',
    icon,
    keys: [keys],
    where: 'canvas',
    run: () => {
      clearOverlay();
      viewStore.setState({ tool: name });
      stage.focus();
      if (name === 'relationship' && globalThis.event instanceof KeyboardEvent) pickByKeys();
    },
  };
}

/** The relationship tool is in the hand: its ends are clicked or dragged, or the other one is picked by its name. */
function pickByKeys(): void {
  const ref = selection().at(-1);
  const table = ref === undefined ? undefined : recordIn(stage.scene.document, 'tables', ref.record);
  if (table === undefined || ref === undefined || stage.scene.nodes.get(table.id) === undefined) return;
  const column = table.columns.some(({ id }) => id === ref.part) ? ref.part : undefined;
  overlayStore.setState({ picking: { from: { table: table.id, ...(column === undefined ? {} : { column }) } } });
}

function asking(ask: Ask, label: string, icon: string, keys: readonly string[] = []): Action {
  const asked = () => {
    const ref = selection().at(-1);
    const one = ref === undefined ? undefined : { ask, ref };
    return one !== undefined && askedText(stage.scene.document, one) !== undefined ? one : undefined;
  };
  return {
    id: `canvas.ask.${ask}`,
    label,
    group: 'Edit',
    icon,
    keys,
    keywords: ['description', 'note', 'namespace', 'enum'],
    when: () => asked() !== undefined,
    run: () => overlayStore.setState({ asked: asked() }),
  };
}

function reconnecting(end: 'child' | 'parent'): Action {
  const only = () => {
    const [ref] = selection();
    return ref === undefined || selection().length > 1 ? undefined : recordIn(stage.scene.document, 'relationships', ref.record);
  };
  return {
    id: `canvas.reconnect.${end}`,
    label: `Connect the ${end} end to another table …`,
    group: 'Model',
    icon: 'Workflow',
    keywords: ['relationship', 'foreign key', 'move', 'end'],
    when: () => only() !== undefined,
    run: () => {
      const one = only();
      if (one === undefined) return;
      const other = end === 'child' ? one.parent : one.child;
      overlayStore.setState({ picking: { from: { table: other }, reconnects: { relationship: one.id, end } } });
    },
  };
}

function aligning(how: Alignment, label: string, icon: string): Action {
  return {
    id: `canvas.align.${how}`,
    label,
    group: 'Canvas',
    icon,
    keywords: ['align', 'distribute', 'arrange'],
    when: several,
    run: () => void moveTo(align(selectedBoxes(), how), label),
  };
}

/** Escape: first a running gesture, then a tool, then what is looked at by itself, then the selection. */
function callOff(): void {
  if (cancelPointerGesture()) return;
  if (viewStore.getState().tool !== 'select' || overlayStore.getState().picked !== undefined) {
    clearOverlay();
    viewStore.setState({ tool: 'select' });
  } else if (pathStore.getState().path !== undefined) clearPath();
  else if (narrowStore.getState().isolation !== undefined) isolate(undefined);
  else select([]);
}

const ARROWS = [
  ['left', 'ArrowLeft', -1, 0],
  ['right', 'ArrowRight', 1, 0],
  ['up', 'ArrowUp', 0, -1],
  ['down', 'ArrowDown', 0, 1],
] as const;

const moving: readonly Action[] = ARROWS.flatMap(([direction, icon, dx, dy]): Action[] => [
  {
    id: `canvas.go.${direction}`,
    label: `Go to the next table ${direction === 'up' || direction === 'down' ? direction : `to the ${direction}`}`,
    group: 'Go',
    icon,
    keys: [`arrow${direction}`],
    where: 'canvas',
    run: () => {
      if (!movePart(dx, dy)) goNext(direction);
    },
  },
  {
    id: `canvas.nudge.${direction}`,
    label: `Move ${direction} a little`,
    group: 'Canvas',
    icon,
    keys: [`mod+arrow${direction}`, `shift+arrow${direction}`],
    where: 'canvas',
    when: hasSelection,
    run: () => nudge(dx * 4, dy * 4),
  },
  {
    id: `canvas.push.${direction}`,
    label: `Move ${direction} further`,
    group: 'Canvas',
    icon,
    keys: [`mod+shift+arrow${direction}`],
    where: 'canvas',
    when: hasSelection,
    run: () => nudge(dx * 40, dy * 40),
  },
]);

const holdsTool = () => ['table', 'note', 'area'].includes(viewStore.getState().tool);

/** Enter with a tool in the hand: what a click in the middle would make. */
function applyTool(): void {
  const { tool: held } = viewStore.getState();
  const middle = stage.middle();
  viewStore.setState({ tool: 'select' });
  if (held === 'table') newTable(middle, false);
  else if (held === 'note') newNote(middle);
  else newArea({ ...middle, width: 320, height: 220 });
}

const looking: readonly Action[] = [
  {
    id: 'canvas.fit',
    label: 'Fit the whole diagram',
    group: 'View',
    icon: 'Maximize',
    keys: ['shift+1'],
    where: 'canvas',
    run: fitWhole,
  },
  {
    id: 'canvas.fitSelection',
    label: 'Fit the selection',
    group: 'View',
    icon: 'Focus',
    keys: ['shift+2'],
    where: 'canvas',
    when: hasSelection,
    run: () => {
      leave();
      stage.fitSelection();
    },
  },
  {
    id: 'view.minimap',
    label: 'Show or hide the map',
    group: 'View',
    icon: 'Map',
    keys: ['shift+m'],
    where: 'canvas',
    keywords: ['minimap', 'overview'],
    checked: () => preferencesStore.getState().minimapOpen,
    run: () => preferencesStore.setState(({ minimapOpen }) => ({ minimapOpen: !minimapOpen })),
  },
  {
    id: 'canvas.zoomIn',
    label: 'Zoom in',
    group: 'View',
    icon: 'ZoomIn',
    keys: ['+', '='],
    where: 'canvas',
    run: () => stage.zoomBy(1.25),
  },
  {
    id: 'canvas.zoomOut',
    label: 'Zoom out',
    group: 'View',
    icon: 'ZoomOut',
    keys: ['-'],
    where: 'canvas',
    run: () => stage.zoomBy(0.8),
  },
  {
    id: 'canvas.zoomReset',
    label: 'Zoom to 100 %',
    group: 'View',
    keys: ['0'],
    where: 'canvas',
    run: () => stage.zoomBy(1 / stage.viewport.zoom),
  },
];

const editing: readonly Action[] = [
  {
    id: 'canvas.newTable',
    label: 'New table',
    group: 'Model',
    icon: 'SquarePlus',
    keys: ['shift+t'],
    where: 'canvas',
    keywords: ['create', 'add', 'entity'],
    run: () => void newTable(stage.middle(), false),
  },
  {
    id: 'canvas.edit',
    label: 'Edit in place, or use the tool in the hand',
    group: 'Edit',
    icon: 'Pencil',
    keys: ['enter'],
    where: 'canvas',
    when: () => (holdsTool() || hasSelection()) && editingStore.getState().at === undefined,
    run: () => (holdsTool() ? applyTool() : editFocused()),
  },
  {
    id: 'canvas.rename',
    label: 'Rename',
    group: 'Edit',
    icon: 'TextCursorInput',
    keys: ['f2'],
    where: 'canvas',
    when: hasSelection,
    run: () => {
      const ref = selection().at(-1);
      if (ref !== undefined) askRename(ref);
    },
  },
  {
    id: 'canvas.addColumn',
    label: 'Add a column below',
    group: 'Model',
    icon: 'Plus',
    keys: ['mod+enter'],
    where: 'canvas',
    when: () => focusedNode() !== undefined && stage.scene.nodes.get(focusedNode() ?? '')?.kind === 'table',
    run: () => {
      const ref = selection().at(-1);
      if (ref !== undefined) newColumn(ref.record, ref.part);
    },
  },
  {
    id: 'canvas.columnUp',
    label: 'Move the column up',
    group: 'Model',
    icon: 'ArrowUp',
    keys: ['alt+arrowup'],
    where: 'canvas',
    when: () => canMoveColumn(-1),
    run: () => moveColumn(-1),
  },
  {
    id: 'canvas.columnDown',
    label: 'Move the column down',
    group: 'Model',
    icon: 'ArrowDown',
    keys: ['alt+arrowdown'],
    where: 'canvas',
    when: () => canMoveColumn(1),
    run: () => moveColumn(1),
  },
  {
    id: 'canvas.group',
    label: 'Draw an area round the selection',
    group: 'Canvas',
    icon: 'Group',
    keys: ['g'],
    where: 'canvas',
    when: () => selectedBoxes().length > 0,
    run: () => {
      const box = areaRound(selectedBoxes().map(([id]) => id));
      if (box !== undefined) newArea(box);
    },
  },
  {
    id: 'canvas.pin',
    label: 'Pin (tidying leaves it) or unpin',
    group: 'Canvas',
    icon: 'Lock',
    when: () => selectedBoxes().length > 0,
    run: () => {
      const ids = selectedBoxes().map(([id]) => id);
      mark(ids, { pinned: !ids.every((id) => stage.scene.nodes.get(id)?.pinned === true) });
    },
  },
  {
    id: 'canvas.collapse',
    label: 'Show only names, or all columns',
    group: 'Canvas',
    icon: 'ChevronsDownUp',
    when: () => selectedBoxes().length > 0,
    run: () => {
      const ids = selectedBoxes().map(([id]) => id);
      mark(ids, { collapsed: !ids.every((id) => stage.scene.nodes.get(id)?.collapsed === true) });
    },
  },
  {
    id: 'canvas.followOut',
    label: 'Follow a foreign key to its parent',
    group: 'Go',
    keys: [']'],
    where: 'canvas',
    run: () => follow('out'),
  },
  {
    id: 'canvas.followIn',
    label: 'Follow a foreign key back to a child',
    group: 'Go',
    keys: ['['],
    where: 'canvas',
    run: () => follow('in'),
  },
  { id: 'canvas.cancel', label: 'Cancel', group: 'Canvas', keys: ['escape'], where: 'canvas', run: callOff },
];

export const actions: readonly Action[] = [
  tool('select', 'Select', 'MousePointer2', 'v'),
  tool('table', 'Draw a table', 'Table2', 't'),
  tool('relationship', 'Draw a relationship', 'Workflow', 'r'),
  asking('comment', 'Edit the comment …', 'MessageSquare', ['shift+f2']),
  asking('schema', 'Move to another schema …', 'FolderOpen'),
  asking('values', 'Edit the values of the enum …', 'List'),
  reconnecting('child'),
  reconnecting('parent'),
  tool('area', 'Draw an area', 'Frame', 'a'),
  tool('note', 'Write a note', 'StickyNote', 'n'),
  ...looking,
  ...relationshipActions,
  ...dependencyActions,
  ...editing,
  ...areaActions,
  ...tidyActions,
  aligning('left', 'Align left', 'AlignStartVertical'),
  aligning('center', 'Align centres', 'AlignCenterVertical'),
  aligning('right', 'Align right', 'AlignEndVertical'),
  aligning('top', 'Align top', 'AlignStartHorizontal'),
  aligning('middle', 'Align middles', 'AlignCenterHorizontal'),
  aligning('bottom', 'Align bottom', 'AlignEndHorizontal'),
  aligning('distributeX', 'Distribute horizontally', 'AlignHorizontalSpaceAround'),
  aligning('distributeY', 'Distribute vertically', 'AlignVerticalSpaceAround'),
  ...moving,
];
