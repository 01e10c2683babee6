import { type Lexeme, lex } from '../../dialects/postgres/lex.ts';

const isSymbol = (token: Lexeme | undefined, text: string) => token?.kind === 'symbol' && token.text === text;
const isName = (token: Lexeme | undefined) => token?.kind === 'word' || token?.kind === 'quoted';

/** Without casts: `::text`, `::public.status`, `::varchar(20)`. */
function withoutCasts(tokens: readonly Lexeme[]): Lexeme[] {
  const out: Lexeme[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!isSymbol(tokens[at], '::')) {
      out.push(tokens[at] as Lexeme);
      continue;
    }
    at++;
    while (isSymbol(tokens[at + 1], '.')) at += 2;
    while (['varying', 'precision'].includes(tokens[at + 1]?.text ?? '')) at++;
    if (isSymbol(tokens[at + 1], '(')) while (at < tokens.length && !isSymbol(tokens[at], ')')) at++;
  }
  return out;
}

/** Without brackets around the whole, and around single names and values: `((status)::text = 'x')` is `status = 'x'`. */
function unwrapped(tokens: readonly Lexeme[]): Lexeme[] {
  let out = [...tokens];
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = 0; at + 2 < out.length; at++) {
      if (isSymbol(out[at], '(') && isSymbol(out[at + 2], ')') && !isName(out[at - 1])) {
        out.splice(at, 3, out[at + 1] as Lexeme);
        changed = true;
      }
    }
    if (isSymbol(out[0], '(') && closing(out, 0) === out.length - 1) {
      out = out.slice(1, -1);
      changed = true;
    }
  }
  return out;
}

function closing(tokens: readonly Lexeme[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (isSymbol(tokens[at], '(')) depth++;
    else if (isSymbol(tokens[at], ')') && --depth === 0) return at;
  }
  return -1;
}

/** The conditions that all must hold: the text split at every AND outside of brackets, unless an OR stands there too. */
function conjuncts(tokens: readonly Lexeme[]): Lexeme[][] {
  const parts: Lexeme[][] = [[]];
  let depth = 0;
  let between = false;
  for (const token of tokens) {
    if (isSymbol(token, '(')) depth++;
    if (isSymbol(token, ')')) depth--;
    if (depth === 0 && token.kind === 'word' && token.text === 'or') return [];
    if (depth === 0 && token.kind === 'word' && token.text === 'between') between = true;
    if (depth === 0 && token.kind === 'word' && token.text === 'and') {
      if (between) between = false;
      else {
        parts.push([]);
        continue;
      }
    }
    (parts.at(-1) as Lexeme[]).push(token);
  }
  return parts;
}

/**
 * Columns that have one and the same value in every row a predicate lets through: `status = 'active'`, `deleted_at IS
 * NULL`, `is_open`, `NOT is_open`. Read from the tokens; what is not plainly of these forms is not claimed.
 */
export function constantColumns(predicate: string): string[] {
  const tokens = unwrapped(withoutCasts(lex(predicate).filter((token) => token.kind !== 'comment')));
  return conjuncts(tokens).flatMap((part) => {
    const one = unwrapped(part);
    const [first, second, third] = one;
    if (one.length === 1 && isName(first)) return [first?.text ?? ''];
    if (one.length === 2 && first?.text === 'not' && isName(second)) return [second?.text ?? ''];
    if (one.length === 3 && isName(first) && second?.text === 'is' && ['null', 'true', 'false'].includes(third?.text ?? ''))
      return [first?.text ?? ''];
    const literal = third?.kind === 'string' || third?.kind === 'number' || third?.text === 'true' || third?.text === 'false';
    if (one.length === 3 && isName(first) && isSymbol(second, '=') && literal) return [first?.text ?? ''];
    return [];
  });
}

/** Whether a predicate says nothing but that some of the columns are not NULL. */
export function keepsOutNulls(predicate: string, columns: readonly string[]): boolean {
  const parts = conjuncts(unwrapped(lex(predicate).filter((token) => token.kind !== 'comment')));
  return (
    parts.length > 0 &&
    parts.every((part) => {
      const [name, ...test] = unwrapped(part);
      return isName(name) && columns.includes(name?.text ?? '') && test.map((token) => token.text).join(' ') === 'is not null';
    })
  );
}

/** Functions of PostgreSQL that are not IMMUTABLE whatever they are given, as an index would need. */
const VOLATILE = new Set(
  (
    'now clock_timestamp statement_timestamp transaction_timestamp timeofday random random_normal gen_random_uuid ' +
    'uuid_generate_v1 uuid_generate_v4 uuidv4 uuidv7 nextval currval lastval setval txid_current pg_current_xact_id current_setting ' +
    'set_config version pg_backend_pid inet_client_addr pg_typeof to_char concat concat_ws ' +
    'current_schemas current_database pg_sleep'
  ).split(' '),
);

/** Words that call a function without brackets. */
const VALUE_WORDS = new Set(
  'current_date current_time current_timestamp localtime localtimestamp current_user session_user user current_role current_schema current_catalog'.split(
    ' ',
  ),
);

/** Calls in an expression that keep it from being IMMUTABLE: named functions, and those of `own` (lower case). */
export function mutableCalls(sql: string, own: ReadonlySet<string>): string[] {
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  const found = tokens.flatMap((token, at) => {
    if (token.kind !== 'word') return [];
    const called = isSymbol(tokens[at + 1], '(');
    const bare = !isSymbol(tokens[at - 1], '.') && VALUE_WORDS.has(token.text);
    return bare || (called && (VOLATILE.has(token.text) || own.has(token.text))) ? [token.text] : [];
  });
  return [...new Set(found)];
}
