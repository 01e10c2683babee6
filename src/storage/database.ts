import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { err, ok, type Result } from '#lib/result.ts';
import type { Diff } from '#model/diff.ts';
import { storageFailure } from './failure.ts';

/** A document in the list of documents. */
export interface DocumentRow {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly tables: number;
  /** When it was deleted; it can be brought back until it is purged. */
  readonly deleted?: number;
}

/** Where a document stands: the last journal entry, and its undo and redo stacks as keys of steps. */
export interface Head {
  readonly document: string;
  readonly seq: number;
  /** Who wrote it: a tab that finds another's mark knows that it is no longer the owner. */
  readonly writer: string;
  readonly done: readonly number[];
  readonly undone: readonly number[];
}

export interface Snapshot {
  readonly document: string;
  readonly seq: number;
  /** The text of its file. */
  readonly text: string;
}

/** A file on disk that a document is linked to. */
export interface FileLink {
  readonly document: string;
  readonly handle: FileSystemFileHandle;
  readonly name: string;
  readonly modified: number;
  readonly size: number;
  readonly hash: number;
}

interface Stores extends DBSchema {
  documents: { key: string; value: DocumentRow };
  heads: { key: string; value: Head };
  snapshots: { key: string; value: Snapshot };
  journal: { key: [string, number]; value: { readonly document: string; readonly seq: number; readonly diff: Diff } };
  steps: {
    key: [string, number];
    value: { readonly document: string; readonly step: number; readonly label: string; readonly diff: Diff };
  };
  files: { key: string; value: FileLink };
}

export type Database = IDBPDatabase<Stores>;
export const STORE_NAMES = ['documents', 'heads', 'snapshots', 'journal', 'steps', 'files'] as const;
/** The stores that make up a document. */
export const DOCUMENT_STORES = ['documents', 'heads', 'snapshots', 'journal', 'steps'] as const;

export const DATABASE = 'crowfoot';
const DATABASE_VERSION = 1;
/** How long another tab with an older store may keep us waiting, in milliseconds. */
const BLOCKED_AFTER = 3000;

function upgrade(database: Database): void {
  database.createObjectStore('documents', { keyPath: 'id' });
  database.createObjectStore('heads', { keyPath: 'document' });
  database.createObjectStore('snapshots', { keyPath: 'document' });
  database.createObjectStore('journal', { keyPath: ['document', 'seq'] });
  database.createObjectStore('steps', { keyPath: ['document', 'step'] });
  database.createObjectStore('files', { keyPath: 'document' });
}

/** Opens the browser's store. `onClosed`: the connection is gone, by a newer tab or the browser; open it again. */
export async function openDatabase(name: string, onClosed: () => void): Promise<Result<Database>> {
  if (typeof indexedDB === 'undefined') return storageFailure(new DOMException('no IndexedDB', 'SecurityError'));
  let blocked: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Promise<'blocked'>((resolve) => {
    blocked = () => {
      timer = setTimeout(() => resolve('blocked'), BLOCKED_AFTER);
    };
  });
  try {
    const opening = openDB<Stores>(name, DATABASE_VERSION, {
      upgrade,
      blocked: () => blocked?.(),
      blocking: (_current, _blockedVersion, event) => {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
    const opened = await Promise.race([opening, waiting]);
    if (opened !== 'blocked') return ok(opened);
    void opening.then((late) => late.close()).catch(() => {});
    return err('blocked', 'Another tab with an older Crowfoot holds the documents: close it, then reload this page.');
  } catch (error) {
    return storageFailure(error);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
  }
}

type Names = StoreNames<Stores>[];
type Transaction<M extends IDBTransactionMode> = IDBPTransaction<Stores, Names, M>;

/**
 * Work in one transaction: all of it is on disk when this resolves, or none of it when it rejects. Requests that nobody
 * awaits any more (because an earlier one failed) are no error of their own.
 */
export async function transact<T, M extends 'readonly' | 'readwrite'>(
  database: Database,
  stores: readonly StoreNames<Stores>[],
  mode: M,
  work: (tx: Transaction<M>, later: (request: Promise<unknown>) => void) => Promise<T>,
): Promise<T> {
  const tx = database.transaction([...stores], mode, { durability: 'strict' }) as unknown as Transaction<M>;
  const done = tx.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const requests: Promise<unknown>[] = [];
  const later = (request: Promise<unknown>) => {
    request.catch(() => {});
    requests.push(request);
  };
  try {
    const value = await work(tx, later);
    await Promise.all(requests);
    const failed = await done;
    if (failed !== undefined) throw failed.error;
    return value;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It has ended already.
    }
    await done;
    throw error;
  }
}
