import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { fuzzyRanges } from '#lib/fuzzy.ts';
import type { Document } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { keepTypedAhead, typedAhead } from '#state/typed-ahead.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { isIconName } from '#ui/icons.ts';
import { Kbd } from '#ui/Kbd.tsx';
import { Marked } from '#ui/Marked.tsx';
import { NotesFocus, useReturnFocus } from '#ui/use-return-focus.ts';
import { act, deedOf, go, hintOf } from './act.ts';
import { ICON, type Item, MONO } from './item.ts';
import { PREFIXES, type Query, queryOf } from './query.ts';
import type { Found } from './search.ts';
import { useSearch } from './use-search.ts';

interface LineProps {
  readonly id: string;
  readonly item: Item;
  readonly document: Document;
  readonly query: Query;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: (item: Item, deed: boolean) => void;
}

function Line({ id, item, document, query, active, onPoint, onChoose }: LineProps) {
  const { action, text } = item;
  const hint = hintOf(document, item);
  const on = action?.checked?.() === true;
  const icon = isIconName(action?.icon) ? action.icon : ICON[item.kind];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses the active option
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={cx('flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5', active && 'bg-accent-soft text-accent')}
      onPointerMove={onPoint}
      onClick={(event) => onChoose(item, event.ctrlKey || event.metaKey)}
    >
      <Icon name={icon} size={15} className="text-ink-3" />
      <span className={cx('min-w-0 flex-1 truncate', MONO.has(item.kind) && 'font-mono text-xs')}>
        <Marked text={text.text} ranges={fuzzyRanges(query.needle, text)} />
      </span>
      {on ? <Icon name="Check" size={14} label="on" /> : null}
      {hint === undefined || hint === '' ? null : <span className="max-w-48 truncate text-xs text-ink-3">{hint}</span>}
      {action?.keys?.[0] === undefined ? null : <Kbd keys={action.keys[0]} />}
    </div>
  );
}

interface ListProps {
  readonly id: string;
  readonly found: readonly Found[];
  readonly query: Query;
  readonly active: string | undefined;
  readonly onPoint: (key: string) => void;
  readonly onChoose: LineProps['onChoose'];
}

function Answers({ id, found, query, active, onPoint, onChoose }: ListProps) {
  const document = useDocumentState((state) => state.document);
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Found"
      className="max-h-[min(440px,60vh)] overflow-y-auto p-1.5 not-has-[[role=option]]:hidden"
    >
      {found.map(({ heading, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box is no fieldset
        <div key={heading} role="group" aria-label={heading}>
          <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs font-semibold text-ink-3">
            {heading}
          </div>
          {items.map((item) => (
            <Line
              key={item.key}
              id={`${id}-${item.key}`}
              item={item}
              document={document}
              query={query}
              active={item.key === active}
              onPoint={() => onPoint(item.key)}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Foot({ item, onPrefix }: { readonly item: Item | undefined; readonly onPrefix: (prefix: string) => void }) {
  const document = useDocumentState((state) => state.document);
  const deed = item === undefined ? undefined : deedOf(document, item);
  const HINTS: Readonly<Record<string, string>> = { '>': 'actions', '@': 'columns', '#': 'diagrams, areas, tags', '?': 'help' };
  return (
    <div className="flex h-9 items-center gap-3 border-line border-t px-4 text-xs text-ink-2">
      {PREFIXES.map(({ prefix, label }) => (
        <button
          key={prefix}
          type="button"
          tabIndex={-1}
          aria-label={label}
          className="flex items-center gap-1 rounded hover:text-ink"
          onClick={() => onPrefix(prefix)}
        >
          <Kbd keys={prefix} /> {HINTS[prefix]}
        </button>
      ))}
      <span className="flex-1" />
      {deed === undefined ? null : (
        <span className="flex min-w-0 items-center gap-1 truncate">
          <Kbd keys="mod+enter" /> {deed}
        </span>
      )}
    </div>
  );
}

/** Where the arrow keys lead in a list of `count`; undefined for other keys. */
function moved(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'PageDown':
      return Math.min(count - 1, at + 10);
    case 'PageUp':
      return Math.max(0, at - 10);
    default:
      return undefined;
  }
}

function Box() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(typedAhead);
  useEffect(() => keepTypedAhead(''), []);
  const { found, typed: foundFor, now } = useSearch(typed);
  const items = useMemo(() => found.flatMap((group) => group.items), [found]);
  const query = useMemo(() => queryOf(foundFor), [foundFor]);
  const [pointed, setPointed] = useState<{ readonly key: string; readonly found: readonly Found[] } | undefined>();
  // Other letters, another best answer: it is the one that Enter takes.
  const at = Math.max(0, pointed?.found === found ? items.findIndex((item) => item.key === pointed.key) : 0);
  const active = items[at];
  const activeId = active === undefined ? undefined : `${id}-${active.key}`;
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const startWith = (prefix: string) => {
    setTyped(prefix);
    field.current?.focus();
  };
  const choose = (item: Item | undefined, deed: boolean) => {
    if (item === undefined) return;
    if (item.prefix !== undefined) startWith(item.prefix);
    else if (item.kind !== 'help') (deed ? act : go)(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    const next = mod || event.altKey ? undefined : moved(event.key, at, items.length);
    if (next !== undefined) setPointed({ key: items[next]?.key ?? '', found });
    // Typed faster than found: the answer is the one to what stands in the field.
    else if (event.key === 'Enter') choose(foundFor === typed ? active : now()[0]?.items[0], mod);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex h-12 items-center gap-2.5 border-line border-b px-4">
        <Icon name="Search" className="text-ink-3" />
        <input
          ref={field}
          role="combobox"
          aria-label="Find a table, column or action"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          placeholder="Find a table, column or action"
          className="h-full min-w-0 flex-1 bg-transparent text-[15px] outline-none placeholder:text-ink-3"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="escape" />
      </div>
      <Answers
        id={id}
        found={found}
        query={query}
        active={active?.key}
        onPoint={(key) => setPointed({ key, found })}
        onChoose={choose}
      />
      {items.length > 0 ? null : (
        <p role="status" className="p-6 text-center text-ink-2">
          Nothing has these letters in this order.
        </p>
      )}
      <span role="status" className="sr-only">
        {items.length === 0 ? '' : `${items.length} found`}
      </span>
      <Foot item={active} onPrefix={startWith} />
    </>
  );
}

/** The field is not selected, as it would be on its own: what was typed ahead is gone on with. */
function focusAtEnd(event: Event): void {
  event.preventDefault();
  const field = event.currentTarget instanceof Element ? event.currentTarget.querySelector('input') : null;
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

/** One box to go to anything of the model and to do anything there is. */
export function Palette() {
  const [selection] = useState(() => viewStore.getState().selection);
  // Whoever went elsewhere stays there: a cell of the canvas that had the focus would take the selection back.
  const focus = useReturnFocus((place) =>
    viewStore.getState().selection === selection ? place : (place.closest<HTMLElement>('[data-pane-focus]') ?? place),
  );
  return (
    <Dialog.Root open onOpenChange={() => openDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/0.3)]" />
        <Dialog.Content
          data-modal=""
          onCloseAutoFocus={focus.closed}
          aria-describedby={undefined}
          onOpenAutoFocus={focusAtEnd}
          className="fixed top-[min(12vh,100px)] left-1/2 z-50 w-[640px] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-raised shadow-pop outline-none"
        >
          <NotesFocus focus={focus} />
          <Dialog.Title className="sr-only">Find a table, column or action</Dialog.Title>
          <Box />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
