import { hash32 } from '#lib/ids.ts';
import { ok, type Problem, type Result } from '#lib/result.ts';
import { diffDocuments } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import { EMPTY_HISTORY, record } from '#model/history.ts';
import type { Document } from '#model/types.ts';
import { browserFiles, type FilePort, fileNameOf } from '#storage/files.ts';
import { Journal } from '#storage/journal.ts';
import { DocumentStore } from '#storage/store.ts';
import { browserTabs, type TabPort, Tenure } from '#storage/tabs.ts';
import { adopt, documentStore, follow, interactiveIds, load, onDocumentChange, setReadOnly } from './document.ts';
import { dismissNotice, notify } from './notices.ts';
import { sessionStore } from './session.ts';
import { Autosave } from './session-save.ts';

/** What a session stands on. Tests replace parts of it. */
export interface SessionPorts {
  readonly store: DocumentStore;
  readonly tabs: TabPort;
  readonly files: FilePort;
  readonly now: () => number;
  /** Remembers which document was open: undefined = reads it. */
  readonly last: (id?: string) => string | undefined;
}

const FOLLOWING = 'Another tab is editing this document. This tab follows; take over to edit here.';
const LAST = 'crowfoot.last';

function rememberLast(id?: string): string | undefined {
  try {
    if (id !== undefined) localStorage.setItem(LAST, id);
    return localStorage.getItem(LAST) ?? undefined;
  } catch {
    return undefined;
  }
}

export interface Open {
  readonly id: string;
  readonly journal: Journal;
  readonly autosave: Autosave;
  readonly tenure: Tenure;
}

let ports: SessionPorts | undefined;
let open: Open | undefined;
let failureNotice: number | undefined;

/** Gives the session other ports than the browser's; for tests. */
export function setSessionPorts(given: SessionPorts): void {
  ports = given;
}

/** The document that is open here. */
export function openHere(): Open | undefined {
  return open;
}

/** The ports of the running session. */
export function sessionPorts(): SessionPorts {
  ports ??= { store: new DocumentStore(), tabs: browserTabs(), files: browserFiles(), now: () => Date.now(), last: rememberLast };
  return ports;
}

export function newId(): string {
  return interactiveIds().next('doc', 'document');
}

export function report(state: 'saving' | 'saved' | Problem): void {
  if (state === 'saving') sessionStore.setState({ save: { state: 'saving' } });
  else if (state === 'saved') {
    if (failureNotice !== undefined) dismissNotice(failureNotice);
    failureNotice = undefined;
    sessionStore.setState({ save: { state: 'saved', where: 'this browser' } });
    void refreshDocuments();
  } else {
    sessionStore.setState({ save: { state: 'failed', code: state.code, message: state.message } });
    if (state.code === 'not-owner') {
      setReadOnly(FOLLOWING);
      sessionStore.setState({ following: true });
    }
    if (failureNotice !== undefined) return;
    const action = { label: 'Download the document', run: downloadDocument };
    failureNotice = notify({ tone: 'bad', text: state.message, sticky: true, action });
  }
}

/** Downloads the document as it is in this tab, whatever became of its storage. */
export function downloadDocument(): void {
  const { document } = documentStore.getState();
  sessionPorts().files.download(fileNameOf(document.settings['settings']?.name ?? ''), serialize(document), 'application/json');
}

/** Reads the list of documents again. */
export async function refreshDocuments(): Promise<void> {
  const list = await sessionPorts().store.list();
  if (list.ok) sessionStore.setState({ documents: list.value });
}

/** The events of a tenure, as this session takes them. */
function tenureEvents(journal: Journal, autosave: Autosave) {
  return {
    async own() {
      autosave.reset();
      const stored = await journal.load();
      const now = documentStore.getState().document;
      if (!stored.ok) adopt(EMPTY_HISTORY);
      else if (serialize(stored.value.document) === serialize(now)) adopt(stored.value.history, stored.value.readOnly);
      else {
        // The other tab's last edits reached this one, but not the store.
        const diff = diffDocuments(stored.value.document, now);
        adopt(record(stored.value.history, { label: 'Edits of the other tab', diff }), stored.value.readOnly);
        autosave.edited(diff);
      }
      sessionStore.setState({ following: false });
      await refreshDocuments();
    },
    follow() {
      setReadOnly(FOLLOWING);
      sessionStore.setState({ following: true });
    },
    state: (document: Document) => load(document, EMPTY_HISTORY, FOLLOWING),
    diff: follow,
    async flush() {
      await autosave.flush();
    },
    current: () => documentStore.getState().document,
  };
}

/** Makes a document the open one; `stored` = it is in the store already. */
export async function show(id: string, fresh?: Document): Promise<Result<void>> {
  const { store, tabs, now, last } = sessionPorts();
  const writer = interactiveIds().next('tab', 'tab');
  const journal = new Journal(store, id, writer);
  let first = fresh === undefined ? await journal.load() : ok({ document: fresh, history: EMPTY_HISTORY });
  if (!first.ok) return first;
  await leave();
  const autosave = new Autosave({
    save: (save) => journal.save(save),
    current: () => documentStore.getState(),
    report,
    now,
  });
  const tenure = new Tenure(tabs, id, writer, tenureEvents(journal, autosave));
  const role = await tenure.start();
  // Between reading and holding the lock another tab may have written: what counts is what is there now.
  if (role === 'owner' && fresh === undefined && !(await journal.isCurrent())) first = await journal.load();
  if (!first.ok) {
    tenure.stop();
    setReadOnly(first.problem.message);
    return first;
  }
  open = { id, journal, autosave, tenure };
  const readOnly = role === 'follower' ? FOLLOWING : 'readOnly' in first.value ? first.value.readOnly : undefined;
  const link = await store.link(id);
  sessionStore.setState({
    documentId: id,
    following: role === 'follower',
    shared: undefined,
    save: { state: 'saved', where: 'this browser' },
    file: link.ok ? link.value?.name : undefined,
    fileCurrent: link.ok && link.value !== undefined && link.value.hash === hash32(serialize(first.value.document)),
  });
  last(id);
  load(first.value.document, first.value.history, readOnly);
  if (role === 'follower') tenure.greet();
  return ok(undefined);
}

/** Stores and lets go of the open document. */
export async function leave(): Promise<void> {
  if (open === undefined) return;
  const { autosave, tenure } = open;
  setReadOnly('Another document is being opened.');
  await autosave.flush();
  autosave.stop();
  tenure.stop();
  open = undefined;
}

let watching: (() => void) | undefined;

/** Sends every change of the open document to its journal and to the tabs that follow. */
export function watch(): void {
  watching?.();
  const stopChanges = onDocumentChange(({ diff, source }) => {
    if (source !== 'load' && sessionStore.getState().fileCurrent === true) sessionStore.setState({ fileCurrent: false });
    if (open === undefined || !open.tenure.owner || source === 'load' || source === 'follow') return;
    open.autosave.edited(diff);
    open.tenure.publish(diff);
  });
  const stopHistory = documentStore.subscribe((state, before) => {
    const onlyHistory =
      state.history !== before.history && state.revision === before.revision && state.document === before.document;
    if (onlyHistory && open?.tenure.owner && state.history.mark === undefined && before.history.mark !== undefined) {
      open.autosave.edited([]);
    }
  });
  const stopHiding = onHidden(() => void open?.autosave.flush());
  watching = () => {
    stopChanges();
    stopHistory();
    stopHiding();
    watching = undefined;
  };
}

/** Stops sending changes to the journal. */
export function unwatch(): void {
  watching?.();
}

/** A page that is hidden may never be shown again: the last moment to store. */
function onHidden(run: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const hidden = () => {
    if (document.visibilityState === 'hidden') run();
  };
  document.addEventListener('visibilitychange', hidden);
  addEventListener('pagehide', run);
  return () => {
    document.removeEventListener('visibilitychange', hidden);
    removeEventListener('pagehide', run);
  };
}
