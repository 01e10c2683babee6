import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { ReceiptStatement } from '#engine/sql/receipt.ts';
import type { ImportFile } from '#state/import.ts';
import { cx } from '#ui/cx.ts';
import { lineAt, lineStarts, lineText, statementAt } from './lines.ts';
import { stateOf } from './states.ts';

export interface SourceViewProps {
  readonly file: ImportFile;
  /** Statements of this file, in their order. */
  readonly statements: readonly ReceiptStatement[];
  readonly current: ReceiptStatement | undefined;
  readonly onPick: (statement: ReceiptStatement) => void;
}

const LINE = 19;

/** The text as it was read, each line marked with what became of it. */
export function SourceView({ file, statements, current, onPick }: SourceViewProps) {
  const box = useRef<HTMLElement>(null);
  const starts = useMemo(() => lineStarts(file.text), [file.text]);
  const virtual = useVirtualizer({
    count: starts.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 20,
  });
  const first = current === undefined ? -1 : lineAt(starts, current.start);
  const last = current === undefined ? -1 : lineAt(starts, Math.max(current.start, current.end - 1));
  const scroll = useRef(virtual.scrollToIndex);
  scroll.current = virtual.scrollToIndex;
  useEffect(() => {
    if (first >= 0) scroll.current(Math.max(0, first - 2), { align: 'start' });
  }, [first]);
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`Source of ${file.name}`}
      className="h-full overflow-auto bg-surface py-1 font-mono text-xs -outline-offset-2"
    >
      <div className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const statement = statementAt(statements, starts[index] ?? 0, starts[index + 1] ?? file.text.length);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the list of statements is the keyboard's way
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list of statements is the keyboard's way
            <div
              key={index}
              className={cx('absolute right-0 left-0 flex whitespace-pre', index >= first && index <= last && 'bg-accent-soft')}
              style={{ top: start, height: LINE, lineHeight: `${LINE}px` }}
              onClick={() => statement !== undefined && onPick(statement)}
            >
              <span className="w-12 shrink-0 select-none pr-3 text-right text-ink-3">{index + 1}</span>
              <span className={cx('mr-2.5 w-[3px] shrink-0', statement !== undefined && stateOf(statement.state).mark)} />
              <span className="pr-4">{lineText(file.text, starts, index)}</span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
