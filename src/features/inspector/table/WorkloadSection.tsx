import { figure } from '#lib/figures.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { useResults } from '#state/hooks.ts';
import { showPath } from '#state/query-path.ts';
import { openDialog } from '#state/view.ts';
import { ratesOf } from '#state/workload-rates.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { Section } from '../fields/Section.tsx';

/** Queries that are listed at most; the dialog has the others. */
const SHOWN = 8;

/** How often the queries of the workload read and write a table, and which these are. */
export function WorkloadSection({ document, table }: { readonly document: Document; readonly table: Id }) {
  const workload = useResults((state) => state.workload);
  const rates = ratesOf(document, workload).get(table);
  if (rates === undefined) return null;
  const writes = rates.inserts + rates.updates + rates.deletes;
  const queries = [...new Set([...rates.readers, ...rates.writers])]
    .flatMap((id) => recordIn(document, 'queries', id) ?? [])
    .toSorted((a, b) => (b.callsPerHour ?? -1) - (a.callsPerHour ?? -1));
  const kinds = (['inserts', 'updates', 'deletes'] as const).filter((kind) => rates[kind] > 0);
  const split = kinds.map((kind) => `${figure(rates[kind])} ${kind}`).join(', ');
  return (
    <Section title="Workload">
      <p className="text-xs leading-[18px] text-ink-2">
        {figure(rates.reads)} reads and {figure(writes)} writes an hour{kinds.length > 1 ? ` (${split})` : ''}
        {rates.uncounted.length === 0
          ? '.'
          : `; of ${rates.uncounted.length === 1 ? 'one query' : `${rates.uncounted.length} queries`} nobody said how often.`}
      </p>
      <ul aria-label="Queries on this table" className="flex flex-col">
        {queries.slice(0, SHOWN).map(({ id, name, callsPerHour }) => (
          <li key={id} className="flex items-center gap-1.5">
            <button
              type="button"
              className="min-w-0 flex-1 truncate rounded py-0.5 text-left hover:text-accent"
              title={name}
              onClick={() => openDialog('workload', id)}
            >
              {name}
            </button>
            <span className="shrink-0 text-xs tabular-nums text-ink-3">
              {callsPerHour === undefined ? '' : `${figure(callsPerHour)}/h`}
            </span>
            <IconButton icon="Workflow" label={`Show ${name} on the canvas`} size="sm" onClick={() => showPath(id)} />
          </li>
        ))}
      </ul>
      {queries.length > SHOWN ? <p className="text-xs text-ink-3">and {queries.length - SHOWN} more</p> : null}
    </Section>
  );
}
