/** Tokens of DBML. */

export interface DbmlToken {
  /** `word` without quotes, `name` in double quotes, `text` in single ones, `expression` between backticks. */
  readonly kind: 'word' | 'name' | 'text' | 'expression' | 'symbol';
  /** What it means: quotes and escapes are undone. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** A line break stands before it. */
  readonly breaks: boolean;
  /** It never ends, so that the text it should be is not known. */
  readonly open?: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_all, code: string | undefined, char: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    if (char === '\n') return '';
    return Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] as string) : char;
  });
}

/**
 * A note as DBML means it: lines without the indentation that they all have, nor empty lines around them.
 * Source: `normalizeNote` of DBML's own parser.
 */
export function dedented(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  const isHeld = (line: string) => line.trim() !== '';
  const held = lines.filter(isHeld);
  const indent = Math.min(...held.map((line) => line.length - line.trimStart().length), Number.MAX_SAFE_INTEGER);
  return lines
    .slice(lines.findIndex(isHeld), lines.findLastIndex(isHeld) + 1)
    .map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)))
    .join('\n');
}

const QUOTES: { readonly [mark: string]: 'name' | 'text' | 'expression' | undefined } = {
  "'": 'text',
  '"': 'name',
  '`': 'expression',
};

const WORD = /[\p{L}\p{N}\p{M}_]+/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;

class Lexer {
  readonly tokens: DbmlToken[] = [];
  private at = 0;
  private breaks = true;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  run(): DbmlToken[] {
    const { text } = this;
    while (this.at < text.length) {
      const char = text[this.at] as string;
      if (char === '\n') {
        this.breaks = true;
        this.at++;
      } else if (/\s|\ufeff/.test(char)) this.at++;
      else if (text.startsWith('//', this.at)) this.at = this.find('\n', this.at);
      else if (text.startsWith('/*', this.at)) this.block();
      else this.token(char);
    }
    return this.tokens;
  }

  /** Where it is found, or the end of the text. */
  private find(what: string, from: number): number {
    const found = this.text.indexOf(what, from);
    return found < 0 ? this.text.length : found;
  }

  private block(): void {
    const end = Math.min(this.find('*/', this.at + 2) + 2, this.text.length);
    if (this.text.slice(this.at, end).includes('\n')) this.breaks = true;
    this.at = end;
  }

  private push(kind: DbmlToken['kind'], value: string, end: number, open = false): void {
    this.tokens.push({ kind, value, start: this.at, end, breaks: this.breaks, ...(open ? { open } : {}) });
    this.at = end;
    this.breaks = false;
  }

  /** The end of a run that this mark closes, a backslash taking the next character along; -1 when a line ends before. */
  private close(from: number, mark: string, lines: boolean): number {
    const { text } = this;
    for (let at = from; at < text.length; at++) {
      if (text.startsWith(mark, at)) return at;
      if (text[at] === '\\') at++;
      else if (text[at] === '\n' && !lines) return -1;
    }
    return -1;
  }

  private quoted(kind: 'name' | 'text' | 'expression', mark: string): void {
    const { text } = this;
    const from = this.at + mark.length;
    const raw = kind === 'expression';
    const end = raw ? text.indexOf(mark, from) : this.close(from, mark, mark.length > 1);
    if (end < 0) {
      this.push(kind, text.slice(from, this.find('\n', from)), this.find('\n', from), true);
      return;
    }
    const held = text.slice(from, end);
    const value = raw ? held : mark.length > 1 ? dedented(unescaped(held)) : unescaped(held);
    this.push(kind, value, end + mark.length);
  }

  private token(char: string): void {
    const { text, at } = this;
    const kind = QUOTES[char];
    if (kind !== undefined) {
      this.quoted(kind, text.startsWith("'''", at) ? "'''" : char);
      return;
    }
    const word = this.match(NUMBER) ?? this.match(WORD);
    const symbol = text.startsWith('<>', at) ? '<>' : String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (word === undefined) this.push('symbol', symbol, at + symbol.length);
    else this.push('word', word, at + word.length);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }
}

/** Tokens of a text. Never fails: what does not end is marked as open and ends with its line. */
export function lexDbml(text: string): readonly DbmlToken[] {
  return new Lexer(text).run();
}
