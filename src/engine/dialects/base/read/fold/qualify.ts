import type { Sql } from '#model/types.ts';
import { lexSql, type Token, tokenName } from '../../lex.ts';
import { routineNamed } from './find.ts';
import type { Folding } from './folding.ts';

/** Words after which relations stand, and those that end a list of them. */
const BEGINS = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', 'APPLY']);
const ENDS = new Set([
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'SELECT',
  'WINDOW',
  'FETCH',
  'FOR',
]);
/** Words that stand where a relation could and are none. */
const NO_RELATION = new Set(['SELECT', 'LATERAL', 'VALUES', 'TABLE', 'DUAL', 'JSON_TABLE', 'UNNEST', 'ONLY', 'WITH']);

/** What a bracket holds: whether relations are listed there, and whether the next name is one. */
interface Level {
  list: boolean;
  next: boolean;
}

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'quoted';

/** Names of `WITH a AS (...), b AS (...)`: they mean no relation of the schema. */
function commonNames(tokens: readonly Token[], key: (token: Token) => string): Set<string> {
  const names = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (!isName(token)) continue;
    let after = at + 1;
    // A list of columns may stand between the name and AS.
    if (tokens[after]?.word === '(') while (after < tokens.length && tokens[after - 1]?.word !== ')') after++;
    const before = tokens[at - 1]?.word;
    const named = before === 'WITH' || before === 'RECURSIVE' || before === ',';
    if (named && tokens[after]?.word === 'AS' && tokens[after + 1]?.word === '(') names.add(key(token));
  }
  return names;
}

/** Offsets of the names in a query that mean a relation and are written without a schema. */
function relationPlaces(tokens: readonly Token[], common: ReadonlySet<string>, key: (token: Token) => string): number[] {
  const places: number[] = [];
  const levels: Level[] = [{ list: false, next: false }];
  for (const [at, token] of tokens.entries()) {
    const level = levels.at(-1) as Level;
    if (token.word === '(') levels.push({ list: level.next, next: level.next });
    else if (token.word === ')') {
      if (levels.length > 1) levels.pop();
      (levels.at(-1) as Level).next = false;
    } else if (token.word === ',') level.next = level.list;
    else if (BEGINS.has(token.word)) {
      level.list = true;
      level.next = true;
    } else if (ENDS.has(token.word)) {
      level.list = false;
      level.next = false;
    } else if (level.next && isName(token)) {
      level.next = token.word === 'LATERAL';
      const bare = tokens[at + 1]?.word !== '.' && tokens[at + 1]?.word !== '(';
      if (bare && !NO_RELATION.has(token.word) && !common.has(key(token))) places.push(token.start);
    }
  }
  return places;
}

/**
 * A query in which relations, and routines that are known, are named with the schema that a `USE` before it means: what
 * is written of it later stands alone. Without such a USE it stays as it is.
 */
export function qualifiedQuery(folding: Folding, query: Sql): Sql {
  const prefix = usedSchema(folding);
  if (prefix === undefined) return query;
  const { dialect } = folding;
  const { tokens } = lexSql(query, dialect);
  const key = (token: Token) => tokenName(token, dialect).toLowerCase();
  const places = relationPlaces(tokens, commonNames(tokens, key), key);
  for (const [at, token] of tokens.entries()) {
    if (!isName(token) || tokens[at + 1]?.word !== '(' || tokens[at - 1]?.word === '.') continue;
    if (routineNamed(folding, { name: tokenName(token, dialect) }) !== undefined) places.push(token.start);
  }
  let out = '';
  let from = 0;
  for (const place of places.toSorted((a, b) => a - b)) {
    out += `${query.slice(from, place)}${prefix}.`;
    from = place;
  }
  return out + query.slice(from);
}

/** A statement around the place where its object's schema may stand, put together with the schema that a `USE` means. */
export function qualifiedStatement(folding: Folding, [before, after]: readonly [Sql, Sql]): Sql {
  const prefix = usedSchema(folding);
  return prefix === undefined ? before + after : `${before}${prefix}.${after}`;
}

/** The schema that names without one mean, as SQL; undefined when it is the default one, which goes unsaid. */
function usedSchema({ state }: Folding): Sql | undefined {
  const [schema] = state.searchPath;
  return schema === undefined || schema === state.naming.schema ? undefined : state.quote(schema);
}
