import { err, ok, type Result } from '#lib/result.ts';
import {
  DATABASE,
  type Database,
  DOCUMENT_STORES,
  type DocumentRow,
  type FileLink,
  openDatabase,
  STORE_NAMES,
  transact,
} from './database.ts';
import { RETRIED, storageFailure } from './failure.ts';

const everything = (document: string) => IDBKeyRange.bound([document], [document, []]);

/** The documents that this browser keeps. Every method yields a value: nothing throws. */
export class DocumentStore {
  readonly #name: string;
  #opening: Promise<Result<Database>> | undefined;

  constructor(name: string = DATABASE) {
    this.#name = name;
  }

  #open(): Promise<Result<Database>> {
    this.#opening ??= openDatabase(this.#name, () => {
      this.#opening = undefined;
    }).then((opened) => {
      if (!opened.ok) this.#opening = undefined;
      return opened;
    });
    return this.#opening;
  }

  /** Does work with the database; a connection that turns out to be dead is opened again once. */
  async use<T>(work: (database: Database) => Promise<Result<T>>): Promise<Result<T>> {
    for (let attempt = 1; ; attempt++) {
      const opened = await this.#open();
      if (!opened.ok) return opened;
      try {
        return await work(opened.value);
      } catch (error) {
        const failed = storageFailure(error);
        if (failed.ok || failed.problem.code !== RETRIED || attempt > 1) return failed;
        opened.value.close();
        this.#opening = undefined;
      }
    }
  }

  /** Closes the connection; it is opened again when needed. */
  async close(): Promise<void> {
    const opened = await this.#opening;
    this.#opening = undefined;
    if (opened?.ok) opened.value.close();
  }

  /** All documents that are not deleted, the last changed first. */
  list(): Promise<Result<readonly DocumentRow[]>> {
    return this.use(async (database) => {
      const rows = await database.getAll('documents');
      return ok(rows.filter((row) => row.deleted === undefined).sort((a, b) => b.changed - a.changed));
    });
  }

  /** Marks a document as deleted, or brings it back (`deleted` undefined). */
  markDeleted(id: string, deleted: number | undefined): Promise<Result<void>> {
    return this.use((database) =>
      transact(database, ['documents'], 'readwrite', async (tx) => {
        const documents = tx.objectStore('documents');
        const row = await documents.get(id);
        if (row === undefined) return err('not-found', 'The document is no longer stored in this browser.');
        const { deleted: _, ...rest } = row;
        await documents.put(deleted === undefined ? rest : { ...rest, deleted });
        return ok(undefined);
      }),
    );
  }

  /** Removes for good what was deleted before a moment. Says how many documents. */
  purge(before: number): Promise<Result<number>> {
    return this.use((database) =>
      transact(database, STORE_NAMES, 'readwrite', async (tx, later) => {
        const all = await tx.objectStore('documents').getAll();
        const rows = all.filter((row) => row.deleted !== undefined && row.deleted < before);
        for (const { id } of rows) {
          for (const name of ['documents', 'heads', 'snapshots', 'files'] as const) later(tx.objectStore(name).delete(id));
          for (const name of ['journal', 'steps'] as const) later(tx.objectStore(name).delete(everything(id)));
        }
        return ok(rows.length);
      }),
    );
  }

  /** Everything stored of one document (or of all) as JSON text, unread and unrepaired: what a rescue downloads. */
  rescue(id?: string): Promise<Result<string>> {
    return this.use((database) =>
      transact(database, DOCUMENT_STORES, 'readonly', async (tx) => {
        const raw: Record<string, unknown[]> = {};
        for (const name of DOCUMENT_STORES) {
          const range = id === undefined ? null : name === 'journal' || name === 'steps' ? everything(id) : id;
          raw[name] = await tx.objectStore(name).getAll(range);
        }
        return ok(JSON.stringify({ rescued: 'crowfoot', ...raw }, null, 1));
      }),
    );
  }

  /** The file on disk that a document is linked to. */
  link(id: string): Promise<Result<FileLink | undefined>> {
    return this.use(async (database) => ok(await database.get('files', id)));
  }

  setLink(id: string, link: FileLink | undefined): Promise<Result<void>> {
    return this.use(async (database) => {
      if (link === undefined) await database.delete('files', id);
      else await database.put('files', link);
      return ok(undefined);
    });
  }
}
