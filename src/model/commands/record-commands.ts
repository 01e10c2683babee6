import { castDraft, type Draft } from 'mutative';
import { slug } from '#lib/ids.ts';
import type { Problem } from '#lib/result.ts';
import { COLLECTIONS, recordIn } from '../collections.ts';
import { applyPatch, type New, type Patch, withoutUndefined } from '../patch.ts';
import type { Collection, Document, Id } from '../types.ts';
import { removeRecords } from './cascade.ts';
import { type Command, type CommandContext, defineCommand } from './define.ts';
import { applyRewrites, draftOf, missing, nameOf, nameProblem, put, type Rewrites, takeId } from './lookup.ts';

type RecordIn<C extends Collection> = Document[C][string];

export interface AddRecordArgs<R> {
  readonly record: New<R>;
}

export interface SetRecordArgs<R> {
  readonly id: Id;
  readonly patch: Patch<R>;
  readonly rewrites?: Rewrites;
}

export interface RemoveRecordsArgs {
  readonly ids: readonly Id[];
}

interface Words {
  readonly id: Id;
  readonly name?: string;
  readonly title?: string;
  readonly schema?: Id;
}

/** What a kind of record adds to the common machinery. */
export interface RecordGroup<C extends Collection> {
  readonly collection: C;
  /** As the undo menu says it. */
  readonly noun: string;
  /** Of several, where it is not the noun with an s. */
  readonly nouns?: string;
  /** Looks at a record that was added or changed and may adapt it or refuse. */
  settle?(draft: Draft<Document>, record: Draft<RecordIn<C>>, context: CommandContext): Problem | undefined;
}

export function prefixOf(collection: Collection): string {
  return COLLECTIONS.find((one) => one.name === collection)?.prefix ?? slug(collection);
}

function named(document: Document, collection: Collection, record: Words, old?: Words): Problem | undefined {
  if (record.name === undefined || (old?.name === record.name && old.schema === record.schema)) return undefined;
  return nameProblem(document, collection, record.name, record.schema, record.id);
}

/** The commands that add, change and remove one kind of record. */
export function recordCommands<C extends Collection>(
  group: RecordGroup<C>,
): { add: Command<AddRecordArgs<RecordIn<C>>>; set: Command<SetRecordArgs<RecordIn<C>>>; remove: Command<RemoveRecordsArgs> } {
  const { collection, noun } = group;
  const settle = (draft: Draft<Document>, id: Id, context: CommandContext): Problem | undefined => {
    const record = draftOf(draft, collection, id);
    if (record === undefined) return missing(noun, id);
    const old = recordIn(context.before, collection, id) as Words | undefined;
    return named(context.before, collection, record as Words, old) ?? group.settle?.(draft, record, context);
  };
  return {
    add: defineCommand<AddRecordArgs<RecordIn<C>>>({
      label(_document, { record }) {
        const words = record as unknown as Words;
        const name = words.name ?? words.title;
        return name === undefined ? `Add ${noun}` : `Add ${noun} ${name}`;
      },
      run(draft, { record }, context) {
        const words = record as unknown as Words;
        const id = takeId(context.before, record.id, () =>
          context.ids.next(prefixOf(collection), words.name ?? words.title ?? noun),
        );
        put(draft, collection, castDraft(withoutUndefined({ ...record, id })) as unknown as RecordIn<C>);
        return settle(draft, id, context);
      },
    }),
    set: defineCommand<SetRecordArgs<RecordIn<C>>>({
      label(document, args) {
        const name = nameOf(document, args.id);
        const to = (args.patch as { readonly name?: string | null }).name;
        if (typeof to === 'string' && to !== name) return `Rename ${noun} ${name} to ${to}`;
        return name === args.id ? `Change ${noun}` : `Change ${noun} ${name}`;
      },
      run(draft, args, context) {
        applyRewrites(draft, args.rewrites);
        const record = draftOf(draft, collection, args.id);
        if (record === undefined) return missing(noun, args.id);
        applyPatch(record as object, args.patch);
        return settle(draft, args.id, context);
      },
    }),
    remove: removeCommand(collection, noun, group.nouns),
  };
}

/** The command that removes records of one kind with all that goes along. */
export function removeCommand(collection: Collection, noun: string, nouns = `${noun}s`): Command<RemoveRecordsArgs> {
  return defineCommand<RemoveRecordsArgs>({
    label(document, { ids }) {
      const only = ids[0];
      if (ids.length !== 1 || only === undefined) return `Remove ${ids.length} ${nouns}`;
      const name = nameOf(document, only);
      return name === only ? `Remove ${noun}` : `Remove ${noun} ${name}`;
    },
    run(draft, { ids }, context) {
      const lost = ids.find((id) => recordIn(context.before, collection, id) === undefined);
      if (lost !== undefined) return missing(noun, lost);
      removeRecords(draft, ids, context);
      return undefined;
    },
  });
}
