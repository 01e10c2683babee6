import type { RoundTrip } from '#engine/sql/round-trip.ts';
import type { Result } from '#lib/result.ts';
import { scopeOfDiff } from '#model/diff.ts';
import type { Document } from '#model/types.ts';
import { documentStore, onDocumentChange } from './document.ts';
import { resultsStore } from './results.ts';

/** Writes a document and reads it back, away from the main thread. */
export type RoundTripRunner = (document: Document, signal: AbortSignal) => Promise<Result<RoundTrip>>;

/** How long a model has to rest before its round trip is looked at, in milliseconds: handing it to a worker is not free. */
export const REST = 2000;

/**
 * Keeps saying whether the model comes back identical from its own DDL, once it has rested. An edit makes the last answer
 * a matter of the past and ends work on it. @returns how to stop.
 */
export function startRoundTrip(runner: RoundTripRunner): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  async function look(): Promise<void> {
    const { document, revision } = documentStore.getState();
    const mine = new AbortController();
    running = mine;
    const result = await runner(document, mine.signal);
    if (mine.signal.aborted || running !== mine) return;
    running = undefined;
    // What could not be looked at is not said to be anything.
    resultsStore.setState({ roundTrip: result.ok ? { revision, ...result.value } : undefined });
  }

  function wait(): void {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
    if (resultsStore.getState().roundTrip !== undefined) resultsStore.setState({ roundTrip: undefined });
    const { tables, types, views } = documentStore.getState().document;
    if ([tables, types, views].every((records) => Object.keys(records).length === 0)) return;
    timer = setTimeout(() => void look(), REST);
  }

  const stop = onDocumentChange(({ source, diff }) => {
    if (source === 'load' || scopeOfDiff(diff, 'model').length > 0) wait();
  });
  wait();
  return () => {
    stop();
    clearTimeout(timer);
    running?.abort();
  };
}
