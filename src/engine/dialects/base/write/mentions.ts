import type { Dialect, Sql } from '#model/types.ts';
import { lexSql, type Token, tokenName } from '../lex.ts';

/**
 * Names that SQL text may speak of, found without a grammar. They only order statements, so finding too much is harmless
 * and finding too little is not.
 */
export interface Mentions {
  /** Names followed by `(`. */
  readonly calls: readonly string[];
  /** Names after FROM, JOIN, INTO, UPDATE, and after a comma in such a list: surely relations, if they are names of any. */
  readonly relations: readonly string[];
  /** Every name. */
  readonly names: readonly string[];
}

const NONE: Mentions = { calls: [], relations: [], names: [] };
const BEFORE_RELATION = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'APPLY']);

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'quoted';

function find(sql: Sql, dialect: Dialect): Mentions {
  const { tokens } = lexSql(sql, dialect);
  const [calls, relations, names] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (!isName(token)) continue;
    // Brackets may stand between the word and the relation: `from (a join b on ...)`.
    let before = at - 1;
    while (tokens[before]?.word === '(') before--;
    const path = [tokenName(token, dialect)];
    while (tokens[at + 1]?.word === '.' && isName(tokens[at + 2])) {
      path.push(tokenName(tokens[at + 2] as Token, dialect));
      at += 2;
    }
    // `schema.relation.column` may name the relation in the middle.
    for (const name of path) names.add(name);
    const last = path.at(-1) as string;
    if (tokens[at + 1]?.word === '(') calls.add(last);
    else if (BEFORE_RELATION.has(tokens[before]?.word ?? '')) relations.add(last);
  }
  return { calls: [...calls], relations: [...relations], names: [...names] };
}

const memo = new Map<Dialect, Map<Sql, Mentions>>();
const MEMO_LIMIT = 20_000;

/** Mentions of one SQL text. */
export function mentionsIn(sql: Sql, dialect: Dialect): Mentions {
  if (sql === '') return NONE;
  const known = memo.get(dialect) ?? new Map<Sql, Mentions>();
  memo.set(dialect, known);
  const found = known.get(sql) ?? find(sql, dialect);
  if (known.size >= MEMO_LIMIT) known.clear();
  known.set(sql, found);
  return found;
}
