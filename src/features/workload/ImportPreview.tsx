import { type ReactNode, useMemo } from 'react';
import type { ImportedQuery } from '#engine/workload/import/entry.ts';
import { type JoinedQuery, joinWorkload } from '#engine/workload/import/join.ts';
import type { WorkloadImport } from '#engine/workload/import/read.ts';
import { many } from '#lib/amounts.ts';
import { derivedIds } from '#lib/ids.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Pill } from '#ui/Pill.tsx';
import { rateText } from './words.ts';

/** Lines of a list that are drawn at most. */
const SHOWN = 200;

const KINDS: Readonly<Record<WorkloadImport['kind'], string>> = {
  typed: 'SQL text',
  file: 'a file of SQL',
  pg_stat_statements: 'pg_stat_statements',
  'slow log': 'a slow query log',
  performance_schema: 'performance_schema',
};

function Part({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-label={title} className="flex flex-col">
      <h4 className="sticky top-0 z-1 flex items-center gap-2 border-line border-b bg-raised px-4 py-1.5 text-xs font-semibold">
        {title} <Pill tone="plain">{count}</Pill>
      </h4>
      <ul>{children}</ul>
      {count > SHOWN ? <p className="px-4 py-1.5 text-xs text-ink-3">and {many(count - SHOWN, 'more', 'more')}</p> : null}
    </section>
  );
}

function Coming({ joined, readable }: { readonly joined: JoinedQuery; readonly readable: boolean }) {
  const { record, was } = joined;
  return (
    <li className="flex items-baseline gap-2 border-line border-b px-4 py-1">
      <span className="w-36 shrink-0 truncate" title={record.name}>
        {record.name}
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-[11.5px] text-ink-2" title={record.sql.slice(0, 1000)}>
        {record.sql.slice(0, 240)}
      </span>
      {readable ? null : <Pill tone="bad">to be mended</Pill>}
      {record.callsPerHour === undefined ? null : (
        <span className="shrink-0 text-xs tabular-nums text-ink-2">
          {was?.callsPerHour === undefined ? '' : `${rateText(was.callsPerHour)} → `}
          {rateText(record.callsPerHour)}/h
        </span>
      )}
    </li>
  );
}

export interface ImportPreviewProps {
  readonly read: WorkloadImport;
  readonly wanted: readonly ImportedQuery[];
  readonly hours: number | undefined;
}

/** What was read, which of it is there already, and what was not understood, with its place. */
export function ImportPreview({ read, wanted, hours }: ImportPreviewProps) {
  const document = useDocumentState((state) => state.document);
  const joined = useMemo(
    () => joinWorkload(document, wanted, { ids: derivedIds(), ...(hours === undefined ? {} : { hours }) }),
    [document, wanted, hours],
  );
  const broken = useMemo(() => new Set(read.broken.map(({ fingerprint }) => fingerprint)), [read]);
  const both = joined.map((one, at) => ({ one, readable: !broken.has(wanted[at]?.fingerprint ?? '') }));
  const fresh = both.filter(({ one }) => one.was === undefined);
  const there = both.filter(({ one }) => one.was !== undefined);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <p role="status" className="px-4 py-2 text-xs leading-4.5 text-ink-2">
        Read as {KINDS[read.kind]}: {many(read.queries.length, 'query', 'queries')}
        {read.merged === 0 ? '' : `, ${many(read.merged, 'repetition')} merged`}
        {read.refused.length === 0 ? '.' : `, ${many(read.refused.length, 'statement')} not understood.`}
      </p>
      <Part title="New" count={fresh.length}>
        {fresh.slice(0, SHOWN).map(({ one, readable }) => (
          <Coming key={one.record.id} joined={one} readable={readable} />
        ))}
      </Part>
      <Part title="There already: figures are taken over" count={there.length}>
        {there.slice(0, SHOWN).map(({ one, readable }) => (
          <Coming key={one.record.id} joined={one} readable={readable} />
        ))}
      </Part>
      <Part title="Not understood" count={read.refused.length}>
        {read.refused.slice(0, SHOWN).map(({ line, column, reason, sql }) => (
          <li key={`${line}:${column}:${reason}`} className="border-line border-b px-4 py-1">
            <span className="text-bad [overflow-wrap:anywhere]">
              Line {line}, column {column}: {reason}
            </span>
            {sql === undefined ? null : (
              <span className="block truncate font-mono text-[11.5px] text-ink-2">{sql.slice(0, 240)}</span>
            )}
          </li>
        ))}
      </Part>
    </div>
  );
}
