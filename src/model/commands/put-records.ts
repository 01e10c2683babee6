import { castDraft } from 'mutative';
import { COLLECTIONS, recordIn } from '../collections.ts';
import type { AnyRecord, Collection, Id } from '../types.ts';
import { removeRecords } from './cascade.ts';
import { defineCommand } from './define.ts';
import { drop, problem, put } from './lookup.ts';

export interface PutRecordsArgs {
  readonly label: string;
  readonly put: readonly { readonly collection: Collection; readonly record: AnyRecord }[];
  readonly remove?: readonly { readonly collection: Collection; readonly id: Id }[];
  /** What is put and removed is all that changes: nothing goes along, and whoever asks vouches for what comes out. */
  readonly exact?: true;
}

const KNOWN: ReadonlySet<string> = new Set(COLLECTIONS.map(({ name }) => name));

/**
 * Adds, replaces and removes whole records in one undo step: what imports, templates and layouts produce. What cannot
 * stand without a removed record goes along, unless it is put too.
 */
export const putRecords = defineCommand<PutRecordsArgs>({
  label: (_document, args) => args.label,
  run(draft, args, context) {
    const strange = [...args.put, ...(args.remove ?? [])].find(({ collection }) => !KNOWN.has(collection));
    if (strange !== undefined) return problem('no-collection', `There are no records called ${String(strange.collection)}.`);
    const gone = (args.remove ?? []).filter(({ collection, id }) => recordIn(context.before, collection, id) !== undefined);
    if (args.exact === true) for (const { collection, id } of gone) drop(draft, collection, id);
    else if (gone.length > 0) {
      removeRecords(
        draft,
        gone.map(({ id }) => id),
        context,
      );
    }
    for (const { collection, record } of args.put) {
      if (record.id === '__proto__') return problem('bad-id', 'A record cannot have the id __proto__.');
      put(draft, collection, castDraft(record) as AnyRecord);
    }
    return undefined;
  },
});
