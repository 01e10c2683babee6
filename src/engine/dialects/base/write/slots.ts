import type { Collection, Id } from '#model/types.ts';
import type { Unsupported, WrittenStatement } from '../../../sql/written.ts';

/**
 * Where in the document a statement goes. `here` and `follow` stand at the object's place in dependency order; every
 * other slot is a section of its own after all objects, in this order.
 */
export const LATE_SLOTS = [
  'key',
  'constraint',
  'index',
  'attach',
  'alter',
  'trigger',
  'policy',
  'comment',
  'owner',
  'with',
] as const;

export type LateSlot = (typeof LATE_SLOTS)[number];
export type Slot = 'here' | 'follow' | LateSlot;

export interface Placed {
  readonly slot: Slot;
  readonly statement: WrittenStatement;
}

/** What one record is written as. */
export interface Piece {
  /** At the object's place. */
  readonly here: readonly WrittenStatement[];
  /** In the sections after all objects; absent when there are none. */
  readonly late?: ReadonlyMap<LateSlot, readonly WrittenStatement[]>;
  readonly unsupported: readonly Unsupported[];
}

/** Sorts statements into a piece. */
export function pieceOf(placed: readonly Placed[], unsupported: readonly Unsupported[]): Piece {
  const at = (slot: Slot) => placed.filter((one) => one.slot === slot).map((one) => one.statement);
  const here = [...at('here'), ...at('follow')];
  if (here.length === placed.length) return { here, unsupported };
  const late = new Map<LateSlot, readonly WrittenStatement[]>();
  for (const slot of LATE_SLOTS) {
    const statements = at(slot);
    if (statements.length > 0) late.set(slot, statements);
  }
  return { here, late, unsupported };
}

/** Which record a statement belongs to; all statements of a piece are made through it. */
export interface Owner {
  readonly collection: Collection;
  readonly record: Id;
}
