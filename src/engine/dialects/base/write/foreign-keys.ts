import { recordIn } from '#model/collections.ts';
import type { Document, Relationship } from '#model/types.ts';

/** Foreign keys that are written at all: those with columns at both ends and both tables at hand. */
export function isForeignKey(document: Document, link: Relationship): boolean {
  return link.childColumns.length > 0 && link.manyToMany !== true && recordIn(document, 'tables', link.parent) !== undefined;
}
