import { recordIn } from '#model/collections.ts';
import type { CustomType, Document, Id, Relationship, Table, View } from '#model/types.ts';

/** What each id of the read document is in the current one. */
export type Matches = Map<Id, Id>;

interface Part {
  readonly id: Id;
  readonly name?: string;
}

/**
 * Pairs the parts of two lists: by name where both have one, then by what they say.
 * @param content what a part says, in terms both lists share.
 */
function matchParts<T extends Part>(
  matches: Matches,
  now: readonly T[],
  read: readonly T[],
  content: (part: T, isRead: boolean) => string,
): void {
  const taken = new Set<Id>();
  const pair = (one: T, other: T | undefined) => {
    if (other === undefined) return;
    matches.set(one.id, other.id);
    taken.add(other.id);
  };
  for (const one of read) {
    if (matches.has(one.id)) taken.add(matches.get(one.id) as Id);
    else if (one.name !== undefined)
      pair(
        one,
        now.find((other) => !taken.has(other.id) && other.name === one.name),
      );
  }
  for (const one of read) {
    if (matches.has(one.id)) continue;
    const said = content(one, true);
    pair(
      one,
      now.find((other) => !taken.has(other.id) && content(other, false) === said),
    );
  }
}

/** The text of a part with read ids in terms of current ones, without what merely names it. */
function saying<T extends object>(matches: Matches, part: T, isRead: boolean): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (key === 'id' || key === 'name' || key === 'comment' || key === 'attachedTo') return undefined;
    return isRead && typeof value === 'string' ? (matches.get(value) ?? value) : value;
  });
}

function matchTable(matches: Matches, now: Table, read: Table): void {
  const columns = new Map(now.columns.map((column) => [column.name, column.id]));
  for (const column of read.columns) {
    const same = columns.get(column.name);
    if (same !== undefined && !matches.has(column.id)) matches.set(column.id, same);
  }
  const said = <T extends object>(part: T, isRead: boolean) => saying(matches, part, isRead);
  const key = (part: Table['keys'][number], isRead: boolean) =>
    part.kind === 'primary' ? 'primary' : JSON.stringify(part.columns.map((id) => (isRead ? (matches.get(id) ?? id) : id)));
  matchParts(matches, now.keys, read.keys, key);
  matchParts(matches, now.exclusions, read.exclusions, said);
  matchParts(matches, now.checks, read.checks, said);
  matchParts(matches, now.indexes, read.indexes, said);
  matchParts(matches, now.policies, read.policies, said);
}

function matchTypeParts(matches: Matches, now: CustomType, read: CustomType): void {
  if (now.kind === 'domain' && read.kind === 'domain') {
    matchParts(matches, now.checks, read.checks, (part, isRead) => saying(matches, part, isRead));
  }
  if (now.kind === 'composite' && read.kind === 'composite') {
    matchParts(matches, now.attributes, read.attributes, (part, isRead) => saying(matches, part, isRead));
  }
}

interface InSchema extends Part {
  readonly name: string;
  readonly schema: Id;
}

/** Pairs records that have a schema by schema and name, and by what else tells them apart. */
function matchInSchema<T extends InSchema>(
  matches: Matches,
  now: Readonly<Record<Id, T>>,
  read: Readonly<Record<Id, T>>,
  each: (now: T, read: T) => void,
  apart: (record: T) => string = () => '',
): void {
  const known = new Map(Object.values(now).map((one) => [`${one.schema}\n${one.name}\n${apart(one)}`, one]));
  for (const one of Object.values(read)) {
    const hinted = matches.get(one.id);
    const hint = hinted !== undefined && Object.hasOwn(now, hinted) ? now[hinted] : undefined;
    const same = hint ?? known.get(`${matches.get(one.schema) ?? one.schema}\n${one.name}\n${apart(one)}`);
    if (same === undefined) continue;
    matches.set(one.id, same.id);
    each(same, one);
  }
}

/** Child, parent and columns of a foreign key as one text. */
function pairs(one: Relationship, to: (id: Id) => Id): string {
  return [one.child, one.parent, ...one.childColumns, '>', ...one.parentColumns].map(to).join('\n');
}

function matchRelationships(matches: Matches, now: Document, read: Document): void {
  const to = (id: Id) => matches.get(id) ?? id;
  const byName = new Map<string, Id>();
  const byContent = new Map<string, Id[]>();
  for (const one of Object.values(now.relationships)) {
    if (one.childColumns.length === 0) continue;
    if (one.name !== undefined) byName.set(`${one.child}\n${one.name}`, one.id);
    const content = pairs(one, (id) => id);
    byContent.set(content, [...(byContent.get(content) ?? []), one.id]);
  }
  const taken = new Set<Id>();
  const take = (id: Id, same: Id | undefined) => {
    if (same === undefined || taken.has(same)) return;
    matches.set(id, same);
    taken.add(same);
  };
  const all = Object.values(read.relationships);
  for (const one of all) if (one.name !== undefined) take(one.id, byName.get(`${to(one.child)}\n${one.name}`));
  for (const one of all) {
    if (!matches.has(one.id))
      take(
        one.id,
        byContent.get(pairs(one, to))?.find((id) => !taken.has(id)),
      );
  }
}

function matchVerbatim(matches: Matches, now: Document, read: Document): void {
  const known = new Map<string, Id[]>();
  const plain = (sql: string) => sql.replaceAll(/\s+/g, ' ');
  for (const one of Object.values(now.verbatim)) known.set(plain(one.sql), [...(known.get(plain(one.sql)) ?? []), one.id]);
  for (const one of Object.values(read.verbatim)) {
    const same = known.get(plain(one.sql))?.shift();
    if (same !== undefined) matches.set(one.id, same);
  }
}

/**
 * Pairs what two documents hold: records by kind, schema and name; columns by name; keys, indexes, checks and foreign keys
 * by name or by what they say. @param hints pairs known beforehand, such as those of a rename.
 */
export function matchDocuments(now: Document, read: Document, hints: ReadonlyMap<Id, Id> = new Map()): Matches {
  const matches: Matches = new Map(hints);
  const schemas = new Map(Object.values(now.schemas).map((schema) => [schema.name, schema.id]));
  for (const schema of Object.values(read.schemas)) {
    const same = schemas.get(schema.name);
    if (same !== undefined && !matches.has(schema.id)) matches.set(schema.id, same);
  }
  matchInSchema(matches, now.types, read.types, (one, other) => matchTypeParts(matches, one, other));
  matchInSchema(matches, now.sequences, read.sequences, () => {});
  matchInSchema(
    matches,
    now.routines,
    read.routines,
    () => {},
    (routine) => routine.signature,
  );
  // Columns of every table first: indexes and foreign keys name inherited columns and those of other tables.
  const tables: [Table, Table][] = [];
  matchInSchema(matches, now.tables, read.tables, (one, other) => {
    tables.push([one, other]);
    const columns = new Map(one.columns.map((column) => [column.name, column.id]));
    for (const column of other.columns) {
      const same = columns.get(column.name);
      if (same !== undefined && !matches.has(column.id)) matches.set(column.id, same);
    }
  });
  for (const [one, other] of tables) matchTable(matches, one, other);
  matchInSchema(matches, now.views, read.views, (one: View, other: View) => {
    matchParts(matches, one.indexes, other.indexes, (part, isRead) => saying(matches, part, isRead));
  });
  const triggers = new Map(Object.values(now.triggers).map((one) => [`${one.on}\n${one.name}`, one.id]));
  for (const one of Object.values(read.triggers)) {
    const same = triggers.get(`${matches.get(one.on) ?? one.on}\n${one.name}`);
    if (same !== undefined && !matches.has(one.id)) matches.set(one.id, same);
  }
  matchRelationships(matches, now, read);
  matchVerbatim(matches, now, read);
  return freshen(now, read, matches);
}

/** Ids of a document's records and their parts. */
function idsOf(document: Document): Set<Id> {
  const ids = new Set<Id>();
  for (const collection of Object.values(document)) {
    for (const record of Object.values(collection as Record<Id, Part>)) {
      ids.add(record.id);
      for (const value of Object.values(record)) {
        if (!Array.isArray(value)) continue;
        for (const part of value) if (typeof part === 'object' && part !== null && 'id' in part) ids.add(String(part.id));
      }
    }
  }
  return ids;
}

/** Gives what is new an id of its own where the current document uses the read one for something else. */
function freshen(now: Document, read: Document, matches: Matches): Matches {
  const used = idsOf(now);
  for (const id of idsOf(read)) {
    if (matches.has(id) || !used.has(id) || sameLayout(read, id)) continue;
    let count = 2;
    while (used.has(`${id}_${count}`)) count++;
    matches.set(id, `${id}_${count}`);
    used.add(`${id}_${count}`);
  }
  return matches;
}

function sameLayout(read: Document, id: Id): boolean {
  return recordIn(read, 'settings', id) !== undefined || recordIn(read, 'diagrams', id) !== undefined;
}
