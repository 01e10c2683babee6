import type { Dialect } from '#model/types.ts';
import { lexSql, type Token } from '../../dialects/base/lex.ts';
import { REWRITING } from '../../dialects/base/queries/rewriting.ts';
import { SPELLING } from '../../dialects/base/queries/spelling.ts';
import type { QueryPort } from '../resolving.ts';
import type { Entry } from './entry.ts';

/** Words after which a value stands, so that a `?` there is no operator. */
const BEFORE_VALUE = new Set(
  'SELECT WHERE AND OR NOT ON HAVING IN LIKE ILIKE BETWEEN LIMIT OFFSET SET VALUES WHEN THEN ELSE CASE RETURNING BY FROM IS ANY ALL INTERVAL DATE TIME TIMESTAMP TO FETCH NEXT FIRST TOP ESCAPE USING DISTINCT AS SIMILAR'.split(
    ' ',
  ),
);

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A statement with other parameters, and where in the first text a place of it stands. */
export interface Rewritten {
  readonly sql: string;
  placeOf(offset: number): number;
  /** That some of it is a parameter there is no doubt, although the dialect could read it as something else. */
  readonly certain: boolean;
}

function endsValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'word') return !BEFORE_VALUE.has(token.word);
  return token.kind !== 'symbol' || token.word === ')' || token.word === ']';
}

function beginsValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return (
    token.kind === 'string' || token.kind === 'number' || ['?', '$', ':', '|', '&'].includes(token.word) || token.word === 'ARRAY'
  );
}

interface Found {
  readonly tokens: number;
  /** Undefined: one without a name. */
  readonly name?: string;
  /** What stands for it when it is no parameter. */
  readonly text?: string;
  /** The dialect reads it as a prefix operator, which nobody means. */
  readonly certain?: true;
}

/** `sqlc.arg(name)`, `sqlc.narg('name')`, `sqlc.slice(name)`. */
function sqlcAt(tokens: readonly Token[], i: number): Found | undefined {
  const [, dot, call, open, name, close] = tokens.slice(i, i + 6);
  if (dot?.word !== '.' || !/^(?:ARG|NARG|SLICE)$/.test(call?.word ?? '') || open?.word !== '(' || close?.word !== ')')
    return undefined;
  return name === undefined ? undefined : { tokens: 6, name: name.text.replaceAll("'", ''), certain: true };
}

/** The parameter that begins at a token: `?`, `?1`, `:name`, `:'name'`, `%s`, `%(name)s`, `@name`. */
function parameterAt(tokens: readonly Token[], i: number, numbered: boolean): Found | undefined {
  const token = tokens[i] as Token;
  const next = (k: number) => {
    const [before, one] = [tokens[i + k - 1], tokens[i + k]];
    return one !== undefined && before?.end === one.start ? one : undefined;
  };
  if (token.word === '?') {
    // JDBC writes the operator twice.
    if (next(1)?.word === '?') return { tokens: 2, text: '?' };
    if (next(1)?.kind === 'number') return { tokens: 2, name: `?${next(1)?.text}`, certain: true };
    return endsValue(tokens[i - 1]) && beginsValue(tokens[i + 1]) ? undefined : { tokens: 1 };
  }
  if (token.word === 'SQLC') return sqlcAt(tokens, i);
  if (numbered && token.word === '@' && next(1)?.kind === 'word' && !endsValue(tokens[i - 1]))
    return { tokens: 2, name: `@${next(1)?.text}`, certain: true };
  // As one word in other lexers.
  if (numbered && token.kind === 'word' && /^@\w/.test(token.text)) return { tokens: 1, name: token.text, certain: true };
  if (token.word === ':') {
    const name = next(1);
    if (name?.kind === 'word' || name?.kind === 'number') return { tokens: 2, name: name.text };
    return name?.kind === 'string' && /^'\w+'$/.test(name.text) ? { tokens: 2, name: name.text.slice(1, -1) } : undefined;
  }
  if (token.word !== '%') return undefined;
  if (next(1)?.word === '%') return { tokens: 2, text: '%' };
  if (next(1)?.kind === 'word' && next(1)?.text === 's') return { tokens: 2 };
  const [open, name, close, s] = [next(1), next(2), next(3), next(4)];
  const isNamed = open?.word === '(' && name?.kind === 'word' && close?.word === ')' && s?.text === 's';
  return isNamed ? { tokens: 5, name: name.text } : undefined;
}

/** Parameters as drivers and frameworks write them become the dialect's own; undefined when there is none. */
function rewritten(sql: string, dialect: Dialect): Rewritten | undefined {
  const { tokens } = lexSql(sql, dialect);
  const own = new Map<string, string>();
  const taken = new Set(sql.match(/\$\d+/g));
  const edits: Edit[] = [];
  let certain = false;
  const numbered = SPELLING[dialect].numbersParameters === true;
  for (let i = 0; i < tokens.length; i++) {
    const found = parameterAt(tokens, i, numbered);
    if (found === undefined) continue;
    // SQLite and MySQL drivers have these by themselves.
    if (found.certain === true && !numbered && found.name?.startsWith('?') === true) continue;
    certain ||= found.certain === true;
    let text = found.text;
    if (text === undefined) {
      const name = found.name ?? `p${edits.length + 1}`;
      const known = found.name === undefined ? undefined : own.get(name);
      const parameter = known ?? REWRITING[dialect].parameter(name, taken);
      own.set(name, parameter);
      taken.add(parameter);
      // A list of values that a driver writes out.
      text = tokens[i - 1]?.word === 'IN' ? `(${parameter})` : parameter;
    }
    const last = tokens[i + found.tokens - 1] as Token;
    edits.push({ start: (tokens[i] as Token).start, end: last.end, text });
    i += found.tokens - 1;
  }
  if (edits.length === 0) return undefined;
  let made = '';
  let from = 0;
  for (const edit of edits) {
    made += sql.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return {
    sql: made + sql.slice(from),
    certain,
    placeOf: (offset) => {
      let moved = 0;
      for (const { start, end, text: put } of edits) {
        if (start + moved + put.length > offset) return Math.min(offset - moved, end);
        moved += put.length - (end - start);
      }
      return offset - moved;
    },
  };
}

const MAY_HOLD = /[?:%@]|sqlc\./i;

/** An entry, and where the text is wrong that was tried in its place. */
export interface Told {
  readonly entry: Entry;
  readonly wrong?: { readonly at: number; readonly message: string };
}

/**
 * An entry whose statement the dialect does not take as it stands, with the parameters of drivers and frameworks (`?`, `:name`,
 * `%s`, `%(name)s`) as its own, where that can be read; else the entry itself.
 */
export function withOwnParameters(entry: Entry, dialect: Dialect, port: QueryPort): Told {
  if (!MAY_HOLD.test(entry.sql)) return { entry };
  const other = rewritten(entry.sql, dialect);
  if (other === undefined || (!other.certain && port.parse(entry.sql).ok)) return { entry };
  const parsed = port.parse(other.sql);
  if (parsed.ok) return { entry: { ...entry, sql: other.sql } };
  return { entry, wrong: { at: other.placeOf(parsed.at.start), message: parsed.message } };
}
