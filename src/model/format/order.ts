import { COLLECTIONS } from '../collections.ts';
import type { AnyRecord, Document, Id } from '../types.ts';

/**
 * The same document with its records in the order of the file: by id. A live document keeps records in the order they
 * were made; what is written from it must not depend on that.
 */
export function inFileOrder(document: Document): Document {
  const sorted = COLLECTIONS.map(({ name }) => {
    const records = document[name] as Readonly<Record<Id, AnyRecord>>;
    const ids = Object.keys(records).sort();
    return [name, Object.fromEntries(ids.map((id) => [id, records[id]]))];
  });
  return Object.fromEntries(sorted) as Document;
}
