import { recordIn } from '#model/collections.ts';
import { placementId } from '#model/layout-types.ts';
import type { Relationship } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore, run } from '#state/document.ts';
import { leave } from '#state/places.ts';
import { viewStore } from '#state/view.ts';
import { said, setBends } from './edits.ts';
import { stage } from './stage.ts';

/** The one relationship that is selected. */
function selected(): Relationship | undefined {
  const { selection } = viewStore.getState();
  const [ref] = selection;
  if (ref === undefined || selection.length > 1) return undefined;
  return recordIn(documentStore.getState().document, 'relationships', ref.record);
}

const editable = () => documentStore.getState().readOnly === undefined;

/** Whether a person drew its way on this diagram. */
function isBent({ id }: Relationship): boolean {
  const { document } = documentStore.getState();
  return recordIn(document, 'routes', placementId(viewStore.getState().diagram, id)) !== undefined;
}

/** What can be done with the selected relationship, on the canvas and in the navigator. */
export const relationshipActions: readonly Action[] = [
  {
    id: 'relationship.show',
    label: 'Show both tables',
    group: 'Go',
    icon: 'Focus',
    keywords: ['relationship', 'ends'],
    when: () => selected() !== undefined,
    run: () => {
      const one = selected();
      if (one === undefined) return;
      leave();
      stage.fit(stage.boundsOf([{ record: one.id }]));
    },
  },
  {
    id: 'relationship.swap',
    label: 'Change child and parent over',
    group: 'Model',
    icon: 'ArrowLeftRight',
    keywords: ['relationship', 'direction', 'reverse'],
    when: () => selected() !== undefined && editable(),
    run: () => {
      const one = selected();
      if (one !== undefined) said(run({ name: 'swapRelationship', args: { id: one.id } }));
    },
  },
  {
    id: 'relationship.route',
    label: 'Route it automatically',
    group: 'Canvas',
    icon: 'RotateCcw',
    keywords: ['relationship', 'bends', 'line'],
    when: () => {
      const one = selected();
      return one !== undefined && editable() && isBent(one);
    },
    run: () => {
      const one = selected();
      if (one !== undefined) setBends(one.id, []);
    },
  },
];
