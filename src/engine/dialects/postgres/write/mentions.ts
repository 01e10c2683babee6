import type { Sql } from '#model/types.ts';
import { type Lexeme, lex } from '../lex.ts';

/**
 * Names that SQL text may speak of, found without a grammar. They only order statements and spot version features, so
 * finding too much is harmless and finding too little is not.
 */
export interface Mentions {
  /** Names followed by `(`. */
  readonly calls: readonly string[];
  /** Names after FROM, JOIN, INTO, UPDATE, ONLY, TABLE: surely relations. */
  readonly relations: readonly string[];
  /** Every other name: perhaps a relation, a type or a column. */
  readonly names: readonly string[];
}

const NONE: Mentions = { calls: [], relations: [], names: [] };
const BEFORE_RELATION = new Set(['from', 'join', 'into', 'update', 'only', 'table']);

interface Sets {
  readonly calls: Set<string>;
  readonly relations: Set<string>;
  readonly names: Set<string>;
}

const isName = (token: Lexeme | undefined): token is Lexeme => token?.kind === 'word' || token?.kind === 'quoted';

function collect(tokens: readonly Lexeme[], sets: Sets): void {
  let before: Lexeme | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Lexeme;
    if (token.kind === 'dollar' || token.kind === 'string') {
      // A body, or the text of a regclass: what it names counts, as functions run with it.
      collect(significant(token.text), sets);
    } else if (isName(token)) {
      const path = [token.text];
      while (tokens[at + 1]?.text === '.' && isName(tokens[at + 2])) {
        path.push((tokens[at + 2] as Lexeme).text);
        at += 2;
      }
      // `schema.relation.column` may name the relation in the middle.
      for (const name of path) sets.names.add(name);
      const last = path.at(-1) as string;
      if (tokens[at + 1]?.text === '(') sets.calls.add(last);
      else if (before?.kind === 'word' && BEFORE_RELATION.has(before.text)) sets.relations.add(last);
    }
    before = tokens[at];
  }
}

function significant(sql: Sql): Lexeme[] {
  return lex(sql).filter((token) => token.kind !== 'comment');
}

const memo = new Map<Sql, Mentions>();
const MEMO_LIMIT = 20_000;

/** Mentions of one SQL text. */
export function mentionsIn(sql: Sql): Mentions {
  if (sql === '') return NONE;
  const known = memo.get(sql);
  if (known !== undefined) return known;
  const sets: Sets = { calls: new Set(), relations: new Set(), names: new Set() };
  collect(significant(sql), sets);
  const mentions = { calls: [...sets.calls], relations: [...sets.relations], names: [...sets.names] };
  if (memo.size >= MEMO_LIMIT) memo.clear();
  memo.set(sql, mentions);
  return mentions;
}

/** Names called as functions in SQL text. */
export function callsIn(sql: Sql): readonly string[] {
  return sql.includes('(') ? mentionsIn(sql).calls : [];
}
