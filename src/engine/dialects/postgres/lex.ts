import { blockCommentEnd } from './quote.ts';

export type LexKind = 'word' | 'quoted' | 'string' | 'dollar' | 'number' | 'comment' | 'symbol';

/** A token of SQL text. `text` of words is folded to lower case, of quoted names and strings unquoted. */
export interface Lexeme {
  readonly kind: LexKind;
  readonly text: string;
  /** UTF-16 offsets in the text given. */
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;
const WORD_START = /[A-Za-z_\u0080-\uFFFF]/;
const WORD = /[A-Za-z0-9_$\u0080-\uFFFF]*/y;
const NUMBER = /[0-9][0-9A-Za-z_.]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_\u0080-\uFFFF]*)?\$/y;

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Offset after a quoted run that starts at `at` with its quote; a doubled quote is part of it. */
function quotedEnd(text: string, at: number, quote: string, backslash: boolean): number {
  for (let i = at + 1; i < text.length; i++) {
    if (backslash && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  return text.length;
}

/** Folds letter case as PostgreSQL does for unquoted names: ASCII letters only. */
export function foldCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function unquoted(text: string, quote: string): string {
  const inner = text.endsWith(quote) && text.length > 1 ? text.slice(1, -1) : text.slice(1);
  return inner.replaceAll(quote + quote, quote);
}

function lexemeAt(text: string, at: number): Lexeme {
  const char = text[at] as string;
  const token = (kind: LexKind, end: number, value = text.slice(at, end)): Lexeme => ({ kind, text: value, start: at, end });
  if (char === '-' && text[at + 1] === '-') {
    const length = text.slice(at).search(/[\r\n]/);
    return token('comment', length < 0 ? text.length : at + length);
  }
  if (char === '/' && text[at + 1] === '*') {
    const end = blockCommentEnd(text, at);
    return token('comment', end < 0 ? text.length : end);
  }
  if (char === '"') {
    const end = quotedEnd(text, at, '"', false);
    return token('quoted', end, unquoted(text.slice(at, end), '"'));
  }
  if (char === "'" || (/[eEnNbBxX]/.test(char) && text[at + 1] === "'")) {
    const open = char === "'" ? at : at + 1;
    const end = quotedEnd(text, open, "'", open > at && /[eE]/.test(char));
    return token('string', end, unquoted(text.slice(open, end), "'"));
  }
  if (char === '$') {
    const tag = match(DOLLAR, text, at);
    if (tag !== '') {
      const close = text.indexOf(tag, at + tag.length);
      const end = close < 0 ? text.length : close + tag.length;
      return token('dollar', end, text.slice(at + tag.length, close < 0 ? text.length : close));
    }
    const end = at + 1 + match(/[0-9]*/y, text, at + 1).length;
    return token('symbol', end);
  }
  if (WORD_START.test(char)) {
    const end = at + match(WORD, text, at).length;
    return token('word', end, foldCase(text.slice(at, end)));
  }
  if (/[0-9]/.test(char)) return token('number', at + match(NUMBER, text, at).length);
  if (char === ':' && text[at + 1] === ':') return token('symbol', at + 2);
  return token('symbol', at + 1);
}

/**
 * Tokens of SQL text without a grammar: good enough to find names in it and to know where strings and comments end.
 * Never fails: what is not closed runs to the end of the text.
 */
export function lex(text: string): Lexeme[] {
  const tokens: Lexeme[] = [];
  for (let at = 0; at < text.length; ) {
    if (SPACE.test(text[at] as string)) {
      at++;
      continue;
    }
    const token = lexemeAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** True when text may stand before a closing bracket or semicolon on the same line: no open `--` comment at its end. */
export function endsInLineComment(text: string): boolean {
  if (!text.includes('--')) return false;
  const last = lex(text).at(-1);
  return last?.kind === 'comment' && last.end === text.length && text.startsWith('--', last.start);
}
