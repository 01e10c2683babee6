import { PART_PREFIX, type PartList, recordIn } from '#model/collections.ts';
import type { CommandCall, CommandName } from '#model/commands/registry.ts';
import type { New, Patch } from '#model/patch.ts';
import type { Collection, Document, Id, Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';

/** The document as it is now, for handlers: what a component closed over may be older. */
export function now(): Document {
  return documentStore.getState().document;
}

/** Runs commands as one undo step. Yields why not, in words for the field. */
export function edit(calls: CommandCall | readonly CommandCall[], label?: string): string | undefined {
  const done = run(calls, label);
  return done.ok ? undefined : done.problem.message;
}

/** The same where there is no field to say a problem at. */
export function editAloud(calls: CommandCall | readonly CommandCall[], label?: string): boolean {
  const problem = edit(calls, label);
  if (problem !== undefined) notify({ tone: 'bad', text: problem });
  return problem === undefined;
}

type PartOf<L extends PartList> = Table[L][number];

const PART: Record<PartList, string> = {
  columns: 'Column',
  keys: 'Key',
  exclusions: 'Exclusion',
  checks: 'Check',
  indexes: 'Index',
  policies: 'Policy',
  dependencies: 'Dependency',
};

const PLURAL: Record<PartList, string> = {
  columns: 'Columns',
  keys: 'Keys',
  exclusions: 'Exclusions',
  checks: 'Checks',
  indexes: 'Indexes',
  policies: 'Policies',
  dependencies: 'Dependencies',
};

const RECORD = {
  settings: 'Settings',
  schemas: 'Schema',
  types: 'Type',
  sequences: 'Sequence',
  tables: 'Table',
  relationships: 'Relationship',
  views: 'View',
  routines: 'Routine',
  triggers: 'Trigger',
  verbatim: 'Verbatim',
  areas: 'Area',
  notes: 'Note',
  entities: 'Entity',
  hierarchies: 'Hierarchy',
} as const;

export type EditedCollection = keyof typeof RECORD;
type RecordIn<C extends Collection> = Document[C][string];

/** A call by the naming rule of the registry; that every name exists is tested. */
function call(name: string, args: object): CommandCall {
  return { name: name as CommandName, args } as CommandCall;
}

/** Names of all commands this file builds by rule. */
export function commandNames(): readonly string[] {
  const parts = (Object.keys(PART) as PartList[]).flatMap((list) => [
    `add${PART[list]}`,
    `set${PART[list]}`,
    `remove${PLURAL[list]}`,
  ]);
  return [...parts, ...Object.values(RECORD).map((word) => `set${word}`), 'movePart'];
}

export function setPartCall<L extends PartList>(owner: Id, list: L, id: Id, patch: Patch<PartOf<L>>): CommandCall {
  return call(`set${PART[list]}`, { table: owner, id, patch });
}

export function setPart<L extends PartList>(owner: Id, list: L, id: Id, patch: Patch<PartOf<L>>): string | undefined {
  return edit(setPartCall(owner, list, id, patch));
}

export function addPartCall<L extends PartList>(owner: Id, list: L, part: New<PartOf<L>>, at?: number): CommandCall {
  const place = at === undefined ? {} : { at };
  return call(`add${PART[list]}`, { table: owner, [list === 'columns' ? 'column' : 'part']: part, ...place });
}

/** Adds a part; yields its id, or says the problem and yields nothing. */
export function addPart<L extends PartList>(owner: Id, list: L, part: New<PartOf<L>>, at?: number): Id | undefined {
  const id = interactiveIds().next(PART_PREFIX[list], 'name' in part && typeof part.name === 'string' ? part.name : list);
  return editAloud(addPartCall(owner, list, { ...part, id } as New<PartOf<L>>, at)) ? id : undefined;
}

export function removePartsCall(owner: Id, list: PartList, ids: readonly Id[]): CommandCall {
  return call(`remove${PLURAL[list]}`, { table: owner, ids });
}

/** Removes one part: after showing what depends on it where it stands in a table, else at once. */
export function removePart(owner: Id, list: PartList, id: Id): void {
  if (recordIn(now(), 'tables', owner) !== undefined) requestDeletion([{ record: owner, part: id }]);
  else editAloud(removePartsCall(owner, list, [id]));
}

export function movePart(owner: Id, list: PartList, id: Id, to: number): boolean {
  return editAloud(call('movePart', { table: owner, list, id, to }));
}

export function setRecordCall<C extends EditedCollection>(collection: C, id: Id, patch: Patch<RecordIn<C>>): CommandCall {
  return call(`set${RECORD[collection]}`, collection === 'settings' ? { patch } : { id, patch });
}

export function setRecord<C extends EditedCollection>(collection: C, id: Id, patch: Patch<RecordIn<C>>): string | undefined {
  return edit(setRecordCall(collection, id, patch));
}

/** A text for an optional property: empty = the property goes. */
export function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
