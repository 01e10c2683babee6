import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { ImportPlan, PlanItem } from '#engine/sql/plan-import.ts';
import type { Id } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pill, type PillProps } from '#ui/Pill.tsx';

export interface MergeViewProps {
  readonly plan: ImportPlan;
  readonly ticks: ReadonlySet<Id>;
  /** Absent when everything is decided already. */
  readonly onTicks?: ((ticks: ReadonlySet<Id>) => void) | undefined;
}

type State = PlanItem['state'];

const STATES: readonly {
  readonly state: State;
  readonly label: string;
  readonly says: string;
  readonly tone: PillProps['tone'];
  readonly ticked: string;
  readonly left: string;
}[] = [
  {
    state: 'changed',
    label: 'Changed',
    says: 'in both, and different',
    tone: 'warn',
    ticked: 'becomes the new one',
    left: 'stays as it is',
  },
  { state: 'added', label: 'New', says: 'only in the text', tone: 'ok', ticked: 'is added', left: 'is left out' },
  { state: 'absent', label: 'Absent', says: 'only in the document', tone: 'plain', ticked: 'is deleted', left: 'is kept' },
];

type Row =
  | { readonly kind: 'heading'; readonly state: State; readonly items: readonly PlanItem[] }
  | { readonly kind: 'item'; readonly item: PlanItem };

/** Changes of one object that are listed; the rest is counted. */
const SHOWN = 8;
const LINE = 19;

function rowsOf(plan: ImportPlan): Row[] {
  return STATES.flatMap(({ state }): Row[] => {
    const items = plan.items.filter((item) => item.state === state);
    return items.length === 0 ? [] : [{ kind: 'heading', state, items }, ...items.map((item): Row => ({ kind: 'item', item }))];
  });
}

function listed(item: PlanItem): PlanItem['changes'] {
  return item.state === 'changed' ? item.changes.slice(0, SHOWN) : [];
}

function heightOf(row: Row): number {
  if (row.kind === 'heading') return 36;
  const more = row.item.state === 'changed' && row.item.changes.length > SHOWN ? 1 : 0;
  const lines = listed(row.item).length + more;
  return 32 + (lines === 0 ? 0 : lines * LINE + 6);
}

/** What changes, by its name; a part without one is called by what it says, which stands beside it anyway. */
function whatOf({ what, from, to }: PlanItem['changes'][number]): string {
  const said = to ?? from ?? '';
  return said !== '' && what.endsWith(` ${said}`) ? what.slice(0, -said.length - 1) : what;
}

function Changes({ item }: { readonly item: PlanItem }) {
  const changes = listed(item);
  if (changes.length === 0) return null;
  return (
    <ul className="pb-1.5 pl-6 font-mono text-xs" style={{ lineHeight: `${LINE}px` }}>
      {changes.map((change) => (
        <li
          key={change.what}
          className="truncate"
          title={[change.what, change.from, change.to].filter((part) => part !== undefined).join('\n')}
        >
          <span className="text-ink-3">{whatOf(change)}: </span>
          {change.from === undefined ? null : <del className="text-bad">{change.from}</del>}
          {change.from !== undefined && change.to !== undefined ? <span className="text-ink-3"> → </span> : null}
          {change.to === undefined ? null : <ins className="text-ok no-underline">{change.to}</ins>}
        </li>
      ))}
      {item.changes.length > SHOWN ? <li className="text-ink-3">and {item.changes.length - SHOWN} more</li> : null}
    </ul>
  );
}

function Heading({
  row,
  ticks,
  onTicks,
}: {
  readonly row: Extract<Row, { kind: 'heading' }>;
  readonly ticks: ReadonlySet<Id>;
  readonly onTicks: MergeViewProps['onTicks'];
}) {
  const state = STATES.find((one) => one.state === row.state);
  const ticked = row.items.filter((item) => ticks.has(item.id)).length;
  const all = ticked === row.items.length;
  const setAll = (on: boolean) => {
    const next = new Set(ticks);
    for (const { id } of row.items) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onTicks?.(next);
  };
  return (
    <div className="flex h-full items-center gap-2 bg-sunken px-4 text-xs">
      <Checkbox
        label={`All ${state?.label.toLowerCase() ?? ''}`}
        hideLabel
        checked={all ? true : ticked > 0 ? 'indeterminate' : false}
        disabled={onTicks === undefined}
        onCheckedChange={() => setAll(!all)}
      />
      <span className="font-semibold">
        {state?.label} <span className="tabular-nums">{row.items.length}</span>
      </span>
      <span className="text-ink-2">{state?.says}</span>
      <span className="flex-1" />
      <span className="text-ink-3">
        ticked: {state?.ticked}; else: {state?.left}
      </span>
    </div>
  );
}

/** What differs between the document and the text, object by object, with what should be taken. */
export function MergeView({ plan, ticks, onTicks }: MergeViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const rows = useMemo(() => {
    const needle = typed.trim().toLowerCase();
    return rowsOf({ ...plan, items: plan.items.filter((item) => item.label.toLowerCase().includes(needle)) });
  }, [plan, typed]);
  const same = useMemo(() => plan.items.filter((item) => item.state === 'same').length, [plan]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => heightOf(rows[at] as Row),
    overscan: 6,
  });
  const toggle = (id: Id) => {
    const next = new Set(ticks);
    if (!next.delete(id)) next.add(id);
    onTicks?.(next);
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 items-center gap-3 border-line border-b px-4 py-1.5">
        <span className="min-w-0 flex-1 truncate text-ink-2">
          {same} {same === 1 ? 'object is' : 'objects are'} the same in both. Positions, declared dependencies and classifications
          stay.
        </span>
        <input
          type="search"
          aria-label="Filter the objects"
          placeholder="Filter"
          value={typed}
          className="h-6.5 w-44 rounded-md border border-line bg-sunken px-2 text-xs outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          icon="CircleCheck"
          title={typed === '' ? 'Nothing differs' : 'Nothing matches'}
          text={typed === '' ? 'The text says what the document already holds.' : undefined}
        />
      ) : (
        <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, size }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <div
                  key={index}
                  className={cx('absolute right-0 left-0 overflow-hidden border-line border-b')}
                  style={{ top: start, height: size }}
                >
                  {row.kind === 'heading' ? (
                    <Heading row={row} ticks={ticks} onTicks={onTicks} />
                  ) : (
                    <div className="px-4">
                      <div className="flex h-8 items-center gap-2">
                        <Checkbox
                          label={row.item.label}
                          checked={ticks.has(row.item.id)}
                          disabled={onTicks === undefined}
                          onCheckedChange={() => toggle(row.item.id)}
                          className="min-w-0 flex-1 truncate"
                        />
                        <Pill tone={STATES.find((one) => one.state === row.item.state)?.tone ?? 'plain'}>
                          {row.item.state === 'added' ? 'new' : row.item.state}
                        </Pill>
                      </div>
                      <Changes item={row.item} />
                    </div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}
