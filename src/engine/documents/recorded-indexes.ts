import { recordIn } from '#model/collections.ts';
import type { IndexDecision, IndexesDecided } from '#model/decision-types.ts';
import type { Decision, Document, Id } from '#model/types.ts';

/** A decision on indexes, and one index of it. */
export interface RecordedIndex {
  readonly decision: Decision;
  readonly decided: IndexesDecided;
  readonly index: IndexDecision;
}

/** Decisions that hold, oldest first. */
export function decisionsOnIndexes(document: Document): readonly (Decision & { readonly indexes: IndexesDecided })[] {
  return Object.values(document.decisions)
    .flatMap((one) => (one.status === 'accepted' && one.indexes !== undefined ? [{ ...one, indexes: one.indexes }] : []))
    .sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
}

function recorded(document: Document): readonly RecordedIndex[] {
  return decisionsOnIndexes(document).flatMap((decision) =>
    decision.indexes.indexes.map((index) => ({ decision, decided: decision.indexes, index })),
  );
}

/** By the id of an index of the model: the last decision that made it. */
export function madeByDecision(document: Document): ReadonlyMap<Id, RecordedIndex> {
  return new Map(recorded(document).flatMap((one) => (one.index.action === 'make' ? [[one.index.index, one] as const] : [])));
}

/** Indexes that a decision dropped and that are not there. */
export function droppedByDecision(document: Document): readonly RecordedIndex[] {
  const last = new Map<string, RecordedIndex>();
  for (const one of recorded(document)) {
    const { action, table, name, index } = one.index;
    const there = recordIn(document, 'tables', table)?.indexes.some((now) => now.id === index || now.name === name) === true;
    if (action === 'drop' && !there) last.set(`${one.index.on} ${name}`, one);
  }
  return [...last.values()];
}
