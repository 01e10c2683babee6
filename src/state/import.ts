import { createStore } from 'zustand/vanilla';
import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import { err, type Problem, type Result } from '#lib/result.ts';
import type { Dialect, Document } from '#model/types.ts';
import type { Jobs } from '#worker/jobs-client.ts';

export type ImportFile = SqlFile;

/** What a reader makes of SQL texts: a document of its own, and what became of each statement. */
export type Imported = ReadResult;

export type ImportState =
  /** The dialog waits for SQL or a file. */
  | { readonly stage: 'choose'; readonly problem?: Problem | undefined }
  | { readonly stage: 'reading'; readonly done: number; readonly what: string }
  /** Many tables are on their way: the canvas shows them already, the document does not hold them yet. */
  | {
      readonly stage: 'arriving';
      readonly document: Document;
      readonly done: number;
      readonly what: string;
      /** It can no longer be called off. */
      readonly settled: boolean;
    }
  | {
      readonly stage: 'preview';
      readonly files: readonly ImportFile[];
      readonly imported: Imported;
      /** Said above the list, such as a guessed encoding. */
      readonly notes: readonly string[];
      /** Why what was chosen could not be done. */
      readonly problem?: Problem | undefined;
    };

export const importStore = createStore<{ readonly import: ImportState }>(() => ({ import: { stage: 'choose' } }));

/** Reads SQL away from the main thread. `onProgress`: share done (0 to 1), and what is being done. */
export type ImportRunner = Jobs['runImport'];

let runner: ImportRunner | undefined;
let running: AbortController | undefined;

/** Called once at start-up by whoever owns the worker that reads. */
export function provideImportRunner(given: ImportRunner): void {
  runner = given;
}

function set(state: ImportState): void {
  importStore.setState({ import: state });
}

export function refuseImport(problem: Problem): void {
  set({ stage: 'choose', problem });
}

/** Reads SQL without touching the document. Yields nothing when it was cancelled. */
export async function readForImport(
  files: readonly ImportFile[],
  dialect: Dialect = 'postgresql',
): Promise<Result<Imported> | undefined> {
  running?.abort();
  if (runner === undefined) return err('no-reader', 'The reader of SQL has not started: reload the page and try again.');
  const mine = new AbortController();
  running = mine;
  set({ stage: 'reading', done: 0, what: 'Reading' });
  try {
    const result = await runner(
      files,
      { dialect },
      (done, what) => {
        if (running === mine) set({ stage: 'reading', done, what });
      },
      mine.signal,
    );
    return running === mine ? result : undefined;
  } catch (error) {
    if (mine.signal.aborted) return undefined;
    return err(
      'reader-failed',
      `The reader stopped: ${error instanceof Error ? error.message : String(error)}. The document was not touched.`,
    );
  } finally {
    if (running === mine) running = undefined;
  }
}

/** Reads SQL beside all else: no dialog, no progress, nothing is changed. For texts as small as a clipboard holds. */
export async function readAside(files: readonly ImportFile[], dialect: Dialect = 'postgresql'): Promise<Result<Imported>> {
  if (runner === undefined) return err('no-reader', 'The reader of SQL has not started: reload the page and try again.');
  try {
    return await runner(files, { dialect }, () => undefined, new AbortController().signal);
  } catch (error) {
    return err('reader-failed', `The reader stopped: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Reads SQL and shows what it would bring. */
export async function previewImport(files: readonly ImportFile[], notes: readonly string[] = []): Promise<void> {
  const read = await readForImport(files);
  if (read === undefined) return;
  if (!read.ok) refuseImport(read.problem);
  else if (read.value.receipt.statements.length === 0)
    refuseImport({ code: 'no-statement', message: 'There is no SQL statement in it.' });
  else set({ stage: 'preview', files, imported: read.value, notes });
}

/** Begins the work after reading; it is cancelled like reading. */
export function beginApplying(): AbortSignal {
  running?.abort();
  running = new AbortController();
  return running.signal;
}

/** Says how far the work after reading is. */
export function reportImport(done: number, what: string): void {
  const { import: now } = importStore.getState();
  if (now.stage === 'arriving') set({ ...now, done, what });
  else set({ stage: 'reading', done, what });
}

/** Lets the canvas show what comes in while it is being laid out. The document is not touched. */
export function showArriving(document: Document): void {
  set({ stage: 'arriving', document, done: 0, what: 'Laying out', settled: false });
}

/** From here on the import is carried through. */
export function settleArriving(): void {
  const { import: now } = importStore.getState();
  if (now.stage === 'arriving') set({ ...now, done: 1, what: 'Saving', settled: true });
}

/** The document that is on its way, if one is. */
export function arriving(): Document | undefined {
  const { import: now } = importStore.getState();
  return now.stage === 'arriving' ? now.document : undefined;
}

/** Shows what was read again, with why it could not be brought in: nothing has to be read a second time. */
export function returnToPreview(preview: ImportState & { readonly stage: 'preview' }, problem: Problem): void {
  set({ ...preview, problem });
}

/** Stops reading, or leaves the preview: nothing was changed. */
export function resetImport(): void {
  running?.abort();
  running = undefined;
  set({ stage: 'choose' });
}
