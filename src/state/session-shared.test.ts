import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '#model/format/serialize.ts';
import { encodeShare } from '#storage/share.ts';
import { DocumentStore } from '#storage/store.ts';
import { FakeBrowser } from '#test/fake-tabs.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { documentStore, run } from './document.ts';
import { sessionStore } from './session.ts';
import type { SessionPorts } from './session-current.ts';
import { endSession, newDocument, saveNow, startSession } from './session-open.ts';
import { keepShared, openShared } from './session-shared.ts';

let serial = 0;
let store: DocumentStore;
let ports: SessionPorts;
let last: string | undefined;

beforeEach(() => {
  serial += 1;
  store = new DocumentStore(`shared-${serial}`);
  last = undefined;
  ports = {
    store,
    tabs: new FakeBrowser().tab().port,
    files: { open: async () => undefined, download: () => undefined },
    now: () => 1000 + serial,
    last: (id) => {
      last = id ?? last;
      return last;
    },
  };
});

afterEach(async () => {
  await endSession();
  await store.close();
});

const GIVEN = generatedDocument(4);
const link = (text = serialize(GIVEN)) => encodeShare(text);
const text = () => serialize(documentStore.getState().document);
const session = () => sessionStore.getState();

describe('a design that came in a link', () => {
  it('is shown in place of the last document, cannot be edited, and is stored nowhere', async () => {
    const fragment = await link();
    await startSession(ports, async () => (await openShared(`#${fragment}`)).ok);
    expect(text()).toBe(serialize(GIVEN));
    expect(session()).toMatchObject({ ready: true, shared: 'keepable', documents: [] });
    const refused = run({ name: 'addTable', args: { table: { name: 'no' } } });
    expect(!refused.ok && refused.problem.code).toBe('read-only');
    await saveNow();
    expect((await store.list()).ok && session().documents).toEqual([]);
  });

  it('becomes a document of its own when it is kept', async () => {
    await startSession(ports);
    await openShared(await link());
    const kept = await keepShared();
    expect(kept.ok && kept.value).toBe(session().documentId);
    expect(session()).toMatchObject({ shared: undefined });
    expect(session().documents.map((one) => one.name)).toEqual(['Generated']);
    expect(run({ name: 'addTable', args: { table: { name: 'mine' } } }).ok).toBe(true);
    const again = await keepShared();
    expect(!again.ok && again.problem.code).toBe('not-shared');
  });

  it('does not take the place of what was worked on last', async () => {
    await startSession(ports);
    const own = await newDocument(undefined, 'Own');
    await openShared(await link());
    expect(last).toBe(own.ok && own.value);
  });

  it('leaves what is open alone when the link is damaged or holds no design', async () => {
    await startSession(ports);
    await newDocument(undefined, 'Own');
    const before = text();
    for (const fragment of ['#doc=1.x', (await link()).slice(0, -20), await link('{"format":"other"}')]) {
      expect((await openShared(fragment)).ok).toBe(false);
      expect(text()).toBe(before);
      expect(session().shared).toBeUndefined();
      expect(documentStore.getState().readOnly).toBeUndefined();
    }
  });

  it('begins with one’s own documents when the link cannot be opened', async () => {
    await startSession(ports, async () => (await openShared('#doc=1.x')).ok);
    expect(session()).toMatchObject({ ready: true, shared: undefined });
    expect(run({ name: 'addTable', args: { table: { name: 'mine' } } }).ok).toBe(true);
  });

  it('is only shown when a newer version made it: a copy would lose what this one does not know', async () => {
    await startSession(ports);
    const newer = serialize(GIVEN).replace(/"version": \d+/, '"version": 999');
    expect((await openShared(await link(newer))).ok).toBe(true);
    expect(session().shared).toBe('newer');
    expect(documentStore.getState().readOnly).toContain('newer');
    expect((await keepShared()).ok).toBe(false);
  });
});
