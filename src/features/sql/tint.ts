import type { Document, Id } from '#model/types.ts';

const TINTS = 6;

/** Tint of a schema, 0 to 5: the same as on the canvas. */
export function tintOf(document: Document, schema: Id): number {
  return Math.max(0, Object.keys(document.schemas).indexOf(schema)) % TINTS;
}
