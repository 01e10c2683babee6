import { useMemo } from 'react';
import { diagramsInOrder, shownOn } from '#model/derive/diagrams.ts';
import { goToDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { openDialog } from '#state/view.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { PickList } from './PickList.tsx';

/** Goes to a diagram by its name. */
export function DiagramsDialog() {
  const items = useMemo(() => {
    const { document } = documentStore.getState();
    return diagramsInOrder(document).map((one) => {
      const count = shownOn(document, one.id).length;
      return {
        id: one.id,
        label: one.name,
        hint: one.chosen === true ? `${count} ${count === 1 ? 'table' : 'tables'}` : 'every table',
      };
    });
  }, []);
  return (
    <Dialog open onOpenChange={() => openDialog(undefined)} title="Go to diagram" flush>
      <PickList
        items={items}
        label="Find a diagram"
        onPick={({ id }) => {
          openDialog(undefined);
          goToDiagram(id);
        }}
      />
    </Dialog>
  );
}
