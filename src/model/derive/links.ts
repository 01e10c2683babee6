import type { Document, Id, Relationship } from '../types.ts';

/** Relationships by the tables they touch. */
export interface Links {
  readonly byChild: ReadonlyMap<Id, readonly Relationship[]>;
  readonly byParent: ReadonlyMap<Id, readonly Relationship[]>;
}

const memo = new WeakMap<Document['relationships'], Links>();

function add(map: Map<Id, Relationship[]>, id: Id, relationship: Relationship): void {
  const list = map.get(id);
  if (list === undefined) map.set(id, [relationship]);
  else list.push(relationship);
}

/** The links of a document, computed once for each set of relationships. */
export function linksOf(document: Document): Links {
  const known = memo.get(document.relationships);
  if (known !== undefined) return known;
  const byChild = new Map<Id, Relationship[]>();
  const byParent = new Map<Id, Relationship[]>();
  for (const relationship of Object.values(document.relationships)) {
    add(byChild, relationship.child, relationship);
    add(byParent, relationship.parent, relationship);
  }
  const links = { byChild, byParent };
  memo.set(document.relationships, links);
  return links;
}
