import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { PART_PREFIX, type PartList, recordIn } from '../collections.ts';
import { applyPatch, type New, type Patch, withoutUndefined } from '../patch.ts';
import type { AnyRecord, Document, Id, Table } from '../types.ts';
import { detachIndexes } from './column-refs.ts';
import { type Command, type CommandContext, defineCommand } from './define.ts';
import { applyRewrites, clampAt, draftOf, drop, missing, nameOf, partName, type Rewrites } from './lookup.ts';

export type PartOf<L extends PartList> = Table[L][number];

/** The record that holds the part: a table; for indexes also a materialized view, for checks also a domain. */
export interface AddPartArgs<P> {
  readonly table: Id;
  readonly part: New<P>;
  /** Position in the list; absent = at the end. */
  readonly at?: number;
}

export interface SetPartArgs<P> {
  readonly table: Id;
  readonly id: Id;
  readonly patch: Patch<P>;
  readonly rewrites?: Rewrites;
}

export interface RemovePartsArgs {
  readonly table: Id;
  readonly ids: readonly Id[];
}

type Owner = Draft<AnyRecord>;

/** The draft that holds a list of parts, and the list. */
export function partsOf(draft: Draft<Document>, list: PartList, owner: Id): { owner: Owner; parts: { id: Id }[] } | undefined {
  for (const collection of ['tables', 'views', 'types'] as const) {
    const record = draftOf(draft, collection, owner) as Owner | undefined;
    const parts = (record as unknown as Record<string, unknown> | undefined)?.[list];
    if (record !== undefined && Array.isArray(parts)) return { owner: record, parts };
  }
  return undefined;
}

/** What a group of parts adds to the common machinery. */
export interface PartGroup<L extends PartList> {
  readonly list: L;
  /** As the undo menu says it. */
  readonly noun: string;
  /** Words for a new part's id. */
  hint(part: New<PartOf<L>>): string;
  /** Looks at a part that was added or changed, in its owner, and may adapt other parts or refuse. */
  settle?(owner: Owner, part: Draft<PartOf<L>>, context: CommandContext): Problem | undefined;
}

function said(document: Document, owner: Id, id: Id | undefined, noun: string): string {
  const record = recordIn(document, 'tables', owner) ?? recordIn(document, 'views', owner) ?? recordIn(document, 'types', owner);
  const name = id === undefined ? undefined : partName(record, id);
  return `${noun}${name === undefined ? '' : ` ${name}`} of ${nameOf(document, owner)}`;
}

/** Removes parts, and what stood on them: waivers, attachments of the partitions' indexes. */
export function removeParts(draft: Draft<Document>, list: PartList, args: RemovePartsArgs, before: Document): Problem | undefined {
  const found = partsOf(draft, list, args.table);
  if (found === undefined) return missing('table', args.table);
  const gone = new Set(args.ids);
  for (let at = found.parts.length - 1; at >= 0; at--) {
    if (gone.has((found.parts[at] as { id: Id }).id)) found.parts.splice(at, 1);
  }
  detachIndexes(draft, before, gone);
  for (const waiver of Object.values(before.waivers)) {
    if (waiver.at.record === args.table && waiver.at.part !== undefined && gone.has(waiver.at.part))
      drop(draft, 'waivers', waiver.id);
  }
  return undefined;
}

/** The commands that add, change and remove one kind of part. */
export function partCommands<L extends PartList>(
  group: PartGroup<L>,
): { add: Command<AddPartArgs<PartOf<L>>>; set: Command<SetPartArgs<PartOf<L>>>; remove: Command<RemovePartsArgs> } {
  const { list, noun } = group;
  return {
    add: defineCommand<AddPartArgs<PartOf<L>>>({
      label: (document, args) => `Add ${said(document, args.table, undefined, noun)}`,
      run(draft, args, context) {
        const found = partsOf(draft, list, args.table);
        if (found === undefined) return missing('table', args.table);
        const id = args.part.id ?? context.ids.next(PART_PREFIX[list], group.hint(args.part));
        const part = withoutUndefined({ ...args.part, id });
        const at = clampAt(args.at, found.parts.length);
        found.parts.splice(at, 0, castDraft(part));
        return group.settle?.(found.owner, found.parts[at] as Draft<PartOf<L>>, context);
      },
    }),
    set: defineCommand<SetPartArgs<PartOf<L>>>({
      label: (document, args) => `Change ${said(document, args.table, args.id, noun)}`,
      run(draft, args, context) {
        applyRewrites(draft, args.rewrites);
        const found = partsOf(draft, list, args.table);
        const part = found?.parts.find((one) => one.id === args.id);
        if (found === undefined || part === undefined) return missing(noun, args.id);
        applyPatch(part, args.patch);
        return group.settle?.(found.owner, part as Draft<PartOf<L>>, context);
      },
    }),
    remove: defineCommand<RemovePartsArgs>({
      label: (document, args) => `Remove ${said(document, args.table, args.ids[0], noun)}`,
      run: (draft, args, { before }) => removeParts(draft, list, args, before),
    }),
  };
}
