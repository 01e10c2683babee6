import { type Lexeme, lex } from '../../dialects/postgres/lex.ts';

/** A value that stands in a condition as it is. */
export interface Literal {
  readonly kind: 'number' | 'string' | 'boolean';
  readonly text: string;
}

/** What a comparison is about: a column, or any other expression as its tokens. */
export interface Term {
  readonly key: string;
  /** Name of the column, when it is nothing but that. */
  readonly column?: string;
}

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition about one term, or text that is not understood and means only itself. */
export type Atom =
  | { readonly is: 'compare'; readonly term: Term; readonly op: Comparison; readonly value: Literal }
  | { readonly is: 'in'; readonly term: Term; readonly values: readonly Literal[] }
  | { readonly is: 'not in'; readonly term: Term; readonly values: readonly Literal[] }
  | { readonly is: 'null'; readonly term: Term }
  | { readonly is: 'not null'; readonly term: Term }
  | { readonly is: 'opaque'; readonly text: string };

/** A condition: a row satisfies it when it is true, neither false nor unknown. */
export type Condition =
  | { readonly is: 'atom'; readonly atom: Atom }
  | { readonly is: 'and' | 'or'; readonly parts: readonly Condition[] };

const NEGATED: Readonly<Record<Comparison, Comparison>> = { '=': '<>', '<>': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };
const TURNED: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** Longer texts are not taken apart: they mean only themselves. */
const MOST_TOKENS = 2000;

const isSymbol = (token: Lexeme | undefined, text: string) => token?.kind === 'symbol' && token.text === text;
const isWord = (token: Lexeme | undefined, text: string) => token?.kind === 'word' && token.text === text;

const wordsOf = (tokens: readonly Lexeme[], sql: string) =>
  tokens
    // Words are folded already; all else stands as it was written, so that 'a', E'a' and "a" stay apart.
    .map((token) => (token.kind === 'word' ? token.text : sql.slice(token.start, token.end)))
    .join(' ');

const atomOf = (atom: Atom): Condition => ({ is: 'atom', atom });

/** Index after the bracket that closes the one at `open`; -1 when none does. */
function afterBracket(tokens: readonly Lexeme[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (isSymbol(tokens[at], '(')) depth++;
    else if (isSymbol(tokens[at], ')') && --depth === 0) return at + 1;
  }
  return -1;
}

function unwrapped(tokens: readonly Lexeme[]): readonly Lexeme[] {
  let out = tokens;
  while (out.length > 2 && isSymbol(out[0], '(') && afterBracket(out, 0) === out.length) out = out.slice(1, -1);
  return out;
}

/** Splits at a word outside of brackets; the AND of BETWEEN does not count, and nothing is split inside CASE. */
function splitAt(tokens: readonly Lexeme[], word: 'and' | 'or'): Lexeme[][] {
  const parts: Lexeme[][] = [[]];
  let depth = 0;
  let cases = 0;
  let between = false;
  for (const token of tokens) {
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth++;
    else if (isSymbol(token, ')') || isSymbol(token, ']')) depth--;
    else if (isWord(token, 'case')) cases++;
    else if (isWord(token, 'end')) cases--;
    else if (depth === 0 && cases === 0 && isWord(token, 'between')) between = true;
    else if (depth === 0 && cases === 0 && isWord(token, word)) {
      if (!(between && word === 'and')) {
        parts.push([]);
        continue;
      }
      between = false;
    }
    (parts.at(-1) as Lexeme[]).push(token);
  }
  return parts;
}

/** Casts of a literal that change nothing of what it is. */
const PLAIN_CASTS: Readonly<Record<Literal['kind'], readonly string[]>> = {
  string: ['text', 'character varying', 'varchar', 'date', 'timestamp', 'timestamp without time zone'],
  number: ['integer', 'bigint', 'smallint', 'numeric', 'int'],
  boolean: ['boolean', 'bool'],
};

class Reader {
  private readonly sql: string;

  constructor(sql: string) {
    this.sql = sql;
  }

  private opaque(tokens: readonly Lexeme[]): Condition {
    return atomOf({ is: 'opaque', text: wordsOf(unwrapped(tokens), this.sql) });
  }

  read(tokens: readonly Lexeme[], negated: boolean): Condition {
    const inner = unwrapped(tokens);
    for (const word of ['or', 'and'] as const) {
      const parts = splitAt(inner, word);
      if (parts.length === 1) continue;
      if (parts.some((part) => part.length === 0)) return this.opaque(negated ? [] : inner);
      return { is: (word === 'or') === negated ? 'and' : 'or', parts: parts.map((part) => this.read(part, negated)) };
    }
    if (isWord(inner[0], 'not') && inner.length > 1) return this.read(inner.slice(1), !negated);
    const found = this.atom(inner, negated);
    if (found !== undefined) return found;
    const text = wordsOf(inner, this.sql);
    return atomOf({ is: 'opaque', text: negated ? `not ( ${text} )` : text });
  }

  private term(tokens: readonly Lexeme[]): Term | undefined {
    const inner = unwrapped(tokens);
    const [name] = inner;
    if (inner.length === 0 || name === undefined) return undefined;
    if (inner.length === 1 && (name.kind === 'word' || name.kind === 'quoted')) return { key: `"${name.text}"`, column: name.text };
    // SQL Server's names in brackets; nothing else begins with one.
    const close = inner.findIndex((token) => isSymbol(token, ']'));
    if (isSymbol(name, '[') && close > 1 && close === inner.length - 1) {
      const column = this.sql.slice(name.end, inner[close]?.start);
      return { key: `"${column}"`, column };
    }
    return this.literal(inner) === undefined ? { key: wordsOf(inner, this.sql) } : undefined;
  }

  private literal(tokens: readonly Lexeme[]): Literal | undefined {
    let inner = unwrapped(tokens);
    const cast = inner.findIndex((token) => isSymbol(token, '::'));
    let type: string | undefined;
    if (cast > 0) {
      type = wordsOf(inner.slice(cast + 1), this.sql);
      inner = unwrapped(inner.slice(0, cast));
    }
    const minus = isSymbol(inner[0], '-');
    const [token] = minus ? inner.slice(1) : inner;
    if (token === undefined || inner.length !== (minus ? 2 : 1)) return undefined;
    const literal = this.value(token, minus);
    if (literal === undefined || (type !== undefined && !PLAIN_CASTS[literal.kind].includes(type))) return undefined;
    // A number that is cast may be rounded.
    return type !== undefined && literal.kind === 'number' && literal.text.includes('.') ? undefined : literal;
  }

  private value(token: Lexeme, minus: boolean): Literal | undefined {
    if (token.kind === 'number' && /^\d+(?:\.\d+)?$/.test(token.text))
      return { kind: 'number', text: `${minus ? '-' : ''}${token.text}` };
    if (minus) return undefined;
    if (token.kind === 'string' && this.sql[token.start] === "'") return { kind: 'string', text: token.text };
    return isWord(token, 'true') || isWord(token, 'false') ? { kind: 'boolean', text: token.text } : undefined;
  }

  private values(tokens: readonly Lexeme[]): Literal[] | undefined {
    const parts: Lexeme[][] = [[]];
    for (const token of tokens) {
      if (isSymbol(token, ',')) parts.push([]);
      else (parts.at(-1) as Lexeme[]).push(token);
    }
    const found = parts.map((part) => this.literal(part));
    return found.every((one) => one !== undefined) ? found : undefined;
  }

  private atom(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    return (
      this.nullTest(tokens, negated) ??
      this.list(tokens, negated) ??
      this.range(tokens, negated) ??
      this.comparison(tokens, negated) ??
      this.flag(tokens, negated)
    );
  }

  private nullTest(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    const at = tokens.findIndex((token) => isWord(token, 'is'));
    if (at <= 0) return undefined;
    const test = wordsOf(tokens.slice(at + 1), this.sql);
    const term = this.term(tokens.slice(0, at));
    if (term === undefined) return undefined;
    if (test === 'null' || test === 'not null') return atomOf({ is: (test === 'null') === negated ? 'not null' : 'null', term });
    // NOT (x IS TRUE) holds for NULL as well: that is another thing than x = false.
    if ((test === 'true' || test === 'false') && !negated && term.column !== undefined)
      return atomOf({ is: 'compare', term, op: '=', value: { kind: 'boolean', text: test } });
    return undefined;
  }

  /** `x IN (1, 2)` and `x = ANY (ARRAY[1, 2])`, as PostgreSQL keeps it. */
  private list(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    const at = tokens.findIndex((token) => isWord(token, 'in'));
    if (at > 0 && isSymbol(tokens[at + 1], '(') && afterBracket(tokens, at + 1) === tokens.length) {
      const not = isWord(tokens[at - 1], 'not');
      return this.members(tokens.slice(0, not ? at - 1 : at), tokens.slice(at + 2, -1), not !== negated);
    }
    const quantifier = tokens.findIndex((token) => isWord(token, 'any'));
    if (quantifier < 2 || !isSymbol(tokens[quantifier - 1], '=') || /^[<>!]$/.test(tokens[quantifier - 2]?.text ?? ''))
      return undefined;
    const inside = unwrapped(tokens.slice(quantifier + 1));
    if (!isWord(inside[0], 'array') || !isSymbol(inside[1], '[') || !isSymbol(inside.at(-1), ']')) return undefined;
    return this.members(tokens.slice(0, quantifier - 1), inside.slice(2, -1), negated);
  }

  private members(left: readonly Lexeme[], list: readonly Lexeme[], not: boolean): Condition | undefined {
    const term = this.term(left);
    const values = this.values(list);
    return term === undefined || values === undefined ? undefined : atomOf({ is: not ? 'not in' : 'in', term, values });
  }

  private range(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    const at = tokens.findIndex((token) => isWord(token, 'between'));
    if (at <= 0 || isWord(tokens[at + 1], 'symmetric')) return undefined;
    const not = isWord(tokens[at - 1], 'not');
    const and = tokens.findIndex((token, position) => position > at && isWord(token, 'and'));
    const term = this.term(tokens.slice(0, not ? at - 1 : at));
    const low = this.literal(tokens.slice(at + 1, and));
    const high = this.literal(tokens.slice(and + 1));
    if (and < 0 || term === undefined || low === undefined || high === undefined) return undefined;
    const outside = not !== negated;
    const parts: Atom[] = [
      { is: 'compare', term, op: outside ? '<' : '>=', value: low },
      { is: 'compare', term, op: outside ? '>' : '<=', value: high },
    ];
    return { is: outside ? 'or' : 'and', parts: parts.map(atomOf) };
  }

  private comparison(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    let depth = 0;
    for (let at = 1; at < tokens.length; at++) {
      if (isSymbol(tokens[at - 1], '(') || isSymbol(tokens[at - 1], '[')) depth++;
      if (isSymbol(tokens[at], ')') || isSymbol(tokens[at], ']')) depth--;
      if (depth > 0 || tokens[at]?.kind !== 'symbol' || !/^[<>=!]$/.test(tokens[at]?.text ?? '')) continue;
      let end = at + 1;
      // `->` and `@>` are no comparisons: what belongs to an operator stands next to it.
      while (
        tokens[end]?.kind === 'symbol' &&
        tokens[end]?.start === tokens[end - 1]?.end &&
        /^[<>=!@#&|~*/%^+?-]$/.test(tokens[end]?.text ?? '')
      )
        end++;
      let begin = at;
      while (
        tokens[begin - 1]?.kind === 'symbol' &&
        tokens[begin - 1]?.end === tokens[begin]?.start &&
        /^[@#&|~*/%^+?-]$/.test(tokens[begin - 1]?.text ?? '')
      )
        begin--;
      const written = tokens.slice(begin, end).map(({ text }) => text);
      // `x =-1`: the sign is the number's.
      if (written.length > 1 && written.at(-1) === '-') {
        written.pop();
        end--;
      }
      const op = written.join('') === '!=' ? '<>' : written.join('');
      if (!Object.hasOwn(NEGATED, op)) return undefined;
      return this.compared(tokens.slice(0, begin), op as Comparison, tokens.slice(end), negated);
    }
    return undefined;
  }

  private compared(
    left: readonly Lexeme[],
    written: Comparison,
    right: readonly Lexeme[],
    negated: boolean,
  ): Condition | undefined {
    const op = negated ? NEGATED[written] : written;
    const term = this.term(left);
    const value = this.literal(right);
    if (term !== undefined && value !== undefined) return atomOf({ is: 'compare', term, op, value });
    const otherTerm = this.term(right);
    const otherValue = this.literal(left);
    if (otherTerm === undefined || otherValue === undefined) return undefined;
    return atomOf({ is: 'compare', term: otherTerm, op: TURNED[op], value: otherValue });
  }

  /** A column that is a condition by itself. */
  private flag(tokens: readonly Lexeme[], negated: boolean): Condition | undefined {
    const term = this.term(tokens);
    if (term?.column === undefined) return undefined;
    return atomOf({ is: 'compare', term, op: '=', value: { kind: 'boolean', text: negated ? 'false' : 'true' } });
  }
}

/**
 * Takes a condition apart: AND, OR, NOT, comparisons of a term with a literal, IN, BETWEEN, IS NULL, and columns that are
 * conditions. Anything else becomes `opaque`, which is only ever equal to itself.
 */
export function readCondition(sql: string): Condition {
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  if (tokens.length > MOST_TOKENS) return atomOf({ is: 'opaque', text: wordsOf(tokens, sql) });
  return new Reader(sql).read(tokens, false);
}
