import { blockCommentEnd, dollarTag, isSpace, isWordPart, lineEnd, quotedEnd } from '../skip.ts';

/** A text whose dialect is not known yet, taken apart as far as all dialects agree. */
export interface Neutral {
  /**
   * The code, lines kept: comments are gone, runs of blanks are one blank, and what is quoted has become `'s'`, `"q"`,
   * `` `q` ``, `$$` or, in brackets, `[q]` (names of schemas and types stay: `[dbo]`).
   */
  readonly code: string;
  /** The comments, each on the line it begins in. */
  readonly comments: string;
}

/** UTF-16 units that are looked at: a dialect shows early, and rows of data say little. */
const LOOKED_AT = 400_000;
/** A comment says in its first words what made the file. */
const COMMENT = 600;

const BRACKETED = /\[([A-Za-z_][\w$ .-]{0,127})\]/y;

class Scan {
  private readonly code: string[] = [];
  private readonly comments: string[] = [];
  /** The last character of the code so far. */
  private last = '\n';
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
  }

  run(): Neutral {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === 10) this.line();
      else if (isSpace(code)) this.blank();
      else if (!this.comment(code) && !this.quoted(code)) this.plain();
    }
    return { code: this.code.join(''), comments: this.comments.join('') };
  }

  private put(code: string): void {
    if (code === '') return;
    this.code.push(code);
    this.last = code[code.length - 1] as string;
  }

  private line(): void {
    this.put('\n');
    this.comments.push('\n');
    this.at += 1;
  }

  private blank(): void {
    if (this.last !== ' ' && this.last !== '\n') this.put(' ');
    this.at += 1;
  }

  /** Steps over a stretch; its line breaks stay. */
  private over(end: number, instead: string): void {
    const to = end < 0 ? this.text.length : end;
    const breaks = '\n'.repeat(this.text.slice(this.at, to).split('\n').length - 1);
    this.put(instead + breaks);
    this.comments.push(breaks);
    this.at = to;
  }

  private comment(code: number): boolean {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    const line = (code === 45 && next === 45) || (code === 35 && (this.last === ' ' || this.last === '\n'));
    if (line) {
      const end = lineEnd(text, at);
      // What a hash begins may also be a temporary table's name.
      if (code === 35) this.put('#');
      this.comments.push(text.slice(at, Math.min(end, at + COMMENT)));
      this.at = end;
      return true;
    }
    if (code !== 47 || next !== 42) return false;
    const executed = /^\/\*(?:M?!)\d*/.exec(text.slice(at, at + 12))?.[0];
    if (executed !== undefined) {
      this.put(executed);
      this.at += executed.length;
      return true;
    }
    const end = blockCommentEnd(text, at, false);
    this.comments.push(text.slice(at, Math.min(end < 0 ? text.length : end, at + COMMENT)).replaceAll(/\s+/g, ' '));
    this.over(end, ' ');
    return true;
  }

  private quoted(code: number): boolean {
    const { text, at } = this;
    // A backslash before the closing quote is MySQL's way; every other dialect doubles the quote.
    if (code === 39) this.over(this.stringEnd(), "'s'");
    else if (code === 34) this.over(quotedEnd(text, at, '"', false), '"q"');
    else if (code === 96) this.over(quotedEnd(text, at, '`', false), '`q`');
    else if (code === 91) this.bracket();
    else if (code === 36 && dollarTag(text, at) !== undefined) this.dollar(dollarTag(text, at) as string);
    else return false;
    return true;
  }

  private stringEnd(): number {
    const plain = quotedEnd(this.text, this.at, "'", false);
    if (plain < 0 || this.text[plain - 2] !== '\\') return plain;
    const escaped = quotedEnd(this.text, this.at, "'", true);
    return escaped < 0 ? plain : escaped;
  }

  private bracket(): void {
    BRACKETED.lastIndex = this.at;
    const found = BRACKETED.exec(this.text);
    // After a name or a type, brackets are an array's.
    const array = isWordPart(this.last.charCodeAt(0));
    if (found === null || array) {
      this.put('[');
      this.at += 1;
      return;
    }
    const name = found[1] as string;
    this.put(/^(?:dbo|n?varchar|n?char|int|bigint|bit|datetime2?|uniqueidentifier|PRIMARY)$/i.test(name) ? `[${name}]` : '[q]');
    this.at += found[0].length;
  }

  private dollar(tag: string): void {
    const close = this.text.indexOf(tag, this.at + tag.length);
    this.over(close < 0 ? this.at + tag.length : close + tag.length, '$$');
  }

  private plain(): void {
    const { text } = this;
    let end = this.at + 1;
    while (end < text.length && isWordPart(text.charCodeAt(end)) && text.charCodeAt(end) !== 36) end++;
    this.put(text.slice(this.at, end));
    this.at = end;
  }
}

/** Takes SQL text of any dialect apart. Linear in what is looked at; any text has an answer. */
export function neutral(text: string): Neutral {
  return new Scan(text).run();
}
