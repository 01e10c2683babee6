import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { Id } from '#model/types.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { listStep } from '#ui/list-step.ts';
import type { Arrangement, QueryRow, SortKey } from './list.ts';
import { KINDS, msText, PURPOSES, rateText } from './words.ts';

const HEIGHT = 44;
const PAGE = 10;
/** Characters of a statement that a tooltip tells. */
const TOLD = 600;

interface Column {
  readonly key: SortKey;
  readonly label: string;
  readonly title: string;
  readonly className: string;
}

/** Widths give way to the name and text where there is little room. */
const COLUMNS: readonly Column[] = [
  { key: 'name', label: 'Query', title: 'Sort by name', className: 'min-w-0 flex-1' },
  { key: 'kind', label: 'Kind', title: 'Sort by what it does', className: 'w-14' },
  { key: 'calls', label: 'Calls/h', title: 'Sort by calls per hour', className: 'w-16 justify-end text-right' },
  {
    key: 'latency',
    label: 'Target',
    title: 'Sort by latency target',
    className: 'w-16 justify-end text-right @max-[520px]:hidden',
  },
  { key: 'tables', label: 'Tables', title: 'Sort by tables', className: 'w-32 pl-2 @max-[640px]:hidden' },
];

const CLASS = new Map(COLUMNS.map(({ key, className }) => [key, className]));

const KIND_TONES: Readonly<Record<QueryRow['kind'], string>> = {
  read: 'text-ink-2',
  insert: 'text-accent',
  update: 'text-accent',
  delete: 'text-accent',
  merge: 'text-accent',
  unknown: 'text-ink-3',
};

function Head({ arrangement, onSort }: { readonly arrangement: Arrangement; readonly onSort: (key: SortKey) => void }) {
  const { sort, descending } = arrangement;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are virtual, so that a table cannot hold them
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div role="row" className="flex h-7 shrink-0 items-center gap-3 border-line border-b bg-sunken/60 pr-4 pl-3">
      {COLUMNS.map(({ key, label, title, className }) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={key}
          role="columnheader"
          aria-sort={sort === key ? (descending ? 'descending' : 'ascending') : 'none'}
          className={cx('flex shrink-0', className)}
        >
          <button
            type="button"
            title={sort === key && descending ? 'Back to the order of the list' : title}
            className="flex items-center gap-0.5 rounded text-[11px] font-medium text-ink-2 hover:text-ink"
            onClick={() => onSort(key)}
          >
            {label}
            {sort === key ? <Icon name={descending ? 'ArrowDown' : 'ArrowUp'} size={11} /> : null}
          </button>
        </div>
      ))}
    </div>
  );
}

/** A mark in front of what cannot be read or names what is not there. */
function Mark({ row }: { readonly row: QueryRow }) {
  const { errors, warnings } = row;
  if (errors + warnings === 0) return <span className="w-3.5 shrink-0" />;
  const count = errors > 0 ? errors : warnings;
  const noun = errors > 0 ? 'error' : 'warning';
  return (
    <Icon
      name={errors > 0 ? 'CircleAlert' : 'TriangleAlert'}
      size={14}
      className={errors > 0 ? 'text-bad' : 'text-warn'}
      label={`${count} ${noun}${count === 1 ? '' : 's'}`}
    />
  );
}

const TONES = { table: 'text-accent', unknown: 'text-bad underline decoration-wavy decoration-1' } as const;

const Cells = memo(function Cells({ row }: { readonly row: QueryRow }) {
  const { query, kind, pieces, tableNames } = row;
  const { name, callsPerHour, latencyMs, purpose } = query;
  const cell = (key: SortKey, content: React.ReactNode, more = '') => (
    // biome-ignore lint/a11y/useSemanticElements: see the head
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
    <div role="gridcell" className={cx('shrink-0', CLASS.get(key), more)}>
      {content}
    </div>
  );
  return (
    <>
      {cell(
        'name',
        <span className="flex items-center gap-2">
          <Mark row={row} />
          <span className="flex min-w-0 flex-1 flex-col">
            <span className="flex items-baseline gap-2 leading-[18px]">
              <span className="min-w-0 truncate font-medium" title={name}>
                {name}
              </span>
              {purpose === undefined ? null : <span className="shrink-0 text-[11px] text-ink-3">{PURPOSES[purpose]}</span>}
            </span>
            <span className="truncate font-mono text-[11.5px] leading-[17px] text-ink-2" title={query.sql.slice(0, TOLD)}>
              {pieces.map(({ text, tone }, at) =>
                tone === undefined ? (
                  text
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
                  <span key={at} className={TONES[tone]}>
                    {text}
                  </span>
                ),
              )}
            </span>
          </span>
        </span>,
      )}
      {cell('kind', KINDS[kind], cx('text-xs', KIND_TONES[kind]))}
      {cell('calls', callsPerHour === undefined ? '–' : rateText(callsPerHour), 'text-xs tabular-nums')}
      {cell('latency', latencyMs === undefined ? '–' : msText(latencyMs), 'text-xs tabular-nums text-ink-2')}
      {cell('tables', <span title={tableNames.join(', ')}>{tableNames.join(', ')}</span>, 'truncate text-xs text-ink-2')}
    </>
  );
});

export interface QueryListProps {
  readonly rows: readonly QueryRow[];
  readonly arrangement: Arrangement;
  readonly chosen: Id | undefined;
  readonly onChoose: (id: Id) => void;
  readonly onSort: (key: SortKey) => void;
  readonly onRemove: (id: Id) => void;
  /** Puts a query before or after its neighbour; absent where the list shows another order. */
  readonly onMove?: ((id: Id, by: 1 | -1) => void) | undefined;
  /** Enter: into the query. */
  readonly onEnter: () => void;
}

/** The queries, a line of name and text each. Arrow keys choose, Enter goes into one, Alt with arrows moves it. */
export function QueryList({ rows, arrangement, chosen, onChoose, onSort, onRemove, onMove, onEnter }: QueryListProps) {
  const box = useRef<HTMLDivElement>(null);
  const found = rows.findIndex(({ query }) => query.id === chosen);
  const current = Math.max(0, found);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
  });
  // What was chosen elsewhere, such as in the problems, comes into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice scrolls
  useEffect(() => {
    if (found >= 0) virtual.scrollToIndex(found, { align: 'auto' });
  }, [chosen]);
  const focusChosen = () =>
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[role=row][aria-selected=true]')?.focus());
  const go = (to: number) => {
    const next = rows[to];
    if (next === undefined) return;
    onChoose(next.query.id);
    virtual.scrollToIndex(to, { align: 'auto' });
    focusChosen();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    if (row === undefined) return;
    const to = listStep(event.key, current, rows.length, PAGE);
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      onMove?.(row.query.id, event.key === 'ArrowDown' ? 1 : -1);
    } else if (to !== undefined) go(to);
    else if (event.key === 'Enter') onEnter();
    else if (event.key === 'Delete') {
      onRemove(row.query.id);
      focusChosen();
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are virtual, so that a table cannot hold them
    <div role="grid" aria-label="Queries" aria-rowcount={rows.length + 1} className="@container flex min-h-0 flex-1 flex-col">
      <Head arrangement={arrangement} onSort={onSort} />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div ref={box} role="rowgroup" className="relative min-h-0 flex-1 overflow-y-auto">
        <div role="presentation" style={{ height: virtual.getTotalSize() }} />
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { id } = row.query;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={id}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={id === chosen}
              tabIndex={index === current ? 0 : -1}
              className={cx(
                'absolute inset-x-0 flex cursor-default items-center gap-3 border-line border-b pr-4 pl-3 -outline-offset-2',
                id === chosen ? 'bg-accent-soft/60' : 'hover:bg-sunken',
              )}
              style={{ top: start, height: HEIGHT }}
              onClick={() => onChoose(id)}
              onDoubleClick={onEnter}
              onKeyDown={onKeyDown}
            >
              <Cells row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
