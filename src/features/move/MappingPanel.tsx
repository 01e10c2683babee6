import { useMemo, useState } from 'react';
import type { MoveMapping, MoveVerdict } from '#engine/move/plan-types.ts';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { MappingTable } from './MappingTable.tsx';
import { filterMappings, VERDICTS, verdictCounts } from './words.ts';

interface FiltersProps {
  readonly counts: Readonly<Record<MoveVerdict, number>>;
  readonly on: ReadonlySet<MoveVerdict>;
  readonly onChange: (verdicts: ReadonlySet<MoveVerdict>) => void;
  readonly typed: string;
  readonly onTyped: (text: string) => void;
}

function Filters({ counts, on, onChange, typed, onTyped }: FiltersProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b px-3 py-1.5">
      {VERDICTS.map(({ verdict, label, says, icon, mark }) => (
        <button
          key={verdict}
          type="button"
          aria-pressed={on.has(verdict)}
          title={says}
          disabled={counts[verdict] === 0}
          className={cx(
            'flex h-6.5 items-center gap-1.5 rounded-full border px-2.5 text-xs disabled:opacity-50',
            on.has(verdict) ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong text-ink-2 enabled:hover:bg-sunken',
          )}
          onClick={() => {
            const next = new Set(on);
            if (!next.delete(verdict)) next.add(verdict);
            onChange(next);
          }}
        >
          <Icon name={icon} size={13} className={counts[verdict] > 0 && !on.has(verdict) ? mark : ''} />
          {label} <span className="font-semibold tabular-nums">{counts[verdict]}</span>
        </button>
      ))}
      <input
        type="search"
        aria-label="Filter the mappings"
        placeholder="Filter"
        value={typed}
        className="h-6.5 w-32 min-w-20 flex-1 rounded-md border border-line bg-sunken px-2 text-xs outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
        onChange={(event) => onTyped(event.target.value)}
      />
    </div>
  );
}

export interface MappingPanelProps {
  readonly mappings: readonly MoveMapping[];
  /** The two databases, as the columns are called. */
  readonly from: string;
  readonly to: string;
  readonly onChoose: (mapping: string, option: string) => void;
}

/** The mappings of a move, to be filtered by verdict and text, and adjusted. */
export function MappingPanel({ mappings, from, to, onChoose }: MappingPanelProps) {
  const [verdicts, setVerdicts] = useState<ReadonlySet<MoveVerdict>>(new Set());
  const [typed, setTyped] = useState('');
  const counts = useMemo(() => verdictCounts(mappings), [mappings]);
  const shown = useMemo(() => filterMappings(mappings, verdicts, typed), [mappings, verdicts, typed]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Filters counts={counts} on={verdicts} onChange={setVerdicts} typed={typed} onTyped={setTyped} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard */}
      <section aria-label="Mappings" tabIndex={0} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
        {shown.length > 0 ? (
          <MappingTable mappings={shown} from={from} to={to} onChoose={onChoose} />
        ) : mappings.length === 0 ? (
          <EmptyState
            icon="CircleCheck"
            title="Nothing to map"
            text="The document is empty: there is nothing that another database says otherwise."
          />
        ) : (
          <EmptyState icon="Filter" title="No mapping matches" text="Take a filter away to see the others." />
        )}
      </section>
    </div>
  );
}
