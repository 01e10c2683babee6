import { blockCommentEnd, dollarTag, isSpace, isWordPart, isWordStart, lineEnd, quotedEnd, wordEnd } from '../../../sql/skip.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  readonly start: number;
  readonly end: number;
  /** Words in capitals; other tokens as written. */
  readonly text: string;
  /** Brackets that are open where the token stands; an opening or closing bracket itself stands outside its pair. */
  readonly depth: number;
}

export interface CommentToken {
  readonly start: number;
  readonly end: number;
}

/** Tokens by number, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const OPERATOR = /[-+*/<>=~!@#%^&|`?]/;

/** One statement's text with its tokens: where the exact source of a clause is found. Comments are kept apart. */
export class Source {
  readonly tokens: Token[] = [];
  readonly comments: CommentToken[] = [];
  private depth = 0;

  readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (isSpace(code)) at++;
      else at = this.next(at, code);
    }
    const last = this.tokens.at(-1);
    if (last?.text === ';') this.tokens.pop();
  }

  private add(kind: Token['kind'], start: number, end: number): number {
    const raw = this.text.slice(start, end);
    this.tokens.push({ kind, start, end, text: kind === 'word' ? raw.toUpperCase() : raw, depth: this.depth });
    return end;
  }

  private next(at: number, code: number): number {
    const { text } = this;
    const stop = (end: number) => (end < 0 ? text.length : end);
    if (code === 45 && text.charCodeAt(at + 1) === 45) return this.comment(at, lineEnd(text, at));
    if (code === 47 && text.charCodeAt(at + 1) === 42) return this.comment(at, stop(blockCommentEnd(text, at, true)));
    if (code === 39) return this.add('string', at, stop(quotedEnd(text, at, "'", false)));
    if (code === 34) return this.add('quoted', at, stop(quotedEnd(text, at, '"', false)));
    if (code === 36) {
      const tag = dollarTag(text, at);
      if (tag === undefined) return this.add('symbol', at, wordEnd(text, at));
      const close = text.indexOf(tag, at + tag.length);
      return this.add('string', at, close < 0 ? text.length : close + tag.length);
    }
    if (isWordStart(code)) return this.word(at);
    if (code >= 48 && code <= 57) {
      let end = at + 1;
      while (end < text.length && (isWordPart(text.charCodeAt(end)) || text[end] === '.')) end++;
      return this.add('number', at, end);
    }
    return this.symbol(at, code);
  }

  private comment(start: number, end: number): number {
    this.comments.push({ start, end });
    return end;
  }

  private word(at: number): number {
    const { text } = this;
    const end = wordEnd(text, at);
    const prefix = end === at + 1 ? text[at] : '';
    if (text[end] === "'" && /^[eEbBxXnN]$/.test(prefix ?? '')) {
      const close = quotedEnd(text, end, "'", prefix === 'e' || prefix === 'E');
      return this.add('string', at, close < 0 ? text.length : close);
    }
    if (/^[uU]$/.test(prefix ?? '') && text[end] === '&' && (text[end + 1] === "'" || text[end + 1] === '"')) {
      const quote = text[end + 1] as string;
      const close = quotedEnd(text, end + 1, quote, false);
      return this.add(quote === '"' ? 'quoted' : 'string', at, close < 0 ? text.length : close);
    }
    return this.add('word', at, end);
  }

  private symbol(at: number, code: number): number {
    const { text } = this;
    if (code === 41 || code === 93) {
      this.depth = Math.max(0, this.depth - 1);
      return this.add('symbol', at, at + 1);
    }
    if (code === 40 || code === 91) {
      this.add('symbol', at, at + 1);
      this.depth++;
      return at + 1;
    }
    if (code === 58 && (text[at + 1] === ':' || text[at + 1] === '=')) return this.add('symbol', at, at + 2);
    let end = at + 1;
    if (OPERATOR.test(text[at] as string)) {
      while (end < text.length && OPERATOR.test(text[end] as string) && !/^(?:--|\/\*)/.test(text.slice(end, end + 2))) end++;
    }
    return this.add('symbol', at, end);
  }

  token(index: number): Token | undefined {
    return this.tokens[index];
  }

  /** Number of the first token at or after this offset. */
  at(offset: number): number {
    let low = 0;
    let high = this.tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tokens[middle] as Token).start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Number of the first token with this text (words in capitals) in the range, at the depth given; -1 when none. */
  find(text: string, from: number, to = this.tokens.length - 1, depth?: number): number {
    for (let i = from; i <= to; i++) {
      const token = this.tokens[i];
      if (token === undefined) return -1;
      if (token.text === text && (depth === undefined || token.depth === depth)) return i;
    }
    return -1;
  }

  /** True when the words stand one after the other from token `at` on. */
  words(at: number, ...words: readonly string[]): boolean {
    return words.every((word, i) => this.tokens[at + i]?.text === word);
  }

  /** Number of the token that closes the bracket opened at token `open`. An unclosed one closes at the end. */
  close(open: number): number {
    const depth = this.tokens[open]?.depth ?? 0;
    for (let i = open + 1; i < this.tokens.length; i++) if ((this.tokens[i] as Token).depth === depth) return i;
    return this.tokens.length - 1;
  }

  /** Source text of a range, as written. */
  slice(range: Range): string {
    const first = this.tokens[range.first];
    const last = this.tokens[range.last];
    return first === undefined || last === undefined || range.last < range.first ? '' : this.text.slice(first.start, last.end);
  }

  /** The range inside the bracket opened at token `open`. */
  inside(open: number): Range {
    return { first: open + 1, last: this.close(open) - 1 };
  }

  /** The parts of a range between commas at its own depth. */
  split(range: Range): Range[] {
    const depth = this.tokens[range.first]?.depth;
    if (depth === undefined || range.last < range.first) return [];
    const parts: Range[] = [];
    let first = range.first;
    for (let i = range.first; i <= range.last; i++) {
      const token = this.tokens[i] as Token;
      if (token.text === ',' && token.depth === depth) {
        parts.push({ first, last: i - 1 });
        first = i + 1;
      }
    }
    parts.push({ first, last: range.last });
    return parts;
  }

  /** Number of the token after a qualified name (`a."b".c`) that starts at token `at`. */
  afterName(at: number): number {
    let i = at + 1;
    while (this.tokens[i]?.text === '.') i += 2;
    return i;
  }
}

/** The range without brackets that enclose all of it; those of a row, `(1, 2)`, belong to what it says. */
export function withoutBrackets(source: Source, range: Range): Range {
  let { first, last } = range;
  while (
    source.token(first)?.text === '(' &&
    source.close(first) === last &&
    source.split({ first: first + 1, last: last - 1 }).length === 1
  ) {
    first++;
    last--;
  }
  return { first, last };
}
