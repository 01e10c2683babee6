import type { Document, Id, Relationship } from '#model/types.ts';

export interface LinkChanges {
  /** Of the old shape, to be taken away. */
  readonly old: readonly Relationship[];
  /** Of the new shape, to be added. */
  readonly fresh: readonly Relationship[];
  /** That are the same on both sides. */
  readonly kept: readonly Relationship[];
}

/** Foreign keys of tables that exist on both sides, which the two sides say differently. */
export function linkChanges(before: Document, after: Document): LinkChanges {
  const real = (document: Document) => Object.values(document.relationships).filter(({ childColumns }) => childColumns.length > 0);
  const same = (a: Relationship | undefined, b: Relationship | undefined) => JSON.stringify(a) === JSON.stringify(b);
  const stays = (id: Id) => Object.hasOwn(before.tables, id) && Object.hasOwn(after.tables, id);
  const changed = (document: Document, other: Document) =>
    real(document).filter((link) => stays(link.child) && !same(link, other.relationships[link.id]));
  return {
    old: changed(before, after),
    fresh: changed(after, before),
    kept: real(before).filter((link) => same(link, after.relationships[link.id])),
  };
}
