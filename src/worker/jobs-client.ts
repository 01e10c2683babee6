import type { Comparison } from '#engine/decompose/comparison-types.ts';
import type { Survey, SurveyFile } from '#engine/discover/survey.ts';
import type { TextFile } from '#engine/documents/set.ts';
import type { Exchanged } from '#engine/exchange/exchange.ts';
import type { ExchangeId } from '#engine/exchange/formats.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { AsImported } from '#engine/sql/as-imported.ts';
import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import type { RoundTrip } from '#engine/sql/round-trip.ts';
import type { WorkloadImport } from '#engine/workload/import/read.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import type {
  AdviceJob,
  AnalyticAgain,
  DiscoverJob,
  DocumentsInput,
  FromJobs,
  ImportOptions,
  Looked,
  LookOptions,
  Moved,
  MoveTarget,
  ToJobs,
  WorkloadJob,
} from './jobs-protocol.ts';

/** What the client needs of a worker. */
export interface JobsWorker {
  postMessage(message: ToJobs): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromJobs }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

type Progress = (done: number, what: string) => void;

export interface Jobs {
  /** Finds out what dialect files are in, and what in them has to be replaced before they can be read. */
  runLook(files: readonly SqlFile[], options: LookOptions, signal: AbortSignal): Promise<Result<Looked>>;
  /** Reads SQL files. Cancelling ends the worker; the next job starts another. */
  runImport(
    files: readonly SqlFile[],
    options: ImportOptions,
    onProgress: Progress,
    signal: AbortSignal,
  ): Promise<Result<ReadResult>>;
  /** Writes everything that is handed over: documents, migrations, the file. */
  runDocuments(input: DocumentsInput, signal: AbortSignal): Promise<Result<readonly TextFile[]>>;
  /** Writes a document in a language other than SQL. */
  runExchange(format: ExchangeId, document: Document, signal: AbortSignal): Promise<Result<Exchanged>>;
  /** Plans what a document becomes in another database. */
  runMove(document: Document, target: MoveTarget, signal: AbortSignal): Promise<Result<Moved>>;
  /** Writes a document into the files it was imported from. */
  runAsImported(document: Document, signal: AbortSignal): Promise<Result<AsImported>>;
  /** Writes a document as DDL, reads it back and compares. */
  runRoundTrip(document: Document, signal: AbortSignal): Promise<Result<RoundTrip>>;
  /** Works out the decompositions of a table side by side. */
  runComparison(document: Document, table: Id, onProgress: Progress, signal: AbortSignal): Promise<Result<Comparison>>;
  /** Reads queries from pasted SQL, statistics of a server or a slow log. */
  runWorkload(text: string, options: WorkloadJob, signal: AbortSignal): Promise<Result<WorkloadImport>>;
  /**
   * Advises on indexes without a planner. What was found stays at hand for `runWeigh` until other advice is asked for.
   *
   * @param enough ends the search with the best that was found so far
   */
  runAdvice(request: AdviceJob, onProgress: Progress, signal: AbortSignal, enough?: AbortSignal): Promise<Result<IndexAdvice>>;
  /** What an hour of the workload of the last advice costs with a set of indexes: ids of its cards. */
  runWeigh(indexes: readonly string[], signal: AbortSignal, again?: AnalyticAgain): Promise<Result<Scenario>>;
  /** Reads files of data and tells what depends on what in them. */
  runDiscover(
    files: readonly SurveyFile[],
    options: DiscoverJob,
    onProgress: Progress,
    signal: AbortSignal,
  ): Promise<Result<Survey>>;
}

const CANCELLED = err('stopped', 'The work was stopped. Nothing was changed.');

interface Job<T> {
  /** What to say when the worker ends: `The reader` or `The writer`. */
  readonly who: string;
  readonly message: (id: number) => ToJobs;
  /** The job's result, when the message carries it. */
  readonly take: (data: FromJobs) => Result<T> | undefined;
  readonly onProgress?: Progress;
  readonly signal: AbortSignal;
  readonly enough?: AbortSignal | undefined;
  /** Cancelling it leaves the worker alone, for it is short and the worker holds what others need. */
  readonly abandons?: true;
}

type Run = <T>(job: Job<T>) => Promise<Result<T>>;

/** Runs jobs in a worker that is started for the first and kept for the next; cancelling ends it. */
function createRunner(spawn: () => JobsWorker): Run {
  let worker: JobsWorker | undefined;
  let serial = 0;

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  return function run<T>({ who, message, take, onProgress, signal, enough, abandons }: Job<T>): Promise<Result<T>> {
    serial += 1;
    const id = serial;
    if (signal.aborted) return Promise.resolve(CANCELLED);
    return new Promise((resolve) => {
      const finish: typeof resolve = (result) => {
        signal.removeEventListener('abort', abort);
        enough?.removeEventListener('abort', halt);
        resolve(result);
      };
      const abort = () => {
        if (abandons !== true) end();
        finish(CANCELLED);
      };
      const halt = () => worker?.postMessage({ kind: 'enough', id: 0, job: id });
      const fail = (reason: string) => {
        end();
        finish(err('job-failed', `${who} stopped: ${reason}. Nothing was changed; try with less, or reload the page.`));
      };
      signal.addEventListener('abort', abort);
      try {
        worker ??= spawn();
      } catch (cause) {
        fail(cause instanceof Error ? cause.message : 'no worker can be made here');
        return;
      }
      worker.onerror = (event) => fail(event.message ?? 'its worker ended');
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.kind === 'progress') onProgress?.(data.done, data.what);
        else if (data.kind === 'failed') fail(data.message);
        else {
          const result = take(data);
          if (result !== undefined) finish(result);
        }
      };
      worker.postMessage(message(id));
      enough?.addEventListener('abort', halt);
      if (enough?.aborted === true) halt();
    });
  };
}

/** Long jobs in a worker that is started for the first and kept for the next. */
export function createJobs(spawn: () => JobsWorker): Jobs {
  const run = createRunner(spawn);
  return {
    runLook: (files, options, signal) =>
      run({
        who: 'The reader',
        message: (id) => ({ kind: 'look', id, files, options }),
        take: (data) => (data.kind === 'looked' ? data.result : undefined),
        signal,
      }),
    runImport: (files, options, onProgress, signal) =>
      run({
        who: 'The reader',
        message: (id) => ({ kind: 'import', id, files, options }),
        take: (data) => (data.kind === 'imported' ? data.result : undefined),
        onProgress,
        signal,
      }),
    runDocuments: (input, signal) =>
      run({
        who: 'The writer',
        message: (id) => ({ kind: 'documents', id, input }),
        take: (data) => (data.kind === 'documents' ? ok(data.files) : undefined),
        signal,
      }),
    runExchange: (format, document, signal) =>
      run({
        who: 'The writer',
        message: (id) => ({ kind: 'exchange', id, format, document }),
        take: (data) => (data.kind === 'exchanged' ? ok(data.exchanged) : undefined),
        signal,
      }),
    runMove: (document, target, signal) =>
      run({
        who: 'The move',
        message: (id) => ({ kind: 'move', id, document, target }),
        take: (data) => (data.kind === 'moved' ? ok(data.moved) : undefined),
        signal,
      }),
    runAsImported: (document, signal) =>
      run({
        who: 'The writer',
        message: (id) => ({ kind: 'asImported', id, document }),
        take: (data) => (data.kind === 'asImported' ? data.result : undefined),
        signal,
      }),
    runRoundTrip: (document, signal) =>
      run({
        who: 'The comparison',
        message: (id) => ({ kind: 'roundTrip', id, document }),
        take: (data) => (data.kind === 'roundTrip' ? data.result : undefined),
        signal,
      }),
    runComparison: (document, table, onProgress, signal) =>
      run({
        who: 'The decomposition',
        message: (id) => ({ kind: 'compare', id, document, table }),
        take: (data) => (data.kind === 'compared' ? data.result : undefined),
        onProgress,
        signal,
      }),
    runWorkload: (text, options, signal) =>
      run({
        who: 'The reader',
        message: (id) => ({ kind: 'workload', id, text, options }),
        take: (data) => (data.kind === 'workloadRead' ? data.result : undefined),
        signal,
      }),
    runAdvice: (request, onProgress, signal, enough) =>
      run({
        who: 'The advice',
        message: (id) => ({ kind: 'advise', id, request }),
        take: (data) => (data.kind === 'advised' ? data.result : undefined),
        onProgress,
        signal,
        enough,
      }),
    runWeigh: (indexes, signal, again) =>
      run({
        who: 'The weighing',
        message: (id) => ({ kind: 'weigh', id, indexes, ...(again === undefined ? {} : { again }) }),
        take: (data) => (data.kind === 'weighed' ? data.result : undefined),
        signal,
        abandons: true,
      }),
    runDiscover: (files, options, onProgress, signal) =>
      run({
        who: 'The search',
        message: (id) => ({ kind: 'discover', id, files, options }),
        take: (data) => (data.kind === 'discovered' ? data.result : undefined),
        onProgress,
        signal,
      }),
  };
}

/** The jobs worker as a browser makes it. */
export function spawnJobs(): JobsWorker {
  return new Worker(new URL('./jobs.worker.ts', import.meta.url), { type: 'module', name: 'jobs' }) as unknown as JobsWorker;
}
