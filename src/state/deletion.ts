import { createStore } from 'zustand/vanilla';
import { findRecord, PART_PREFIX, type PartList, recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Collection, Document, Id, Ref } from '#model/types.ts';
import { contentsOf, type Dependent, dependentsOf, recordInWords } from './dependents.ts';
import { documentStore, run, undo } from './document.ts';
import { notify } from './notices.ts';
import { viewStore } from './view.ts';

/** A deletion that waits for a person's word, because something depends on what goes. */
export const deletionStore = createStore<{
  readonly pending?: { readonly refs: readonly Ref[]; readonly dependents: readonly Dependent[] } | undefined;
}>(() => ({}));

const PART_REMOVAL = {
  columns: 'removeColumns',
  keys: 'removeKeys',
  exclusions: 'removeExclusions',
  checks: 'removeChecks',
  indexes: 'removeIndexes',
  policies: 'removePolicies',
  dependencies: 'removeDependencies',
} as const satisfies Record<PartList, CommandCall['name']>;

const REMOVAL = {
  tables: 'removeTables',
  relationships: 'removeRelationships',
  views: 'removeViews',
  routines: 'removeRoutines',
  triggers: 'removeTriggers',
  sequences: 'removeSequences',
  verbatim: 'removeVerbatim',
  areas: 'removeAreas',
  notes: 'removeNotes',
  decisions: 'removeDecisions',
  queries: 'removeQueries',
  changes: 'removeChanges',
  diagrams: 'removeDiagrams',
  hierarchies: 'removeHierarchies',
  attributes: 'removeAttributes',
} as const satisfies { readonly [C in Collection]?: CommandCall['name'] };

function partCalls(document: Document, refs: readonly Ref[]): CommandCall[] {
  const groups = new Map<string, { name: (typeof PART_REMOVAL)[PartList]; args: { table: Id; ids: Id[] } }>();
  for (const { record, part } of refs) {
    const table = recordIn(document, 'tables', record);
    if (table === undefined || part === undefined) continue;
    const list = (Object.keys(PART_PREFIX) as PartList[]).find((one) => table[one].some(({ id }) => id === part));
    if (list === undefined) continue;
    const name = PART_REMOVAL[list];
    const group = groups.get(`${record}/${name}`) ?? { name, args: { table: record, ids: [] } };
    group.args.ids.push(part);
    groups.set(`${record}/${name}`, group);
  }
  // Constraints first: removing columns takes along those that contain them.
  return [...groups.values()].toSorted((a, b) => Number(a.name === 'removeColumns') - Number(b.name === 'removeColumns'));
}

/** Types leave their users a type that holds the same values: a domain its base, any other one `text`. */
function typeCalls(document: Document, ids: readonly Id[]): CommandCall[] {
  return ids.map((id) => {
    const type = recordIn(document, 'types', id);
    const replaceWith = type?.kind === 'domain' ? type.base : ({ kind: 'builtin', name: 'text' } as const);
    return { name: 'removeTypes', args: { ids: [id], replaceWith } };
  });
}

/** The commands that delete these records and parts; parts of a record that goes itself are left out. */
export function removalCalls(document: Document, refs: readonly Ref[]): CommandCall[] {
  const whole = new Set(refs.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  const schemas = [...whole].filter((id) => recordIn(document, 'schemas', id) !== undefined);
  const inside = new Set(schemas.flatMap((id) => contentsOf(document, id)));
  const calls: CommandCall[] = partCalls(
    document,
    refs.filter((ref) => ref.part !== undefined && !whole.has(ref.record) && !inside.has(ref.record)),
  );
  const groups = new Map<Collection, Id[]>();
  for (const id of whole) {
    const collection = findRecord(document, id)?.collection;
    if (collection === undefined || inside.has(id)) continue;
    groups.set(collection, [...(groups.get(collection) ?? []), id]);
  }
  for (const [collection, ids] of groups) {
    if (collection === 'types') calls.push(...typeCalls(document, ids));
    else if (collection === 'schemas') {
      const types = [...inside].filter((id) => recordIn(document, 'types', id) !== undefined);
      calls.push(...typeCalls(document, types), { name: 'removeSchemas', args: { ids, withContents: true } });
    } else if (Object.hasOwn(REMOVAL, collection)) calls.push({ name: REMOVAL[collection as keyof typeof REMOVAL], args: { ids } });
  }
  // What a table takes along must not be removed twice, so relationships and triggers of their own go before tables.
  const rank = (call: CommandCall) => (call.name === 'removeTables' ? 1 : call.name === 'removeSchemas' ? 2 : 0);
  return calls.toSorted((a, b) => rank(a) - rank(b));
}

function deletionLabel(document: Document, refs: readonly Ref[]): string {
  const [only] = refs;
  if (refs.length !== 1 || only === undefined) return `Delete ${refs.length} objects`;
  if (only.part === undefined) return `Delete ${recordInWords(document, only.record)}`;
  const column = recordIn(document, 'tables', only.record)?.columns.find(({ id }) => id === only.part);
  return column === undefined ? 'Delete a constraint' : `Delete column ${column.name}`;
}

/** Deletes as one undo step, and says what can be done about it. */
export function deleteNow(refs: readonly Ref[]): void {
  deletionStore.setState({ pending: undefined });
  const { document } = documentStore.getState();
  const label = deletionLabel(document, refs);
  const ran = run(removalCalls(document, refs), label);
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return;
  }
  if (ran.value.length === 0) return;
  const { revision } = documentStore.getState();
  const takeBack = () => {
    if (documentStore.getState().revision === revision) undo();
    else notify({ tone: 'info', text: 'Other changes came after it: undo them first (mod+Z).' });
  };
  notify({ tone: 'info', text: label.replace(/^Delete/, 'Deleted'), action: { label: 'Undo', run: takeBack } });
}

/** What a table has of its own and nobody would look for elsewhere: its foreign keys to others, its triggers, its sequences. */
function belongs(document: Document, goes: ReadonlySet<Id>, { ref, effect }: Dependent): boolean {
  if (effect !== 'goes' || ref.part !== undefined) return false;
  const relationship = recordIn(document, 'relationships', ref.record);
  if (relationship !== undefined) return goes.has(relationship.child);
  const sequence = recordIn(document, 'sequences', ref.record);
  return recordIn(document, 'triggers', ref.record) !== undefined || sequence?.ownedBy !== undefined;
}

/** Deletes what is selected (or given); asks first when something depends on it. */
export function requestDeletion(refs: readonly Ref[] = viewStore.getState().selection): void {
  const { document, readOnly } = documentStore.getState();
  const present = refs.filter((ref) => findRecord(document, ref.record) !== undefined);
  if (present.length === 0) return;
  if (readOnly !== undefined) {
    notify({ tone: 'warn', text: readOnly });
    return;
  }
  const dependents = dependentsOf(document, present);
  const goes = new Set(present.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  if (dependents.every((one) => belongs(document, goes, one))) deleteNow(present);
  else deletionStore.setState({ pending: { refs: present, dependents } });
}

export function cancelDeletion(): void {
  deletionStore.setState({ pending: undefined });
}
