import { err, type Result } from '#lib/result.ts';
import { findRecord, PART_PREFIX, type PartList, recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Diff } from '#model/diff.ts';
import type { Collection, Document, Id, Ref } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';

/** The calls that rename something and rewrite every SQL text that names it. */
export type Renamer = (document: Document, ref: Ref, name: string) => Result<readonly CommandCall[]>;

let renamer: Renamer | undefined;

/** Called once by whoever can resolve names inside SQL. Until then SQL keeps the old name. */
export function provideRenamer(given: Renamer): void {
  renamer = given;
}

const RECORDS = {
  tables: 'setTable',
  views: 'setView',
  schemas: 'setSchema',
  sequences: 'setSequence',
  routines: 'setRoutine',
  triggers: 'setTrigger',
  relationships: 'setRelationship',
  areas: 'setArea',
  diagrams: 'setDiagram',
} as const satisfies { readonly [C in Collection]?: CommandCall['name'] };

const PARTS = {
  columns: 'setColumn',
  keys: 'setKey',
  exclusions: 'setExclusion',
  checks: 'setCheck',
  indexes: 'setIndex',
  policies: 'setPolicy',
} as const satisfies { readonly [L in PartList]?: CommandCall['name'] };

/** Parts of one kind: of a table, but also the indexes of a materialized view and the checks of a domain. */
function partsOf(document: Document, ref: Ref, list: PartList): readonly { readonly id: Id; readonly name?: string }[] {
  const owner =
    recordIn(document, 'tables', ref.record) ?? recordIn(document, 'views', ref.record) ?? recordIn(document, 'types', ref.record);
  const parts = (owner as Partial<Record<PartList, readonly { readonly id: Id; readonly name?: string }[]>> | undefined)?.[list];
  return Array.isArray(parts) ? parts : [];
}

function callFor(document: Document, ref: Ref, name: string): CommandCall | undefined {
  const patch = { name };
  if (ref.part !== undefined) {
    const list = (Object.keys(PART_PREFIX) as PartList[]).find((one) =>
      partsOf(document, ref, one).some(({ id }) => id === ref.part),
    );
    if (list === undefined || !Object.hasOwn(PARTS, list)) return undefined;
    return { name: PARTS[list as keyof typeof PARTS], args: { table: ref.record, id: ref.part, patch } };
  }
  const collection = findRecord(document, ref.record)?.collection;
  if (collection === 'types') {
    const type = recordIn(document, 'types', ref.record);
    return type === undefined ? undefined : { name: 'setType', args: { id: ref.record, patch } };
  }
  if (collection === undefined || !Object.hasOwn(RECORDS, collection)) return undefined;
  return { name: RECORDS[collection as keyof typeof RECORDS], args: { id: ref.record, patch } };
}

/** What something is called now; undefined when it has no name of its own to change. */
export function nameToEdit(document: Document, ref: Ref): string | undefined {
  if (ref.part !== undefined) {
    const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((list) => [...partsOf(document, ref, list)]);
    const part = parts.find(({ id }) => id === ref.part);
    return part === undefined ? undefined : (part.name ?? '');
  }
  const found = findRecord(document, ref.record);
  if (found === undefined || !('name' in found.record)) return undefined;
  const renames = found.collection === 'types' || Object.hasOwn(RECORDS, found.collection);
  return renames ? (found.record.name ?? '') : undefined;
}

/** The calls that give a record or a part another name; SQL that names it follows where names can be resolved. */
export function renaming(document: Document, ref: Ref, name: string): Result<readonly CommandCall[]> {
  const wanted = name.trim();
  if (wanted === '') return err('name-empty', 'A name has at least one character.');
  if (nameToEdit(document, ref) === wanted) return { ok: true, value: [] };
  const call = callFor(document, ref, wanted);
  if (call === undefined) return err('not-found', 'It is not in the document any more: select it again.');
  // The plain rename is tried first: it knows which names are taken and which are unusable.
  const plain = runCommands(document, [call], interactiveIds());
  if (!plain.ok) return plain;
  return renamer?.(document, ref, wanted) ?? { ok: true, value: [call] };
}

/** Gives a record or a part another name, as one undo step. */
export function renameObject(ref: Ref, name: string): Result<Diff> {
  const calls = renaming(documentStore.getState().document, ref, name);
  if (!calls.ok) return calls;
  return calls.value.length === 0 ? { ok: true, value: [] } : run(calls.value);
}
