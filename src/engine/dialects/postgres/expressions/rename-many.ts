import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { descendantsOf } from '#model/derive/columns.ts';
import type { AnyRecord, Collection, Dialect, Document, Id, Ref, Relationship, Routine, Sql, Table } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { TRAITS } from '../../base/traits.ts';
import { lex } from '../lex.ts';
import { ident } from '../quote.ts';
import { analyse, type SqlContext } from './analyse.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import type { Left, Renaming } from './rename.ts';
import { mapTexts, WITH_TEXTS } from './texts.ts';
import type { Use } from './uses.ts';

/** A new name for a table, a column, or another part of a table, or for a foreign key. */
export interface NewName {
  readonly ref: Ref;
  readonly name: string;
}

interface Names {
  readonly records: ReadonlyMap<Id, string>;
  readonly columns: ReadonlyMap<Id, string>;
  readonly parts: ReadonlyMap<Id, string>;
  /** What the renamed things are called now, for texts to be looked through quickly. */
  readonly old: ReadonlySet<string>;
}

/** Columns of partitions and heirs that override a renamed one follow it. */
function namesOf(document: Document, renames: readonly NewName[]): Names {
  const records = new Map<Id, string>();
  const columns = new Map<Id, string>();
  const parts = new Map<Id, string>();
  const old = new Set<string>();
  const follows = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'].checksNamedByColumn === true;
  for (const { ref, name } of renames) {
    const table = recordIn(document, 'tables', ref.record);
    if (ref.part === undefined) {
      records.set(ref.record, name);
      if (table !== undefined) old.add(table.name.toLowerCase());
      continue;
    }
    const column = table?.columns.find((one) => one.id === ref.part);
    if (table === undefined || column === undefined) {
      parts.set(ref.part, name);
      continue;
    }
    old.add(column.name.toLowerCase());
    columns.set(column.id, name);
    for (const check of follows ? table.checks : [])
      if (check.name?.toLowerCase() === column.name.toLowerCase()) parts.set(check.id, name);
    for (const heir of descendantsOf(document, table.id)) {
      for (const one of heir.columns) if (one.name === column.name && !columns.has(one.id)) columns.set(one.id, name);
    }
  }
  return { records, columns, parts, old };
}

/** Whether a text may name one of them at all; spares parsing the many that cannot. */
function mayName(sql: string, old: ReadonlySet<string>, odd: readonly string[]): boolean {
  const low = sql.toLowerCase();
  if (/u&["']/.test(low) || odd.some((name) => low.includes(name))) return true;
  for (const word of low.split(/[^\p{L}\p{N}_$]+/u)) if (old.has(word)) return true;
  return false;
}

function renameUses(sql: Sql, uses: readonly Use[], names: Names): Sql {
  const newName = (use: Use) => (use.part === undefined ? names.records.get(use.record) : names.columns.get(use.part));
  const places = uses.filter((use) => newName(use) !== undefined).toSorted((a, b) => b.start - a.start || b.end - a.end);
  let out = sql;
  let limit = Number.POSITIVE_INFINITY;
  for (const use of places) {
    if (use.end > limit || use.start === limit) continue;
    out = out.slice(0, use.start) + use.renamed(newName(use) ?? '') + out.slice(use.end);
    limit = use.start;
  }
  return out;
}

class Task {
  readonly #document: Document;
  readonly #parser: PgParser;
  readonly #catalog: Catalog;
  readonly #names: Names;
  readonly #odd: readonly string[];
  readonly left: Left[] = [];
  readonly #dialect: Dialect;

  constructor(document: Document, parser: PgParser, names: Names) {
    this.#document = document;
    this.#dialect = document.settings['settings']?.dialect ?? 'postgresql';
    this.#parser = parser;
    this.#catalog = catalogOf(document);
    this.#names = names;
    this.#odd = [...names.old].filter((name) => /[^\p{L}\p{N}_$]/u.test(name));
  }

  #text(sql: Sql, context: SqlContext, ref: Ref): Sql {
    if (!mayName(sql, this.#names.old, this.#odd)) return sql;
    const { uses, unsure = [], readable } = analyse(this.#parser, this.#catalog, sql, context);
    if (unsure.some(({ parts }) => parts.some((id) => this.#names.columns.has(id))))
      this.left.push({ ref, why: 'It says a name that may be this column or another: that was left as it is.' });
    if (!readable) this.left.push({ ref, why: 'Its SQL does not parse, so names are not looked for in it.' });
    return renameUses(sql, uses, this.#names);
  }

  texts(collection: Collection, record: AnyRecord): AnyRecord {
    const next = mapTexts(collection, record, (sql, context, part) =>
      this.#text(sql, context, part === undefined ? { record: record.id } : { record: record.id, part }),
    );
    return collection === 'routines' ? this.#routine(next as Routine) : next;
  }

  /** Argument types that are tables' row types; bodies that only run-time knows the names of. */
  #routine(routine: Routine): Routine {
    let { signature } = routine;
    const tables = [...this.#names.records].map(([id, name]) => [recordIn(this.#document, 'tables', id)?.name, name] as const);
    for (const token of lex(signature).toReversed()) {
      if (token.kind !== 'word' && token.kind !== 'quoted') continue;
      const to = tables.find(([from]) => from === token.text)?.[1];
      if (to !== undefined) signature = signature.slice(0, token.start) + ident(to) + signature.slice(token.end);
    }
    if (this.#dialect !== 'postgresql') return signature === routine.signature ? routine : { ...routine, signature };
    const language = /\blanguage\s+'?([a-z_]+)/i.exec(routine.definition)?.[1]?.toLowerCase();
    if (language !== undefined && language !== 'sql' && mayName(routine.definition, this.#names.old, this.#odd)) {
      this.left.push({ ref: { record: routine.id }, why: 'Its body is in a language whose names are only known when it runs.' });
    }
    return signature === routine.signature ? routine : { ...routine, signature };
  }

  table(table: Table): Table {
    const { records, columns, parts } = this.#names;
    const renamed = <P extends { readonly id: Id; readonly name?: string }>(
      list: readonly P[],
      names: ReadonlyMap<Id, string>,
    ): readonly P[] =>
      list.some((one) => names.has(one.id))
        ? list.map((one) => (names.has(one.id) ? { ...one, name: names.get(one.id) } : one))
        : list;
    const next: Table = {
      ...table,
      name: records.get(table.id) ?? table.name,
      columns: renamed(table.columns, columns),
      keys: renamed(table.keys, parts),
      checks: renamed(table.checks, parts),
      exclusions: renamed(table.exclusions, parts),
      indexes: renamed(table.indexes, parts),
    };
    const same = (Object.keys(next) as (keyof Table)[]).every((key) => next[key] === table[key]);
    return same ? table : next;
  }
}

/**
 * Renames many things at once, as if at the same moment: names may be exchanged. SQL texts are gone through once.
 * @returns one command call, with the texts that could not be followed.
 */
export function renameManyCalls(document: Document, parser: PgParser, renames: readonly NewName[], label: string): Renaming {
  const names = namesOf(document, renames);
  const task = new Task(document, parser, names);
  const put: { collection: Collection; record: AnyRecord }[] = [];
  for (const collection of WITH_TEXTS) {
    for (const record of Object.values(document[collection]) as AnyRecord[]) {
      const said = names.old.size === 0 ? record : task.texts(collection, record);
      const next = collection === 'tables' ? task.table(said as Table) : said;
      if (next !== record) put.push({ collection, record: next });
    }
  }
  for (const [id, name] of names.records) {
    const link: Relationship | undefined = recordIn(document, 'relationships', id);
    if (link !== undefined && link.name !== name) put.push({ collection: 'relationships', record: { ...link, name } });
  }
  return { calls: put.length === 0 ? [] : [{ name: 'putRecords', args: { label, put } } satisfies CommandCall], left: task.left };
}
