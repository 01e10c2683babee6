import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { found, type Pickable } from './pick.ts';

export interface PickListProps<T extends Pickable> {
  readonly items: readonly T[];
  /** What is looked for, read aloud and shown in the empty field. */
  readonly label: string;
  /** What is picked, when several may be. */
  readonly picked?: ReadonlySet<string>;
  /** One was pressed or Enter chose it. */
  readonly onPick: (item: T) => void;
  /** mod+Enter: done with picking. */
  readonly onDone?: () => void;
  /** What answers the typed letters now. */
  readonly onFound?: (items: readonly T[]) => void;
}

const ROW = 30;

interface OptionProps {
  readonly id: string;
  readonly item: Pickable;
  readonly place: { readonly index: number; readonly start: number; readonly count: number };
  readonly active: boolean;
  /** Undefined where only one can be picked. */
  readonly picked: boolean | undefined;
  readonly onPick: () => void;
}

function Option({ id, item, place, active, picked, onPick }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    <div
      id={id}
      role="option"
      aria-selected={picked ?? active}
      aria-setsize={place.count}
      aria-posinset={place.index + 1}
      className={cx(
        'absolute inset-x-0 flex cursor-default items-center gap-2.5 rounded-md px-2.5',
        active ? 'bg-accent-soft text-accent' : 'hover:bg-sunken',
      )}
      style={{ top: place.start, height: ROW }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      {picked === undefined ? null : (
        <span
          aria-hidden="true"
          className={cx(
            'grid size-4 shrink-0 place-items-center rounded border',
            picked ? 'border-accent bg-accent text-accent-ink' : 'border-ink-3 bg-surface',
          )}
        >
          {picked ? <Icon name="Check" size={12} /> : null}
        </span>
      )}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint === undefined ? null : <span className="max-w-52 truncate text-xs text-ink-3">{item.hint}</span>}
    </div>
  );
}

/** A field and the list of what answers it. The keyboard stays in the field: arrows go through the list, Enter picks. */
export function PickList<T extends Pickable>({ items, label, picked, onPick, onDone, onFound }: PickListProps<T>) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const needle = useDeferredValue(typed);
  const list = useMemo(() => found(items, needle), [items, needle]);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const active = Math.min(at, list.length - 1);
  const virtual = useVirtualizer({ count: list.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 6 });
  useEffect(() => {
    // The dialog takes the focus first, so that its title is read.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => onFound?.(list), [list, onFound]);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(list.length - 1, to));
    setAt(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') go(active + 1);
    else if (event.key === 'ArrowUp') go(active - 1);
    else if (event.key === 'PageDown') go(active + 8);
    else if (event.key === 'PageUp') go(active - 8);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onDone?.();
    else if (event.key === 'Enter') {
      // Typed faster than drawn: the answer is the one to what stands in the field.
      const item = typed === needle ? list[active] : found(items, typed)[0];
      if (item !== undefined) onPick(item);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-2.5 border-line border-b px-5">
        <Icon name="Search" className="text-ink-3" />
        <input
          ref={field}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-label={label}
          aria-activedescendant={list[active] === undefined ? undefined : `${id}-${active}`}
          placeholder={label}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3"
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={box} className="h-[min(420px,50vh)] overflow-y-auto p-1.5">
        {list.length === 0 ? (
          <p className="p-6 text-center text-ink-2">
            {typed === '' ? 'There is nothing to choose.' : 'Nothing has these letters in this order.'}
          </p>
        ) : null}
        <div
          id={id}
          role="listbox"
          aria-label={label}
          aria-multiselectable={picked !== undefined}
          className="relative"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = list[index];
            if (item === undefined) return null;
            return (
              <Option
                key={item.id}
                id={`${id}-${index}`}
                item={item}
                place={{ index, start, count: list.length }}
                active={index === active}
                picked={picked?.has(item.id)}
                onPick={() => {
                  setAt(index);
                  onPick(item);
                }}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}
