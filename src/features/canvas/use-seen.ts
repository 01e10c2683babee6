import { seenOn } from '#model/derive/level.ts';
import type { Document } from '#model/types.ts';
import { useDocumentState, useView } from '#state/hooks.ts';

/** Something of the model as the diagram in sight shows it; heard of again only when that is another thing. */
export function useSeen<T>(pick: (document: Document) => T): T {
  const diagram = useView((view) => view.diagram);
  return useDocumentState(({ document }) => pick(seenOn(document, diagram)));
}
