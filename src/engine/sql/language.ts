import type { IdSource } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Collection, Dialect, Document, Id } from '#model/types.ts';
import { grammarLanguage } from '../dialects/base/language.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { GRAMMARS } from '../dialects/grammars.ts';
import { postgresLanguage } from '../dialects/postgres/language.ts';
import type { Outcome } from '../dialects/postgres/read/outcome.ts';
import type { PgParser } from './parser-port.ts';

export interface DefinedColumn {
  readonly name: string;
  /** Equal for equal types. */
  readonly type: string;
}

/** What a CREATE statement defines, by name. */
export interface Definition {
  readonly collection: Collection;
  /** The usual schema when the text names none. */
  readonly schema: string;
  readonly name: string;
  /** A table's columns in order. */
  readonly columns?: readonly DefinedColumn[];
}

/** Folds statements into a document, one after the other. */
export interface LanguageReader {
  statement(sql: string): Outcome;
  /** Comments between statements, before the next one is read. */
  gap(text: string): void;
  /** A line for a client program. */
  line?(text: string): void;
  /** Comments after what was read last; they no longer wait. */
  takeWaiting(): readonly string[];
  /** Puts comments before everything else that stands before a record, or before a part of it. */
  remarkBefore(record: Id, at: 'before' | Id, texts: readonly string[]): void;
  finish(): Document;
}

/** What is wrong with a text, and where: UTF-16 offset. */
export interface LanguageProblem {
  readonly message: string;
  readonly position: number;
}

/** A dialect as the text of an open document needs it: to read typed statements over what is there. */
export interface SqlLanguage {
  readonly dialect: Dialect;
  readonly parser: PgParser;
  reader(base: Document, ids: IdSource): LanguageReader;
  /** What one statement defines, or why it cannot be parsed. */
  define(sql: string): { readonly definition?: Definition; readonly problem?: LanguageProblem };
  /** Tokens with their places. */
  scan(sql: string): readonly { readonly start: number; readonly end: number }[];
  /** Whether a token is the name, quoted or not. */
  isName(token: string, name: string): boolean;
  ident(name: string): string;
  /** What is wrong with a scalar expression, a query or a statement; undefined when nothing is, or nobody can tell. */
  check(sql: string, kind: 'expression' | 'query' | 'statement'): LanguageProblem | undefined;
}

/** The language of a document's dialect. @param parser PostgreSQL's, needed for PostgreSQL only. */
export function languageOf(dialect: Dialect, parser: PgParser | undefined): Result<SqlLanguage> {
  if (dialect === 'postgresql') {
    return parser === undefined
      ? err('no-parser', 'PostgreSQL’s parser could not be loaded. Reload the page to try again.')
      : ok(postgresLanguage(parser));
  }
  const grammar = GRAMMARS[dialect];
  if (grammar === undefined)
    return err('no-reader', `Text of ${TRAITS[dialect].label} cannot be edited yet: change the model instead.`);
  return ok(grammarLanguage(dialect, grammar));
}
