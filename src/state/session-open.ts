import { err, ok, type Problem, type Result } from '#lib/result.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import { diffDocuments } from '#model/diff.ts';
import { EMPTY_HISTORY, record } from '#model/history.ts';
import type { Document } from '#model/types.ts';
import { Journal } from '#storage/journal.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import { notify } from './notices.ts';
import { sessionStore } from './session.ts';
import {
  leave,
  newId,
  openHere,
  refreshDocuments,
  report,
  type SessionPorts,
  sessionPorts,
  setSessionPorts,
  show,
  unwatch,
  watch,
} from './session-current.ts';

/** Deleted documents can be brought back for this long, in milliseconds. */
const PURGE_AFTER = 60 * 60 * 1000;

/** Downloads everything stored of a document (or of all), unread: for when it cannot be opened. */
export async function downloadRescue(id?: string): Promise<Result<void>> {
  const { store, files } = sessionPorts();
  const raw = await store.rescue(id);
  if (!raw.ok) return raw;
  files.download('crowfoot-rescue.json', raw.value, 'application/json');
  return ok(undefined);
}

/**
 * Begins: opens the document that was open last, else the one that was changed last, else an empty one (which is stored
 * with its first edit). Problems with the store are said, and work goes on in memory.
 * @param instead shows something else, such as what came in a link; false = it did not
 */
export async function startSession(given?: SessionPorts, instead?: () => Promise<boolean>): Promise<void> {
  if (given !== undefined) setSessionPorts(given);
  const { store, now, last } = sessionPorts();
  watch();
  const purged = await store.purge(now() - PURGE_AFTER);
  const list = purged.ok ? await store.list() : purged;
  if (!list.ok) report(list.problem);
  const documents = list.ok ? list.value : [];
  sessionStore.setState({ documents });
  const remembered = last();
  const order = [...documents.filter((one) => one.id === remembered), ...documents.filter((one) => one.id !== remembered)];
  let opened = (await instead?.()) === true;
  for (const { id, name } of order) {
    if (opened) break;
    const shown = await show(id);
    opened = shown.ok;
    if (!shown.ok) saySick(id, name, shown.problem);
  }
  if (!opened) await show(newId(), emptyDocument());
  if (!list.ok) report(list.problem);
  sessionStore.setState({ ready: true });
}

function saySick(id: string, name: string, problem: Problem): void {
  notify({
    tone: 'bad',
    text: `${name} could not be opened. ${problem.message}`,
    sticky: true,
    action: { label: 'Download what is stored', run: () => void downloadRescue(id) },
  });
}

/** Opens a new document: the given one under a new id, else an empty one. It is stored at once when it is given. */
export async function newDocument(document?: Document, name?: string): Promise<Result<string>> {
  const id = newId();
  const made = document ?? emptyDocument();
  const named = name === undefined ? made : rename(made, name);
  const shown = await show(id, named);
  if (!shown.ok) return shown;
  const open = openHere();
  if (open !== undefined && (document !== undefined || name !== undefined)) {
    open.autosave.edited(diffDocuments(emptyDocument(), named));
    await open.autosave.flush();
  }
  await refreshDocuments();
  return ok(id);
}

function rename(document: Document, name: string): Document {
  const ran = runCommands(document, [{ name: 'setSettings', args: { patch: { name } } }], interactiveIds());
  return ran.ok ? ran.value.document : document;
}

export async function openDocument(id: string): Promise<Result<void>> {
  if (openHere()?.id === id) return ok(undefined);
  const shown = await show(id);
  if (!shown.ok) saySick(id, sessionStore.getState().documents.find((one) => one.id === id)?.name ?? 'The document', shown.problem);
  return shown;
}

/** Renames a document: the open one as an undo step, another one in the store. */
export async function renameDocument(id: string, name: string): Promise<Result<void>> {
  if (openHere()?.id === id) {
    const ran = run({ name: 'setSettings', args: { patch: { name } } });
    return ran.ok ? ok(undefined) : ran;
  }
  return elsewhere(id, async (journal) => {
    const stored = await journal.load();
    if (!stored.ok) return stored;
    if (stored.value.readOnly !== undefined) return err('read-only', stored.value.readOnly);
    const document = rename(stored.value.document, name);
    const diff = diffDocuments(stored.value.document, document);
    const history = record(stored.value.history, { label: `Rename the model to ${name}`, diff });
    return journal.save({ document, diff, history, now: sessionPorts().now() });
  });
}

/** Whether no tab has a document open. */
async function free(id: string): Promise<boolean> {
  const lock = await sessionPorts().tabs.tryLock(`crowfoot:${id}`);
  lock?.release();
  return lock !== undefined;
}

/** Works on a document that is not open here, unless another tab owns it. */
async function elsewhere(id: string, work: (journal: Journal) => Promise<Result<void>>): Promise<Result<void>> {
  const { tabs, store } = sessionPorts();
  const lock = await tabs.tryLock(`crowfoot:${id}`);
  if (lock === undefined) return err('open-elsewhere', 'The document is open in another tab: do it there, or close that tab.');
  try {
    return await work(new Journal(store, id, interactiveIds().next('tab', 'tab')));
  } finally {
    lock.release();
    await refreshDocuments();
  }
}

/** Copies a document as it is stored (or open) to a new one; says its id. The open document stays open. */
export async function duplicateDocument(id: string): Promise<Result<string>> {
  const { store, now } = sessionPorts();
  const own = openHere()?.id === id ? ok(documentStore.getState()) : await new Journal(store, id, '').load();
  if (!own.ok) return own;
  const copy = newId();
  const { document } = own.value;
  const name = `${document.settings['settings']?.name ?? ''} copy`;
  const saved = await new Journal(store, copy, copy).save({
    document: rename(document, name),
    diff: [],
    history: EMPTY_HISTORY,
    now: now(),
  });
  await refreshDocuments();
  return saved.ok ? ok(copy) : saved;
}

/** Deletes a document; the open one makes room for another. Returns how to bring it back, possible for an hour. */
export async function deleteDocument(id: string): Promise<Result<{ undo: () => Promise<Result<void>> }>> {
  const { store, now } = sessionPorts();
  const wasOpen = openHere()?.id === id;
  if (wasOpen ? openHere()?.tenure.owner === false : !(await free(id))) {
    return err('open-elsewhere', 'The document is open in another tab: close that tab before deleting it.');
  }
  if (wasOpen) await openHere()?.autosave.flush();
  const marked = await store.markDeleted(id, now());
  if (!marked.ok) return marked;
  await refreshDocuments();
  if (wasOpen) {
    const next = sessionStore.getState().documents[0];
    if (next === undefined || !(await openDocument(next.id)).ok) await show(newId(), emptyDocument());
  }
  return ok({
    async undo() {
      const back = await store.markDeleted(id, undefined);
      await refreshDocuments();
      return back.ok && wasOpen ? openDocument(id) : back;
    },
  });
}

/** Makes this tab the one that edits the open document. */
export async function takeOver(): Promise<void> {
  await openHere()?.tenure.takeOver();
}

/** Stores what is pending at once; also when the page is hidden or closed. */
export async function saveNow(): Promise<Result<void>> {
  return (await openHere()?.autosave.flush()) ?? ok(undefined);
}

/** Lets go of everything; for tests and before the page goes. */
export async function endSession(): Promise<void> {
  await leave();
  unwatch();
}
