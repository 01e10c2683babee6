import { COLLECTIONS, findRecord, recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { AnyRecord, Collection, Document, Id, Ref, Relationship, Table } from '#model/types.ts';
import { staleReferences } from '../sql/expressions.ts';
import type { PgParser } from '../sql/parser-port.ts';

/** What a change of the model does beside what was asked for. */
export interface Consequence {
  readonly kind: /** SQL names what is no longer there: it does not run until somebody edits it. */
    | 'breaks'
    /** It is no longer in the model. */
    | 'goes'
    /** The same words mean something else, or rows need attention that the model does not hold. */
    | 'meaning'
    /** Something stays that one might expect to change. */
    | 'stays';
  readonly text: string;
  readonly ref?: Ref;
}

const NOUNS: { readonly [C in Collection]?: string } = {
  schemas: 'schema',
  types: 'type',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
  routines: 'routine',
  triggers: 'trigger',
  verbatim: 'statement',
};

const PARTS = {
  keys: 'key',
  exclusions: 'exclusion constraint',
  checks: 'check',
  indexes: 'index',
  policies: 'policy',
  dependencies: 'dependency',
} as const;

type PartName = keyof typeof PARTS;

function columnNames(document: Document, table: Table, ids: readonly (Id | undefined)[]): string {
  const name = (id: Id) => table.columns.find((column) => column.id === id)?.name ?? id;
  return ids.flatMap((id) => (id === undefined ? [] : name(id))).join(', ') || nameOf(document, table.id);
}

function partWords(document: Document, table: Table, list: PartName, part: Table[PartName][number]): string {
  if ('name' in part && part.name !== undefined) return `${PARTS[list]} ${part.name} of ${table.name}`;
  if ('expression' in part) return `check ${part.expression} of ${table.name}`;
  if ('elements' in part) {
    const ids = part.elements.map((one) => one.column);
    return `${PARTS[list]} on ${table.name} (${columnNames(document, table, ids)})`;
  }
  if ('columns' in part) return `${part.kind} key on ${table.name} (${columnNames(document, table, part.columns)})`;
  return `${PARTS[list]} of ${table.name}`;
}

function linkWords(document: Document, link: Relationship): string {
  return `foreign key ${link.name ?? ''} ${nameOf(document, link.child)} → ${nameOf(document, link.parent)}`.replace(/ {2,}/g, ' ');
}

/** Ids of every part of every table. */
function partIds(document: Document): Set<Id> {
  const ids = new Set<Id>();
  for (const table of Object.values(document.tables)) {
    for (const list of ['columns', ...(Object.keys(PARTS) as PartName[])] as const)
      for (const part of table[list]) ids.add(part.id);
  }
  return ids;
}

function gone(before: Document, after: Document): Consequence[] {
  const found: Consequence[] = [];
  const parts = partIds(after);
  for (const { name } of COLLECTIONS) {
    const noun = NOUNS[name];
    if (before[name] === after[name]) continue;
    for (const record of Object.values(before[name]) as AnyRecord[]) {
      if (recordIn(after, name, record.id) !== undefined) continue;
      if (name === 'relationships') found.push({ kind: 'goes', text: linkWords(before, record as Relationship) });
      else if (name === 'verbatim')
        found.push({ kind: 'goes', text: (record as Document['verbatim'][string]).sql.split('\n')[0] ?? '' });
      else if (noun !== undefined) found.push({ kind: 'goes', text: `${noun} ${nameOf(before, record.id)}` });
    }
  }
  for (const table of Object.values(before.tables)) {
    if (after.tables[table.id] === table) continue;
    for (const column of table.columns) {
      if (!parts.has(column.id)) found.push({ kind: 'goes', text: `column ${table.name}.${column.name}` });
    }
    for (const list of Object.keys(PARTS) as PartName[]) {
      for (const part of table[list]) {
        if (!parts.has(part.id)) found.push({ kind: 'goes', text: partWords(before, table, list, part) });
      }
    }
  }
  return found;
}

/** Names that were there before and mean nothing, or something else, now. */
function lostNames(before: Document, after: Document): ReadonlySet<string> {
  const lost = new Set<string>();
  for (const collection of ['tables', 'views', 'types'] as const) {
    for (const record of Object.values(before[collection]) as { id: Id; name: string }[]) {
      const now = recordIn(after, collection, record.id);
      if (now === undefined || now.name !== record.name) lost.add(record.name.toLowerCase());
    }
  }
  for (const table of Object.values(before.tables)) {
    const now = recordIn(after, 'tables', table.id);
    if (now === table) continue;
    const names = new Set(now?.columns.map((column) => column.name));
    for (const column of table.columns) if (!names.has(column.name)) lost.add(column.name.toLowerCase());
  }
  return lost;
}

const HOLDERS = ['tables', 'views', 'routines', 'triggers', 'types', 'verbatim'] as const;

function words(document: Document, ref: Ref): string {
  const found = findRecord(document, ref.record);
  if (found === undefined) return ref.record;
  if (found.collection === 'tables' && ref.part !== undefined) {
    const table = found.record as Table;
    for (const list of Object.keys(PARTS) as PartName[]) {
      const part = (table[list] as readonly Table[PartName][number][]).find((one) => one.id === ref.part);
      if (part !== undefined) return partWords(document, table, list, part);
    }
    return `column ${columnNames(document, table, [ref.part])} of ${table.name}`;
  }
  const noun = NOUNS[found.collection] ?? found.collection;
  if (found.collection === 'verbatim') return `statement ${(found.record as Document['verbatim'][string]).kind}`;
  const { kind } = found.record as { readonly kind?: string };
  return `${found.collection === 'routines' && kind !== undefined ? kind : noun} ${nameOf(document, ref.record)}`;
}

function broken(before: Document, after: Document, parser: PgParser): Consequence[] {
  const lost = [...lostNames(before, after)];
  if (lost.length === 0) return [];
  const found: Consequence[] = [];
  for (const collection of HOLDERS) {
    for (const record of Object.values(after[collection]) as AnyRecord[]) {
      // Most records name nothing that was lost, and need no parsing.
      const text = JSON.stringify(record).toLowerCase();
      if (!lost.some((name) => text.includes(name))) continue;
      const old = new Set(
        (findRecord(before, record.id) === undefined ? [] : staleReferences(before, parser, record.id)).map(
          (one) => `${one.ref.part ?? ''} ${one.name}`,
        ),
      );
      const seen = new Set<string>();
      for (const { ref, kind, name } of staleReferences(after, parser, record.id)) {
        const key = `${ref.part ?? ''} ${name}`;
        if (old.has(key) || seen.has(key)) continue;
        seen.add(key);
        const what = kind === 'column' ? 'column' : 'table';
        found.push({ kind: 'breaks', text: `${words(after, ref)} names ${what} ${name}, which is not there any more`, ref });
      }
    }
  }
  return found;
}

/** Bodies whose names are only known when they run. */
function unread(before: Document, after: Document): Consequence[] {
  const lost = [...lostNames(before, after)];
  return Object.values(after.routines).flatMap((routine): Consequence[] => {
    if (!/\blanguage\s+'?(?!sql\b|'sql')[a-z]/i.test(routine.definition)) return [];
    const name = lost.find((one) =>
      new RegExp(`(?<![\\w$])${one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'i').test(routine.definition),
    );
    if (name === undefined) return [];
    const text = `${routine.kind} ${routine.name} may name ${name} in a body that is only understood when it runs`;
    return [{ kind: 'breaks', text, ref: { record: routine.id } }];
  });
}

/**
 * What changing one document into another takes along and breaks: records and parts that are gone, and SQL texts that
 * name what is not there any more but was before.
 */
export function consequencesOf(before: Document, after: Document, parser: PgParser): readonly Consequence[] {
  return [...broken(before, after, parser), ...unread(before, after), ...gone(before, after)];
}
