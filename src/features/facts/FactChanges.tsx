import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { FactChange, TableChange } from '#engine/facts/take.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { factHead } from './words.ts';

export interface FactChangesProps {
  readonly document: Document;
  readonly changes: readonly TableChange[];
  readonly left: ReadonlySet<Id>;
  readonly onLeave: (table: Id, leave: boolean) => void;
}

type Line =
  | { readonly kind: 'table'; readonly change: TableChange; readonly name: string }
  | { readonly kind: 'fact'; readonly key: string; readonly name: string; readonly change: FactChange };

function linesOf(document: Document, changes: readonly TableChange[]): readonly Line[] {
  return changes.flatMap((change): Line[] => [
    {
      kind: 'table',
      change,
      name: (recordIn(document, 'tables', change.id) ?? recordIn(document, 'views', change.id))?.name ?? '?',
    },
    ...change.changes.map(
      (one): Line => ({
        kind: 'fact',
        key: `${change.id} ${one.column?.id ?? ''} ${one.fact}`,
        name: one.column?.name ?? 'the table',
        change: one,
      }),
    ),
  ]);
}

function Fact({ name, change }: { readonly name: string; readonly change: FactChange }) {
  const { before, after, fact } = change;
  return (
    <div className="grid h-full grid-cols-[minmax(6rem,1fr)_6.5rem_minmax(6rem,1fr)_1rem_minmax(6rem,1.2fr)] items-center gap-x-2 pr-4 pl-10">
      <span className="truncate font-mono text-[11.5px]" title={name}>
        {name}
      </span>
      <span className="truncate text-ink-2">{factHead(fact)}</span>
      <span
        className={`truncate text-right text-ink-3 ${before.declared ? '' : 'italic underline decoration-dotted underline-offset-3'}`}
        title={before.exact}
      >
        {before.shown === '' ? '–' : before.shown}
      </span>
      <span className="text-center text-ink-3">→</span>
      <span className="truncate font-medium" title={after.exact}>
        {after.shown}
      </span>
    </div>
  );
}

/** What taking facts over would change: table by table, each to be left out. */
export function FactChanges({ document, changes, left, onLeave }: FactChangesProps) {
  const box = useRef<HTMLUListElement>(null);
  const lines = useMemo(() => linesOf(document, changes), [document, changes]);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => 26, overscan: 8 });
  return (
    <ul
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
      tabIndex={0}
      aria-label="What would change"
      className="relative min-h-0 flex-1 overflow-y-auto text-xs -outline-offset-2"
    >
      <li aria-hidden="true" style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map(({ index, start, size }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <li
            key={line.kind === 'table' ? line.change.id : line.key}
            className="absolute inset-x-0 border-line border-b"
            style={{ top: start, height: size }}
          >
            {line.kind === 'fact' ? (
              <Fact name={line.name} change={line.change} />
            ) : (
              <div className="flex h-full items-center gap-2 bg-sunken px-4">
                <Checkbox
                  label={line.name}
                  className="font-mono text-[11.5px] font-semibold"
                  checked={!left.has(line.change.id)}
                  onCheckedChange={(take) => onLeave(line.change.id, !take)}
                />
                <span className="text-ink-2">
                  {line.change.changes.length} {line.change.changes.length === 1 ? 'fact' : 'facts'}
                </span>
                {line.change.leftOut.length === 0 ? null : (
                  <span className="truncate text-warn" title={line.change.leftOut.join('\n')}>
                    left out: {line.change.leftOut.join(' ')}
                  </span>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
