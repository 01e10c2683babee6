import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { Row } from './arrange.ts';
import { previewFix, showProblem } from './go.ts';
import { LOOK } from './look.ts';
import { problemsStore } from './problems-store.ts';

const ROW = 28;

function toggle(key: string, open: boolean): void {
  problemsStore.setState(({ closed }) => {
    const next = new Set(closed);
    if (open) next.delete(key);
    else next.add(key);
    return { closed: next };
  });
}

function GroupRow({ row }: { readonly row: Extract<Row, { kind: 'group' }> }) {
  const { icon, tone } = LOOK[row.group.severity];
  return (
    <>
      <Icon name={row.open ? 'ChevronDown' : 'ChevronRight'} size={13} className="text-ink-3" />
      <Icon name={icon} size={14} className={tone} />
      <span className="truncate font-medium">{row.group.label}</span>
      <span className="rounded-full bg-sunken px-1.5 text-[11px] leading-[17px] text-ink-2">{row.group.problems.length}</span>
    </>
  );
}

function ProblemRow({ row }: { readonly row: Extract<Row, { kind: 'problem' }> }) {
  const { finding, place } = row.problem;
  const { icon, tone, word } = LOOK[finding.severity];
  return (
    <>
      <span className="w-[13px]" />
      <Icon name={icon} size={14} label={word} className={tone} />
      <span className="min-w-0 flex-1 truncate">{finding.message.what}</span>
      {finding.fixes.length === 0 ? null : <Icon name="Wand2" size={13} label="Has a fix" className="text-accent" />}
      <span className="hidden max-w-[38%] shrink-0 truncate font-mono text-[11.5px] text-ink-3 @lg:block">{place}</span>
    </>
  );
}

function choose(rows: readonly Row[], to: number): void {
  const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
  if (row !== undefined) problemsStore.setState({ current: row.key });
}

function open(row: Row | undefined): void {
  if (row?.kind === 'group') toggle(row.key, !row.open);
  else if (row !== undefined) showProblem(row.problem.finding);
}

const PAGE = 8;
const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  arrowdown: (at) => at + 1,
  arrowup: (at) => at - 1,
  home: () => 0,
  end: (_at, count) => count - 1,
  pagedown: (at) => at + PAGE,
  pageup: (at) => at - PAGE,
};

/** Does what a key means in the tree; says whether it means anything. */
function pressed(key: string, rows: readonly Row[], at: number): boolean {
  const row = rows[at];
  const name = key.toLowerCase();
  if (Object.hasOwn(MOVES, name)) choose(rows, MOVES[name]?.(at, rows.length) ?? 0);
  else if (name === 'enter' || name === ' ') open(row);
  else if (name === 'arrowright' && row?.kind === 'group') toggle(row.key, true);
  else if (name === 'arrowleft' && row?.kind === 'group') toggle(row.key, false);
  else if (name === 'arrowleft') {
    choose(
      rows,
      rows.findLastIndex((one, index) => index < at && one.kind === 'group'),
    );
  } else return false;
  return true;
}

/** The rows, only those in view drawn. One stop for Tab; arrows move, Enter shows the place, left and right close and open. */
export function ProblemsList({ rows, current }: { readonly rows: readonly Row[]; readonly current: string | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.key === current);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 8 });

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !pressed(event.key, rows, at)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      role="tree"
      aria-label="Problems"
      aria-activedescendant={at < 0 ? undefined : `problem-${at}`}
      tabIndex={0}
      className="@container h-full overflow-y-auto overflow-x-hidden py-1 -outline-offset-2"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index] as Row;
          const chosen = item.index === at;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of its rows
            <div
              key={row.key}
              id={`problem-${item.index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={row.kind === 'group' ? 1 : 2}
              aria-selected={chosen}
              {...(row.kind === 'group' ? { 'aria-expanded': row.open } : {})}
              className={cx(
                'absolute inset-x-1 flex h-7 cursor-default items-center gap-2 rounded-md px-2',
                chosen ? 'bg-accent-soft' : 'hover:bg-sunken',
              )}
              style={{ top: item.start }}
              onClick={() => {
                problemsStore.setState({ current: row.key });
                box.current?.focus();
                open(row);
              }}
              onDoubleClick={() => {
                const fix = row.kind === 'problem' ? row.problem.finding.fixes[0] : undefined;
                if (row.kind === 'problem' && fix !== undefined) previewFix(row.problem.finding, fix);
              }}
            >
              {row.kind === 'group' ? <GroupRow row={row} /> : <ProblemRow row={row} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
