import { type CheckableDialect, TRAITS } from '#engine/dialects/base/traits.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CheckedStatement, CheckOutcome } from './check.ts';
import type { FromVerifier, ToVerifier } from './protocol.ts';

/** What the client needs of a worker. */
export interface VerifierLike {
  postMessage(message: ToVerifier): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromVerifier }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

interface CheckRequest {
  readonly dialect: CheckableDialect;
  readonly statements: readonly CheckedStatement[];
  readonly onProgress: (done: number, what: string) => void;
  readonly signal: AbortSignal;
}

/** Runs checks in a worker that is started for the first and kept for the next; cancelling ends it. */
export interface Verifier {
  check(request: CheckRequest): Promise<Result<CheckOutcome>>;
}

/** @param dataDirectory absolute address of the dumped empty cluster */
export function createVerifier(spawn: () => VerifierLike, dataDirectory: string): Verifier {
  let worker: VerifierLike | undefined;
  let serial = 0;

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    check({ dialect, statements, onProgress, signal }) {
      serial += 1;
      const unavailable = (why: string) => err('engine-unavailable', `${TRAITS[dialect].label} could not be started here: ${why}`);
      const id = serial;
      return new Promise((resolve) => {
        if (signal.aborted) {
          resolve(err('cancelled', 'The check was cancelled.'));
          return;
        }
        const finish = (result: Result<CheckOutcome>) => {
          signal.removeEventListener('abort', abort);
          resolve(result);
        };
        const abort = () => {
          end();
          finish(err('cancelled', 'The check was cancelled.'));
        };
        signal.addEventListener('abort', abort);
        worker ??= spawn();
        worker.onerror = (event) => {
          end();
          finish(unavailable(`${event.message ?? 'the worker failed'}.`));
        };
        worker.onmessage = ({ data }) => {
          if (data.id !== id) return;
          if (data.kind === 'progress') onProgress(data.done, data.what);
          else if (data.kind === 'checked') finish(ok(data.outcome));
          else {
            end();
            finish(unavailable(data.message));
          }
        };
        worker.postMessage({ kind: 'check', id, dialect, statements, dataDirectory });
      });
    },
  };
}

/** The verifier's worker as a browser makes it. */
export function spawnVerifier(): VerifierLike {
  return new Worker(new URL('./verify.worker.ts', import.meta.url), {
    type: 'module',
    name: 'verify',
  }) as unknown as VerifierLike;
}
