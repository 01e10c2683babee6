import { recordIn } from '#model/collections.ts';
import { lookOf } from '#model/derive/look.ts';
import type { Id, Table } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore } from '#state/document.ts';
import { viewStore } from '#state/view.ts';
import { textOfSelected } from './dependency-draft.ts';
import { overlayStore } from './overlay.ts';
import { stage } from './stage.ts';

/** The one table of what is selected, with the selected columns in the order they were selected. */
function chosen(): { readonly table: Table; readonly columns: readonly Id[] } | undefined {
  const { selection } = viewStore.getState();
  const [first] = selection;
  if (first === undefined || selection.some(({ record }) => record !== first.record)) return undefined;
  const table = recordIn(documentStore.getState().document, 'tables', first.record);
  return table === undefined ? undefined : { table, columns: selection.flatMap(({ part }) => part ?? []) };
}

/** What columns determine, said by keys: the same as a drag from row to row. */
export const dependencyActions: readonly Action[] = [
  {
    id: 'canvas.declare',
    label: 'Declare a dependency of the selected columns …',
    group: 'Model',
    icon: 'ArrowRight',
    keys: ['shift+d'],
    where: 'canvas',
    keywords: ['functional', 'multivalued', 'determines', 'normal form', 'normalize', 'column'],
    when: () =>
      documentStore.getState().readOnly === undefined &&
      chosen() !== undefined &&
      lookOf(stage.scene.document).level !== 'conceptual',
    run: () => {
      const now = chosen();
      if (now === undefined) return;
      const { table, columns } = now;
      const text = textOfSelected(documentStore.getState().document, table, columns);
      overlayStore.setState({ dependency: { table: table.id, text: columns.length === 1 ? text.trimEnd() : text } });
    },
  },
];
