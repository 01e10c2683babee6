import type { AnyRecord, Collection, Document, Id } from './types.ts';

/**
 * `model` records reach the engine and decide DDL and findings; `concept` records are facts that tables realise but do not
 * say; `layout` records only place things on the canvas.
 */
export type Scope = 'model' | 'concept' | 'layout';

/** Every collection in file order, with its scope and the prefix of its ids. */
export const COLLECTIONS: readonly { readonly name: Collection; readonly scope: Scope; readonly prefix: string }[] = [
  { name: 'settings', scope: 'model', prefix: 'settings' },
  { name: 'schemas', scope: 'model', prefix: 'sch' },
  { name: 'types', scope: 'model', prefix: 'typ' },
  { name: 'sequences', scope: 'model', prefix: 'seq' },
  { name: 'tables', scope: 'model', prefix: 'tbl' },
  { name: 'relationships', scope: 'model', prefix: 'rel' },
  { name: 'views', scope: 'model', prefix: 'view' },
  { name: 'routines', scope: 'model', prefix: 'fn' },
  { name: 'triggers', scope: 'model', prefix: 'trg' },
  { name: 'verbatim', scope: 'model', prefix: 'raw' },
  { name: 'waivers', scope: 'model', prefix: 'waiver' },
  { name: 'decisions', scope: 'model', prefix: 'dec' },
  { name: 'queries', scope: 'model', prefix: 'qry' },
  { name: 'entities', scope: 'concept', prefix: 'tbl' },
  { name: 'associations', scope: 'concept', prefix: 'rel' },
  { name: 'hierarchies', scope: 'concept', prefix: 'isa' },
  { name: 'attributes', scope: 'concept', prefix: 'attr' },
  { name: 'diagrams', scope: 'layout', prefix: 'diagram' },
  { name: 'placements', scope: 'layout', prefix: 'place' },
  { name: 'routes', scope: 'layout', prefix: 'route' },
  { name: 'areas', scope: 'layout', prefix: 'area' },
  { name: 'notes', scope: 'layout', prefix: 'note' },
  { name: 'sources', scope: 'layout', prefix: 'src' },
  { name: 'changes', scope: 'layout', prefix: 'chg' },
];

/** Ids of a table's parts. */
export const PART_PREFIX = {
  columns: 'col',
  keys: 'key',
  exclusions: 'exc',
  checks: 'chk',
  indexes: 'idx',
  policies: 'pol',
  dependencies: 'fd',
} as const;

export type PartList = keyof typeof PART_PREFIX;

/** The record with this id in a collection; hostile ids such as `__proto__` find nothing. */
export function recordIn<C extends Collection>(document: Document, collection: C, id: Id): Document[C][string] | undefined {
  const records = document[collection] as Readonly<Record<Id, Document[C][string]>>;
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

/** The record with this id, whichever collection holds it. */
export function findRecord(document: Document, id: Id): { collection: Collection; record: AnyRecord } | undefined {
  for (const { name } of COLLECTIONS) {
    const record = recordIn(document, name, id);
    if (record !== undefined) return { collection: name, record };
  }
  return undefined;
}
