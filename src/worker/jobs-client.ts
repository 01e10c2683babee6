import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import { err, type Result } from '#lib/result.ts';
import type { FromJobs, ImportOptions, ToJobs } from './jobs-protocol.ts';

/** What the client needs of a worker. */
export interface JobsWorker {
  postMessage(message: ToJobs): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromJobs }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

export interface Jobs {
  /** Reads SQL files. Cancelling ends the worker; the next job starts another. */
  runImport(
    files: readonly SqlFile[],
    options: ImportOptions,
    onProgress: (done: number, what: string) => void,
    signal: AbortSignal,
  ): Promise<Result<ReadResult>>;
}

const CANCELLED = err('stopped', 'Reading was stopped. Nothing was changed.');

/** Long jobs in a worker that is started for the first and kept for the next. */
export function createJobs(spawn: () => JobsWorker): Jobs {
  let worker: JobsWorker | undefined;
  let serial = 0;

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  return {
    runImport(files, options, onProgress, signal) {
      serial += 1;
      const id = serial;
      if (signal.aborted) return Promise.resolve(CANCELLED);
      return new Promise((resolve) => {
        const finish = (result: Result<ReadResult>) => {
          signal.removeEventListener('abort', abort);
          resolve(result);
        };
        const abort = () => {
          end();
          finish(CANCELLED);
        };
        const fail = (message: string) => {
          end();
          finish(
            err('reader-failed', `The reader stopped: ${message}. Nothing was changed; try a smaller file, or reload the page.`),
          );
        };
        signal.addEventListener('abort', abort);
        worker ??= spawn();
        worker.onerror = (event) => fail(event.message ?? 'its worker ended');
        worker.onmessage = ({ data }) => {
          if (data.id !== id) return;
          if (data.kind === 'progress') onProgress(data.done, data.what);
          else if (data.kind === 'imported') finish(data.result);
          else fail(data.message);
        };
        worker.postMessage({ kind: 'import', id, files, options });
      });
    },
  };
}

/** The jobs worker as a browser makes it. */
export function spawnJobs(): JobsWorker {
  return new Worker(new URL('./jobs.worker.ts', import.meta.url), { type: 'module', name: 'jobs' }) as unknown as JobsWorker;
}
