import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Diagram } from '#model/layout-types.ts';
import { perform } from '#state/actions.ts';
import { goToDiagram, moveDiagramBefore, renameDiagram, stepDiagram } from '#state/diagrams.ts';
import { ContextMenu } from '#ui/ContextMenu.tsx';
import { barStore, startRenaming } from './bar-store.ts';
import { tabItems } from './diagram-menu.ts';

/** What a dragged tab is called on its way; what else is dragged over the bar is none of its business. */
const KIND = 'application/x-crowfoot-diagram';

function NameEditor({ diagram }: { readonly diagram: Diagram }) {
  const [text, setText] = useState(diagram.name);
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // After the menu that asked for it has given the focus back.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep && text.trim() !== '' && text.trim() !== diagram.name) renameDiagram(diagram.id, text);
    startRenaming(undefined);
  };
  return (
    <input
      ref={field}
      aria-label={`New name of diagram ${diagram.name}`}
      value={text}
      spellCheck={false}
      className="mx-0.5 h-6 rounded border border-accent bg-surface px-1.5 outline-none ring-1 ring-accent select-text"
      style={{ width: `${Math.min(28, Math.max(8, text.length + 2))}ch` }}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        event.preventDefault();
        finish(event.key === 'Enter');
        document.querySelector<HTMLElement>('[role=application]')?.focus({ preventScroll: true });
      }}
    />
  );
}

/** The keys of a row of tabs: arrows go along it, and with Alt move the diagram. */
function onTabKey(event: KeyboardEvent): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
  if (event.key === 'F2') perform('diagram.rename');
  else if (event.key === 'Delete') perform('diagram.delete');
  else if (by === undefined) return;
  else if (event.altKey) perform(by === 1 ? 'diagram.moveRight' : 'diagram.moveLeft');
  else stepDiagram(by);
  event.preventDefault();
  event.stopPropagation();
}

/** One diagram in the bar. */
export function DiagramTab({ diagram, shown }: { readonly diagram: Diagram; readonly shown: boolean }) {
  const renaming = useStore(barStore, (state) => state.renaming === diagram.id);
  const [over, setOver] = useState(false);
  const tab = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!shown || tab.current === null) return;
    tab.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // Arrows took the person here from the tab beside it.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest('[data-diagram-tabs]') !== null) tab.current.focus();
  }, [shown]);
  if (renaming) return <NameEditor diagram={diagram} />;
  const carriesTab = (event: DragEvent) => event.dataTransfer.types.includes(KIND);
  return (
    <ContextMenu items={() => tabItems(diagram.id)}>
      <button
        ref={tab}
        type="button"
        role="tab"
        aria-selected={shown}
        tabIndex={shown ? 0 : -1}
        draggable
        title={`${diagram.name}${diagram.chosen === true ? '' : ' (every table)'}`}
        data-over={over}
        className="h-6.5 max-w-44 shrink-0 truncate rounded-md px-2.5 text-ink-2 -outline-offset-2 hover:bg-sunken hover:text-ink aria-selected:bg-accent-soft aria-selected:font-semibold aria-selected:text-accent data-[over=true]:shadow-[inset_2px_0_0_var(--accent)]"
        onClick={() => goToDiagram(diagram.id)}
        onDoubleClick={() => startRenaming(diagram.id)}
        onKeyDown={onTabKey}
        onDragStart={(event) => event.dataTransfer.setData(KIND, diagram.id)}
        onDragOver={(event) => {
          if (!carriesTab(event)) return;
          event.preventDefault();
          event.stopPropagation();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (!carriesTab(event)) return;
          event.preventDefault();
          event.stopPropagation();
          const id = event.dataTransfer.getData(KIND);
          if (id !== diagram.id) moveDiagramBefore(id, diagram.id);
        }}
      >
        {diagram.name}
      </button>
    </ContextMenu>
  );
}
