import { type Diff, diffDocuments } from '#model/diff.ts';
import type { Document, Id, Relationship } from '#model/types.ts';
import { type Arrangement, type Arranger, arrange } from './arrange.ts';
import type { Order } from './order.ts';
import type { Fact } from './scope.ts';
import type { Piece } from './slots.ts';

interface Entry {
  /** What of the arrangement the piece was written for, compared by identity. */
  readonly plan: unknown;
  readonly facts: readonly Fact[];
  readonly piece: Piece;
}

/**
 * Written pieces by record. A piece is written again only when its own record, its plan, or a fact about another record
 * (a name, mostly) that it rests on has changed; so an edit of one table costs that table and those that name it.
 */
export class PieceCache<O extends Order, P> {
  #document: Document | undefined;
  #version = 0;
  #arrangement: Arrangement<O, P> | undefined;
  readonly #arranger: Arranger<O, P>;
  readonly #entries = new Map<Id, Entry>();
  /** Records whose pieces rest on facts about a record. */
  readonly #users = new Map<Id, Set<Id>>();

  constructor(arranger: Arranger<O, P>) {
    this.#arranger = arranger;
  }

  /** Drops what the edits since the last call made stale, and arranges the document. */
  begin(document: Document, version: number): Arrangement<O, P> {
    const before = this.#document;
    let changes: Diff | undefined;
    if (before === undefined || version !== this.#version) {
      this.#version = version;
      this.#entries.clear();
      this.#users.clear();
    } else {
      changes = diffDocuments(before, document);
      this.#drop(document, changes);
    }
    this.#document = document;
    this.#arrangement = arrange(document, this.#arranger, this.#arrangement, changes);
    return this.#arrangement;
  }

  #drop(document: Document, changes: Diff): void {
    for (const { collection, id, from, to } of changes) {
      this.#entries.delete(id);
      if (collection === 'relationships') {
        // A foreign key is written with its child.
        for (const link of [from, to] as (Relationship | undefined)[]) if (link !== undefined) this.#entries.delete(link.child);
      }
      for (const user of this.#users.get(id) ?? []) {
        const entry = this.#entries.get(user);
        const stale = entry?.facts.some((fact) => fact.from.includes(id) && fact.read(document) !== fact.value);
        if (stale === true) this.#entries.delete(user);
      }
    }
  }

  get(record: Id, plan: unknown): Piece | undefined {
    const entry = this.#entries.get(record);
    return entry !== undefined && entry.plan === plan ? entry.piece : undefined;
  }

  set(record: Id, plan: unknown, facts: readonly Fact[], piece: Piece): void {
    this.#entries.set(record, { plan, facts, piece });
    for (const fact of facts) {
      for (const id of fact.from) {
        const users = this.#users.get(id);
        if (users === undefined) this.#users.set(id, new Set([record]));
        else users.add(record);
      }
    }
  }
}

/**
 * A memory for the writers: give the same one with every version of one document. Each dialect keeps what it wrote under
 * it, so that a document that changes its dialect starts anew.
 */
export class WriteCache {
  readonly id = Symbol('written pieces');
}

export function createWriteCache(): WriteCache {
  return new WriteCache();
}
