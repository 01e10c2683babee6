import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { listStep } from '#ui/list-step.ts';

export interface VirtualListProps<T> {
  /** What is listed, read aloud. */
  readonly label: string;
  readonly items: readonly T[];
  readonly height: number;
  readonly keyOf: (item: T) => string;
  /** Draws one; `tabIndex` is for its controls, so that Tab stops at one row only. */
  readonly draw: (item: T, tabIndex: 0 | -1) => ReactNode;
  /** Del on a row. */
  readonly onDelete?: ((item: T) => void) | undefined;
  /** A row has the focus, or was pressed. */
  readonly onCurrent?: ((item: T) => void) | undefined;
}

const PAGE = 8;

/** Thousands of rows with controls in them. Arrow keys go from row to row, on the same control. */
export function VirtualList<T>({ label, items, height, keyOf, draw, onDelete, onCurrent }: VirtualListProps<T>) {
  const box = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const current = Math.min(at, items.length - 1);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 3,
  });
  const controls = (row: Element | null | undefined) => [
    ...(row?.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled)') ?? []),
  ];
  const go = (next: number, from: Element) => {
    const control = Math.max(0, controls(from.closest('li')).indexOf(from as HTMLElement));
    setAt(next);
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() => {
      const found = controls(box.current?.querySelector(`[data-index="${next}"]`));
      (found[control] ?? found[0])?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    const field = target instanceof HTMLInputElement;
    if (!(target instanceof Element) || (field && !['ArrowDown', 'ArrowUp'].includes(event.key))) return;
    const to = listStep(event.key, current, items.length, PAGE);
    const item = items[current];
    if (to !== undefined) go(to, target);
    else if (event.key === 'Delete' && onDelete !== undefined && item !== undefined) onDelete(item);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={box} aria-label={label} className="relative min-h-0 flex-1 overflow-y-auto" onKeyDown={onKeyDown}>
      <li aria-hidden="true" style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map(({ index, start }) => {
        const item = items[index];
        if (item === undefined) return null;
        const arrive = () => {
          setAt(index);
          onCurrent?.(item);
        };
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard the focus says it
          <li
            key={keyOf(item)}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={items.length}
            className="absolute inset-x-0 border-line border-b"
            style={{ top: start, height }}
            onFocus={arrive}
            onClick={arrive}
          >
            {draw(item, index === current ? 0 : -1)}
          </li>
        );
      })}
    </ul>
  );
}
