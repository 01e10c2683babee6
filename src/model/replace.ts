import { COLLECTIONS } from './collections.ts';
import type { PutRecordsArgs } from './commands/put-records.ts';
import { sameJson } from './patch.ts';
import type { AnyRecord, Document, Id } from './types.ts';

/**
 * The arguments of `putRecords` that turn one document into another in one undo step. Records that are equal stay as they
 * are, so that only what differs counts as changed.
 */
export function replaceArgs(from: Document, to: Document, label: string): PutRecordsArgs {
  const put: PutRecordsArgs['put'][number][] = [];
  const remove: NonNullable<PutRecordsArgs['remove']>[number][] = [];
  for (const { name } of COLLECTIONS) {
    const old = from[name] as Readonly<Record<Id, AnyRecord>>;
    const now = to[name] as Readonly<Record<Id, AnyRecord>>;
    for (const record of Object.values(now)) {
      if (!Object.hasOwn(old, record.id) || !sameJson(old[record.id], record)) put.push({ collection: name, record });
    }
    for (const id of Object.keys(old)) if (!Object.hasOwn(now, id)) remove.push({ collection: name, id });
  }
  // The other document says of every record whether it is there: a table that became an entity keeps its place.
  return { label, put, remove, exact: true };
}
