import { blockCommentEnd, isSpace, isWordStart, lineEnd, quotedEnd, wordEnd } from '../../sql/skip.ts';

/** What the splitter sees of a token: enough to tell where statements begin and end. */
export interface Bit {
  /** `line`: a whole line for a client program; `go`: one that ends the batch; `end`: the end of the text. */
  readonly kind: 'word' | 'symbol' | 'other' | 'line' | 'go' | 'end';
  /** A word in capitals, or the symbol. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Nothing but white space and comments stands before it on its line. */
  readonly first: boolean;
}

/** What opened and never ends. */
export interface Unterminated {
  readonly what: string;
  readonly at: number;
}

const GO = /^GO(?:[ \t]+\d+)?[ \t]*;?[ \t]*(?:--.*)?\r?$/i;
const CLIENT = /^(?::(?:r|setvar|on|connect|out|error|exit|quit|serverlist|list|listvar|reset|ed|help|perftrace|xml)\b|:?!!)/i;
const MAX_WORD = 40;

/** Tokens of T-SQL one by one. What never ends runs to the end of the text and is told in {@link unterminated}. */
export class Scanner {
  readonly text: string;
  unterminated: Unterminated | undefined;
  private at = 0;
  private first = true;
  /** Tokens that were looked at ahead of their time. */
  private readonly ahead: Bit[] = [];

  constructor(text: string) {
    this.text = text;
  }

  peek(ahead = 0): Bit {
    while (this.ahead.length <= ahead) this.ahead.push(this.scan());
    return this.ahead[ahead] as Bit;
  }

  next(): Bit {
    return this.ahead.shift() ?? this.scan();
  }

  /** Whether these words and symbols come next, from the token `from` on. */
  is(from: number, ...words: readonly string[]): boolean {
    return words.every((word, i) => this.peek(from + i).word === word);
  }

  private scan(): Bit {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (isSpace(code)) {
        if (code === 10) this.first = true;
        this.at++;
      } else if (this.first && this.isLine(code)) return this.line();
      else if (!this.comment(code)) return this.token(code);
    }
    return { kind: 'end', word: '', start: text.length, end: text.length, first: true };
  }

  private bit(kind: Bit['kind'], end: number, word = ''): Bit {
    const bit: Bit = { kind, word, start: this.at, end, first: this.first };
    this.at = end;
    this.first = false;
    return bit;
  }

  /** Lines can only begin with one of `:`, `!` and `G`. */
  private isLine(code: number): boolean {
    if (code === 58 || code === 33) return CLIENT.test(this.text.slice(this.at, this.at + 20));
    return (code === 71 || code === 103) && this.isGo();
  }

  private isGo(): boolean {
    const { text, at } = this;
    const second = text.charCodeAt(at + 1);
    if (second !== 79 && second !== 111) return false;
    return GO.test(text.slice(at, Math.min(lineEnd(text, at), at + 200)));
  }

  private line(): Bit {
    const kind = this.text.charCodeAt(this.at) === 58 || this.text.charCodeAt(this.at) === 33 ? 'line' : 'go';
    return this.bit(kind, lineEnd(this.text, this.at));
  }

  private comment(code: number): boolean {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    if (code === 45 && next === 45) {
      this.at = lineEnd(text, at);
      return true;
    }
    if (code !== 47 || next !== 42) return false;
    this.at = this.close(blockCommentEnd(text, at, true), 'comment');
    if (text.slice(at, this.at).includes('\n')) this.first = true;
    return true;
  }

  private close(end: number, what: string): number {
    if (end >= 0) return end;
    this.unterminated ??= { what, at: this.at };
    return this.text.length;
  }

  private token(code: number): Bit {
    const { text, at } = this;
    if (code === 39) return this.bit('other', this.close(quotedEnd(text, at, "'", false), 'quoted text'));
    if (code === 34) return this.bit('other', this.close(quotedEnd(text, at, '"', false), 'quoted name'));
    if (code === 91) return this.bit('other', this.close(quotedEnd(text, at, ']', false), 'quoted name'));
    if (isWordStart(code)) {
      const end = wordEnd(text, at);
      return this.bit('word', end, end - at > MAX_WORD ? '' : text.slice(at, end).toUpperCase());
    }
    // Variables and temporary tables: names, whatever word stands behind the mark.
    if (code === 64 || code === 35) return this.bit('other', this.marked());
    if (code >= 48 && code <= 57) return this.bit('other', wordEnd(text, at));
    return this.bit('symbol', at + 1, text[at]);
  }

  private marked(): number {
    const { text } = this;
    let end = this.at + 1;
    while (text[end] === '@' || text[end] === '#') end++;
    return end < text.length && (isWordStart(text.charCodeAt(end)) || /\d/.test(text[end] as string)) ? wordEnd(text, end) : end;
  }
}
