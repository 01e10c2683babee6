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
  readonly placed: readonly Placed[];
  readonly unsupported: readonly Unsupported[];
}

/** Which record a statement belongs to; all statements of a piece are made through it. */
export interface Owner {
  readonly collection: Collection;
  readonly record: Id;
}
