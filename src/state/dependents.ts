import { COLLECTIONS, findRecord, recordIn } from '#model/collections.ts';
import { removalOf } from '#model/commands/cascade.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { usesOfTypes } from '#model/commands/types.ts';
import type { Collection, Document, Id, Ref, Table } from '#model/types.ts';

/** What happens to something when what it depends on is deleted. */
export type Effect =
  /** It is deleted too. */
  | 'goes'
  /** It stays, and is changed so that it no longer refers to what is gone. */
  | 'changes'
  /** It stays, and its SQL names what is gone: it will not run until somebody edits it. */
  | 'breaks';

export interface Dependent {
  readonly ref: Ref;
  /** For people, such as `view active_orders`. */
  readonly what: string;
  readonly effect: Effect;
}

/** Finds SQL that names one of these records or parts, more exactly than by words: whoever holds a parser provides it. */
export type ReferenceFinder = (document: Document, refs: readonly Ref[]) => readonly { readonly ref: Ref; readonly what: string }[];

let finder: ReferenceFinder = findByWord;

/** Called once at start-up by whoever can resolve names inside SQL. */
export function provideReferenceFinder(given: ReferenceFinder): void {
  finder = given;
}

const NOUNS: { readonly [C in Collection]?: string } = {
  tables: 'table',
  relationships: 'relationship',
  views: 'view',
  types: 'type',
  sequences: 'sequence',
  routines: 'routine',
  triggers: 'trigger',
  verbatim: 'statement',
  schemas: 'schema',
  entities: 'entity',
  associations: 'relationship',
  hierarchies: 'subtype hierarchy',
  attributes: 'multivalued attribute',
  areas: 'area',
  notes: 'note',
};

/** A record in words: `table orders`, `relationship order_items → orders`. */
export function recordInWords(document: Document, id: Id): string {
  const found = findRecord(document, id);
  if (found === undefined) return id;
  const noun = NOUNS[found.collection] ?? found.collection;
  if (found.collection === 'relationships') {
    const { child, parent } = found.record as Document['relationships'][string];
    return `${noun} ${nameOf(document, child)} → ${nameOf(document, parent)}`;
  }
  if (found.collection === 'verbatim') return `statement ${(found.record as Document['verbatim'][string]).kind}`;
  if (found.collection === 'notes') return noun;
  return `${noun} ${nameOf(document, id)}`;
}

/** Kinds of records that are worth telling about; places on diagrams and waivers just go along. */
const TOLD = new Set<Collection>(COLLECTIONS.map(({ name }) => name).filter((name) => Object.hasOwn(NOUNS, name)));

function going(document: Document, refs: readonly Ref[]): Dependent[] {
  const ids = refs.filter((ref) => ref.part === undefined).map((ref) => ref.record);
  const contents = ids.flatMap((id) => contentsOf(document, id));
  const named = new Set(ids);
  return [...removalOf(document, [...ids, ...contents])].flatMap((id) => {
    const collection = findRecord(document, id)?.collection;
    if (named.has(id) || collection === undefined || !TOLD.has(collection)) return [];
    return [{ ref: { record: id }, what: recordInWords(document, id), effect: 'goes' as const }];
  });
}

/** Everything that lives in a schema. */
export function contentsOf(document: Document, schema: Id): Id[] {
  if (recordIn(document, 'schemas', schema) === undefined) return [];
  return (['types', 'sequences', 'tables', 'views', 'routines'] as const).flatMap((collection) =>
    Object.values(document[collection])
      .filter((record) => record.schema === schema)
      .map((record) => record.id),
  );
}

/** Parts of the table, and relationships, that contain one of its columns. */
function ofColumns(document: Document, table: Table, columns: ReadonlySet<Id>): Dependent[] {
  const found: Dependent[] = [];
  const has = (ids: readonly (Id | undefined)[]) => ids.some((id) => id !== undefined && columns.has(id));
  const goes = (part: Id, what: string) => found.push({ ref: { record: table.id, part }, what, effect: 'goes' });
  for (const key of table.keys) if (has(key.columns)) goes(key.id, `${key.kind} key ${key.name ?? ''}`.trim());
  for (const index of table.indexes) {
    if (has(index.elements.map((one) => one.column))) goes(index.id, `index ${index.name ?? `on ${table.name}`}`);
  }
  for (const one of table.exclusions)
    if (has(one.elements.map((part) => part.column))) goes(one.id, `exclusion ${one.name ?? ''}`.trim());
  for (const one of table.dependencies) if (has([...one.determinant, ...one.dependent])) goes(one.id, 'functional dependency');
  for (const one of Object.values(document.relationships)) {
    const mine = (one.child === table.id && has(one.childColumns)) || (one.parent === table.id && has(one.parentColumns));
    if (mine) found.push({ ref: { record: one.id }, what: recordInWords(document, one.id), effect: 'changes' });
  }
  return found;
}

/** SQL texts of the document with what holds them. */
function* texts(document: Document): Generator<{ ref: Ref; what: string; sql: string }> {
  for (const view of Object.values(document.views)) yield { ref: { record: view.id }, what: `view ${view.name}`, sql: view.query };
  for (const one of Object.values(document.routines)) {
    yield { ref: { record: one.id }, what: `${one.kind} ${one.name}`, sql: one.definition };
  }
  for (const one of Object.values(document.triggers)) {
    yield { ref: { record: one.id }, what: `trigger ${one.name}`, sql: `${one.execute} ${one.when ?? ''}` };
  }
  for (const table of Object.values(document.tables)) {
    for (const one of table.policies) {
      const ref = { record: table.id, part: one.id };
      yield { ref, what: `policy ${one.name} on ${table.name}`, sql: `${one.using ?? ''} ${one.withCheck ?? ''}` };
    }
    for (const one of table.checks) {
      yield { ref: { record: table.id, part: one.id }, what: `check ${one.name ?? ''} on ${table.name}`, sql: one.expression };
    }
  }
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Texts that hold one of the names as a word: may tell of too many, as a word need not mean the object. */
function findByWord(document: Document, refs: readonly Ref[]): { ref: Ref; what: string }[] {
  const records = refs.filter((ref) => ref.part === undefined);
  const columns = refs.filter((ref) => ref.part !== undefined);
  const names = records
    .map((ref) => findRecord(document, ref.record)?.record)
    .flatMap((one) => (one !== undefined && 'name' in one ? (one.name ?? []) : []));
  const columnNames = columns.flatMap((ref) => {
    const table = recordIn(document, 'tables', ref.record);
    const column = table?.columns.find((one) => one.id === ref.part);
    return column === undefined || table === undefined ? [] : [{ table, name: column.name }];
  });
  if (names.length + columnNames.length === 0) return [];
  const word = (name: string) => new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'iu');
  const wanted = names.map(word);
  const inTable = columnNames.map(({ table, name }) => ({ table: table.id, own: word(name), from: word(table.name) }));
  return [...texts(document)].filter(({ ref, sql }) => {
    if (wanted.some((one) => one.test(sql))) return true;
    return inTable.some(({ table, own, from }) => own.test(sql) && (ref.record === table || from.test(sql)));
  });
}

/**
 * What depends on these records and parts, and what becomes of it when they are deleted. What is itself among them is
 * left out.
 */
export function dependentsOf(document: Document, refs: readonly Ref[]): readonly Dependent[] {
  const found = going(document, refs);
  const types = new Set(refs.flatMap((ref) => [ref.record, ...contentsOf(document, ref.record)]));
  for (const use of usesOfTypes(document, types)) {
    const part = use.part === undefined ? {} : { part: use.part };
    found.push({
      ref: { record: use.record, ...part },
      what: `type of ${ownerInWords(document, use.record, use.part)}`,
      effect: 'changes',
    });
  }
  for (const table of Object.values(document.tables)) {
    const columns = new Set(refs.filter((ref) => ref.record === table.id).flatMap((ref) => ref.part ?? []));
    if (columns.size > 0) found.push(...ofColumns(document, table, columns));
  }
  for (const one of finder(document, refs)) found.push({ ...one, effect: 'breaks' });
  const key = (ref: Ref) => `${ref.record}\n${ref.part ?? ''}`;
  const seen = new Set([...refs.map(key), ...refs.filter((ref) => ref.part === undefined).map((ref) => ref.record)]);
  return found.filter(({ ref }) => {
    if (seen.has(key(ref)) || seen.has(ref.record)) return false;
    seen.add(key(ref));
    return true;
  });
}

function ownerInWords(document: Document, record: Id, part: Id | undefined): string {
  const column = recordIn(document, 'tables', record)?.columns.find((one) => one.id === part);
  return column === undefined ? nameOf(document, record) : `${nameOf(document, record)}.${column.name}`;
}
