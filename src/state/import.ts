import { createStore } from 'zustand/vanilla';
import { fillPlaceholders, type Placeholder, type PlaceholderValues } from '#engine/sql/placeholders.ts';
import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import { err, type Problem, type Result } from '#lib/result.ts';
import type { Dialect, Document } from '#model/types.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import type { Looked } from '#worker/jobs-protocol.ts';
import { documentStore } from './document.ts';

export type ImportFile = SqlFile;

/** What a reader makes of SQL texts: a document of its own, and what became of each statement. */
export type Imported = ReadResult;

/** What was given, as it was given: to be read again in another dialect or order. */
export interface GivenText {
  readonly files: readonly ImportFile[];
  /** Said above the list, such as a guessed encoding. */
  readonly notes: readonly string[];
  /** Chosen by the person; absent: what the files say. */
  readonly dialect?: Dialect;
  /** What placeholders are replaced by; absent: not asked yet. */
  readonly values?: PlaceholderValues;
}

export type ImportState =
  /** The dialog waits for SQL or a file. */
  | { readonly stage: 'choose'; readonly problem?: Problem | undefined }
  | { readonly stage: 'reading'; readonly done: number; readonly what: string }
  /** The text has places that are to be replaced before it can be read. */
  | {
      readonly stage: 'ask';
      readonly given: GivenText;
      readonly looked: Looked;
      readonly placeholders: readonly Placeholder[];
    }
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
      readonly given: GivenText;
      readonly looked: Looked;
      /** As they were read: placeholders are replaced. */
      readonly files: readonly ImportFile[];
      readonly imported: Imported;
      /** Why what was chosen could not be done. */
      readonly problem?: Problem | undefined;
    };

export const importStore = createStore<{ readonly import: ImportState }>(() => ({ import: { stage: 'choose' } }));

/** Reads SQL away from the main thread. `onProgress`: share done (0 to 1), and what is being done. */
export type ImportRunner = Jobs['runImport'];
/** Looks at files before they are read. */
export type LookRunner = Jobs['runLook'];

let runner: ImportRunner | undefined;
let looker: LookRunner | undefined;
let running: AbortController | undefined;

/** Called once at start-up by whoever owns the worker that reads. */
export function provideImportRunner(given: ImportRunner, look: LookRunner): void {
  runner = given;
  looker = look;
}

function set(state: ImportState): void {
  importStore.setState({ import: state });
}

export function refuseImport(problem: Problem): void {
  set({ stage: 'choose', problem });
}

const NO_READER: Problem = { code: 'no-reader', message: 'The reader of SQL has not started: reload the page and try again.' };

/** The dialect of the open document: what is pasted into it is most likely written in. */
export function openDialect(): Dialect {
  return documentStore.getState().document.settings['settings']?.dialect ?? 'postgresql';
}

/** Work that is cancelled by the next of its kind. Yields nothing when it was. */
async function alone<T>(work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T> | undefined> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  set({ stage: 'reading', done: 0, what: 'Reading' });
  try {
    const result = await work(mine.signal);
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

/** Reads SQL without touching the document. Yields nothing when it was cancelled. */
export async function readForImport(
  files: readonly ImportFile[],
  dialect: Dialect = openDialect(),
): Promise<Result<Imported> | undefined> {
  const read = runner;
  if (read === undefined) return { ok: false, problem: NO_READER };
  return alone((signal) =>
    read(
      files,
      { dialect },
      (done, what) => {
        if (!signal.aborted) set({ stage: 'reading', done, what });
      },
      signal,
    ),
  );
}

/** Reads SQL beside all else: no dialog, no progress, nothing is changed. For texts as small as a clipboard holds. */
export async function readAside(files: readonly ImportFile[], dialect: Dialect = openDialect()): Promise<Result<Imported>> {
  if (runner === undefined) return { ok: false, problem: NO_READER };
  try {
    return await runner(files, { dialect }, () => undefined, new AbortController().signal);
  } catch (error) {
    return err('reader-failed', `The reader stopped: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** What is to be replaced in the files, and nobody was asked about yet. */
function unanswered(given: GivenText, looked: Looked): readonly Placeholder[] {
  return given.values === undefined ? looked.placeholders : [];
}

/** Reads SQL and shows what it would bring; asks first what its placeholders stand for. */
export async function previewImport(given: GivenText): Promise<void> {
  const look = looker;
  if (look === undefined) {
    refuseImport(NO_READER);
    return;
  }
  const { dialect } = given;
  const options = { fallback: openDialect(), ...(dialect === undefined ? {} : { dialect }) };
  const looked = await alone((signal) => look(given.files, options, signal));
  if (looked === undefined) return;
  if (!looked.ok) refuseImport(looked.problem);
  else if (unanswered(given, looked.value).length > 0)
    set({ stage: 'ask', given, looked: looked.value, placeholders: looked.value.placeholders });
  else await readGivenText(given, looked.value);
}

async function readGivenText(given: GivenText, looked: Looked): Promise<void> {
  const values = given.values ?? {};
  const filled = Object.keys(values).length > 0;
  const files = filled
    ? given.files.map(({ name, text }) => ({ name, text: fillPlaceholders(text, looked.dialect, values) }))
    : given.files;
  const read = await readForImport(files, looked.dialect);
  if (read === undefined) return;
  if (!read.ok) refuseImport(read.problem);
  else if (read.value.receipt.statements.length === 0)
    refuseImport({ code: 'no-statement', message: 'There is no SQL statement in it.' });
  else set({ stage: 'preview', given, looked, files, imported: read.value });
}

/** Reads what is shown again: in another dialect, another order, or with other values in its placeholders. */
export async function readAgain(change: Partial<GivenText>): Promise<void> {
  const { import: now } = importStore.getState();
  if (now.stage !== 'preview' && now.stage !== 'ask') return;
  // Another dialect has other placeholders.
  const { values, ...given } = now.given;
  const kept = change.dialect !== undefined || values === undefined ? given : { ...given, values };
  await previewImport({ ...kept, ...change });
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
