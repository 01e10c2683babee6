import type { Dialect } from '#model/types.ts';
import { LEXING, type Lexing } from '../../sql/lexing.ts';
import {
  blockCommentEnd,
  dollarTag,
  executedMark,
  isSpace,
  isWordStart,
  lineEnd,
  quotedEnd,
  quoteOperatorEnd,
  wordEnd,
} from '../../sql/skip.ts';
import { foldName } from './traits.ts';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol';

/** A token of one statement. White space and comments are none. */
export interface Token {
  readonly kind: TokenKind;
  /** As written, quotes and prefix included. */
  readonly text: string;
  /** A word in capitals, a symbol as it is; empty for everything else. */
  readonly word: string;
  /** UTF-16 offsets in the text given. */
  readonly start: number;
  readonly end: number;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  /** Comments, in order. What MySQL executes in a comment (it begins with `!`) is none: it is among the tokens. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Where the marks of executed comments stand. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}

/** Operators of more than one character, longest first. */
const OPERATORS = [
  '->>',
  '<=>',
  '<<=',
  '>>=',
  '==',
  '||',
  '::',
  ':=',
  '=>',
  '<=',
  '>=',
  '<>',
  '!=',
  '^=',
  '->',
  '<<',
  '>>',
  '@@',
  '&&',
];

/** Prefixes of string literals; words that begin with `_` name a character set of MySQL. */
const STRING_PREFIX = /^(?:[nNxXbBeE]|[uU]&|_[a-zA-Z0-9]+|[nN]?[qQ])$/;

class Lexer {
  readonly tokens: Token[] = [];
  readonly comments: { start: number; end: number }[] = [];
  readonly marks: { start: number; end: number }[] = [];
  private at = 0;
  /** Executed comments that are open. */
  private executed = 0;
  private readonly text: string;
  private readonly lexing: Lexing;
  private readonly dialect: Dialect;

  constructor(text: string, dialect: Dialect) {
    this.text = text;
    this.dialect = dialect;
    this.lexing = LEXING[dialect];
  }

  run(): Lexed {
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      if (isSpace(code)) this.at++;
      else if (!this.comment(code)) this.token(code);
    }
    return { tokens: this.tokens, comments: this.comments, marks: this.marks };
  }

  private comment(code: number): boolean {
    const { text, lexing, at } = this;
    const next = text.charCodeAt(at + 1);
    if (code === 42 && next === 47 && this.executed > 0) {
      this.executed--;
      return this.mark(2);
    }
    const dashes =
      code === 45 && next === 45 && (!lexing.dashNeedsSpace || at + 2 >= text.length || isSpace(text.charCodeAt(at + 2)));
    if (dashes || (code === 35 && lexing.hashComments)) return this.skipComment(lineEnd(text, at));
    if (code !== 47 || next !== 42) return false;
    const opens = executedMark(text, at, lexing.conditionalComments);
    if (opens === 0) {
      const end = blockCommentEnd(text, at, lexing.nestedComments);
      return this.skipComment(end < 0 ? text.length : end);
    }
    this.executed++;
    return this.mark(opens);
  }

  private mark(length: number): true {
    this.marks.push({ start: this.at, end: this.at + length });
    this.at += length;
    return true;
  }

  private skipComment(end: number): true {
    this.comments.push({ start: this.at, end });
    this.at = end;
    return true;
  }

  private push(kind: TokenKind, end: number): void {
    const text = this.text.slice(this.at, end);
    const word = kind === 'word' ? text.toUpperCase() : kind === 'symbol' ? text : '';
    this.tokens.push({ kind, text, word, start: this.at, end });
    this.at = end;
  }

  /** Where a quoted run ends that opens at `open`; an open one ends with the text. */
  private close(open: number, quote: string, backslashes: boolean): number {
    const end = quotedEnd(this.text, open, quote, backslashes);
    return end < 0 ? this.text.length : end;
  }

  private token(code: number): void {
    const { text, lexing, at, dialect } = this;
    if (code === 39) this.push('string', this.close(at, "'", lexing.backslashes));
    else if (code === 34) {
      const isString = dialect === 'mysql' || dialect === 'mariadb';
      this.push(isString ? 'string' : 'quoted', this.close(at, '"', lexing.backslashes));
    } else if (code === 96 && lexing.backticks) this.push('quoted', this.close(at, '`', false));
    else if (code === 91 && lexing.brackets) this.push('quoted', this.close(at, ']', false));
    else if (code === 36 && lexing.dollarQuotes && dollarTag(text, at) !== undefined) this.dollar(dollarTag(text, at) as string);
    else if (code === 36 && this.variable() > 0) this.push('word', at + this.variable());
    else if (isWordStart(code) || this.beginsName(code)) this.word();
    else if (code === 38 && dialect === 'oracle' && this.substitution() > 0) this.push('word', at + this.substitution());
    else if ((code >= 48 && code <= 57) || (code === 46 && /[0-9]/.test(text[at + 1] ?? ''))) this.number();
    else this.push('symbol', at + (OPERATORS.find((one) => text.startsWith(one, at))?.length ?? 1));
  }

  /** How long `$(variable)` of sqlcmd is, which stands for a name. */
  private variable(): number {
    if (this.dialect !== 'mssql') return 0;
    return /^\$\([A-Za-z_][\w-]{0,100}\)/.exec(this.text.slice(this.at, this.at + 110))?.[0].length ?? 0;
  }

  /** `@variable` and `#temporary` of SQL Server, `@variable` and `$name` of MySQL. */
  private beginsName(code: number): boolean {
    const { dialect } = this;
    if (dialect === 'mysql' || dialect === 'mariadb') return code === 64 || code === 36;
    return dialect === 'mssql' && (code === 64 || code === 35);
  }

  /** How long `&variable` of SQL*Plus is, with the dot that ends it and what it is put together with. */
  private substitution(): number {
    return /^&&?[a-z][\w$#]{0,128}(?:\.[\w$#]{0,128})?/i.exec(this.text.slice(this.at, this.at + 300))?.[0].length ?? 0;
  }

  private dollar(tag: string): void {
    const close = this.text.indexOf(tag, this.at + tag.length);
    this.push('string', close < 0 ? this.text.length : close + tag.length);
  }

  private number(): void {
    const found =
      /^(?:0[xX][0-9a-fA-F]+|[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?)/.exec(this.text.slice(this.at, this.at + 200))?.[0] ?? '';
    let end = this.at + Math.max(1, found.length);
    // A name of MySQL may begin with digits.
    if (this.lexing.hashComments && end < this.text.length && isWordStart(this.text.charCodeAt(end)) && !found.includes('.')) {
      end = wordEnd(this.text, end);
      this.push('word', end);
      return;
    }
    this.push('number', end);
  }

  private word(): void {
    const { text, at, dialect } = this;
    let end = wordEnd(text, at);
    while (text[end] === '#' && (dialect === 'oracle' || dialect === 'mssql')) end = wordEnd(text, end);
    while (text[end] === '@' && dialect === 'mssql') end = wordEnd(text, end);
    const prefix = text.slice(at, end);
    if (text[end] === '&' && /^[uU]$/.test(prefix) && (text[end + 1] === "'" || text[end + 1] === '"')) {
      this.push(text[end + 1] === "'" ? 'string' : 'quoted', this.close(end + 1, text[end + 1] as string, false));
    } else if (text[end] === "'" && STRING_PREFIX.test(prefix) && !(prefix.startsWith('_') && !this.lexing.hashComments)) {
      this.push('string', /^[nN]?[qQ]$/.test(prefix) ? this.quoteOperator(end) : this.close(end, "'", this.escapes(prefix)));
    } else this.push('word', end);
  }

  private escapes(prefix: string): boolean {
    return this.lexing.backslashes || (this.lexing.escapeStrings && /^[eE]$/.test(prefix));
  }

  /** Oracle: `q'[ ... ]'`. */
  private quoteOperator(open: number): number {
    const { text, lexing } = this;
    if (!lexing.quoteOperator) return this.close(open, "'", lexing.backslashes);
    const end = quoteOperatorEnd(text, open);
    return end < 0 ? text.length : end;
  }
}

/** Tokens and comments of one statement. Never fails: what is not closed runs to the end of the text. */
export function lexSql(text: string, dialect: Dialect): Lexed {
  return new Lexer(text, dialect).run();
}

function inner(text: string, open: number, close: string): string {
  const ends = text.length > open + 1 && text.endsWith(close);
  return text.slice(open + 1, ends ? -1 : undefined);
}

/** The name that a word or quoted token means, as the dialect's catalog has it. */
export function tokenName({ kind, text }: Token, dialect: Dialect): string {
  if (kind === 'quoted') {
    const open = text[0] as string;
    const close = open === '[' ? ']' : open;
    return inner(text, 0, close).replaceAll(close + close, close);
  }
  // MySQL and SQLite also take names in string quotes where only a name can stand.
  if (kind === 'string') return stringValue(text, dialect);
  // What `&variable.` stands for is not known; its dot is not part of the name.
  return foldName(dialect === 'oracle' && text.startsWith('&') ? text.replace(/\.$/, '') : text, dialect);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', '0': '\0', Z: '\u001a' };

/** The text that a string literal means. Prefixes are left out; MySQL's backslashes are undone. */
export function stringValue(literal: string, dialect: Dialect): string {
  const q = /^[nN]?[qQ]'(.)/su.exec(literal);
  if (dialect === 'oracle' && q !== null) return literal.slice(q[0].length, -2);
  const tag = dollarTag(literal, 0);
  if (tag !== undefined && LEXING[dialect].dollarQuotes)
    return literal.slice(tag.length, literal.endsWith(tag) ? -tag.length : undefined);
  const open = literal.search(/['"]/);
  if (open < 0) return literal;
  const quote = literal[open] as string;
  const held = inner(literal, open, quote);
  const plain = held.replaceAll(quote + quote, quote);
  const escapes = LEXING[dialect].backslashes || (LEXING[dialect].escapeStrings && /^[eE]$/.test(literal.slice(0, open)));
  if (!escapes || !held.includes('\\')) return plain;
  return held.replaceAll(/\\([\s\S])|(['"])\2/g, (_all, escaped: string | undefined, doubled: string | undefined) => {
    if (escaped === undefined) return doubled === quote ? quote : `${doubled}${doubled}`;
    // `\%` and `\_` stay as they are: they are for LIKE.
    return escaped === '%' || escaped === '_' ? `\\${escaped}` : (ESCAPES[escaped] ?? escaped);
  });
}
