import { type CheckableDialect, TRAITS } from '#engine/dialects/base/traits.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import type { Trial, TrialOutcome } from './decomposition.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';
import type { RowRequest, RowsOpened, RowText } from './row-types.ts';

/** What the client needs of a worker. */
export interface VerifierLike {
  postMessage(message: ToVerifier): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromVerifier }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

interface Watched {
  readonly onProgress: (done: number, what: string) => void;
  readonly signal: AbortSignal;
}

interface CheckRequest extends Watched {
  readonly dialect: CheckableDialect;
  readonly statements: readonly CheckedStatement[];
}

/** Runs checks in a worker that is started for the first and kept for the next; cancelling ends it. */
export interface Verifier {
  check(request: CheckRequest): Promise<Result<CheckOutcome>>;
  /** Runs a decomposition on rows, forward and back, on an engine of its dialect. */
  tryDecomposition(request: Watched & { readonly trial: Trial }): Promise<Result<TrialOutcome>>;
  /** Opens a database to read rows from, in place of the one that is open. */
  openRows(request: Watched & { readonly rows: RowRequest }): Promise<Result<RowsOpened>>;
  /** Asks it queries. @param most rows of each that are taken */
  readRows(request: Watched & { readonly queries: readonly string[]; readonly most: number }): Promise<Result<readonly RowText[]>>;
  /** Ends the worker: its databases go with it. */
  close(): void;
}

/** @param dataDirectory absolute address of the dumped empty cluster */
export function createVerifier(spawn: () => VerifierLike, dataDirectory: string): Verifier {
  let worker: VerifierLike | undefined;
  let serial = 0;
  /** Who waits for an answer; all of them when the worker breaks down. */
  const waiting = new Map<number, { take(data: FromVerifier): void; lose(why: string): void }>();

  function end(why: string): void {
    worker?.terminate();
    worker = undefined;
    for (const one of [...waiting.values()]) one.lose(why);
  }

  function start(): VerifierLike {
    const started = spawn();
    started.onerror = (event) => end(`${event.message ?? 'the worker failed'}.`);
    started.onmessage = ({ data }) => waiting.get(data.id)?.take(data);
    return started;
  }

  /** @param read what the awaited message brings; undefined for others. */
  function ask<T>(
    label: string,
    message: (id: number) => ToVerifier,
    { onProgress, signal }: Watched,
    read: (data: FromVerifier) => T | undefined,
  ): Promise<Result<T>> {
    serial += 1;
    const id = serial;
    const unavailable = (why: string) => err('engine-unavailable', `${label} could not be started here: ${why}`);
    const cancelled = () => err('cancelled', 'The check was cancelled.');
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve(cancelled());
        return;
      }
      const finish = (result: Result<T>) => {
        waiting.delete(id);
        signal.removeEventListener('abort', abort);
        resolve(result);
      };
      const abort = () => {
        finish(cancelled());
        end('another check that it was doing was cancelled.');
      };
      waiting.set(id, {
        lose: (why) => finish(unavailable(why)),
        take(data) {
          const value = read(data);
          if (data.kind === 'progress') onProgress(data.done, data.what);
          else if (value !== undefined) finish(ok(value));
          else end(data.kind === 'failed' ? data.message : 'it answered something else.');
        },
      });
      signal.addEventListener('abort', abort);
      worker ??= start();
      worker.postMessage(message(id));
    });
  }

  return {
    check: ({ dialect, statements, ...watched }) =>
      ask(
        TRAITS[dialect].label,
        (id) => ({ kind: 'check', id, dialect, statements, dataDirectory }),
        watched,
        (data) => (data.kind === 'checked' ? data.outcome : undefined),
      ),
    tryDecomposition: ({ trial, ...watched }) =>
      ask(
        TRAITS[trial.dialect].label,
        (id) => ({ kind: 'try', id, trial, dataDirectory }),
        watched,
        (data) => (data.kind === 'tried' ? data.outcome : undefined),
      ),
    openRows: ({ rows: request, ...watched }) =>
      ask(
        TRAITS[request.engine].label,
        (id) => ({ kind: 'open', id, request, dataDirectory }),
        watched,
        (data) => (data.kind === 'opened' ? data.opened : undefined),
      ),
    async readRows({ queries, most, ...watched }) {
      const asked = await ask(
        'The database',
        (id) => ({ kind: 'read', id, queries, most, dataDirectory }),
        watched,
        (data) => (data.kind === 'rows' ? data.results : undefined),
      );
      if (!asked.ok) return asked;
      const refused = asked.value.find((one) => 'problem' in one);
      if (refused !== undefined && 'problem' in refused) return err('query-refused', `The database refused it: ${refused.problem}`);
      return ok(asked.value.filter((one) => 'text' in one));
    },
    close: () => end('it was closed.'),
  };
}

/** The verifier's worker as a browser makes it. */
export function spawnVerifier(): VerifierLike {
  return new Worker(new URL('./verify.worker.ts', import.meta.url), {
    type: 'module',
    name: 'verify',
  }) as unknown as VerifierLike;
}
