import { err, ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { diagramsInOrder } from '#model/derive/diagrams.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import { replaceArgs } from '#model/replace.ts';
import type { Document, Id } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import {
  arriving,
  beginApplying,
  type Imported,
  type ImportFile,
  reportImport,
  resetImport,
  settleArriving,
  showArriving,
} from './import.ts';
import { layoutDocument } from './layout.ts';
import { notify } from './notices.ts';
import { showDock } from './panes.ts';
import { resultsStore } from './results.ts';
import { newDocument } from './session-open.ts';
import { offerSubjects } from './subjects.ts';
import { openDialog, select, showWhole } from './view.ts';

/** What comes along with an import, as commands on the imported document before it is laid out. */
export type Extras = (document: Document) => readonly CommandCall[];

/** Problem of an import that the person cancelled: nothing needs to be said. */
export const STOPPED = 'stopped';

function withCalls(document: Document, calls: readonly CommandCall[]): Result<Document> {
  if (calls.length === 0) return ok(document);
  const ran = runCommands(document, calls, interactiveIds());
  return ran.ok ? ok(ran.value.document) : ran;
}

/** The first diagram that shows every table: what comes in is laid out there. */
function wholeDiagram(document: Document): Id {
  return diagramsInOrder(document).find((one) => one.chosen !== true)?.id ?? MAIN_DIAGRAM;
}

/** From this many new tables on, they are shown while they are being laid out. */
const MANY = 150;

interface Arranged {
  readonly document: Document;
  /** Tables that belong together, when they are many. */
  readonly communities: readonly (readonly Id[])[];
}

/** The document with its tables placed; one that cannot be laid out is taken as it is, for the canvas places what has no place. */
async function laidOut(document: Document, only?: readonly Id[]): Promise<Result<Arranged>> {
  const signal = beginApplying();
  if ((only ?? Object.keys(document.tables)).length >= MANY) {
    showArriving(document);
    openDialog(undefined);
  }
  const placed = await layoutDocument(document, wholeDiagram(document), {
    ...(only === undefined ? {} : { only }),
    signal,
    onProgress: (done, what) => {
      if (!signal.aborted) reportImport(done, what);
    },
  });
  if (signal.aborted) return err(STOPPED, 'The import was stopped. Nothing was changed.');
  settleArriving();
  const done = placed.ok ? withCalls(document, placed.value.calls) : placed;
  return ok({ document: done.ok ? done.value : document, communities: placed.ok ? placed.value.communities : [] });
}

/** An imported document with what comes along, laid out. */
async function prepared({ document }: Imported, extras: Extras): Promise<Result<Arranged>> {
  const known = withCalls(document, extras(document));
  return known.ok ? laidOut(known.value) : known;
}

function summary({ receipt, document }: Imported): string {
  const tables = Object.keys(document.tables).length;
  const { verbatim, residue, error } = receipt.counts;
  const parts = [
    `${tables} ${tables === 1 ? 'table' : 'tables'} imported`,
    verbatim + residue > 0 ? `${verbatim + residue} statements kept word for word in part or whole` : undefined,
    error > 0 ? `${error} ${error === 1 ? 'error' : 'errors'}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Keeps the receipt, says what came in, and brings it into view. */
export function finishImport(imported: Imported, files: readonly ImportFile[], quiet = false): void {
  resultsStore.setState({ receipt: { files, receipt: imported.receipt } });
  if (arriving() !== undefined) resetImport();
  openDialog(undefined);
  select([]);
  const failed = imported.receipt.counts.error > 0;
  if (failed) showDock('receipt');
  if (!quiet) {
    const action = { label: 'Show the receipt', run: () => showDock('receipt') };
    notify({ tone: failed ? 'warn' : 'ok', text: `${summary(imported)}.`, ...(failed ? {} : { action }) });
  }
  showWhole();
}

/** Opens what was read as a new document. */
export async function importAsNew(
  imported: Imported,
  files: readonly ImportFile[],
  extras: Extras = () => [],
  name?: string,
): Promise<Result<void>> {
  const ready = await prepared(imported, extras);
  if (!ready.ok) return ready;
  const { document, communities } = ready.value;
  const opened = await newDocument(document, name);
  if (!opened.ok) return opened;
  finishImport(imported, files, name !== undefined);
  offerSubjects(wholeDiagram(document), communities);
  return ok(undefined);
}

/** Runs the commands of a merge or a replacement and lays out what is new, in one undo step. */
export async function importMerged(
  imported: Imported,
  files: readonly ImportFile[],
  calls: readonly CommandCall[],
  label: string,
): Promise<Result<void>> {
  const { document } = documentStore.getState();
  const merged = withCalls(document, calls);
  if (!merged.ok) return merged;
  const fresh = [...Object.keys(merged.value.tables), ...Object.keys(merged.value.views)].filter(
    (id) => !Object.hasOwn(document.tables, id) && !Object.hasOwn(document.views, id),
  );
  const ready: Result<Arranged> =
    fresh.length === 0 ? ok({ document: merged.value, communities: [] }) : await laidOut(merged.value, fresh);
  if (!ready.ok) return ready;
  if (documentStore.getState().document !== document) {
    return err('document-busy', 'The document changed meanwhile, and nothing was imported: start again.');
  }
  const ran = run({ name: 'putRecords', args: replaceArgs(document, ready.value.document, label) });
  if (!ran.ok) return ran;
  finishImport(imported, files);
  return ok(undefined);
}
