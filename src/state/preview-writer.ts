import { createWriteCache, writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';
import type { WriteDocument } from './preview.ts';

/** What was written for the preview before, whichever it was: the next one costs what differs. */
const cache = createWriteCache();

/** Prints a document, and what becomes of it, for previews; imported only when one is asked for. */
export function previewWriter(document: Document): WriteDocument {
  const version = document.settings['settings']?.version ?? 18;
  return (one) => writeDocument(one, { version, cache });
}
