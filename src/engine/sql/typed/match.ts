import type { Column } from '#model/column-types.ts';
import type { AnyRecord, Document, Id, Relationship, Table, Verbatim } from '#model/types.ts';

/** Ids that reading gave, and the ids that those things already had. */
export type IdMap = Map<Id, Id>;

interface Part {
  readonly id: Id;
  readonly name?: string;
}

/** Properties that hold words of people or SQL, never an id. */
const WORDS = new Set([
  'name',
  'comment',
  'text',
  'sql',
  'query',
  'definition',
  'expression',
  'execute',
  'where',
  'using',
  'owner',
]);

/** The value with every id replaced that the map knows. */
export function withIds<T>(value: T, ids: IdMap, key = ''): T {
  if (typeof value === 'string') return (WORDS.has(key) ? value : (ids.get(value) ?? value)) as T;
  if (Array.isArray(value)) return value.map((one) => withIds(one, ids, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, ids, name)])) as T;
}

/**
 * Pairs old and new things: by the first key under which exactly these two agree, then by the next; what is left over is
 * paired in order when equally many are left. Fills the map.
 */
function pair<T extends { readonly id: Id }>(
  old: readonly T[],
  now: readonly T[],
  ids: IdMap,
  keys: readonly ((one: T) => string)[],
) {
  const left = new Set(old);
  let open = [...now];
  for (const key of keys) {
    const byKey = new Map<string, T>();
    for (const one of left) if (key(one) !== '' && !byKey.has(key(one))) byKey.set(key(one), one);
    open = open.filter((one) => {
      const found = byKey.get(key(one));
      if (found === undefined || !left.delete(found)) return true;
      ids.set(one.id, found.id);
      return false;
    });
  }
  if (open.length === left.size) for (const [i, one] of [...left].entries()) ids.set((open[i] as T).id, one.id);
}

const named = (one: Part) => one.name ?? '';

/** What a part says, without its own id, comment and name, with the columns' old ids. */
function shape(ids: IdMap): (one: Part) => string {
  return (one) => {
    const { id: _id, name: _name, ...rest } = withIds(one, ids);
    return JSON.stringify(rest);
  };
}

function pairColumns(old: readonly Column[], now: readonly Column[], ids: IdMap): void {
  const byName = new Map(old.map((column) => [column.name, column.id]));
  for (const column of now) {
    const id = byName.get(column.name);
    if (id !== undefined) ids.set(column.id, id);
  }
}

const LISTS = ['keys', 'exclusions', 'checks', 'indexes', 'policies'] as const;

/** Pairs the parts of a record with those it had. */
function pairParts(old: AnyRecord, now: AnyRecord, ids: IdMap): void {
  if ('columns' in old && 'columns' in now && 'keys' in old && 'keys' in now) {
    pairColumns((old as Table).columns, (now as Table).columns, ids);
  }
  for (const list of LISTS) {
    const before = (old as Partial<Table>)[list] as readonly Part[] | undefined;
    const after = (now as Partial<Table>)[list] as readonly Part[] | undefined;
    if (before !== undefined && after !== undefined) pair(before, after, ids, [named, shape(ids)]);
  }
  if ('attributes' in old && 'attributes' in now) pair<Part>(old.attributes, now.attributes, ids, [named]);
}

type Matched = 'schemas' | 'types' | 'sequences' | 'tables' | 'views' | 'routines' | 'triggers' | 'relationships' | 'verbatim';

/** Kinds of records in the order in which they are paired: what others refer to comes first. */
export const MATCHED: readonly Matched[] = [
  'schemas',
  'types',
  'sequences',
  'tables',
  'views',
  'routines',
  'triggers',
  'relationships',
  'verbatim',
];

function keysOf(collection: Matched, ids: IdMap): readonly ((one: AnyRecord) => string)[] {
  const at = (value: unknown) => (typeof value === 'string' ? (ids.get(value) ?? value) : '');
  if (collection === 'relationships') {
    const link = (one: AnyRecord) => one as Relationship;
    return [
      (one) => (link(one).name === undefined ? '' : `${at(link(one).child)} ${link(one).name}`),
      (one) => `${at(link(one).child)} ${link(one).childColumns.map(at).join()} ${at(link(one).parent)}`,
    ];
  }
  if (collection === 'verbatim') {
    return [(one) => (one as Verbatim).sql, (one) => `${(one as Verbatim).kind} ${at((one as Verbatim).about)}`];
  }
  return [
    (one) => {
      const { schema, name, on, signature } = one as { schema?: Id; name?: string; on?: Id; signature?: string };
      return `${at(schema)} ${at(on)} ${name ?? ''} ${signature ?? ''}`;
    },
  ];
}

/** Pairs records that were read with those they stand for, parts included. */
export function pairRecords(old: Document, oldIds: ReadonlySet<Id>, now: Document, known: Document, ids: IdMap): void {
  for (const collection of MATCHED) {
    const before = Object.values(old[collection] as Record<Id, AnyRecord>).filter((one) => oldIds.has(one.id));
    const after = Object.values(now[collection] as Record<Id, AnyRecord>).filter(
      (one) => !Object.hasOwn(known[collection], one.id),
    );
    if (before.length === 0 || after.length === 0) continue;
    pair(before, after, ids, keysOf(collection, ids));
    const byId = new Map(before.map((one) => [one.id, one]));
    for (const one of after) {
      const was = byId.get(ids.get(one.id) ?? '');
      if (was !== undefined) pairParts(was, one, ids);
    }
  }
}
