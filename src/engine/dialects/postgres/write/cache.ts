import { findRecord } from '#model/collections.ts';
import { diffDocuments } from '#model/diff.ts';
import type { Document, Id } from '#model/types.ts';
import type { Fact } from './scope.ts';
import type { Piece } from './slots.ts';

interface Entry {
  /** Records and plan the piece was written from, compared by identity. */
  readonly inputs: readonly unknown[];
  readonly facts: readonly Fact[];
  readonly piece: Piece;
}

/**
 * Written pieces by record. A piece is written again only when its own record, its plan, or a fact about another record
 * (a name, mostly) that it rests on has changed; so an edit of one table costs that table and those that name it.
 */
export class WriteCache {
  #document: Document | undefined;
  #version = 0;
  readonly #entries = new Map<Id, Entry>();
  readonly #users = new Map<Id, Set<Id>>();

  /** Drops what an edit made stale. Called once before a document is written. */
  begin(document: Document, version: number): void {
    const before = this.#document;
    this.#document = document;
    if (before === undefined || version !== this.#version) {
      this.#version = version;
      this.#entries.clear();
      this.#users.clear();
      return;
    }
    for (const { id } of diffDocuments(before, document)) {
      for (const user of this.#users.get(id) ?? []) {
        const entry = this.#entries.get(user);
        if (entry?.facts.some((fact) => fact.from.includes(id) && fact.read(document) !== fact.value) === true) {
          this.#entries.delete(user);
        }
      }
      if (findRecord(document, id) === undefined) this.#entries.delete(id);
    }
  }

  get(record: Id, inputs: readonly unknown[]): Piece | undefined {
    const entry = this.#entries.get(record);
    if (entry === undefined || entry.inputs.length !== inputs.length) return undefined;
    return inputs.every((input, i) => input === entry.inputs[i]) ? entry.piece : undefined;
  }

  set(record: Id, inputs: readonly unknown[], facts: readonly Fact[], piece: Piece): void {
    this.#entries.set(record, { inputs, facts, piece });
    for (const fact of facts) {
      for (const id of fact.from) {
        const users = this.#users.get(id);
        if (users === undefined) this.#users.set(id, new Set([record]));
        else users.add(record);
      }
    }
  }
}

/** A memory for {@link writeDocument}: give the same one with every version of one document. */
export function createWriteCache(): WriteCache {
  return new WriteCache();
}
