import { useMemo, useState } from 'react';
import { type Evidence, evidenceOf } from '#engine/decompose/evidence.ts';
import type { Anomaly } from '#engine/normalize/anomaly.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { useSampleRows } from '#state/sample-rows.ts';
import { listed } from '../logic/words.ts';

const ANOMALIES = [
  { key: 'update', label: 'Changing' },
  { key: 'insert', label: 'Adding' },
  { key: 'delete', label: 'Deleting' },
] as const;

/** What goes wrong when rows are changed, added and deleted, in words. */
export function AnomalyList({ anomaly }: { readonly anomaly: Anomaly }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 text-xs leading-[18px] text-ink-2">
      {ANOMALIES.map(({ key, label }) => (
        <div key={key} className="contents">
          <dt className="font-medium text-ink">{label}</dt>
          <dd className="[overflow-wrap:anywhere]">{anomaly[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

interface EvidenceProps {
  readonly document: Document;
  readonly table: Table;
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
}

/** What the rows show, in a sentence. */
function caption({ fact, redundant, conflicts }: Evidence, left: string, right: string): string {
  if (conflicts > 0) return `The rows contradict it: ${right} differs for one ${left}.`;
  if (fact === undefined) return '';
  const values = (cells: readonly (string | null)[]) => cells.map((one) => one ?? 'NULL').join(', ');
  const more = redundant > fact.times - 1 ? ` ${redundant.toLocaleString('en')} rows in all store a fact again.` : '';
  return `${values(fact.right)} is stored ${fact.times} times for ${values(fact.left)}.${more}`;
}

function Rows({ document, table, determinant, dependent }: EvidenceProps) {
  const given = useSampleRows(table.id);
  const found = useMemo(
    () => evidenceOf(document, table, { determinant, dependent }, given),
    [document, table, determinant, dependent, given],
  );
  const name = (id: Id) => columnOf(document, table, id)?.name ?? '?';
  if (found === undefined) return <p className="text-xs text-ink-2">No rows show it.</p>;
  const right = new Set(dependent);
  return (
    <figure className="flex flex-col gap-1">
      {found.rows.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
        <section tabIndex={0} aria-label="Rows that show it" className="overflow-x-auto rounded-md border border-line">
          <table className="w-full max-w-2xl border-collapse font-mono text-[11px] leading-[18px]">
            <thead className="bg-sunken text-left text-ink-2">
              <tr>
                {found.columns.map((id) => (
                  <th key={id} scope="col" className="max-w-28 truncate px-2 py-0.5 font-medium" title={name(id)}>
                    {name(id)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.rows.map(({ cells, again, lonely }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
                <tr key={at} className="border-line border-t">
                  {found.columns.map((id, nth) => {
                    const repeats = again && right.has(id);
                    const goes = lonely && right.has(id);
                    const look = repeats ? 'bg-warn-soft text-warn' : goes ? 'text-bad' : '';
                    return (
                      <td
                        key={id}
                        className={`max-w-28 truncate px-2 ${look}`}
                        title={repeats ? 'stored again' : goes ? 'lost with this row' : undefined}
                      >
                        {cells[nth] ?? <span className="text-ink-3">NULL</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <figcaption className="text-[11.5px] leading-4 text-ink-2 [overflow-wrap:anywhere]">
        {caption(found, listed(determinant.map(name)), listed(dependent.map(name)))}
        {found.rows.some((row) => row.lonely) ? ' Deleting the last row shown loses its fact.' : ''}{' '}
        <span className="text-ink-3">{found.given ? `Rows of ${given?.source ?? 'your data'}.` : 'Made-up rows.'}</span>
      </figcaption>
    </figure>
  );
}

/** The anomaly in rows: a person's where there are some, else made up. They are looked for when it is opened. */
export function EvidenceRows({ open = false, ...props }: EvidenceProps & { readonly open?: boolean }) {
  const [shown, setShown] = useState(open);
  return (
    <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)} className="text-xs">
      <summary className="w-fit cursor-pointer rounded text-accent">In rows</summary>
      <div className="mt-1.5">{shown ? <Rows {...props} /> : null}</div>
    </details>
  );
}
