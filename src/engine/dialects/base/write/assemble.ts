import type { Id } from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { LATE_SLOTS, type LateSlot, type Piece } from './slots.ts';

/** Records in a lasting order. */
export function byId<T extends { readonly id: Id }>(records: Readonly<Record<Id, T>>): T[] {
  return Object.values(records).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Appends the statements of the pieces' own place. */
export function here(pieces: readonly Piece[], into: WrittenStatement[]): void {
  for (const piece of pieces) for (const statement of piece.here) into.push(statement);
}

/** Appends the sections after all objects. */
export function late(pieces: readonly Piece[], into: WrittenStatement[]): void {
  const sections = new Map<LateSlot, (readonly WrittenStatement[])[]>(LATE_SLOTS.map((slot) => [slot, []]));
  for (const piece of pieces) {
    if (piece.late !== undefined) for (const [slot, statements] of piece.late) sections.get(slot)?.push(statements);
  }
  for (const [slot, section] of sections) {
    // Partitions come after their parents, and their keys and indexes must be there before the parents'.
    if (slot === 'key' || slot === 'index') section.reverse();
    for (const statements of section) for (const statement of statements) into.push(statement);
  }
}
