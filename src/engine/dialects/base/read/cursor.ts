import { nearest } from '#lib/edit-distance.ts';
import type { Dialect, Sql } from '#model/types.ts';
import { type Lexed, lexSql, stringValue, type Token, tokenName } from '../lex.ts';
import type { DdlName } from './ddl.ts';

const NOTHING: Token = { kind: 'symbol', text: '', word: '', start: 0, end: 0 };

function isWord(word: string): boolean {
  return /^[A-Z_]/.test(word);
}

/** Why a statement cannot be read any further. */
export interface SyntaxProblem {
  readonly message: string;
  /** UTF-16 offset in the statement. */
  readonly position: number;
}

/**
 * Walks the tokens of one statement. Reading never throws: the first thing that does not fit is remembered as the
 * {@link problem} and moves the cursor to the end, so that everything after it finds nothing. Whoever reads looks at the
 * problem once, when it is done.
 */
export class Cursor {
  readonly text: string;
  readonly dialect: Dialect;
  readonly tokens: readonly Token[];
  readonly comments: Lexed['comments'];
  private readonly marks: Lexed['marks'];
  /** Number of the next token. */
  at = 0;
  problem: SyntaxProblem | undefined;
  /** Words that were looked for behind one that stands here: where from, where, and which. */
  private partly: { readonly from: number; at: number; words: Set<string> } | undefined;

  /**
   * @param text one statement, with or without its terminator.
   * @param lexed its tokens, when they are known.
   */
  constructor(text: string, dialect: Dialect, lexed: Lexed = lexSql(text, dialect)) {
    this.text = text;
    this.dialect = dialect;
    const { tokens, comments, marks } = lexed;
    const ends = tokens.at(-1)?.word === ';';
    this.tokens = ends ? tokens.slice(0, -1) : tokens;
    this.comments = comments;
    this.marks = marks;
  }

  /** A cursor over some of the tokens, in the same text: a statement in a statement. */
  part(from: number, to: number): Cursor {
    return new Cursor(this.text, this.dialect, { tokens: this.tokens.slice(from, to), comments: [], marks: [] });
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? NOTHING;
  }

  /** The next word in capitals or symbol; empty for names in quotes, strings, numbers, and at the end. */
  word(ahead = 0): string {
    return this.peek(ahead).word;
  }

  next(): Token {
    const token = this.peek();
    if (!this.done) this.at++;
    return token;
  }

  /** Whether these words and symbols come next. */
  is(...words: readonly string[]): boolean {
    const length = words.findIndex((word, i) => this.word(i) !== word);
    if (length > 0) this.notePart(length, words[length] ?? '');
    return length < 0;
  }

  /** Remembers that only the first words of a clause stand here: when nothing else fits, that is the mistake. */
  private notePart(length: number, missing: string): void {
    if (!isWord(missing) || this.peek().kind !== 'word') return;
    const { partly, at } = this;
    if (partly?.from !== at || partly.at < at + length) this.partly = { from: at, at: at + length, words: new Set([missing]) };
    else if (partly.at === at + length) partly.words.add(missing);
  }

  /** Whether one of these comes next. */
  isAny(...words: readonly string[]): boolean {
    const word = this.word();
    return word !== '' && words.includes(word);
  }

  /** Takes these words and symbols when they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** Takes the next one of these words; undefined when none of them comes. */
  takeAny(...words: readonly string[]): string | undefined {
    const word = this.word();
    if (word === '' || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }

  /** Takes these words, or notes that they are missing. */
  expect(...words: readonly string[]): boolean {
    if (this.take(...words)) return true;
    this.fail(`${words.join(' ')} was expected`);
    return false;
  }

  /** Notes why the statement cannot be read. Only the first reason counts. @param hint what may be done. */
  fail(what: string, hint = ''): void {
    const { partly } = this;
    const wrong = partly?.from === this.at && this.tokens[partly.at]?.kind === 'word' ? partly : undefined;
    if (this.problem === undefined && wrong !== undefined) this.failPartly(wrong);
    this.failHere(what, hint);
  }

  private failPartly(partly: { readonly at: number; readonly words: ReadonlySet<string> }): void {
    const before = this.peek(partly.at - this.at - 1).word;
    this.at = partly.at;
    const found = this.word();
    const [slip] = found.length < 2 ? [] : nearest(found, partly.words, 1);
    const words = slip === undefined ? [...partly.words].join(' or ') : slip;
    this.failHere(`${words} was expected behind ${before}`, slip === undefined ? '' : `: did you mean ${slip}?`);
  }

  private failHere(what: string, hint = ''): void {
    const { text, start } = this.peek();
    const near = this.done ? 'the end of the statement' : text.slice(0, 40);
    this.problem ??= { message: `${what}, but here is ${near}${hint}`, position: this.done ? this.text.trimEnd().length : start };
    this.at = this.tokens.length;
  }

  /** Whether the next token can be a name. */
  isName(): boolean {
    const { kind } = this.peek();
    return kind === 'word' || kind === 'quoted';
  }

  /** One name, as the catalog has it. */
  name(): string {
    if (!this.isName() && this.peek().kind !== 'string') {
      this.fail('a name was expected');
      return '';
    }
    return tokenName(this.next(), this.dialect);
  }

  /** `name`, `schema.name` or `catalog.schema.name`; what stands before the schema is left out. */
  qualified(): DdlName {
    const parts = [this.name()];
    while (this.take('.')) {
      // SQL Server: two dots leave the schema to its default.
      if (this.is('.')) continue;
      parts.push(this.name());
    }
    const name = parts.at(-1) ?? '';
    const schema = parts.at(-2);
    return schema === undefined ? { name } : { schema, name };
  }

  /** The value of a string literal; adjacent literals are one. */
  string(): string {
    if (this.peek().kind !== 'string') {
      this.fail('a text in quotes was expected');
      return '';
    }
    return stringValue(this.next().text, this.dialect);
  }

  /** A number with its sign, as written; undefined when none comes next. */
  number(): string | undefined {
    const sign = this.isAny('-', '+') ? this.word() : '';
    if (this.peek(sign === '' ? 0 : 1).kind !== 'number') return undefined;
    if (sign !== '') this.at++;
    return (sign === '-' ? '-' : '') + this.next().text;
  }

  /** The text from one token up to, not including, another; marks of executed comments are left out. */
  slice(from: number, to = this.at): Sql {
    const first = this.tokens[from];
    const last = this.tokens[to - 1];
    return first === undefined || last === undefined || to <= from ? '' : this.plain(first.start, last.end);
  }

  private plain(start: number, end: number): Sql {
    const inside = this.marks.filter((mark) => mark.start >= start && mark.end <= end);
    if (inside.length === 0) return this.text.slice(start, end);
    let out = '';
    let from = start;
    for (const mark of inside) {
      out += this.text.slice(from, mark.start);
      from = mark.end;
    }
    return (out + this.text.slice(from, end)).trim();
  }

  /** Moves past one token, or past a whole pair of brackets. */
  skip(): void {
    if (!this.is('(')) {
      this.next();
      return;
    }
    for (let depth = 0; !this.done; ) {
      const { word } = this.next();
      if (word === '(') depth++;
      else if (word === ')' && --depth === 0) return;
    }
  }

  /** What stands in the brackets that come next, as text without them. */
  bracketed(): Sql {
    const from = this.at;
    if (!this.is('(')) {
      this.fail('( was expected');
      return '';
    }
    this.skip();
    if (this.tokens[this.at - 1]?.word !== ')') this.fail('the bracket is never closed');
    return this.slice(from + 1, this.at - 1);
  }

  /** Takes text up to a comma, a closing bracket or one of these words outside brackets, or to the end. */
  until(...stops: readonly string[]): Sql {
    const from = this.at;
    while (!this.done && !this.isAny(',', ')') && !(this.word() !== '' && stops.includes(this.word()))) this.skip();
    return this.slice(from);
  }

  /** Takes everything that is left, as text. */
  rest(): Sql {
    const from = this.at;
    this.at = this.tokens.length;
    return this.slice(from);
  }

  /** `( item, item ... )`, with one item at least. @param last what may follow the last item: a comma, where the dialect takes one. */
  list<T>(item: () => T, last: 'item' | 'comma' = 'item'): T[] {
    const items: T[] = [];
    if (!this.expect('(')) return items;
    while (!this.done && !this.is(')')) {
      const before = this.at;
      items.push(item());
      if (this.at === before) this.fail('this cannot stand here');
      if (last === 'item') this.refuseLastComma();
      if (!this.take(',') && !this.is(')')) this.fail('a comma or a closing bracket was expected');
    }
    if (items.length === 0) this.fail('nothing stands in the brackets');
    this.expect(')');
    return items;
  }

  /** Notes a comma that comes next and has no entry of a list behind it. */
  refuseLastComma(): void {
    if (this.is(',', ')')) this.fail('another entry of the list was expected behind the comma: add it, or take the comma away');
  }

  /** UTF-16 offset where the next token begins. */
  get offset(): number {
    return this.done ? this.text.length : this.peek().start;
  }

  /** UTF-16 offset where the last taken token ended. */
  get endOffset(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
}
