import { err, ok, type Result } from '#lib/result.ts';
import type { Diff } from '#model/diff.ts';
import { isStep, replayJournal } from '#model/format/journal.ts';
import { serialize } from '#model/format/serialize.ts';
import type { History, Step } from '#model/history.ts';
import type { Document } from '#model/types.ts';
import { type Database, DOCUMENT_STORES, type DocumentRow, type Head, transact } from './database.ts';
import type { DocumentStore } from './store.ts';

/** Journal entries after which the whole document is written again. */
export const SNAPSHOT_EVERY = 100;

/** A stored document: what it is, its undo history, and why it must not be edited, if so. */
export interface Stored {
  readonly document: Document;
  readonly history: History;
  readonly readOnly?: string;
}

const range = (document: string, from: number, to = Number.POSITIVE_INFINITY) =>
  IDBKeyRange.bound([document, from], [document, to]);

/** What {@link Journal.save} writes: the edits since the last save, and the state they lead to. */
export interface Save {
  readonly document: Document;
  readonly diff: Diff;
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * One document in the browser's store: a snapshot, the diffs since, and the undo history. Each save is one transaction
 * that is on disk when it is acknowledged; what fails leaves the last save untouched and can be tried again.
 */
export class Journal {
  readonly id: string;
  readonly #store: DocumentStore;
  readonly #writer: string;
  #seq = -1;
  #snapshot = -1;
  /** Who had written last when this was read. */
  #reads: string | undefined;
  #steps = new Map<Step, number>();
  #nextStep = 0;

  /** @param writer a mark of this tab, different from every other's. */
  constructor(store: DocumentStore, id: string, writer: string) {
    this.#store = store;
    this.id = id;
    this.#writer = writer;
  }

  /**
   * Reads the document: `not-found`, `corrupt` (offer the rescue) or another storage problem. Steps of the history that
   * cannot be read are forgotten with the ones beyond them.
   */
  load(): Promise<Result<Stored>> {
    return this.#store.use(async (database) => {
      const { row, head, snapshot, entries, steps } = await this.#read(database);
      if (row === undefined && head === undefined && snapshot === undefined) {
        return err('not-found', 'The document is no longer stored in this browser.');
      }
      if (head === undefined || typeof snapshot?.text !== 'string')
        return err('corrupt', 'Parts of the stored document are missing.');
      if (entries.length !== head.seq - snapshot.seq || entries.some((entry, at) => entry.seq !== snapshot.seq + 1 + at)) {
        return err('corrupt', 'Parts of the journal of the stored document are missing.');
      }
      const replayed = replayJournal(
        snapshot.text,
        entries.map((entry) => entry.diff),
      );
      if (!replayed.ok) return replayed;
      const history = this.#restore(head, steps);
      this.#seq = head.seq;
      this.#snapshot = snapshot.seq;
      this.#reads = head.writer;
      return ok({ ...replayed.value, history });
    });
  }

  /** Whether what was loaded is still what is stored. Far cheaper than loading it again. */
  async isCurrent(): Promise<boolean> {
    const asked = await this.#store.use(async (database) => {
      const head = await database.get('heads', this.id);
      return ok(head !== undefined && this.#reads !== undefined && head.seq === this.#seq && head.writer === this.#reads);
    });
    return asked.ok && asked.value;
  }

  #read(database: Database) {
    const { id } = this;
    return transact(database, DOCUMENT_STORES, 'readonly', async (tx) => {
      const row = await tx.objectStore('documents').get(id);
      const head = await tx.objectStore('heads').get(id);
      const snapshot = await tx.objectStore('snapshots').get(id);
      const after = typeof snapshot?.seq === 'number' ? snapshot.seq + 1 : 0;
      const entries = await tx.objectStore('journal').getAll(range(id, after));
      const steps = await tx.objectStore('steps').getAll(range(id, 0));
      return { row, head, snapshot, entries, steps };
    });
  }

  /** The history of a head, as far as its steps can be read: the newest of `done` and of `undone` count. */
  #restore(head: Head, rows: readonly unknown[]): History {
    const byKey = new Map<number, Step>();
    this.#steps = new Map();
    this.#nextStep = 0;
    for (const row of rows) {
      const key = (row as { step: number }).step;
      this.#nextStep = Math.max(this.#nextStep, key + 1);
      if (isStep(row)) byKey.set(key, { label: row.label, diff: row.diff });
    }
    const readable = (keys: unknown): Step[] => {
      const steps: Step[] = [];
      for (const key of Array.isArray(keys) ? keys.toReversed() : []) {
        const step = byKey.get(key as number);
        if (step === undefined) break;
        this.#steps.set(step, key as number);
        steps.unshift(step);
      }
      return steps;
    };
    return { done: readable(head.done), undone: readable(head.undone) };
  }

  /**
   * Stores the edits since the last save. When it says ok, they are on disk.
   * @returns `not-owner` when another tab wrote since; `quota`; or another storage problem, after which the same edits
   * (and later ones) can be saved again.
   */
  save(save: Save): Promise<Result<void>> {
    return this.#store.use((database) => this.#write(database, save));
  }

  #write(database: Database, { document, diff, history, now }: Save): Promise<Result<void>> {
    const { id } = this;
    return transact(database, DOCUMENT_STORES, 'readwrite', async (tx, later) => {
      const head = await tx.objectStore('heads').get(id);
      const row = await tx.objectStore('documents').get(id);
      const mine = head === undefined ? this.#seq === -1 : head.seq === this.#seq || head.writer === this.#writer;
      if (!mine) return undefined;
      const base = head?.seq ?? -1;
      const seq = base + 1;
      const whole = this.#snapshot < 0 || seq - this.#snapshot >= SNAPSHOT_EVERY || base !== this.#seq;
      const numbered = this.#number(history);
      if (whole) {
        later(tx.objectStore('snapshots').put({ document: id, seq, text: serialize(document) }));
        later(tx.objectStore('journal').delete(range(id, 0)));
      } else later(tx.objectStore('journal').put({ document: id, seq, diff }));
      for (const [step, key] of numbered.added) {
        later(tx.objectStore('steps').put({ document: id, step: key, label: step.label, diff: step.diff }));
      }
      for (const key of numbered.dropped) later(tx.objectStore('steps').delete([id, key]));
      const keys = (list: readonly Step[]) => list.map((step) => numbered.steps.get(step) as number);
      later(
        tx
          .objectStore('heads')
          .put({ document: id, seq, writer: this.#writer, done: keys(history.done), undone: keys(history.undone) }),
      );
      later(tx.objectStore('documents').put(rowOf(id, document, row, diff.length === 0 ? row?.changed : now, now)));
      return { seq, whole, numbered };
    }).then((written) => {
      if (written === undefined) return err('not-owner', 'Another tab has edited this document: this one follows it.');
      this.#seq = written.seq;
      if (written.whole) this.#snapshot = written.seq;
      this.#steps = written.numbered.steps;
      this.#nextStep += written.numbered.added.length;
      return ok(undefined);
    });
  }

  /** Gives the steps of a history their keys: known ones keep theirs. */
  #number(history: History): { steps: Map<Step, number>; added: (readonly [Step, number])[]; dropped: number[] } {
    const steps = new Map<Step, number>();
    const added: (readonly [Step, number])[] = [];
    for (const step of [...history.done, ...history.undone]) {
      const known = this.#steps.get(step);
      const key = known ?? this.#nextStep + added.length;
      if (known === undefined) added.push([step, key]);
      steps.set(step, key);
    }
    const dropped = [...this.#steps].filter(([step]) => !steps.has(step)).map(([, key]) => key);
    return { steps, added, dropped };
  }
}

function rowOf(
  id: string,
  document: Document,
  old: DocumentRow | undefined,
  changed: number | undefined,
  now: number,
): DocumentRow {
  return {
    id,
    name: document.settings['settings']?.name ?? '',
    changed: changed ?? now,
    tables: Object.keys(document.tables).length,
    ...(old?.deleted === undefined ? {} : { deleted: old.deleted }),
  };
}
