import { createStore } from 'zustand/vanilla';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import type { MeasuredProof } from '#engine/indexes/advise/proof.ts';
import type { Problem, Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { adviceStore } from './advice.ts';
import { Newest } from './newest.ts';
import { service } from './services.ts';

export interface ProofState {
  /** The advice that it is of. */
  readonly of?: IndexAdvice | undefined;
  readonly working?: { readonly done: number; readonly what: string } | undefined;
  readonly proof?: MeasuredProof | undefined;
  readonly problem?: Problem | undefined;
}

const NONE: ProofState = { of: undefined, working: undefined, proof: undefined, problem: undefined };

export const proofStore = createStore<ProofState>(() => NONE);

/** Runs the queries of an advice on generated rows with its indexes and without. */
export type Prover = (
  document: Document,
  advice: IndexAdvice,
  watch: { readonly onProgress: (done: number, what: string) => void; readonly signal: AbortSignal },
) => Promise<Result<MeasuredProof>>;

const running = new Newest();

// What was measured is of one advice.
adviceStore.subscribe(({ advised }) => {
  const { of } = proofStore.getState();
  if (of !== undefined && advised?.advice !== of) cancelProof();
});

/** Runs the queries of the advice that is shown. */
export async function measureAdvice(): Promise<void> {
  const { advised } = adviceStore.getState();
  if (advised === undefined) return;
  const mine = running.begin();
  const { advice, weighed } = advised;
  const prove = service('prover');
  if (prove === undefined) {
    const message = 'The studio is still starting. Try again in a moment.';
    proofStore.setState({ ...NONE, of: advice, problem: { code: 'no-prover', message } });
    return;
  }
  proofStore.setState({ ...NONE, of: advice, working: { done: 0, what: 'Starting PostgreSQL' } });
  const measured = await prove(weighed, advice, {
    signal: mine.signal,
    onProgress: (done, what) => {
      if (mine.counts()) proofStore.setState({ working: { done, what } });
    },
  });
  if (!mine.end()) return;
  proofStore.setState({ working: undefined, ...(measured.ok ? { proof: measured.value } : { problem: measured.problem }) });
}

/** Ends the running and forgets what was measured. */
export function cancelProof(): void {
  running.callOff();
  proofStore.setState(NONE, true);
}
