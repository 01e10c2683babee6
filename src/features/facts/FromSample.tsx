import { useMemo } from 'react';
import { useStore } from 'zustand';
import { factsOfSamples, type Sampled } from '#engine/facts/from-sample.ts';
import { many } from '#lib/amounts.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import { openDiscover } from '#state/discover.ts';
import { sampleRowsStore } from '#state/sample-rows.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Taking } from './Taking.tsx';
import { namesText } from './words.ts';

/** Facts from rows that were looked at in this session. */
export function FromSample({ document, onDone }: { readonly document: Document; readonly onDone: () => void }) {
  const kept = useStore(sampleRowsStore, (state) => state.tables);
  const samples = useMemo(
    () =>
      [...kept].flatMap(([table, { total, columns, profiles, source }]): (Sampled & { readonly source: string })[] =>
        profiles === undefined || recordIn(document, 'tables', table) === undefined
          ? []
          : [{ table, total, columns, profiles, source }],
      ),
    [kept, document],
  );
  const given = useMemo(() => factsOfSamples(document, samples), [document, samples]);
  const look = () => openDiscover();
  if (samples.length === 0) {
    return (
      <EmptyState
        icon="FileText"
        title="No rows were looked at"
        text="Open a file of rows or a database in Discover. What it says of values can then be taken as facts here, scaled to the rows that a table has."
      >
        <div className="mt-2 flex gap-2">
          <Button onClick={onDone}>Back to the facts</Button>
          <Button variant="primary" onClick={look}>
            Look at data …
          </Button>
        </div>
      </EmptyState>
    );
  }
  const sources = [...new Set(samples.map((one) => one.source))];
  const rows = samples.reduce((sum, one) => sum + one.total, 0);
  return (
    <Taking
      document={document}
      given={given}
      source={`${namesText(sources, 3)} (${many(rows, 'row')})`}
      waiting={{ title: '', text: '' }}
      found={
        <p className="border-line border-b px-4 py-2 text-xs leading-4.5 text-ink-2">
          From {many(rows, 'row')} of {namesText(sources, 3)}. Different values are scaled to the rows that a table is told to have
          (Haas and Stokes’ Duj1, as ANALYZE of PostgreSQL does); where none are told, the rows of the source are taken for all.{' '}
          <button type="button" className="rounded text-accent hover:underline" onClick={look}>
            Look at more data …
          </button>
        </p>
      }
      onDone={onDone}
    />
  );
}
