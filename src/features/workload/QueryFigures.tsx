import { useState } from 'react';
import { figure, readFigure } from '#lib/figures.ts';
import type { QueryPurpose, WorkloadQuery } from '#model/query-types.ts';
import { Segments } from '#ui/Segments.tsx';
import { TextField } from '#ui/TextField.tsx';
import { setQuery } from './edit.ts';
import { originText, PURPOSES } from './words.ts';

function Figure({
  label,
  value,
  placeholder,
  end,
  onSay,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly placeholder: string;
  readonly end?: string;
  readonly onSay: (value: number | null) => void;
}) {
  const [bad, setBad] = useState<string>();
  const shown =
    value === undefined ? '' : value >= 100 && !Number.isInteger(value) ? figure(value) : String(Number(value.toPrecision(6)));
  return (
    <TextField
      label={label}
      boxClassName="w-28"
      className="text-right tabular-nums"
      inputMode="decimal"
      placeholder={placeholder}
      end={end === undefined ? undefined : <span className="text-xs text-ink-3">{end}</span>}
      value={shown}
      error={bad}
      onCommit={(text) => {
        const read = readFigure(text);
        setBad(read === 'bad' ? 'Write 1500, 20k or 0.5' : undefined);
        if (read !== 'bad') onSay(read ?? null);
      }}
    />
  );
}

const PURPOSE_SEGMENTS = [
  { value: 'none', label: 'Not said' },
  ...(Object.keys(PURPOSES) as QueryPurpose[]).map((value) => ({ value, label: PURPOSES[value] })),
] as const;

/** How often a query runs, how long it may take, for what and by whom; and where it was seen. */
export function QueryFigures({ query }: { readonly query: WorkloadQuery }) {
  const { id, callsPerHour, latencyMs, purpose, role, origin } = query;
  return (
    <section aria-label="Figures" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <Figure
          label="Calls per hour"
          value={callsPerHour}
          placeholder="not known"
          onSay={(value) => setQuery(id, { callsPerHour: value })}
        />
        <Figure
          label="Latency target"
          value={latencyMs}
          placeholder="none"
          end="ms"
          onSay={(value) => setQuery(id, { latencyMs: value })}
        />
        <TextField
          label="Role"
          boxClassName="w-32"
          placeholder="any"
          value={role ?? ''}
          onCommit={(text) => setQuery(id, { role: text.trim() === '' ? null : text.trim() })}
        />
        <div className="flex flex-col gap-1">
          <span className="text-xs text-ink-2">For</span>
          <Segments
            label="What it is for"
            value={purpose ?? 'none'}
            className="text-xs"
            segments={PURPOSE_SEGMENTS}
            onValueChange={(value) => setQuery(id, { purpose: value === 'none' ? null : (value as QueryPurpose) })}
          />
        </div>
      </div>
      {origin === undefined ? null : <p className="text-xs text-ink-2">{originText(origin)}</p>}
    </section>
  );
}
