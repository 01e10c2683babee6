import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serialize } from '#model/format/serialize.ts';
import type { FilePort } from '#storage/files.ts';
import { DocumentStore } from '#storage/store.ts';
import { Tenure } from '#storage/tabs.ts';
import { FakeBrowser } from '#test/fake-tabs.ts';
import { beginGesture, documentStore, endGesture, run, undo } from './document.ts';
import { noticesStore } from './notices.ts';
import { sessionStore } from './session.ts';
import { downloadDocument, type SessionPorts } from './session-current.ts';
import { openText, saveToFile } from './session-files.ts';
import {
  deleteDocument,
  downloadRescue,
  duplicateDocument,
  endSession,
  newDocument,
  openDocument,
  renameDocument,
  saveNow,
  startSession,
  takeOver,
} from './session-open.ts';

let serial = 0;
let ports: SessionPorts;
let browser: FakeBrowser;
let store: DocumentStore;
let last: string | undefined;
let now = 1000;
const downloads: [string, string][] = [];

beforeEach(() => {
  serial += 1;
  browser = new FakeBrowser();
  store = new DocumentStore(`session-${serial}`);
  last = undefined;
  downloads.length = 0;
  noticesStore.setState({ notices: [] });
  const files: FilePort = { open: async () => undefined, download: (name, text) => downloads.push([name, text]) };
  ports = {
    store,
    tabs: browser.tab().port,
    files,
    now: () => now++,
    last: (id) => {
      last = id ?? last;
      return last;
    },
  };
});

afterEach(async () => {
  vi.restoreAllMocks();
  await endSession();
  await store.close();
});

/** How long what will come is waited for: a busy machine takes its time. */
const PATIENT = { timeout: 60_000, interval: 5 };

const addTable = (name: string) => {
  const ran = run({ name: 'addTable', args: { table: { name } } });
  if (!ran.ok) throw new Error(ran.problem.message);
};
const tables = () => Object.values(documentStore.getState().document.tables).map((one) => one.name);
const names = () => sessionStore.getState().documents.map((one) => one.name);
const openId = () => sessionStore.getState().documentId ?? '';
const save = () => sessionStore.getState().save;

/** Ends the session as a reload does, and begins it again in a new tab. */
async function reload(): Promise<void> {
  await endSession();
  ports = { ...ports, tabs: browser.tab().port };
  await startSession(ports);
}

describe('a session', () => {
  it('begins with an empty document that is stored with its first edit', async () => {
    await startSession(ports);
    expect(sessionStore.getState()).toMatchObject({ ready: true, following: false, documents: [] });
    addTable('users');
    expect(save().state).toBe('saving');
    await vi.waitFor(() => expect(save().state).toBe('saved'), PATIENT);
    await vi.waitFor(() => expect(names()).toEqual(['Untitled']), PATIENT);
    expect(sessionStore.getState().documents[0]).toMatchObject({ id: openId(), tables: 1 });
  });

  it('goes on after a reload where it was, undo and redo included', async () => {
    await startSession(ports);
    addTable('users');
    beginGesture();
    addTable('a');
    addTable('b');
    endGesture('Two tables');
    addTable('c');
    undo();
    await reload();
    expect(tables().sort()).toEqual(['a', 'b', 'users']);
    expect(undo()).toBe('Two tables');
    expect(tables()).toEqual(['users']);
    await reload();
    expect(documentStore.getState().history.undone.map((step) => step.label)).toEqual(['Add table c', 'Two tables']);
  });

  it('keeps several documents: new, open, rename, duplicate', async () => {
    await startSession(ports);
    addTable('users');
    const first = openId();
    const made = await newDocument(undefined, 'Second');
    if (!made.ok) throw new Error(made.problem.message);
    expect(tables()).toEqual([]);
    expect(names()).toEqual(['Second', 'Untitled']);
    await renameDocument(made.value, 'Renamed');
    await saveNow();
    await renameDocument(first, 'First');
    expect(new Set(names())).toEqual(new Set(['First', 'Renamed']));
    expect(documentStore.getState().document.settings['settings']?.name).toBe('Renamed');
    const copy = await duplicateDocument(first);
    expect(names()).toContain('First copy');
    expect((await openDocument(copy.ok ? copy.value : '')).ok).toBe(true);
    expect(tables()).toEqual(['users']);
    await reload();
    expect(documentStore.getState().document.settings['settings']?.name).toBe('First copy');
    await openDocument(first);
    expect(undo()).toBe('Rename the model to First');
  });

  it('deletes with undo; the open document makes room for another', async () => {
    await startSession(ports);
    addTable('users');
    await saveNow();
    const first = openId();
    await newDocument(undefined, 'Second');
    const deleted = await deleteDocument(openId());
    expect(openId()).toBe(first);
    expect(names()).toEqual(['Untitled']);
    if (!deleted.ok) throw new Error(deleted.problem.message);
    await deleted.value.undo();
    expect(documentStore.getState().document.settings['settings']?.name).toBe('Second');
    expect(new Set(names())).toEqual(new Set(['Second', 'Untitled']));
  });

  it('says that nothing is stored, offers the document, and stores all once it can', async () => {
    await startSession(ports);
    addTable('users');
    await saveNow();
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    addTable('lost');
    addTable('lost too');
    await vi.waitFor(() => expect(save().state).toBe('failed'), PATIENT);
    expect(save()).toMatchObject({ code: 'quota' });
    const notices = noticesStore.getState().notices;
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ tone: 'bad', sticky: true });
    notices[0]?.action?.run();
    expect(downloads[0]?.[0]).toBe('Untitled.crowfoot.json');
    expect(downloads[0]?.[1]).toBe(serialize(documentStore.getState().document));
    put.mockRestore();
    await vi.waitFor(() => expect(save().state).toBe('saved'), PATIENT);
    expect(noticesStore.getState().notices).toHaveLength(0);
    await reload();
    expect(tables().sort()).toEqual(['lost', 'lost too', 'users']);
  });

  it('opens another document when one is damaged, and offers what is stored of it', async () => {
    await startSession(ports);
    addTable('users');
    await saveNow();
    const sick = openId();
    await newDocument(undefined, 'Healthy');
    await openDocument(sick);
    await endSession();
    await store.use(async (database) => {
      await database.put('snapshots', { document: sick, seq: 0, text: '{' });
      return { ok: true, value: undefined };
    });
    await startSession(ports);
    expect(documentStore.getState().document.settings['settings']?.name).toBe('Healthy');
    const notice = noticesStore.getState().notices[0];
    expect(notice?.text).toContain('Untitled could not be opened');
    notice?.action?.run();
    await vi.waitFor(() => expect(downloads[0]?.[0]).toBe('crowfoot-rescue.json'), PATIENT);
    expect(downloads[0]?.[1]).toContain(sick);
    expect((await downloadRescue()).ok).toBe(true);
  });

  it('works on without any store, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await startSession({ ...ports, store: new DocumentStore('none') });
    vi.unstubAllGlobals();
    expect(sessionStore.getState().ready).toBe(true);
    expect(save()).toMatchObject({ state: 'failed', code: 'unavailable' });
    addTable('users');
    expect(tables()).toEqual(['users']);
    downloadDocument();
    expect(downloads).toHaveLength(1);
  });
});

describe('a second tab', () => {
  it('follows read-only, takes over with everything, and the first follows it', async () => {
    await startSession(ports);
    addTable('users');
    await saveNow();
    const id = openId();
    await endSession();
    const seen: string[] = [];
    const { document } = documentStore.getState();
    const other = new Tenure(browser.tab().port, id, 'other', {
      own: async () => {},
      follow: () => seen.push('follow'),
      state: () => {},
      diff: () => seen.push('diff'),
      flush: async () => {
        seen.push('flush');
      },
      current: () => document,
    });
    expect(await other.start()).toBe('owner');
    ports = { ...ports, tabs: browser.tab().port };
    await startSession(ports);
    expect(sessionStore.getState().following).toBe(true);
    expect(run({ name: 'addTable', args: { table: { name: 'no' } } }).ok).toBe(false);
    const refused = await deleteDocument(id);
    expect(!refused.ok && refused.problem.code).toBe('open-elsewhere');
    other.publish([{ collection: 'diagrams', id: 'd', to: { id: 'd', name: 'Other' } }]);
    await vi.waitFor(() => expect(Object.keys(documentStore.getState().document.diagrams)).toContain('d'), PATIENT);
    await takeOver();
    expect(seen).toEqual(['follow', 'flush']);
    expect(sessionStore.getState().following).toBe(false);
    addTable('mine');
    await saveNow();
    expect(seen).toContain('diff');
    other.stop();
    await reload();
    expect(tables().sort()).toEqual(['mine', 'users']);
    expect(Object.keys(documentStore.getState().document.diagrams)).toContain('d');
    expect(undo()).toBe('Add table mine');
    expect(undo()).toBe('Edits of the other tab');
  });
});

describe('files of a session', () => {
  it('a newer file is shown, cannot be edited and is not stored', async () => {
    await startSession(ports);
    const newer = serialize(documentStore.getState().document).replace(/"version": \d+/, '"version": 999');
    const opened = await openText(newer, 'x.crowfoot.json');
    expect(opened.ok).toBe(true);
    const refused = run({ name: 'addTable', args: { table: { name: 'no' } } });
    expect(!refused.ok && refused.problem.code).toBe('read-only');
    await saveNow();
    expect(sessionStore.getState().documents).toEqual([]);
    const bad = await openText('{', 'y.json');
    expect(!bad.ok && bad.problem.message).toContain('y.json could not be opened');
  });

  it('saves as a download where the browser has no file access', async () => {
    await startSession(ports);
    addTable('users');
    expect(await saveToFile()).toEqual({ ok: true, value: { kind: 'downloaded', name: 'Untitled.crowfoot.json' } });
    const [, text] = downloads[0] as [string, string];
    await openText(text, 'x');
    expect(tables()).toEqual(['users']);
  });
});
