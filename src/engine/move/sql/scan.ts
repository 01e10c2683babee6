import type { Dialect } from '#model/types.ts';
import { lexSql, type Token, tokenName } from '../../dialects/base/lex.ts';
import type { Expr, Query, Word } from './tree.ts';

/** The rules that need one another: an expression may hold a query, a query holds expressions. */
export interface Rules {
  expression(scan: Scan): Expr;
  query(scan: Scan): Query;
}

const NOTHING: Token = { kind: 'symbol', text: '', word: '', start: 0, end: 0 };

/** Tokens with a place in them, and the first problem: after one, everything is at its end. */
export class Scan {
  readonly dialect: Dialect;
  problem: string | undefined;
  private readonly tokens: readonly Token[];
  private at = 0;

  private readonly rules: Rules;

  constructor(sql: string, dialect: Dialect, rules: Rules) {
    this.dialect = dialect;
    this.rules = rules;
    this.tokens = lexSql(sql, dialect).tokens;
  }

  get done(): boolean {
    return this.problem !== undefined || this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token {
    return this.problem === undefined ? (this.tokens[this.at + ahead] ?? NOTHING) : NOTHING;
  }

  /** Whether the next tokens are these words or symbols. */
  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.peek(ahead).word === word);
  }

  next(): Token {
    const token = this.peek();
    if (token === NOTHING) this.fail('it ends too early');
    else this.at++;
    return token;
  }

  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words)) this.fail(`${words.join(' ')} is expected where ${this.peek().text || 'its end'} stands`);
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }

  /** Symbols that stand without space between them and consist of these characters. */
  joined(characters: string): string {
    let text = '';
    for (let ahead = 0; ; ahead++) {
      const token = this.peek(ahead);
      const first = token.kind === 'symbol' && token.text !== '' && [...token.text].every((one) => characters.includes(one));
      if (!first || (ahead > 0 && this.peek(ahead - 1).end !== token.start)) return text;
      text += token.text;
    }
  }

  /** Takes the symbols that make up `text`. */
  takeJoined(text: string): void {
    for (let length = 0; length < text.length; this.at++) length += this.peek().text.length || text.length;
  }

  /** The expression that stands next. */
  expression(): Expr {
    return this.rules.expression(this);
  }

  /** The query that stands next. */
  query(): Query {
    return this.rules.query(this);
  }

  name(): Word {
    const token = this.next();
    if (token.kind !== 'word' && token.kind !== 'quoted') this.fail(`${token.text || 'its end'} is no name`);
    return { name: tokenName(token, this.dialect), quoted: token.kind === 'quoted' };
  }

  isName(): boolean {
    const { kind } = this.peek();
    return kind === 'word' || kind === 'quoted';
  }
}
