import { recordIn } from '../collections.ts';
import { type Diagram, MAIN_DIAGRAM, placementId } from '../layout-types.ts';
import type { Document, Id } from '../types.ts';

/** The diagrams as people ordered them; the first one of a document comes first where nobody did. */
export function diagramsInOrder({ diagrams }: Pick<Document, 'diagrams'>): readonly Diagram[] {
  const main = (one: Diagram) => (one.id === MAIN_DIAGRAM ? 0 : 1);
  return Object.values(diagrams).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0) || main(a) - main(b) || (a.id < b.id ? -1 : 1));
}

/** The order that puts a new diagram after the others. */
export function nextOrder(document: Document): number {
  return Object.values(document.diagrams).reduce((most, one) => Math.max(most, (one.order ?? 0) + 1), 0);
}

/** Whether a diagram shows only what was put on it. */
export function isChosen(document: Document, diagram: Id): boolean {
  return recordIn(document, 'diagrams', diagram)?.chosen === true;
}

/**
 * Whether a table or view is on a diagram: not hidden there, and placed there if the diagram shows only what was put on
 * it. Partitions are shown by their parent: they are on no diagram.
 */
export function isShown(document: Document, diagram: Id, object: Id): boolean {
  const table = recordIn(document, 'tables', object);
  if (table === undefined ? recordIn(document, 'views', object) === undefined : table.partitionOf !== undefined) return false;
  const place = recordIn(document, 'placements', placementId(diagram, object));
  return place === undefined ? !isChosen(document, diagram) : place.hidden !== true;
}

/** The tables and views on a diagram, in the document's order. */
export function shownOn(document: Document, diagram: Id): readonly Id[] {
  return [...Object.keys(document.tables), ...Object.keys(document.views)].filter((id) => isShown(document, diagram, id));
}

const tags = new WeakMap<Document['tables'], readonly string[]>();

/** Every tag that tables carry, in alphabetical order. The same list for the same tables. */
export function tagsOf({ tables }: Document): readonly string[] {
  let known = tags.get(tables);
  if (known === undefined) {
    known = [...new Set(Object.values(tables).flatMap((table) => table.tags ?? []))].sort();
    tags.set(tables, known);
  }
  return known;
}
