/** SQL texts of a table whose columns go elsewhere, and of columns whose type becomes another one. */
import type { AnyRecord, Collection, Document, Id, Table, Trigger, View } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { foldCase, lex } from '../lex.ts';
import { ident, literal, qualified } from '../quote.ts';
import { analyse } from './analyse.ts';
import { catalogOf } from './catalog.ts';
import { mapTexts, WITH_TEXTS } from './texts.ts';
import { isUseOf, maySpell, renameIn, type Use } from './uses.ts';

/** What the SQL texts of one part name. */
export interface NamedColumns {
  readonly columns: ReadonlySet<Id>;
  /** It names the whole row, or does not parse: which columns it needs is not known. */
  readonly unclear: boolean;
}

/** A qualifier that no dot follows stands for the whole row. */
function wholeRow(sql: string, use: Use): boolean {
  return !/^\s*\./.test(sql.slice(use.end));
}

/**
 * The columns that the SQL texts of a table's parts name, by part id: checks, defaults, generated columns, index
 * expressions and predicates, policies. Parts without SQL text are absent.
 */
export function columnsNamedByParts(document: Document, parser: PgParser, table: Table): ReadonlyMap<Id, NamedColumns> {
  const found = new Map<Id, { columns: Set<Id>; unclear: boolean }>();
  const catalog = catalogOf(document);
  mapTexts('tables', table, (sql, context, part) => {
    if (part === undefined) return sql;
    const { uses, readable } = analyse(parser, catalog, sql, context);
    const one = found.get(part) ?? { columns: new Set(), unclear: false };
    found.set(part, one);
    if (!readable) one.unclear = true;
    for (const use of uses) {
      if (use.record !== table.id) continue;
      if (use.part !== undefined) one.columns.add(use.part);
      else if (wholeRow(sql, use)) one.unclear = true;
    }
    return sql;
  });
  return found;
}

/** The table with the SQL texts of some parts saying another table's name where they said its own. */
export function requalified(document: Document, parser: PgParser, table: Table, parts: ReadonlySet<Id>, name: string): Table {
  const catalog = catalogOf(document);
  return mapTexts('tables', table, (sql, context, part) => {
    if (part === undefined || !parts.has(part) || !maySpell(sql, table.name)) return sql;
    const { uses } = analyse(parser, catalog, sql, context);
    return renameIn(sql, uses, { record: table.id }, name);
  }) as Table;
}

/** A record whose SQL reads columns of a table. */
export interface ReadsColumns {
  readonly collection: 'views' | 'routines' | 'triggers' | 'verbatim';
  readonly record: Id;
  /** Those that it names. */
  readonly columns: readonly Id[];
  /** It names the table and has a star, so that it may read every column. */
  readonly star: boolean;
}

/** Views, routines, triggers and statements that read some columns of a table, by what their text means in the document. */
export function readersOf(document: Document, parser: PgParser, table: Table, columns: ReadonlySet<Id>): readonly ReadsColumns[] {
  const catalog = catalogOf(document);
  return (['views', 'routines', 'triggers', 'verbatim'] as const).flatMap((collection) =>
    (Object.values(document[collection]) as AnyRecord[]).flatMap((record): ReadsColumns[] => {
      const found = new Set<Id>();
      let star = false;
      mapTexts(collection, record, (sql, context) => {
        const own = collection === 'triggers' && (record as Trigger).on === table.id;
        if (!own && !maySpell(sql, table.name)) return sql;
        const { uses } = analyse(parser, catalog, sql, context);
        for (const { record: of, part } of uses) if (of === table.id && part !== undefined && columns.has(part)) found.add(part);
        if (sql.includes('*') && uses.some((use) => use.record === table.id)) star = true;
        return sql;
      });
      return found.size === 0 && !star ? [] : [{ collection, record: record.id, columns: [...found], star }];
    }),
  );
}

/**
 * A view that reads from another relation instead of a table.
 * @returns nothing when the view's query cannot be read well enough to say which names in it are the table's.
 */
export function repointed(document: Document, parser: PgParser, view: View, table: Id, name: string): View | undefined {
  const catalog = catalogOf(document);
  let clear = true;
  const next = mapTexts('views', view, (sql, context) => {
    const { uses, readable, unsure = [] } = analyse(parser, catalog, sql, context);
    if (!readable || unsure.length > 0) clear = false;
    return renameIn(sql, uses, { record: table }, name);
  }) as View;
  return clear ? next : undefined;
}

/** A type's name in SQL with the schema before it, replaced by a type that needs none. */
function retyped(sql: string, uses: readonly Use[], type: Id, to: string): string {
  let out = sql;
  for (const use of uses.filter((one) => isUseOf(one, { record: type })).toSorted((a, b) => b.start - a.start)) {
    const schema = /(?:"(?:[^"]|"")*"|[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*)\s*\.\s*$/.exec(out.slice(0, use.start));
    out = out.slice(0, schema === null ? use.start : schema.index) + to + out.slice(use.end);
  }
  return out;
}

/**
 * Every record whose SQL texts name a type, saying another one instead.
 * @param to as it stands in SQL, such as `text`.
 */
export function retypedTexts(
  document: Document,
  parser: PgParser,
  type: Id,
  to: string,
): readonly { readonly collection: Collection; readonly record: AnyRecord }[] {
  const name = document.types[type]?.name;
  if (name === undefined) return [];
  const catalog = catalogOf(document);
  return WITH_TEXTS.flatMap((collection) =>
    (Object.values(document[collection]) as AnyRecord[]).flatMap((record) => {
      const next = mapTexts(collection, record, (sql, context) =>
        maySpell(sql, name) ? retyped(sql, analyse(parser, catalog, sql, context).uses, type, to) : sql,
      );
      return next === record ? [] : [{ collection, record: next }];
    }),
  );
}

/** Routines and statements whose signature or options say a type's name where no rewriting follows. */
export function routinesNaming(document: Document, type: Id): readonly Id[] {
  const name = document.types[type]?.name;
  if (name === undefined) return [];
  return Object.values(document.routines).flatMap((routine) =>
    lex(`${routine.signature}\n${routine.definition}`).some(
      (token) => (token.kind === 'word' || token.kind === 'quoted') && foldCase(token.text) === foldCase(name),
    )
      ? [routine.id]
      : [],
  );
}

/** A block that puts codes with their positions into a table when it is created. Readers keep it as it is. */
export function seedBlock(schema: string, table: string, values: readonly string[]): string {
  let tag = '$seed$';
  for (let n = 2; values.some((value) => value.includes(tag)); n++) tag = `$seed${n}$`;
  const rows = values.map((value, at) => `        (${literal(value)}, ${at + 1})`).join(',\n');
  return [
    `DO ${tag}`,
    'BEGIN',
    `    INSERT INTO ${qualified(schema, table)} (${ident('code')}, ${ident('position')}) VALUES`,
    rows,
    `    ON CONFLICT (${ident('code')}) DO NOTHING;`,
    'END',
    tag,
  ].join('\n');
}
