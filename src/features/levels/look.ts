import { Grid } from '#lib/grid.ts';
import { recordIn } from '#model/collections.ts';
import { lookOfDiagram, seenOn } from '#model/derive/level.ts';
import type { Look } from '#model/derive/look.ts';
import { boxesOf } from '#model/derive/place.ts';
import type { Level, Notation } from '#model/layout-types.ts';
import type { Id } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { documentStore, run } from '#state/document.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { dismissNotice, notify } from '#state/notices.ts';
import { viewStore } from '#state/view.ts';

export const LEVELS: readonly { readonly id: Level; readonly name: string; readonly says: string }[] = [
  { id: 'conceptual', name: 'Conceptual', says: 'entities and relationships' },
  { id: 'logical', name: 'Logical', says: 'attributes, generic types and keys' },
  { id: 'physical', name: 'Physical', says: 'the tables of the database' },
];

/** How the diagram in sight is shown. */
export function currentLook(): Look {
  return lookOfDiagram(recordIn(documentStore.getState().document, 'diagrams', viewStore.getState().diagram));
}

export function useLook(): Look {
  const diagram = useView((view) => view.diagram);
  return useDocumentState(({ document }) => lookOfDiagram(recordIn(document, 'diagrams', diagram)));
}

function change(patch: { readonly level?: Level; readonly notation?: Notation }, label: string): void {
  const id = viewStore.getState().diagram;
  const { level, notation } = patch;
  const result = run(
    {
      name: 'setDiagram',
      args: {
        id,
        patch: {
          ...(level === undefined ? {} : { level: level === 'physical' ? null : level }),
          ...(notation === undefined ? {} : { notation: notation === 'crows-foot' ? null : notation }),
        },
      },
    },
    label,
  );
  if (!result.ok) notify({ tone: 'warn', text: result.problem.message });
  else sayOverlaps(id);
}

let said: number | undefined;

/** Tables may be larger in another notation or at another level: whoever switched is told, and can have them arranged. */
function sayOverlaps(diagram: Id): void {
  // What was said of the last view is not true of this one.
  if (said !== undefined) dismissNotice(said);
  said = undefined;
  const grid = new Grid();
  let overlaps = 0;
  for (const [id, box] of boxesOf(seenOn(documentStore.getState().document, diagram), diagram)) {
    if (grid.query(box, 1).length > 0) overlaps += 1;
    grid.set(id, box);
  }
  if (overlaps === 0) return;
  const text = overlaps === 1 ? 'Two tables overlap in this view.' : 'Some tables overlap in this view.';
  said = notify({ tone: 'info', text, action: { label: 'Arrange', run: () => perform('canvas.tidyAll') } });
}

/** Shows another level of the model on this diagram. The model stays as it is. */
export function showLevel(level: Level): void {
  if (currentLook().level !== level) change({ level }, `Show the ${level} level`);
}

/** Draws this diagram in another notation. */
export function showNotation(notation: Notation, name: string): void {
  if (currentLook().notation !== notation) change({ notation }, `Draw in ${name} notation`);
}
