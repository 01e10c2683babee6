import type { CommandCall } from '#model/commands/registry.ts';
import { diagramsInOrder, shownOn } from '#model/derive/diagrams.ts';
import { isFiltering } from '#model/derive/narrow.ts';
import { boxesOf, missingPlacements } from '#model/derive/place.ts';
import type { Diagram } from '#model/layout-types.ts';
import type { Action } from '#state/actions.ts';
import {
  deleteDiagram,
  duplicateDiagram,
  moveDiagram,
  newDiagram,
  putOnDiagram,
  setChosen,
  setDiagramLook,
  shownDiagram,
  stepDiagram,
  takeOffDiagram,
} from '#state/diagrams.ts';
import { documentStore, run } from '#state/document.ts';
import { narrowStore, showEverything } from '#state/narrow.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { openFilter, startRenaming } from './bar-store.ts';
import {
  addNeighbours,
  keepAsDiagram,
  selectedObjects,
  selectedTables,
  showNeighbours,
  showPath,
  toggleFocus,
} from './isolating.ts';

const current = () => documentStore.getState().document;
const writable = () => documentStore.getState().readOnly === undefined;
const several = () => Object.keys(current().diagrams).length > 1;
const narrowed = () => {
  const { filter, isolation } = narrowStore.getState();
  return isolation !== undefined || isFiltering(filter);
};

/** Does something with the shown diagram. */
function withShown(act: (diagram: Diagram) => void): () => void {
  return () => {
    const diagram = shownDiagram();
    if (diagram !== undefined) act(diagram);
  };
}

/** Those of the selected tables and views that stand on the shown diagram. */
function selectedHere(): readonly string[] {
  const shown = new Set(shownOn(current(), viewStore.getState().diagram));
  return selectedObjects().filter((id) => shown.has(id));
}

function hiddenHere(): readonly string[] {
  const { diagram } = viewStore.getState();
  return Object.values(current().placements).flatMap((one) => (one.diagram === diagram && one.hidden === true ? [one.object] : []));
}

/** A diagram that begins with what is selected, where it stands now. */
function newFromSelection(): void {
  const boxes = boxesOf(current(), viewStore.getState().diagram);
  const places = selectedObjects().flatMap((object) => {
    const box = boxes.get(object);
    return box === undefined ? [] : [{ object, x: box.x, y: box.y }];
  });
  newDiagram('Diagram', places);
}

const going: readonly Action[] = [
  {
    id: 'diagram.goTo',
    label: 'Go to diagram …',
    group: 'Go',
    icon: 'Map',
    keys: ['alt+g'],
    keywords: ['switch', 'open', 'tab'],
    when: several,
    run: () => openDialog('diagrams'),
  },
  {
    id: 'diagram.next',
    label: 'Next diagram',
    group: 'Go',
    icon: 'ArrowRight',
    keys: ['alt+pagedown'],
    when: several,
    run: () => stepDiagram(1),
  },
  {
    id: 'diagram.previous',
    label: 'Previous diagram',
    group: 'Go',
    icon: 'ArrowLeft',
    keys: ['alt+pageup'],
    when: several,
    run: () => stepDiagram(-1),
  },
];

const making: readonly Action[] = [
  {
    id: 'diagram.new',
    label: 'New diagram',
    group: 'Canvas',
    icon: 'Plus',
    keywords: ['create', 'add', 'page'],
    when: writable,
    run: () => {
      const id = newDiagram();
      if (id !== undefined) startRenaming(id);
    },
  },
  {
    id: 'diagram.newFromSelection',
    label: 'New diagram from the selection',
    group: 'Canvas',
    icon: 'SquarePlus',
    when: () => writable() && selectedHere().length > 0,
    run: newFromSelection,
  },
  {
    id: 'diagram.rename',
    label: 'Rename the diagram',
    group: 'Canvas',
    icon: 'TextCursorInput',
    when: writable,
    run: withShown(({ id }) => startRenaming(id)),
  },
  {
    id: 'diagram.duplicate',
    label: 'Duplicate the diagram',
    group: 'Canvas',
    icon: 'Copy',
    when: writable,
    run: withShown(({ id }) => duplicateDiagram(id)),
  },
  {
    id: 'diagram.moveLeft',
    label: 'Move the diagram to the left',
    group: 'Canvas',
    icon: 'ArrowLeft',
    when: () => writable() && diagramsInOrder(current())[0]?.id !== shownDiagram()?.id,
    run: withShown(({ id }) => moveDiagram(id, -1)),
  },
  {
    id: 'diagram.moveRight',
    label: 'Move the diagram to the right',
    group: 'Canvas',
    icon: 'ArrowRight',
    when: () => writable() && diagramsInOrder(current()).at(-1)?.id !== shownDiagram()?.id,
    run: withShown(({ id }) => moveDiagram(id, 1)),
  },
  {
    id: 'diagram.delete',
    label: 'Delete the diagram',
    group: 'Canvas',
    icon: 'Trash2',
    keywords: ['remove'],
    when: () => writable() && several(),
    run: withShown(({ id }) => deleteDiagram(id)),
  },
];

const filling: readonly Action[] = [
  {
    id: 'diagram.addTables',
    label: 'Add tables to this diagram …',
    group: 'Canvas',
    icon: 'ListChecks',
    keys: ['shift+a'],
    where: 'canvas',
    keywords: ['put', 'place', 'show'],
    when: writable,
    run: () => openDialog('addTables'),
  },
  {
    id: 'diagram.addNeighbours',
    label: 'Add the neighbours of the selection to this diagram',
    group: 'Canvas',
    icon: 'Network',
    when: () => writable() && selectedTables().length > 0,
    run: () => void addNeighbours(),
  },
  {
    id: 'diagram.takeOff',
    label: 'Take off this diagram',
    group: 'Canvas',
    icon: 'EyeOff',
    keys: ['shift+delete', 'shift+backspace'],
    where: 'canvas',
    keywords: ['hide', 'remove'],
    when: () => writable() && selectedHere().length > 0,
    run: () => takeOffDiagram(selectedHere()),
  },
  {
    id: 'diagram.showHidden',
    label: 'Show what is hidden on this diagram',
    group: 'Canvas',
    icon: 'Eye',
    when: () => writable() && hiddenHere().length > 0,
    run: () => void putOnDiagram(hiddenHere()),
  },
  {
    id: 'diagram.everything',
    label: 'Show every table on this diagram',
    group: 'Canvas',
    icon: 'Database',
    when: writable,
    checked: () => shownDiagram()?.chosen !== true,
    run: withShown(({ id, chosen }) => setChosen(id, chosen !== true)),
  },
];

const narrowing: readonly Action[] = [
  {
    id: 'narrow.filter',
    label: 'Filter the diagram …',
    group: 'View',
    icon: 'Filter',
    keys: ['/'],
    where: 'canvas',
    keywords: ['schema', 'area', 'tag', 'name', 'find'],
    run: () => openFilter(true),
  },
  {
    id: 'narrow.focus',
    label: 'Focus on the selection: hide what is unrelated',
    group: 'View',
    icon: 'Focus',
    keys: ['f'],
    where: 'canvas',
    keywords: ['isolate', 'dim', 'unrelated'],
    when: () => selectedTables().length > 0 || narrowStore.getState().isolation?.kind === 'focus',
    checked: () => narrowStore.getState().isolation?.kind === 'focus',
    run: toggleFocus,
  },
  {
    id: 'narrow.neighbours',
    label: 'Show only the neighbours of the selection',
    group: 'View',
    icon: 'Network',
    keys: ['shift+n'],
    where: 'canvas',
    keywords: ['isolate', 'related', 'around'],
    when: () => selectedTables().length > 0,
    run: showNeighbours,
  },
  {
    id: 'narrow.path',
    label: 'Show the path between two selected tables',
    group: 'View',
    icon: 'Workflow',
    keys: ['shift+p'],
    where: 'canvas',
    keywords: ['route', 'join', 'connect', 'way'],
    when: () => selectedTables().length === 2,
    run: showPath,
  },
  {
    id: 'narrow.keep',
    label: 'Keep what is shown as a diagram',
    group: 'Canvas',
    icon: 'Save',
    when: () => writable() && narrowed(),
    run: keepAsDiagram,
  },
  {
    id: 'narrow.clear',
    label: 'Show the whole diagram again',
    group: 'View',
    icon: 'RotateCcw',
    keywords: ['clear', 'filter', 'leave', 'focus'],
    when: narrowed,
    run: showEverything,
  },
];

const COLOURS = [
  [undefined, 'Colour by schema'],
  ['area', 'Colour by area'],
  ['tag', 'Colour by tag'],
  ['none', 'No colours'],
] as const;

const colouring = COLOURS.map(
  ([colours, label]): Action => ({
    id: `diagram.colours.${colours ?? 'schema'}`,
    label,
    group: 'View',
    icon: 'Palette',
    keywords: ['tint', 'diagram'],
    when: writable,
    checked: () => shownDiagram()?.colours === colours,
    run: withShown(({ id }) => setDiagramLook(id, { colours: colours ?? null }, label)),
  }),
);

const DETAILS = [
  [undefined, 'Show all columns'],
  ['keys', 'Show key columns only'],
  ['names', 'Show table names only'],
] as const;

const detailing = DETAILS.map(
  ([detail, label]): Action => ({
    id: `diagram.detail.${detail ?? 'all'}`,
    label,
    group: 'View',
    icon: 'ListTree',
    keywords: ['detail', 'columns', 'diagram'],
    when: writable,
    checked: () => shownDiagram()?.detail === detail,
    run: withShown(({ id }) => setDiagramLook(id, { detail: detail ?? null }, label)),
  }),
);

export const TINT_NAMES = ['Blue', 'Orange', 'Green', 'Violet', 'Pink', 'Cyan'];

function tint(colour: number | null): void {
  const { diagram } = viewStore.getState();
  const document = current();
  const objects = selectedHere();
  const places = missingPlacements(document, diagram).filter((one) => objects.includes(one.object));
  const mark: CommandCall = { name: 'markPlacements', args: { diagram, objects, tint: colour } };
  run(places.length === 0 ? mark : [{ name: 'placeObjects', args: { diagram, places } }, mark]);
}

const tinting = [...TINT_NAMES, undefined].map(
  (name, at): Action => ({
    id: `diagram.tint.${name?.toLowerCase() ?? 'own'}`,
    label: name === undefined ? 'Colour the selection as the diagram does' : `Colour the selection ${name.toLowerCase()}`,
    group: 'Canvas',
    icon: 'Palette',
    when: () => writable() && selectedHere().length > 0,
    run: () => tint(name === undefined ? null : at),
  }),
);

export const actions: readonly Action[] = [...going, ...making, ...filling, ...narrowing, ...detailing, ...colouring, ...tinting];
