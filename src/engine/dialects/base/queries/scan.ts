import type { Dialect } from '#model/types.ts';
import type { Spot } from '../../../workload/facts.ts';
import type { Expr, Name, Query } from '../../../workload/tree.ts';
import { lexSql, type Token, tokenName } from '../lex.ts';
import { SPELLING, type Spelling } from './spelling.ts';

/** What stops the reading of a statement: thrown inside, caught where it began. */
export class Refused extends Error {
  readonly at: Spot;

  constructor(message: string, at: Spot) {
    super(message);
    this.at = at;
  }
}

/** The rules that need one another: an expression may hold a query, and a query holds expressions. */
export interface Rules {
  expression(scan: Scan): Expr;
  query(scan: Scan): Query;
}

/** Deepest nesting that is read: far above real SQL, below what exhausts the stack. */
const MAX_DEPTH = 300;

/** Words that end an expression or a name, so that they are no alias without AS. */
const NO_ALIAS: ReadonlySet<string> = new Set(
  (
    'FROM WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS ON USING JOIN LEFT RIGHT INNER FULL CROSS OUTER ' +
    'NATURAL AS WHEN THEN ELSE END AND OR XOR NOT ASC DESC NULLS FOR INTO WITH WINDOW SET VALUES VALUE RETURNING OUTPUT USE FORCE IGNORE ' +
    'STRAIGHT_JOIN LOCK OPTION APPLY CONNECT START PARTITION PIVOT UNPIVOT TABLESAMPLE SELECT BETWEEN IN IS LIKE REGEXP RLIKE GLOB ' +
    'MATCH COLLATE ESCAPE DIV MOD WHILE QUALIFY INDEXED'
  ).split(' '),
);

/** Words that are no name without quotes in any dialect. */
const RESERVED: ReadonlySet<string> = new Set('SELECT FROM WHERE GROUP HAVING ORDER UNION ON JOIN AND OR'.split(' '));

/** Tokens of one statement with a place in them. */
export class Scan {
  readonly dialect: Dialect;
  readonly spelling: Spelling;
  readonly text: string;
  readonly tokens: readonly Token[];
  at = 0;
  /** Words such as IN belong to what is around the expression, not to it. */
  plain = false;
  /** `?` seen so far. */
  marks = 0;
  readonly #rules: Rules;
  #depth = 0;

  constructor(text: string, dialect: Dialect, rules: Rules) {
    this.text = text;
    this.dialect = dialect;
    this.spelling = SPELLING[dialect];
    this.tokens = lexSql(text, dialect).tokens.filter((token) => token.word !== ';');
    this.#rules = rules;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  /** The word (in capitals) or symbol that stands next; empty for everything else. */
  word(ahead = 0): string {
    return this.peek(ahead)?.word ?? '';
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.word(ahead) === word);
  }

  isOneOf(...words: readonly string[]): boolean {
    return words.includes(this.word());
  }

  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** The word it takes, if it is one of these. */
  takeOneOf(...words: readonly string[]): string | undefined {
    const word = this.word();
    if (word === '' || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words)) this.refuse(`${words.join(' ')} is expected here`);
  }

  next(): Token {
    const token = this.peek();
    if (token === undefined) return this.refuse('the statement ends too early');
    this.at++;
    return token;
  }

  refuse(message: string): never {
    const token = this.peek();
    const found = token === undefined ? 'at its end' : `at ${token.text.slice(0, 40)}`;
    throw new Refused(`${message}, ${found}`, this.here());
  }

  /** The place of the next token. */
  here(): Spot {
    const token = this.peek();
    return token === undefined ? { start: this.text.length, end: this.text.length } : { start: token.start, end: token.end };
  }

  /** From an offset to the end of the token that was taken last. */
  since(start: number): Spot {
    return { start, end: Math.max(start, this.tokens[this.at - 1]?.end ?? start) };
  }

  /** Runs a rule one level deeper. */
  deeper<T>(rule: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.refuse(`it is nested deeper than ${MAX_DEPTH} levels`);
    const value = rule();
    this.#depth--;
    return value;
  }

  expression(): Expr {
    return this.deeper(() => this.#rules.expression(this));
  }

  query(): Query {
    return this.deeper(() => this.#rules.query(this));
  }

  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.take(',')) items.push(item());
    return items;
  }

  /** `( item, item )` */
  bracketed<T>(item: () => T): T[] {
    this.expect('(');
    if (this.take(')')) return [];
    const items = this.list(item);
    this.expect(')');
    return items;
  }

  isName(ahead = 0): boolean {
    const kind = this.peek(ahead)?.kind;
    return kind === 'word' || kind === 'quoted';
  }

  name(): Name {
    const token = this.next();
    if ((token.kind !== 'word' && token.kind !== 'quoted') || RESERVED.has(token.word)) {
      this.at--;
      this.refuse('a name is expected here');
    }
    return { name: tokenName(token, this.dialect), at: { start: token.start, end: token.end } };
  }

  /** `a`, `a.b`, `a.b.c`; SQL Server leaves parts out (`db..t`). */
  path(): Name[] {
    const path = [this.name()];
    while (this.is('.') && (this.isName(1) || this.word(1) === '.')) {
      this.at++;
      if (!this.is('.')) path.push(this.name());
    }
    return path;
  }

  /** An alias, with AS or without. */
  alias(): Name | undefined {
    if (this.take('AS')) {
      const token = this.peek();
      if (token?.kind !== 'string') return this.name();
      this.at++;
      return { name: tokenName(token, this.dialect), at: { start: token.start, end: token.end } };
    }
    const token = this.peek();
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return undefined;
    return token.kind === 'word' && NO_ALIAS.has(token.word) ? undefined : this.name();
  }

  /** Goes past a bracket and all that it holds. */
  skipBrackets(): void {
    let depth = 0;
    do {
      const { word } = this.next();
      if (word === '(') depth++;
      else if (word === ')') depth--;
    } while (depth > 0);
  }
}
