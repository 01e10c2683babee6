import { diagramsInOrder, shownOn } from '#model/derive/diagrams.ts';
import { inFileOrder } from '#model/format/order.ts';
import type { Document } from '#model/types.ts';
import { diagramSvg, type SvgOptions } from './svg.ts';

/** A diagram as SVG text. */
export interface DrawnDiagram {
  readonly name: string;
  /** It shows every table of the model, not only those put on it. */
  readonly whole: boolean;
  readonly svg: string;
}

/**
 * Every diagram of a document on which there is something, in their order, those that show everything first. In whatever
 * order records were made, the text is the same.
 */
export function drawnDiagrams(given: Document, options: SvgOptions = {}): readonly DrawnDiagram[] {
  const document = inFileOrder(given);
  const own = (records: Readonly<Record<string, { readonly diagram: string }>>, id: string) =>
    Object.values(records).some((one) => one.diagram === id);
  return diagramsInOrder(document)
    .filter(({ id }) => shownOn(document, id).length > 0 || own(document.areas, id) || own(document.notes, id))
    .map(({ id, name, chosen }) => ({ name, whole: chosen !== true, svg: diagramSvg(document, id, options) }))
    .toSorted((a, b) => Number(b.whole) - Number(a.whole));
}
