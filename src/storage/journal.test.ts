import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import { applyDiff, type Diff, squashDiffs } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import { EMPTY_HISTORY, type History, record, redo, undo } from '#model/history.ts';
import type { Document } from '#model/types.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { Journal, SNAPSHOT_EVERY } from './journal.ts';
import { DocumentStore } from './store.ts';

interface At {
  readonly document: Document;
  readonly history: History;
  readonly diff: Diff;
}

let databases = 0;
const names: string[] = [];
const stores: DocumentStore[] = [];

function fresh(name = `test-${++databases}`): DocumentStore {
  names.push(name);
  const store = new DocumentStore(name);
  stores.push(store);
  return store;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const name of names.splice(0)) indexedDB.deleteDatabase(name);
});

/** Random edits, undos and redos: the states they lead to. */
function* edits(seed: number, count: number): Generator<At> {
  const dice = seededDice(seed);
  const ids = derivedIds();
  let at: At = { document: emptyDocument(), history: EMPTY_HISTORY, diff: [] };
  for (let made = 0; made < count; ) {
    const roll = dice.roll(8);
    const moved = roll === 0 ? undo(at.history) : roll === 1 ? redo(at.history) : undefined;
    if (moved !== undefined) at = { document: applyDiff(at.document, moved.diff), history: moved.history, diff: moved.diff };
    else {
      const ran = runCommands(at.document, [randomCall(at.document, dice)], ids);
      if (!ran.ok || ran.value.diff.length === 0) continue;
      const { document, diff, label } = ran.value;
      at = { document, diff, history: record(at.history, { label, diff }) };
    }
    made += 1;
    yield at;
  }
}

const text = ({ document, history }: { document: Document; history: History }) => serialize(document) + JSON.stringify(history);

async function stored(name: string, id: string): Promise<string> {
  const store = fresh(name);
  const loaded = await new Journal(store, id, 'reader').load();
  await store.close();
  return loaded.ok ? text(loaded.value) : loaded.problem.code;
}

describe('the journal', () => {
  it('[J1] what is saved is there for whoever opens it next, undo history included', async () => {
    for (const seed of [1, 2, 3]) {
      const store = fresh();
      const name = names.at(-1) as string;
      const journal = new Journal(store, 'doc', 'a');
      let n = 0;
      for (const at of edits(seed, SNAPSHOT_EVERY + 40)) {
        expect(await journal.save({ ...at, now: n })).toEqual({ ok: true, value: undefined });
        n += 1;
        if (n % 17 === 0) expect(await stored(name, 'doc')).toBe(text(at));
      }
      const list = await store.list();
      expect(list.ok && list.value).toMatchObject([{ id: 'doc', changed: n - 1 }]);
    }
  });

  it('[J2] the journal is cut at each snapshot', async () => {
    const store = fresh();
    const journal = new Journal(store, 'doc', 'a');
    for (const at of edits(4, SNAPSHOT_EVERY + 11)) await journal.save({ ...at, now: 0 });
    const count = await store.use(async (database) => ({ ok: true, value: await database.count('journal') }));
    expect(count).toEqual({ ok: true, value: 10 });
  });

  it('[J3] a loaded journal goes on where the other tab left off', async () => {
    const store = fresh();
    let journal = new Journal(store, 'doc', 'a');
    let n = 0;
    for (const at of edits(5, 60)) {
      await journal.save({ ...at, now: 0 });
      n += 1;
      if (n % 20 !== 0) continue;
      journal = new Journal(store, 'doc', `tab${n}`);
      const loaded = await journal.load();
      expect(loaded.ok && text(loaded.value)).toBe(text(at));
      // Steps that were loaded are other objects: from here on the test's own history differs in identity only.
      await journal.save({ ...at, diff: [], now: 0 });
    }
  });

  it('[J4] a tab that is no longer the owner cannot write', async () => {
    const store = fresh();
    const [first, second, third] = [...edits(6, 3)] as [At, At, At];
    const [a, b] = [new Journal(store, 'doc', 'a'), new Journal(store, 'doc', 'b')];
    await a.save({ ...first, now: 0 });
    await b.load();
    expect((await b.save({ ...second, now: 0 })).ok).toBe(true);
    const late = await a.save({ ...third, now: 0 });
    expect(!late.ok && late.problem.code).toBe('not-owner');
    expect(await stored(names.at(-2) as string, 'doc').catch(() => '')).toBeTypeOf('string');
    expect(await new Journal(store, 'doc', 'c').load().then((one) => one.ok && text(one.value))).toBe(text(second));
  });

  it('knows whether what it read is still what is stored', async () => {
    const store = fresh();
    const [first, second] = [...edits(8, 2)] as [At, At];
    const [a, b] = [new Journal(store, 'doc', 'a'), new Journal(store, 'doc', 'b')];
    expect(await b.isCurrent()).toBe(false);
    await a.save({ ...first, now: 0 });
    expect(await b.isCurrent()).toBe(false);
    await b.load();
    expect(await b.isCurrent()).toBe(true);
    await a.save({ ...second, now: 0 });
    expect(await b.isCurrent()).toBe(false);
    expect(await b.load().then((one) => one.ok && text(one.value))).toBe(text(second));
    expect(await b.isCurrent()).toBe(true);
  });

  it('a document that is not there is a value', async () => {
    const loaded = await new Journal(fresh(), 'nothing', 'a').load();
    expect(!loaded.ok && loaded.problem.code).toBe('not-found');
  });
});

type Method = 'put' | 'get' | 'delete' | 'getAll' | 'count' | 'add';
const METHODS: readonly Method[] = ['put', 'get', 'delete', 'getAll'];

/** Lets the operations from the n-th on fail with an exception of this name, `times` times. Returns how to stop. */
function failing(from: number, name: string, times: number): { stop: () => void; operations: () => number } {
  const prototype = IDBObjectStore.prototype as unknown as Record<Method, (...args: unknown[]) => unknown>;
  const originals = METHODS.map((method) => [method, prototype[method]] as const);
  let seen = 0;
  for (const [method, original] of originals) {
    prototype[method] = function (this: unknown, ...args: unknown[]) {
      seen += 1;
      if (seen >= from && seen < from + times) throw new DOMException('injected', name);
      return original.apply(this, args);
    };
  }
  return {
    operations: () => seen,
    stop: () => {
      for (const [method, original] of originals) prototype[method] = original;
    },
  };
}

describe('failures of the store', () => {
  const ERRORS = ['QuotaExceededError', 'AbortError', 'UnknownError', 'InvalidStateError'] as const;

  it('[J5] whichever operation of a save fails for good, nothing acknowledged is lost and the next try stores all', async () => {
    let cases = 0;
    for (const error of ERRORS) {
      for (let n = 1, reached = true; reached; n++) {
        const store = fresh();
        const name = names.at(-1) as string;
        const journal = new Journal(store, 'doc', 'a');
        const all = [...edits(n, 4)] as [At, At, At, At];
        for (const at of all.slice(0, 2)) await journal.save({ ...at, now: 0 });
        const fault = failing(n, error, Number.POSITIVE_INFINITY);
        const saved = await journal.save({ ...all[2], now: 0 });
        fault.stop();
        reached = !saved.ok;
        if (saved.ok) {
          expect(fault.operations()).toBeLessThan(n);
          continue;
        }
        cases += 1;
        expect(saved.problem.code).toBe(error === 'QuotaExceededError' ? 'quota' : 'storage-failed');
        expect(await stored(name, 'doc')).toBe(text(all[1]));
        const again = await journal.save({ ...all[3], diff: squashDiffs(all[2].diff, all[3].diff), now: 0 });
        expect(again.ok).toBe(true);
        expect(await stored(name, 'doc')).toBe(text(all[3]));
        await store.close();
      }
    }
    expect(cases).toBeGreaterThanOrEqual(4 * 5);
  });

  it('[J6] a failure that passes is never seen', async () => {
    for (const error of ERRORS.slice(1)) {
      const store = fresh();
      const journal = new Journal(store, 'doc', 'a');
      const [first, second] = [...edits(9, 2)] as [At, At];
      await journal.save({ ...first, now: 0 });
      const fault = failing(3, error, 1);
      const saved = await journal.save({ ...second, now: 0 });
      fault.stop();
      expect(saved.ok).toBe(true);
      expect(await stored(names.at(-1) as string, 'doc')).toBe(text(second));
    }
  });

  it('[J7] whichever operation of a load fails, it is a value, and the next try reads all', async () => {
    const store = fresh();
    const journal = new Journal(store, 'doc', 'a');
    const last = [...edits(10, 5)].at(-1) as At;
    for (const at of edits(10, 5)) await journal.save({ ...at, now: 0 });
    for (const error of ERRORS) {
      for (let n = 1; n <= 5; n++) {
        const fault = failing(n, error, Number.POSITIVE_INFINITY);
        const loaded = await new Journal(store, 'doc', 'b').load();
        fault.stop();
        expect(loaded.ok).toBe(false);
        const again = await new Journal(store, 'doc', 'b').load();
        expect(again.ok && text(again.value)).toBe(text(last));
      }
    }
  });
});

describe('a damaged store', () => {
  async function damaged(damage: (name: string) => Promise<void>): Promise<{ code: string; store: DocumentStore }> {
    const store = fresh();
    const name = names.at(-1) as string;
    const journal = new Journal(store, 'doc', 'a');
    for (const at of edits(12, 8)) await journal.save({ ...at, now: 0 });
    await store.close();
    await damage(name);
    const loaded = await new Journal(store, 'doc', 'b').load();
    return { code: loaded.ok ? 'read' : loaded.problem.code, store };
  }
  const raw = async (name: string, work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<unknown>) => {
    const database = await openDB(name);
    await work(database);
    database.close();
  };

  it('[J8] is said to be damaged, whatever is missing or wrong, and everything left can be rescued', async () => {
    const cases: [string, (name: string) => Promise<void>][] = [
      ['the snapshot is gone', (name) => raw(name, (db) => db.delete('snapshots', 'doc'))],
      ['the head is gone', (name) => raw(name, (db) => db.delete('heads', 'doc'))],
      [
        'the snapshot is cut',
        (name) => raw(name, (db) => db.put('snapshots', { document: 'doc', seq: 0, text: '{"format": "crow' })),
      ],
      ['the snapshot is no text', (name) => raw(name, (db) => db.put('snapshots', { document: 'doc', seq: 0, text: 5 }))],
      ['a journal entry is gone', (name) => raw(name, (db) => db.delete('journal', ['doc', 3]))],
      ['the last journal entry is gone', (name) => raw(name, (db) => db.delete('journal', ['doc', 7]))],
      ['an entry is no diff', (name) => raw(name, (db) => db.put('journal', { document: 'doc', seq: 3, diff: { evil: true } }))],
      [
        'an entry holds a broken record',
        (name) =>
          raw(name, (db) =>
            db.put('journal', { document: 'doc', seq: 7, diff: [{ collection: 'tables', id: 't', to: { id: 't' } }] }),
          ),
      ],
      [
        'an entry names a collection that is none',
        (name) =>
          raw(name, (db) =>
            db.put('journal', { document: 'doc', seq: 7, diff: [{ collection: 'constructor', id: 't', to: { id: 't' } }] }),
          ),
      ],
    ];
    for (const [what, damage] of cases) {
      const { code, store } = await damaged(damage);
      expect([what, code]).toEqual([what, 'corrupt']);
      const rescue = await store.rescue('doc');
      expect(rescue.ok && Object.keys(JSON.parse(rescue.value) as object)).toContain('journal');
    }
  });

  it('[J9] a history with a lost step keeps the newer ones, and the document is whole', async () => {
    const store = fresh();
    const name = names.at(-1) as string;
    const journal = new Journal(store, 'doc', 'a');
    let at: At = { document: emptyDocument(), history: EMPTY_HISTORY, diff: [] };
    for (let n = 0; n < 6; n++) {
      const ran = runCommands(at.document, [{ name: 'addTable', args: { table: { name: `t${n}` } } }], derivedIds());
      if (!ran.ok) throw new Error(ran.problem.message);
      at = { ...ran.value, history: record(at.history, ran.value) };
      await journal.save({ ...at, now: 0 });
    }
    await raw(name, (db) => db.delete('steps', ['doc', 2]));
    const loaded = await new Journal(store, 'doc', 'b').load();
    expect(loaded.ok && serialize(loaded.value.document)).toBe(serialize(at.document));
    expect(loaded.ok && loaded.value.history.done.map((step) => step.label)).toEqual([
      'Add table t3',
      'Add table t4',
      'Add table t5',
    ]);
  });

  it('[J10] a document of a newer version opens read-only', async () => {
    const store = fresh();
    const journal = new Journal(store, 'doc', 'a');
    const at = [...edits(13, 3)].at(-1) as At;
    for (const one of edits(13, 3)) await journal.save({ ...one, now: 0 });
    const newer = serialize(at.document).replace(/"version": \d+/, '"version": 999');
    await store.use(async (database) => {
      await database.put('snapshots', { document: 'doc', seq: 2, text: newer });
      return { ok: true, value: undefined };
    });
    const loaded = await new Journal(store, 'doc', 'b').load();
    expect(loaded.ok && loaded.value.readOnly).toContain('newer Crowfoot');
  });

  it('[J11] a database of a newer program is said to be one', async () => {
    const name = `newer-${++databases}`;
    const database = await openDB(name, 99);
    database.close();
    const list = await fresh(name).list();
    expect(!list.ok && list.problem.code).toBe('newer-store');
  });
});

describe('the list of documents', () => {
  it('shows what is there, hides what is deleted until it is brought back or purged', async () => {
    const store = fresh();
    for (const id of ['a', 'b']) {
      for (const at of edits(id.charCodeAt(0), 2)) await new Journal(store, id, id).save({ ...at, now: id.charCodeAt(0) });
    }
    const ids = async () => {
      const list = await store.list();
      return list.ok ? list.value.map((row) => row.id) : list.problem.code;
    };
    expect(await ids()).toEqual(['b', 'a']);
    await store.markDeleted('b', 50);
    expect(await ids()).toEqual(['a']);
    await store.markDeleted('b', undefined);
    expect(await ids()).toEqual(['b', 'a']);
    await store.markDeleted('b', 50);
    expect(await store.purge(50)).toEqual({ ok: true, value: 0 });
    expect(await store.purge(51)).toEqual({ ok: true, value: 1 });
    const back = await store.markDeleted('b', undefined);
    expect(!back.ok && back.problem.code).toBe('not-found');
    expect((await new Journal(store, 'a', 'x').load()).ok).toBe(true);
    const rescue = await store.rescue();
    expect(rescue.ok && (JSON.parse(rescue.value) as { heads: unknown[] }).heads).toHaveLength(1);
  });
});
