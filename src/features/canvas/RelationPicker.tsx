import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { viewStore } from '#state/view.ts';
import { cx } from '#ui/cx.ts';
import { Popover } from '#ui/Popover.tsx';
import { focusNode } from './focus-node.ts';
import { clearOverlay, type OverlayState, overlayStore, type Plug } from './overlay.ts';
import { type Pickable, pickable } from './pickable.ts';
import { reconnect } from './reconnect.ts';
import { stage } from './stage.ts';

type Picking = NonNullable<OverlayState['picking']>;

/** What is asked for, in words. */
function question({ from, reconnects }: Picking): string {
  const name = (id: Id | undefined) => (id === undefined ? '' : (recordIn(stage.scene.document, 'tables', id)?.name ?? ''));
  if (reconnects !== undefined) return `New ${reconnects.end} of the relationship`;
  return from === undefined ? 'Table to relate' : `Relate ${name(from.table)} to`;
}

/** On the screen, in pixels of the window. */
export function onScreen(id: Id | undefined) {
  const box = id === undefined ? undefined : stage.scene.grid.get(id);
  const corner = stage.element?.getBoundingClientRect();
  const { x, y, zoom } = stage.viewport;
  const left = corner?.left ?? 0;
  const top = corner?.top ?? 0;
  if (box === undefined) return { x: left + 40, y: top + 40, width: 0, height: 0 };
  return { x: box.x * zoom + x + left, y: box.y * zoom + y + top, width: box.width * zoom, height: box.height * zoom };
}

function middle(id: Id) {
  const box = stage.scene.grid.get(id);
  return box === undefined ? undefined : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Shows the line that there would be. */
function point({ from }: Picking, to: Id | undefined): void {
  const start = from === undefined ? undefined : middle(from.table);
  const end = to === undefined ? undefined : middle(to);
  const target = to === undefined ? undefined : stage.scene.grid.get(to);
  const wire = start === undefined || end === undefined ? undefined : { from: start, to: end, target };
  overlayStore.setState({ wire });
}

function choose({ from, reconnects }: Picking, to: Plug): void {
  clearOverlay();
  if (reconnects !== undefined) reconnect(reconnects.relationship, reconnects.end, to);
  else if (from === undefined) overlayStore.setState({ picking: { from: to } });
  else {
    const box = onScreen(to.table);
    overlayStore.setState({ proposal: { from, to, at: { x: box.x + box.width, y: box.y } } });
    viewStore.setState({ tool: 'select' });
  }
}

function callOff({ from }: Picking): void {
  clearOverlay();
  viewStore.setState({ tool: 'select' });
  if (from === undefined) stage.focus();
  else focusNode(from.table);
}

function Form({ picking }: { readonly picking: Picking }) {
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const around = picking.from?.table;
  const found: readonly Pickable[] = pickable(stage.scene, text, around).slice(0, 12);
  const marked = found[Math.min(active, found.length - 1)];
  useEffect(() => point(picking, marked?.id), [picking, marked]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Escape') callOff(picking);
    else if (event.key === 'Enter' && marked !== undefined) choose(picking, { table: marked.id });
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex w-72 flex-col gap-1.5">
      <label htmlFor={id} className="text-ink-2 text-xs">
        {question(picking)}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={marked === undefined ? undefined : `${id}-${marked.id}`}
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a key
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder="Type a name, or go with the arrows"
        className="h-7 w-full rounded-md border border-line-strong bg-surface px-2 outline-accent"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label="Tables" className="max-h-64 overflow-y-auto">
        {found.map((one) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's
          <div
            key={one.id}
            id={`${id}-${one.id}`}
            role="option"
            aria-selected={one === marked}
            className={cx(
              'flex h-6.5 cursor-default items-center gap-3 rounded px-2 text-[12.5px]',
              one === marked ? 'bg-accent-soft text-accent' : 'hover:bg-sunken',
            )}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(picking, { table: one.id })}
          >
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            <span className="truncate text-[11.5px] text-ink-3">{one.note}</span>
          </div>
        ))}
        {found.length === 0 ? <p className="px-2 text-ink-3 text-xs">No table is called that.</p> : null}
      </div>
    </div>
  );
}

/** The other end of a relationship, picked by keys: by its name, or with the arrows from the nearest on. */
export function RelationPicker() {
  const picking = useStore(overlayStore, (state) => state.picking);
  if (picking === undefined) return null;
  const close = () => overlayStore.setState({ picking: undefined, wire: undefined });
  return (
    <Popover
      open
      label={question(picking)}
      anchor={onScreen(picking.from?.table)}
      side="right"
      onOpenChange={(open) => (open ? undefined : close())}
    >
      <Form key={picking.from?.table ?? ''} picking={picking} />
    </Popover>
  );
}
