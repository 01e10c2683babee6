import type { Default } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import { lexSql, stringValue, type Token } from '../../dialects/base/lex.ts';

/** What a default comes down to, where it is one of the things that every language has a word for. */
export type PlainDefault =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'now' }
  | { readonly kind: 'today' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'sequence' }
  | { readonly kind: 'expression'; readonly sql: string };

const NOW = new Set(
  'CURRENT_TIMESTAMP NOW LOCALTIMESTAMP GETDATE SYSDATETIME SYSDATETIMEOFFSET SYSDATE SYSTIMESTAMP GETUTCDATE SYSUTCDATETIME'.split(
    ' ',
  ),
);
const TODAY = new Set(['CURRENT_DATE', 'CURDATE']);
const UUID = new Set(['GEN_RANDOM_UUID', 'UUID', 'NEWID', 'NEWSEQUENTIALID', 'SYS_GUID', 'UUID_GENERATE_V4', 'UUIDV4']);

/** Tokens without parentheses around all of them. */
function bare(tokens: readonly Token[]): readonly Token[] {
  let inside = tokens;
  for (;;) {
    if (inside.length < 3 || inside[0]?.text !== '(' || inside.at(-1)?.text !== ')') return inside;
    let depth = 0;
    const closes = inside.findIndex(({ text }) => {
      if (text === '(') depth++;
      else if (text === ')') depth--;
      return depth === 0;
    });
    if (closes !== inside.length - 1) return inside;
    inside = inside.slice(1, -1);
  }
}

/** Tokens before the first `::`, when a type's name follows and nothing else. */
function withoutCast(tokens: readonly Token[]): readonly Token[] {
  const cast = tokens.findIndex((token) => token.text === '::');
  if (cast < 1) return tokens;
  const type = tokens.slice(cast + 1);
  const isType = type.every(
    ({ kind, text }) => kind === 'word' || kind === 'quoted' || kind === 'number' || /^[.(),[\]]$/.test(text),
  );
  return isType ? bare(tokens.slice(0, cast)) : tokens;
}

function oneToken(token: Token, dialect: Dialect): PlainDefault | undefined {
  if (token.kind === 'number') return /^0x/i.test(token.text) ? undefined : { kind: 'number', text: token.text };
  if (token.kind === 'string')
    return /^[bBxX]/.test(token.text) ? undefined : { kind: 'string', value: stringValue(token.text, dialect) };
  if (token.word === 'TRUE' || token.word === 'FALSE') return { kind: 'boolean', value: token.word === 'TRUE' };
  if (token.word === 'NULL') return { kind: 'null' };
  return undefined;
}

/** The words for the time of the statement with its zone, in each dialect: others are a clock of their own. */
const NOW_ALONE: Readonly<Record<Dialect, RegExp>> = {
  postgresql: /^(?:now\(\)|current_timestamp)$/i,
  mysql: /^(?:now\(\)|current_timestamp(?:\(\))?)$/i,
  mariadb: /^(?:now\(\)|current_timestamp(?:\(\))?)$/i,
  sqlite: /^current_timestamp$/i,
  mssql: /^(?:getdate\(\)|current_timestamp)$/i,
  oracle: /^(?:current_timestamp|systimestamp)$/i,
};

/** Whether a default is what a language's own `now()` becomes in the dialect. */
export function isPlainNow(given: Default, dialect: Dialect): boolean {
  return NOW_ALONE[dialect].test(given.sql.replaceAll(/^[\s(]+(?=\w)|\s+/g, '').replace(/(\w\(\)|\w)\)*$/, '$1'));
}

/** A default from its SQL, with its kind as the readers of SQL give it. */
export function defaultFromSql(sql: string, dialect: Dialect): Default {
  const { kind } = plainDefault({ kind: 'expression', sql }, dialect);
  if (kind === 'null') return { kind: 'null', sql };
  return { kind: kind === 'number' || kind === 'string' || kind === 'boolean' ? 'literal' : 'expression', sql };
}

/** What a default says, told from its tokens: casts of literals and parentheses around it change nothing. */
export function plainDefault(given: Default, dialect: Dialect): PlainDefault {
  const expression = { kind: 'expression', sql: given.sql } as const;
  const tokens = withoutCast(bare(lexSql(given.sql, dialect).tokens));
  const [first, second] = tokens;
  if (first === undefined) return expression;
  if (tokens.length === 1) {
    const one = oneToken(first, dialect);
    if (one !== undefined) return one;
  }
  if (tokens.length === 2 && /^[-+]$/.test(first.text) && second?.kind === 'number')
    return { kind: 'number', text: first.text === '-' ? `-${second.text}` : second.text };
  const name = first.kind === 'word' ? first.word : '';
  if (name === 'NEXTVAL') return { kind: 'sequence' };
  const arguments_ = tokens.slice(1);
  const isCall = arguments_.length === 0 || (arguments_[0]?.text === '(' && arguments_.at(-1)?.text === ')');
  const constant = isCall && arguments_.slice(1, -1).every((token) => token.kind === 'number');
  if (constant && NOW.has(name)) return { kind: 'now' };
  if (constant && TODAY.has(name)) return { kind: 'today' };
  if (constant && UUID.has(name) && arguments_.length === 2) return { kind: 'uuid' };
  return expression;
}
