/** Random renames of everything in a document that has a name, and what must be true of every text afterwards. */
import { lexSql, type Token, tokenName } from '#engine/dialects/base/lex.ts';
import { analyse } from '#engine/dialects/postgres/expressions/analyse.ts';
import { catalogOf } from '#engine/dialects/postgres/expressions/catalog.ts';
import { mapTexts, WITH_TEXTS } from '#engine/dialects/postgres/expressions/texts.ts';
import { type Renaming, renameCalls } from '#engine/sql/expressions.ts';
import { languageOf } from '#engine/sql/language.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { AnyRecord, Dialect, Document, Id, Ref } from '#model/types.ts';

const PARTS = ['keys', 'checks', 'indexes'] as const;

/** Everything that has a name: columns most, as they are named most. */
export function renameTargets(document: Document): Ref[] {
  const tables = Object.values(document.tables);
  const columns = tables.flatMap((table) => table.columns.map(({ id }) => ({ record: table.id, part: id })));
  const parts = tables.flatMap((table) =>
    PARTS.flatMap((list) =>
      (table[list] as readonly { readonly id: Id; readonly name?: string }[]).flatMap(({ id, name }) =>
        name === undefined ? [] : [{ record: table.id, part: id }],
      ),
    ),
  );
  const { views, sequences, routines, triggers, types, relationships } = document;
  const named = Object.values(relationships).filter((one) => one.name !== undefined && one.childColumns.length > 0);
  const others = [views, sequences, routines, triggers, types].flatMap((collection) => Object.keys(collection));
  const records = [...Object.keys(document.tables), ...others, ...others, ...named.map(({ id }) => id)];
  return [...columns, ...columns, ...parts, ...records.map((record) => ({ record }))];
}

export function dialectOf(document: Document): Dialect {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

/** What functions want that may be asked of PostgreSQL too. */
export function parserOf(dialect: Dialect): PgParser {
  const language = languageOf(dialect, undefined);
  if (!language.ok) throw new Error(language.problem.message);
  return language.value.parser;
}

interface Text {
  readonly record: Id;
  readonly sql: string;
  /** What its names mean, by place. */
  readonly meanings: ReadonlyMap<number, string>;
}

/** Every SQL text of a document. */
function textsOf(document: Document): Text[] {
  const parser = parserOf(dialectOf(document));
  return WITH_TEXTS.flatMap((collection) =>
    (Object.values(document[collection]) as AnyRecord[]).flatMap((record) => {
      const texts: Text[] = [];
      mapTexts(collection, record, (sql, context) => {
        const { uses } = analyse(parser, catalogOf(document), sql, context);
        texts.push({ record: record.id, sql, meanings: new Map(uses.map((use) => [use.start, use.part ?? use.record])) });
        return sql;
      });
      return texts;
    }),
  );
}

/** The tokens with what they mean; `AS old`, which keeps the name of an output, is left out where the other text lacks it. */
function meant({ sql, meanings }: Text, dialect: Dialect): (Token & { readonly means: string | undefined })[] {
  return lexSql(sql, dialect).tokens.map((token) => ({ ...token, means: meanings.get(token.start) }));
}

/** What a rename did wrong in texts nobody was told of: a name means another thing, or something else was changed. */
export function renameProblems(before: Document, after: Document, from: string, { left }: Renaming): string[] {
  const dialect = dialectOf(before);
  const told = new Set(left.map(({ ref }) => ref.record));
  const [old, now] = [textsOf(before), textsOf(after)];
  if (old.length !== now.length) return ['A text is gone.'];
  return old.flatMap((text, i) => {
    const next = now[i] as Text;
    if (told.has(text.record)) return [];
    const renamed = meant(next, dialect);
    let at = 0;
    for (const token of meant(text, dialect)) {
      const kept = renamed[at]?.word === 'AS' && token.word !== 'AS' && tokenName(renamed[at + 1] as Token, dialect) === from;
      if (kept) at += 2;
      const other = renamed[at++];
      const same = other?.means === token.means && (other?.text === token.text || token.means !== undefined);
      if (!same) return [`${token.text} (${token.means}) is ${other?.text} (${other?.means}):\n${text.sql}\n=> ${next.sql}`];
    }
    return [];
  });
}

export function renamed(document: Document, ref: Ref, to: string): { readonly document: Document; readonly renaming: Renaming } {
  const renaming = renameCalls(document, parserOf(dialectOf(document)), ref, to);
  if (!renaming.ok) throw new Error(renaming.problem.message);
  const ran = runCommands(document, renaming.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return { document: ran.value.document, renaming: renaming.value };
}

/** Names that need quotes, or would be words of SQL without the number behind them. */
const WORDS = ['order', 'Mixed Case', 'sëlect', 'quo"te`d]', 'plain', 'user', 'x$1', '数据'];

/** Renames things at random. @param on called after each. @returns the document, and what the things were called at first. */
export function renameAtRandom(
  start: Document,
  count: number,
  random: () => number,
  on: (before: Document, after: Document, from: string, renaming: Renaming, original: ReadonlyMap<string, string>) => void,
): { readonly document: Document; readonly original: ReadonlyMap<string, string>; readonly told: ReadonlySet<Id> } {
  const first = new Map<string, string>();
  const original = new Map<string, string>();
  const told = new Set<Id>();
  let document = start;
  for (let i = 0; i < count; i++) {
    const targets = renameTargets(document);
    const ref = targets[Math.floor(random() * targets.length)] as Ref;
    const word = WORDS[Math.floor(random() * WORDS.length)] as string;
    const to = `${word} ${i}`.replace('plain ', 'plain_');
    const from = nameOf(document, ref);
    const next = renamed(document, ref, to);
    const key = ref.part ?? ref.record;
    if (!first.has(key)) first.set(key, from);
    original.set(to, first.get(key) as string);
    for (const one of next.renaming.left) told.add(one.ref.record);
    on(document, next.document, from, next.renaming, original);
    document = next.document;
  }
  return { document, original, told };
}

function nameOf(document: Document, { record, part }: Ref): string {
  const held = WITH_NAMES.map((collection) => (document[collection] as Readonly<Record<Id, unknown>>)[record]).find(Boolean);
  if (part === undefined) return (held as { readonly name?: string }).name ?? '';
  const parts = Object.values(held as object).flatMap((one) => (Array.isArray(one) ? (one as { id?: Id; name?: string }[]) : []));
  return parts.find((one) => one.id === part)?.name ?? '';
}

const WITH_NAMES = ['tables', 'views', 'sequences', 'routines', 'triggers', 'types', 'relationships'] as const;
