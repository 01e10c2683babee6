import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { ReceiptStatement } from '#engine/sql/receipt.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { withoutTurns } from './lines.ts';
import { stateOf } from './states.ts';

export interface StatementListProps {
  readonly statements: readonly ReceiptStatement[];
  readonly current: ReceiptStatement | undefined;
  readonly onPick: (statement: ReceiptStatement) => void;
  /** What a statement that names no object is called. */
  readonly nameOf: (statement: ReceiptStatement) => string;
  /** Enter or double click: goes to the record it became. */
  readonly onOpen?: ((statement: ReceiptStatement) => void) | undefined;
}

const ROW = 40;
const COLORS = {
  ok: 'text-ok',
  accent: 'text-accent',
  plain: 'text-ink-2',
  assume: 'text-ink-3',
  bad: 'text-bad',
  warn: 'text-warn',
} as const;

function Row({ statement, name }: { readonly statement: ReceiptStatement; readonly name: string }) {
  const state = stateOf(statement.state);
  const rows = statement.rows === undefined ? '' : `${statement.rows.toLocaleString('en')} rows of data`;
  const why = [statement.reason, rows].filter((part) => part !== undefined && part !== '').join(' · ');
  return (
    <>
      <Icon name={state.icon} size={14} label={state.label} className={`mt-[3px] ${COLORS[state.tone]}`} />
      <span className="min-w-0 flex-1">
        <span title={name} className={`block truncate leading-5 ${statement.object === undefined ? 'font-mono text-xs' : ''}`}>
          {name}
        </span>
        <span title={why} className="block truncate text-[11.5px] leading-4 text-ink-3">
          {why === '' ? state.label : why}
        </span>
      </span>
      <span className="mt-0.5 shrink-0 font-mono text-[11.5px] text-ink-3">
        {statement.line}
        {statement.column === undefined ? '' : `:${statement.column}`}
      </span>
    </>
  );
}

/** Statements with what became of each; arrow keys go from one to the next. */
export function StatementList({ statements, current, nameOf, onPick, onOpen }: StatementListProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: statements.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const at = current === undefined ? -1 : statements.indexOf(current);
  const scroll = useRef(virtual.scrollToIndex);
  scroll.current = virtual.scrollToIndex;
  useEffect(() => {
    if (at >= 0) scroll.current(at, { align: 'auto' });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -statements.length,
      End: statements.length,
    };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step !== undefined) {
      const next = statements[Math.min(statements.length - 1, Math.max(0, at + step))];
      if (next !== undefined) onPick(next);
    } else if (event.key === 'Enter' && current !== undefined && onOpen !== undefined) onOpen(current);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Statements"
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      className="h-full overflow-y-auto -outline-offset-2"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const statement = statements[index];
          if (statement === undefined) return null;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's
            <div
              key={index}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-posinset={index + 1}
              aria-setsize={statements.length}
              className={cx(
                'absolute right-0 left-0 flex gap-2 border-line border-b px-3 py-0.5',
                index === at ? 'bg-accent-soft' : 'hover:bg-sunken',
              )}
              style={{ top: start, height: ROW }}
              onClick={() => onPick(statement)}
              onDoubleClick={() => onOpen?.(statement)}
            >
              <Row
                statement={statement}
                name={statement.object === undefined ? nameOf(statement) : withoutTurns(statement.object)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
