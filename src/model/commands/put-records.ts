import { castDraft } from 'mutative';
import type { AnyRecord, Collection, Id } from '../types.ts';
import { defineCommand } from './define.ts';

export interface PutRecordsArgs {
  readonly label: string;
  readonly put: readonly { readonly collection: Collection; readonly record: AnyRecord }[];
  readonly remove?: readonly { readonly collection: Collection; readonly id: Id }[];
}

/** Adds, replaces and removes whole records in one undo step: what imports, templates and layouts produce. */
export const putRecords = defineCommand<PutRecordsArgs>({
  label: (_document, args) => args.label,
  run(draft, args) {
    for (const { collection, id } of args.remove ?? []) {
      delete (draft[collection] as Record<Id, unknown>)[id];
    }
    for (const { collection, record } of args.put) {
      (draft[collection] as Record<Id, unknown>)[record.id] = castDraft(record);
    }
  },
});
