import type { PgParser, PgToken, PgTree } from '../../../sql/parser-port.ts';
import { foldCase } from '../lex.ts';

/** A text that was parsed: its tree and its tokens, comments left out. */
export interface Source {
  readonly sql: string;
  readonly tree: PgTree;
  readonly tokens: readonly PgToken[];
  /** Index of the token that starts at an offset. */
  readonly at: ReadonlyMap<number, number>;
}

const MEMO_LIMIT = 5_000;
const memo = new WeakMap<PgParser, Map<string, Source | undefined>>();

/** Parses SQL text once for each parser; undefined for what does not parse. */
export function sourceOf(parser: PgParser, sql: string): Source | undefined {
  let known = memo.get(parser);
  if (known === undefined) {
    known = new Map();
    memo.set(parser, known);
  }
  if (known.has(sql)) return known.get(sql);
  const parsed = parser.parse(sql);
  let source: Source | undefined;
  if (parsed.ok) {
    const tokens = parser.scan(sql).filter((token) => token.name !== 'SQL_COMMENT' && token.name !== 'C_COMMENT');
    source = { sql, tree: parsed.tree, tokens, at: new Map(tokens.map((token, i) => [token.start, i])) };
  }
  if (known.size >= MEMO_LIMIT) known.clear();
  known.set(sql, source);
  return source;
}

/** A token's text as a name: unquoted and folded as PostgreSQL does. */
export function nameOf(source: Source, token: PgToken): string {
  const raw = source.sql.slice(token.start, token.end);
  return raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : foldCase(raw);
}

/** The tokens of a dotted name that starts at an offset: `a`, `a.b`, `a.b.c`. Empty when no name starts there. */
export function pathAt(source: Source, offset: number | undefined): readonly PgToken[] {
  const first = offset === undefined ? undefined : source.at.get(offset);
  if (first === undefined) return [];
  const path: PgToken[] = [];
  for (let i = first; i < source.tokens.length; i += 2) {
    const token = source.tokens[i] as PgToken;
    const raw = source.sql[token.start] ?? '';
    if (!/[A-Za-z_"\u0080-\uFFFF]/.test(raw)) break;
    path.push(token);
    const dot = source.tokens[i + 1];
    if (dot === undefined || source.sql.slice(dot.start, dot.end) !== '.') break;
  }
  return path;
}
