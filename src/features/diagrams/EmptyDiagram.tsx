import { shownOn } from '#model/derive/diagrams.ts';
import { perform } from '#state/actions.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';

/** What a diagram says on which nothing stands yet, though the model has tables. */
export function EmptyDiagram() {
  const diagram = useView((state) => state.diagram);
  const empty = useDocumentState(({ document }) => {
    if (document.diagrams[diagram]?.chosen !== true || Object.keys(document.tables).length === 0) return false;
    const drawn = [...Object.values(document.notes), ...Object.values(document.areas)].some((one) => one.diagram === diagram);
    return !drawn && shownOn(document, diagram).length === 0;
  });
  if (!empty) return null;
  return (
    <div data-own="" className="pointer-events-none absolute inset-0 z-4">
      <EmptyState
        icon="Table2"
        title="Nothing is on this diagram yet"
        text="Drag tables here from the navigator, or choose them from a list. A new table is put here too."
      >
        <Button variant="primary" className="pointer-events-auto" onClick={() => perform('diagram.addTables')}>
          Add tables …
        </Button>
        <Button className="pointer-events-auto" onClick={() => perform('diagram.everything')}>
          Show every table
        </Button>
      </EmptyState>
    </div>
  );
}
