import { useState } from 'react';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import type { Proposal } from './conflicts.ts';
import type { NameKind } from './targets.ts';

const ICON = { table: 'Table2', column: 'Columns3', constraint: 'KeyRound', index: 'ListOrdered' } as const satisfies Record<
  NameKind,
  string
>;
const ROW = 30;
/** Rows drawn above and below what is in view. */
const EXTRA = 10;

export interface ProposalListProps {
  readonly proposals: readonly Proposal[];
  readonly conflicts: ReadonlyMap<string, string>;
  readonly excluded: ReadonlySet<string>;
  readonly onExclude: (key: string, excluded: boolean) => void;
}

/** Old names and new ones, each with a tick; only the rows in view are drawn. */
export function ProposalList({ proposals, conflicts, excluded, onExclude }: ProposalListProps) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const from = Math.max(0, Math.floor(top / ROW) - EXTRA);
  const shown = proposals.slice(from, Math.ceil((top + height) / ROW) + EXTRA);
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto"
      ref={(box) => {
        if (box !== null && box.clientHeight !== height) setHeight(box.clientHeight);
      }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <ul aria-label="Names that change" style={{ height: proposals.length * ROW, paddingTop: from * ROW }}>
        {shown.map((one, at) => {
          const conflict = conflicts.get(one.key);
          const off = conflict !== undefined || excluded.has(one.key);
          return (
            <li
              key={one.key}
              aria-setsize={proposals.length}
              aria-posinset={from + at + 1}
              style={{ height: ROW }}
              className="grid grid-cols-[20px_20px_minmax(0,1fr)_16px_minmax(0,1fr)] items-center gap-2 border-line border-b px-4 hover:bg-sunken"
            >
              <span className="flex">
                <Checkbox
                  hideLabel
                  label={`Rename ${one.name} to ${one.to}`}
                  checked={!excluded.has(one.key)}
                  onCheckedChange={(on) => onExclude(one.key, !on)}
                />
              </span>
              <span title={one.kind} className="flex text-ink-3">
                <Icon name={ICON[one.kind]} size={14} />
              </span>
              <span className="min-w-0 truncate font-mono text-xs">
                <span className={cx(off && 'text-ink-3')}>{one.name}</span>
                <span className="ml-2 font-sans text-[11px] text-ink-3">{one.where}</span>
              </span>
              <Icon name="ArrowRight" size={12} className="text-ink-3" />
              <span className="flex min-w-0 items-center gap-2">
                <span className={cx('min-w-0 truncate font-mono text-xs', off ? 'text-ink-3 line-through' : 'text-ok')}>
                  {one.to}
                </span>
                {conflict === undefined ? null : (
                  <span className="flex min-w-0 items-center gap-1 truncate text-[11px] text-bad" title={conflict}>
                    <Icon name="TriangleAlert" size={12} className="shrink-0" />
                    <span className="truncate">{conflict}</span>
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
