import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Id } from '#model/types.ts';
import { run } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import type { MenuItem } from '#ui/menu-items.ts';
import { actionLines } from './action-lines.ts';
import { newArea, newNote, newTable, type Spot, said, setTint } from './edits.ts';
import { stage } from './stage.ts';

const TINT_NAMES = ['Blue', 'Orange', 'Green', 'Violet', 'Pink', 'Cyan'];
const LINE: MenuItem = { kind: 'separator' };

function does(call: CommandCall): void {
  said(run(call));
}

/** Groups of lines with separators between those that are not empty. */
function joined(groups: readonly (readonly MenuItem[])[]): MenuItem[] {
  return groups.filter((group) => group.length > 0).flatMap((group, at) => (at === 0 ? group : [LINE, ...group]));
}

function emptyMenu(at: Spot): MenuItem[] {
  return joined([
    [
      { label: 'New table here', icon: 'Table2', onSelect: () => void newTable(at, true) },
      { label: 'New area here', icon: 'Frame', onSelect: () => newArea({ ...at, width: 360, height: 240 }) },
      { label: 'New note here', icon: 'StickyNote', onSelect: () => newNote(at) },
    ],
    actionLines(['diagram.addTables', 'edit.paste', 'edit.selectAll']),
    actionLines(['canvas.tidyAll', 'canvas.tidyGrid', 'canvas.subjects', 'canvas.fit']),
  ]);
}

function relationshipMenu(): MenuItem[] {
  return joined([
    actionLines([
      'relationship.show',
      'relationship.swap',
      'relationship.route',
      'canvas.reconnect.child',
      'canvas.reconnect.parent',
    ]),
    actionLines(['levels.resolve', 'levels.takeBack', 'refactor.inline', 'refactor.move']),
    actionLines(['edit.delete']),
  ]);
}

function areaMenu(id: Id): MenuItem[] {
  const area = stage.scene.areas.find((one) => one.id === id);
  if (area === undefined) return [];
  const tints = TINT_NAMES.map(
    (label, tint): MenuItem => ({ label, checked: tint === area.tint, onSelect: () => setTint(area, tint) }),
  );
  return joined([
    actionLines(['canvas.rename', 'canvas.area.contents', 'canvas.area.fit', 'canvas.tidyArea', 'canvas.fitSelection']),
    [{ kind: 'sub', label: 'Colour', icon: 'Palette', items: tints }],
    actionLines(['edit.delete']),
  ]);
}

function noteMenu(id: Id): MenuItem[] {
  const note = recordIn(stage.scene.document, 'notes', id);
  if (note === undefined) return [];
  const colour = (tint: number | null) => () => does({ name: 'setNote', args: { id, patch: { tint } } });
  const tints = TINT_NAMES.map((label, tint): MenuItem => ({ label, checked: tint === note.tint, onSelect: colour(tint) }));
  return joined([
    actionLines(['canvas.edit', 'edit.duplicate', 'edit.copy', 'canvas.fitSelection']),
    [
      {
        kind: 'sub',
        label: 'Colour',
        icon: 'Palette',
        items: [{ label: 'Yellow', checked: note.tint === undefined, onSelect: colour(null) }, ...tints],
      },
    ],
    actionLines(['edit.delete']),
  ]);
}

const ALIGN = ['left', 'center', 'right', 'top', 'middle', 'bottom', 'distributeX', 'distributeY'].map(
  (how) => `canvas.align.${how}`,
);

const REFACTOR = ['extract', 'inline', 'move', 'surrogate', 'standard', 'enumToLookup', 'lookupToEnum', 'rename'].map(
  (kind) => `refactor.${kind}`,
);

/** Refactorings of what is selected, under one line. */
function refactoring(): MenuItem[] {
  const items = actionLines(REFACTOR);
  return items.length === 0 ? [] : [{ kind: 'sub', label: 'Refactor', icon: 'Wrench', items }];
}

/** The selected tables on this diagram: their place, their company, colours of their own. */
function onDiagram(): MenuItem[] {
  const colours = actionLines([...TINT_NAMES.map((name) => `diagram.tint.${name.toLowerCase()}`), 'diagram.tint.own']);
  const items = joined([actionLines(['diagram.takeOff', 'diagram.addNeighbours', 'diagram.newFromSelection']), colours]);
  return items.length === 0 ? [] : [{ kind: 'sub', label: 'On this diagram', icon: 'Map', items }];
}

/** Parts of the model round the selection, looked at by themselves. */
function showOnly(): MenuItem[] {
  const items = actionLines(['narrow.focus', 'narrow.neighbours', 'narrow.path']);
  return items.length === 0 ? [] : [{ kind: 'sub', label: 'Show only', icon: 'Focus', items }];
}

function nodesMenu(): MenuItem[] {
  const aligning = actionLines(ALIGN);
  return joined([
    actionLines(['canvas.edit', 'canvas.rename', 'canvas.addColumn', 'edit.duplicate', 'edit.copy']),
    actionLines(['canvas.ask.comment', 'canvas.ask.schema', 'canvas.ask.values']),
    actionLines(['columns.primary', 'columns.unique', 'columns.index', 'columns.mandatory', 'columns.moveTo', 'columns.copyTo']),
    [
      ...actionLines(['levels.hierarchy', 'levels.resolve', 'levels.takeBack', 'canvas.declare', 'normalize.decompose']),
      ...refactoring(),
    ],
    aligning.length === 0 ? [] : [{ kind: 'sub', label: 'Align', icon: 'AlignStartVertical', items: aligning }],
    [...showOnly(), ...onDiagram()],
    actionLines(['canvas.tidy', 'canvas.tidyRings', 'canvas.group', 'canvas.pin', 'canvas.collapse', 'canvas.fitSelection']),
    actionLines(['canvas.followOut', 'canvas.followIn']),
    actionLines(['discover.table']),
    actionLines(['edit.delete']),
  ]);
}

/** The menu for what is selected, opened at a point of the canvas. */
export function contextItems(at: Spot): MenuItem[] {
  const { selection } = viewStore.getState();
  const only = selection.length === 1 ? selection[0]?.record : undefined;
  if (selection.length === 0) return emptyMenu(at);
  if (only !== undefined && recordIn(stage.scene.document, 'relationships', only) !== undefined) return relationshipMenu();
  if (only !== undefined && recordIn(stage.scene.document, 'areas', only) !== undefined) return areaMenu(only);
  if (only !== undefined && recordIn(stage.scene.document, 'notes', only) !== undefined) return noteMenu(only);
  return nodesMenu();
}
