import type { DbmlToken } from './lex.ts';
import type { DbmlEnd, DbmlSetting, DbmlValue, Relation } from './tree.ts';

/** Goes through the tokens of one element. The first problem stays; from then on nothing matches. */
export class DbmlCursor {
  problem: { readonly at: number; readonly message: string } | undefined;
  private at = 0;
  private readonly tokens: readonly DbmlToken[];
  private readonly end: number;

  constructor(tokens: readonly DbmlToken[], end: number) {
    this.tokens = tokens;
    this.end = end;
  }

  fail(message: string, at = this.peek()?.start ?? this.end): undefined {
    this.problem ??= { at, message };
    return undefined;
  }

  peek(ahead = 0): DbmlToken | undefined {
    const token = this.problem === undefined ? this.tokens[this.at + ahead] : undefined;
    if (token?.open === true) {
      this.problem = {
        at: token.start,
        message: `The ${token.kind === 'name' ? 'name' : token.kind} that begins here never ends.`,
      };
      return undefined;
    }
    return token;
  }

  get offset(): number {
    return this.peek()?.start ?? this.end;
  }

  next(): DbmlToken | undefined {
    const token = this.peek();
    if (token !== undefined) this.at++;
    return token;
  }

  is(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'symbol' && token.value === symbol;
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token?.kind === 'word' && token.value.toLowerCase() === word;
  }

  take(symbol: string): boolean {
    const found = this.is(symbol);
    if (found) this.at++;
    return found;
  }

  expect(symbol: string, where: string): boolean {
    if (this.take(symbol)) return true;
    const found = this.peek();
    if (this.problem === undefined)
      this.fail(`There should be a ${symbol} ${where}${found === undefined ? '' : `, not ${found.value}`}.`);
    return false;
  }

  isName(ahead = 0): boolean {
    const kind = this.peek(ahead)?.kind;
    return kind === 'word' || kind === 'name';
  }

  name(what: string): string {
    if (this.isName()) return this.next()?.value ?? '';
    this.fail(`There should be the name of ${what} here.`);
    return '';
  }

  /** Names joined by dots. */
  path(what: string): string[] {
    const names = [this.name(what)];
    while (this.take('.')) names.push(this.name(what));
    return names;
  }

  /** One end of a reference: `schema.table.column` or `table.(a, b)`. */
  endpoint(): DbmlEnd {
    const at = this.offset;
    const path = [this.name('a table')];
    while (this.take('.')) {
      if (!this.take('(')) {
        path.push(this.name('a column'));
        continue;
      }
      const columns = [this.name('a column')];
      while (this.take(',')) columns.push(this.name('a column'));
      this.expect(')', 'after the columns');
      return { path, columns, at };
    }
    return { path: path.slice(0, -1), columns: path.slice(-1), at };
  }

  /** `>`, `<`, `-` or `<>`, with a question mark where an end is optional. */
  relation(): Relation {
    while (this.take('?'));
    const token = this.next();
    while (this.take('?'));
    const value = token?.value;
    if (token?.kind === 'symbol' && (value === '>' || value === '<' || value === '-' || value === '<>')) return value;
    this.fail('There should be one of >, <, - and <> here.', token?.start);
    return '>';
  }

  settings(): readonly DbmlSetting[] {
    if (!this.take('[')) return [];
    const found: DbmlSetting[] = [];
    while (this.peek() !== undefined && !this.is(']')) {
      found.push(this.setting());
      if (!this.take(',')) break;
    }
    this.expect(']', 'after the settings');
    return found;
  }

  private setting(): DbmlSetting {
    const at = this.offset;
    const words: string[] = [];
    while (this.isName()) words.push(this.next()?.value.toLowerCase() ?? '');
    const name = words.join(' ');
    if (name === 'ref' && this.take(':')) return { name, ref: { relation: this.relation(), end: this.endpoint() }, at };
    if (this.is('<') || this.is('>') || this.is('-') || this.is('<>')) this.fail('A reference is written as ref: > table.column.');
    if (!this.take(':')) {
      // A check without a colon, as in `check \`a > 0\``, is common.
      const value = this.peek()?.kind === 'expression' ? this.value() : undefined;
      return value === undefined ? { name, at } : { name, value, at };
    }
    return { name, value: this.value(), at };
  }

  /** What stands between the colon and the next comma or bracket. */
  private value(): DbmlValue {
    const first = this.peek();
    if (first?.kind === 'text' || first?.kind === 'expression') {
      this.next();
      return { kind: first.kind, text: first.value };
    }
    const tokens: DbmlToken[] = [];
    while (this.peek() !== undefined && !this.is(',') && !this.is(']')) tokens.push(this.next() as DbmlToken);
    if (tokens.length === 0) this.fail('There should be a value after the colon.');
    if (tokens.length === 1 && first !== undefined && first.kind !== 'symbol') return { kind: first.kind, text: first.value };
    const text = tokens.reduce((all, token, i) => {
      const before = tokens[i - 1];
      return all + (before !== undefined && before.end < token.start ? ' ' : '') + token.value;
    }, '');
    return { kind: 'symbols', text };
  }
}
