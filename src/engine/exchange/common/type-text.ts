import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import { isBuiltinTypeName } from '../../dialects/postgres/type-names.ts';

interface Parsed {
  readonly words: string;
  readonly args: readonly string[];
  readonly dims: number;
}

/** Arguments between parentheses, split at commas that are not in quotes or inner parentheses. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== '');
}

function parse(text: string): Parsed {
  let rest = text.trim();
  let dims = 0;
  for (;;) {
    const tail = /\[\d*\]$/.exec(rest);
    if (tail === null) break;
    rest = rest.slice(0, tail.index).trimEnd();
    dims++;
  }
  const open = rest.indexOf('(');
  const close = rest.lastIndexOf(')');
  if (open < 0 || close < open) return { words: rest.replace(/\s+/g, ' '), args: [], dims };
  const words = `${rest.slice(0, open).trim()} ${rest.slice(close + 1).trim()}`.trim().replace(/\s+/g, ' ');
  return { words, args: splitArguments(rest.slice(open + 1, close)), dims };
}

/** PostgreSQL's types by their usual names, from every name that one of them goes by in schema languages. */
const POSTGRES: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  double: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  dec: 'numeric',
  string: 'text',
  datetime: 'timestamp',
  'character varying': 'varchar',
  character: 'char',
  'bit varying': 'varbit',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  serial2: 'smallserial',
  serial4: 'serial',
  serial8: 'bigserial',
};

const POSTGRES_WORDS = /^(?:integer|smallint|bigint|real|double precision|boolean|(?:small|big)?serial|interval(?: [a-z ]+)?)$/;

function postgres({ words, args, dims }: Parsed): ColumnType {
  const lower = words.toLowerCase();
  const name = Object.hasOwn(POSTGRES, lower) ? (POSTGRES[lower] as string) : lower;
  const one = (name === 'char' || name === 'bit') && args.length === 0 ? ['1'] : args;
  const rest = { ...(one.length === 0 ? {} : { args: one }), ...(dims === 0 ? {} : { dims }) };
  if (POSTGRES_WORDS.test(name) || isBuiltinTypeName(name)) return { kind: 'builtin', name, ...rest };
  const dot = words.indexOf('.');
  if (dot > 0) return { kind: 'other', schema: words.slice(0, dot), name: words.slice(dot + 1) || words, ...rest };
  return { kind: 'other', name: words, ...rest };
}

/**
 * A column's type from its text in a schema language, such as `varchar(40)`, `timestamp with time zone` or `text[]`, as the
 * model of a dialect holds it. A type that PostgreSQL does not bring along is one from elsewhere.
 */
export function typeFromText(text: string, dialect: Dialect): ColumnType {
  if (dialect === 'sqlite') return { kind: 'builtin', name: text.trim() };
  const parsed = parse(text);
  if (dialect === 'postgresql') return postgres(parsed);
  const { words, args, dims } = parsed;
  const lists = { ...(args.length === 0 ? {} : { args }), ...(dims === 0 ? {} : { dims }) };
  return { kind: 'builtin', name: words.toLowerCase() || 'text', ...lists };
}

/** A type as text that {@link typeFromText} reads back: arguments stand after the first word. */
export function typeText(type: ColumnType & { readonly kind: 'builtin' | 'other' }): string {
  const dims = '[]'.repeat(type.dims ?? 0);
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  const path = type.kind === 'other' && type.schema !== undefined ? `${type.schema}.${type.name}` : type.name;
  const space = type.kind === 'builtin' && args !== '' ? path.indexOf(' ') : -1;
  return space < 0 ? `${path}${args}${dims}` : `${path.slice(0, space)}${args}${path.slice(space)}${dims}`;
}
