import { useEffect, useRef, useState } from 'react';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { err, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { interactiveIds } from '#state/document.ts';
import { sqlParser } from '#state/names-in-sql.ts';
import { sampleRows } from '#state/sample-rows.ts';
import { today } from '#state/today.ts';
import { theVerifier } from '#state/verifier.ts';
import { viewStore } from '#state/view.ts';
import type { TrialOutcome } from '#verify/decomposition.ts';
import type { Settled } from './planner.ts';

export type TrialState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly done: number; readonly what: string }
  | { readonly state: 'done'; readonly of: Settled; readonly result: Result<TrialOutcome> };

/** Rows that are made for a trial; keys may leave fewer. */
const ROWS = 60;

async function outcomeOf(
  document: Document,
  { proposal, settled }: Settled,
  onProgress: (done: number, what: string) => void,
  signal: AbortSignal,
): Promise<Result<TrialOutcome>> {
  const [parser, { trialFor }] = await Promise.all([sqlParser(), import('#verify/trial.ts')]);
  const given = sampleRows(proposal.table);
  const options = { ids: interactiveIds(), diagram: viewStore.getState().diagram, date: today(), rows: ROWS, given };
  const trial = trialFor(document, parser, proposal, settled, options);
  if (!trial.ok) return trial;
  return theVerifier().tryDecomposition({ trial: trial.value, onProgress, signal });
}

/** Runs a decomposition on rows in the browser's own engine of its dialect; leaving the dialog stops it. */
export function useTrial(document: Document) {
  const [trial, setTrial] = useState<TrialState>({ state: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = (of: Settled) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const progress = (done: number, what: string) => {
      if (!control.signal.aborted) setTrial({ state: 'running', done, what });
    };
    const { label } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
    progress(0, `Loading ${label}`);
    void outcomeOf(document, of, progress, control.signal)
      .catch((error: unknown) => err('engine-unavailable', `${label} could not be started here: ${String(error)}`))
      .then((result) => {
        if (!control.signal.aborted) setTrial({ state: 'done', of, result });
      });
  };
  const stop = () => {
    running.current?.abort();
    setTrial({ state: 'idle' });
  };
  return { trial, start, stop };
}
