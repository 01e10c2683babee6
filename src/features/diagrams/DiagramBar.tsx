import { useMemo } from 'react';
import { diagramsInOrder } from '#model/derive/diagrams.ts';
import { keysOf, perform } from '#state/actions.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { Menu } from '#ui/Menu.tsx';
import { DiagramTab } from './DiagramTab.tsx';
import { diagramItems } from './diagram-menu.ts';
import { EmptyDiagram } from './EmptyDiagram.tsx';
import { FilterButton } from './FilterButton.tsx';
import { NarrowBar } from './NarrowBar.tsx';

function Tabs() {
  const diagrams = useDocumentState(({ document }) => document.diagrams);
  const shown = useView((state) => state.diagram);
  const list = useMemo(() => diagramsInOrder({ diagrams }), [diagrams]);
  return (
    <div
      role="tablist"
      aria-label="Diagrams"
      data-diagram-tabs=""
      className="flex min-w-0 items-center gap-0.5 overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
    >
      {list.map((diagram) => (
        <DiagramTab key={diagram.id} diagram={diagram} shown={diagram.id === shown} />
      ))}
    </div>
  );
}

/** The diagrams of the model, what is done with them, and what of the shown one is looked at: over the canvas' top left. */
export function DiagramBar() {
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  return (
    <>
      <div data-own="" className="diagram-bar absolute top-3 left-3 z-8 flex flex-col items-start gap-1.5">
        <div className="flex h-8.5 pointer-coarse:h-10 max-w-full items-center gap-0.5 rounded-[9px] border border-line bg-raised px-1 shadow-pop">
          <Tabs />
          {readOnly ? null : (
            <IconButton
              tooltipSide="top"
              icon="Plus"
              label="New diagram"
              size="sm"
              keys={keysOf('diagram.new')}
              onClick={() => perform('diagram.new')}
            />
          )}
          <Menu
            items={() => diagramItems(true)}
            trigger={<IconButton tooltipSide="top" icon="ChevronDown" label="Diagrams, and what to do with this one" size="sm" />}
          />
          <span className="mx-0.5 h-4.5 w-px shrink-0 bg-line" />
          <FilterButton />
        </div>
        <NarrowBar />
      </div>
      <EmptyDiagram />
    </>
  );
}
