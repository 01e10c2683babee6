import { COLLECTIONS, findRecord, recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { AnyRecord, Collection, Document, Id, RecordOf, Ref, Table } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';

type Found = { [C in Collection]: { readonly collection: C; readonly record: RecordOf<C> } }[Collection];

/** Whether two documents differ in nothing but where things stand on the canvas. */
export function sameBesidePlaces(a: Document, b: Document): boolean {
  return COLLECTIONS.every(({ name }) => name === 'placements' || name === 'routes' || a[name] === b[name]);
}

/** What the inspector is about. */
export type Subject =
  | { readonly kind: 'model' }
  | ({ readonly kind: 'record'; readonly part?: Id | undefined; readonly parts: readonly Id[] } & Found)
  | { readonly kind: 'several'; readonly refs: readonly Ref[] };

function isColumn(document: Document, { record, part }: Ref): boolean {
  return recordIn(document, 'tables', record)?.columns.some(({ id }) => id === part) === true;
}

/**
 * A selection's subject. Refs whose record is gone count for nothing; a part of a record, or several columns of one
 * table, count as that record.
 */
export function subjectOf(document: Document, selection: readonly Ref[]): Subject {
  const alive = selection.filter((ref) => findRecord(document, ref.record) !== undefined);
  const first = alive.at(-1);
  if (first === undefined) return { kind: 'model' };
  const together = alive.every((ref) => ref.record === first.record && isColumn(document, ref));
  if (alive.length > 1 && !together) return { kind: 'several', refs: alive };
  const found = findRecord(document, first.record);
  if (found === undefined || found.collection === 'settings') return { kind: 'model' };
  return { kind: 'record', part: first.part, parts: alive.flatMap((ref) => ref.part ?? []), ...(found as Found) };
}

const COLLECTION_WORD: Record<Collection, string> = {
  settings: 'Model',
  schemas: 'Schema',
  types: 'Type',
  sequences: 'Sequence',
  tables: 'Table',
  relationships: 'Relationship',
  views: 'View',
  routines: 'Function',
  triggers: 'Trigger',
  verbatim: 'Statement',
  waivers: 'Waiver',
  decisions: 'Decision',
  queries: 'Query',
  entities: 'Entity',
  associations: 'Relationship',
  hierarchies: 'Subtype hierarchy',
  attributes: 'Multivalued attribute',
  diagrams: 'Diagram',
  placements: 'Placement',
  routes: 'Route',
  areas: 'Area',
  notes: 'Note',
  sources: 'Imported file',
  changes: 'Change to follow',
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** What kind of thing a record is, as the header says it. */
export function kindWord(collection: Collection, record: AnyRecord): string {
  if (collection === 'tables') {
    const table = record as Table;
    if (table.partitionOf !== undefined) return 'Partition';
    return table.partitioning === undefined ? 'Table' : 'Partitioned table';
  }
  if (collection === 'types' || collection === 'routines') return capital((record as { kind: string }).kind);
  if (collection === 'views' && (record as { materialized?: boolean }).materialized === true) return 'Materialized view';
  if (collection === 'relationships' && (record as { childColumns: readonly Id[] }).childColumns.length > 0) return 'Foreign key';
  return COLLECTION_WORD[collection];
}

/** What a record is called in text: its name, or for those without one what it says. */
export function titleOf(document: Document, collection: Collection, record: AnyRecord): string {
  const name = (id: Id) => entityIn(document, id)?.name ?? '?';
  if (collection === 'hierarchies') {
    const { supertype, subtypes } = record as RecordOf<'hierarchies'>;
    return `${name(supertype)}: ${subtypes.map(name).join(', ')}`;
  }
  if (collection === 'relationships' || collection === 'associations') {
    const relationship = record as RecordOf<'relationships'>;
    const child = name(relationship.child);
    const parent = name(relationship.parent);
    return relationship.name ?? `${child} → ${parent}`;
  }
  if (collection === 'notes') return 'Note';
  if (collection === 'verbatim') return (record as RecordOf<'verbatim'>).kind;
  if (collection === 'decisions') return (record as RecordOf<'decisions'>).title;
  return 'name' in record && typeof record.name === 'string' ? record.name : COLLECTION_WORD[collection];
}

/** The columns among several selected refs, with their tables. */
export function selectedColumns(
  document: Document,
  refs: readonly Ref[],
): readonly { readonly table: Table; readonly column: Column }[] {
  return refs.flatMap((ref) => {
    const table = ref.part === undefined ? undefined : recordIn(document, 'tables', ref.record);
    const column = table?.columns.find((one) => one.id === ref.part);
    return table === undefined || column === undefined ? [] : [{ table, column }];
  });
}

/** The one value all share; undefined when they differ or there are none. */
export function common<T>(values: readonly T[]): T | undefined {
  const first = values[0];
  return values.length > 0 && values.every((value) => Object.is(value, first)) ? first : undefined;
}

/** How many of each kind, in words: `3 tables, 2 columns`. */
export function kindsOf(document: Document, refs: readonly Ref[]): readonly { readonly word: string; readonly many: number }[] {
  const counts = new Map<string, number>();
  for (const ref of refs) {
    const found = findRecord(document, ref.record);
    if (found === undefined) continue;
    const word = ref.part === undefined ? kindWord(found.collection, found.record).toLowerCase() : partWord(document, ref);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, many]) => ({ word, many }));
}

/** What kind of part a ref names: `column`, `key`, `index` ... */
export function partWord(document: Document, ref: Ref): string {
  const table = recordIn(document, 'tables', ref.record);
  if (table === undefined || ref.part === undefined) return 'part';
  const has = (parts: readonly { readonly id: Id }[]) => parts.some((part) => part.id === ref.part);
  if (has(table.columns)) return 'column';
  if (has(table.keys)) return 'key';
  if (has(table.indexes)) return 'index';
  if (has(table.checks)) return 'check';
  if (has(table.exclusions)) return 'exclusion constraint';
  if (has(table.policies)) return 'policy';
  return has(table.dependencies) ? 'dependency' : 'part';
}

/** What a record or part is called, with its kind: `column email of customers`. */
export function titleOfRef(document: Document, ref: Ref): string {
  const found = findRecord(document, ref.record);
  if (found === undefined) return 'it';
  const owner = titleOf(document, found.collection, found.record);
  if (ref.part === undefined) return `${kindWord(found.collection, found.record).toLowerCase()} ${owner}`;
  const word = partWord(document, ref);
  const lists = Object.values(found.record).filter(Array.isArray) as readonly (readonly { id?: Id; name?: string }[])[];
  const part = lists.flat().find((one) => one?.id === ref.part);
  return `${word}${part?.name === undefined ? '' : ` ${part.name}`} of ${owner}`;
}
