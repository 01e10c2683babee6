import { err, type Result } from '#lib/result.ts';
import { findRecord, PART_PREFIX, type PartList, recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Diff } from '#model/diff.ts';
import type { Collection, CompositeType, Document, Id, Ref, Table } from '#model/types.ts';
import { documentStore, interactiveIds, run, runAlong } from './document.ts';

/** The calls that rename something and rewrite every SQL text that names it. */
export type Renamer = (document: Document, ref: Ref, name: string) => Result<readonly CommandCall[]>;

let renamer: Renamer | undefined;

/** Called once by whoever can resolve names inside SQL. Until then SQL keeps the old name. */
export function provideRenamer(given: Renamer): void {
  renamer = given;
}

const RECORDS = {
  tables: 'setTable',
  entities: 'setEntity',
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

/** The attributes of a composite type. */
function attributesOf(document: Document, ref: Ref): CompositeType['attributes'] {
  const type = recordIn(document, 'types', ref.record);
  return type?.kind === 'composite' ? type.attributes : [];
}

function callFor(document: Document, ref: Ref, name: string): CommandCall | undefined {
  const patch = { name };
  if (ref.part !== undefined) {
    const attributes = attributesOf(document, ref);
    if (attributes.some(({ id }) => id === ref.part)) {
      const next = attributes.map((one) => (one.id === ref.part ? { ...one, name } : one));
      return { name: 'setType', args: { id: ref.record, patch: { attributes: next } } };
    }
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
    const attribute = attributesOf(document, ref).find(({ id }) => id === ref.part);
    if (attribute !== undefined) return attribute.name;
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
  // No SQL names what has no table.
  if (recordIn(document, 'entities', ref.record) !== undefined) return { ok: true, value: [call] };
  return renamer?.(document, ref, wanted) ?? { ok: true, value: [call] };
}

/** Names that the studio gives to what is new, for a person to type over: `new_column`, `New area`. */
const GIVEN = /^new[_ ]/i;

/** Whether the last step made this, and it still has the name it was given then: its first real name belongs to that step. */
function isFirstName(ref: Ref, name: string): boolean {
  const step = documentStore.getState().history.done.at(-1);
  if (step === undefined || !GIVEN.test(name)) return false;
  return step.diff.some(({ id, from, to }) => {
    if (id !== ref.record || to === undefined) return false;
    if (ref.part === undefined) return from === undefined;
    const columns = (record: unknown) => (record as Partial<Table> | undefined)?.columns ?? [];
    const has = (record: unknown) => columns(record).some((one) => one.id === ref.part);
    return has(to) && !has(from);
  });
}

/** Gives a record or a part another name, as one undo step. The first name of what was just made is a part of the step that made it. */
export function renameObject(ref: Ref, name: string): Result<Diff> {
  const { document } = documentStore.getState();
  const calls = renaming(document, ref, name);
  if (!calls.ok) return calls;
  if (calls.value.length === 0) return { ok: true, value: [] };
  return isFirstName(ref, nameToEdit(document, ref) ?? '') ? runAlong(calls.value) : run(calls.value);
}
