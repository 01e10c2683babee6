import { useMemo } from 'react';
import { Breadcrumbs } from '#features/places/Breadcrumbs.tsx';
import { many } from '#lib/amounts.ts';
import { perform } from '#state/actions.ts';
import { useDocumentState, useResults, useView } from '#state/hooks.ts';
import { showDock } from '#state/panes.ts';
import { Icon } from '#ui/Icon.tsx';
import { countFindings } from './count-findings.ts';

function Counts() {
  const tables = useDocumentState((state) => state.document.tables);
  const relationships = useDocumentState((state) => state.document.relationships);
  return (
    <>
      <span>{many(Object.keys(tables).length, 'table', 'tables')}</span>
      <span className="max-[760px]:hidden">{many(Object.keys(relationships).length, 'relationship', 'relationships')}</span>
    </>
  );
}

function Problems() {
  const findings = useResults((state) => state.findings);
  const counts = useMemo(() => countFindings(findings), [findings]);
  if (counts.error + counts.warning === 0) return null;
  const label = `${many(counts.error, 'error', 'errors')}, ${many(counts.warning, 'warning', 'warnings')}`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="flex h-full min-w-6 items-center gap-2.5"
      onClick={() => showDock('problems')}
    >
      {counts.error === 0 ? null : (
        <span className="flex items-center gap-1 text-bad">
          <Icon name="CircleAlert" size={12} /> {counts.error}
        </span>
      )}
      {counts.warning === 0 ? null : (
        <span className="flex items-center gap-1 text-warn">
          <Icon name="TriangleAlert" size={12} /> {counts.warning}
        </span>
      )}
    </button>
  );
}

function RunsOn() {
  const run = useResults((state) => state.runsOn);
  if (run.state === 'runs')
    return (
      <span className="truncate text-ok">
        runs on {run.product} {run.version}
      </span>
    );
  if (run.state === 'fails')
    return (
      <span className="truncate text-bad">
        does not run on {run.product} {run.version}
      </span>
    );
  return null;
}

function RoundTrip() {
  const trip = useResults((state) => state.roundTrip);
  if (trip === undefined) return null;
  if (trip.different === 0) {
    return (
      <span className="truncate max-[900px]:hidden" title="The model, written as DDL and read again, is the same model.">
        round trip: identical
      </span>
    );
  }
  return (
    <button
      type="button"
      className="truncate text-warn underline-offset-2 hover:underline"
      title="Objects that come back from the DDL as something else. Show them."
      onClick={() => showDock('receipt')}
    >
      round trip: {many(trip.different, 'difference', 'differences')}
    </button>
  );
}

function Engine() {
  const engine = useResults((state) => state.engine);
  const ms = useResults((state) => state.engineMs);
  if (engine === 'restarting') return <span className="text-warn">engine restarting</span>;
  if (engine === 'starting') return <span>engine starting</span>;
  return <span>engine {ms < 1 ? '< 1' : Math.round(ms)} ms</span>;
}

function Zoom() {
  const zoom = useView((state) => state.viewport.zoom);
  return (
    <button type="button" title="Fit the whole diagram" className="h-full tabular-nums" onClick={() => perform('canvas.fit')}>
      {Math.round(zoom * 100)} %
    </button>
  );
}

/** The quiet line at the bottom: how big, how sound, how fast, where. */
export function StatusBar() {
  return (
    <div className="flex h-[25px] pointer-coarse:h-8 items-center gap-3.5 overflow-hidden whitespace-nowrap border-line border-t bg-surface px-3 text-[11.5px] text-ink-2">
      <Breadcrumbs />
      <span className="h-3.5 w-px shrink-0 bg-line" />
      <Counts />
      <Problems />
      <RunsOn />
      <RoundTrip />
      <span className="flex-1" />
      <Engine />
      <Zoom />
    </div>
  );
}
