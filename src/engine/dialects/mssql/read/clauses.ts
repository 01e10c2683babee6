import type { Default } from '#model/column-types.ts';
import type { Sql, StorageParameter } from '#model/types.ts';
import { lexSql } from '../../base/lex.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import { quoteIdent } from '../quote.ts';

/**
 * An expression without the brackets that stand around all of it: SQL Server's catalog puts them around every default,
 * check and filter, scripts write them once, twice or not at all.
 */
export function withoutBrackets(sql: Sql): Sql {
  const { tokens } = lexSql(sql, 'mssql');
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { word }] of tokens.entries()) {
    if (word === '(') open.push(at);
    else if (word === ')') closes.set(open.pop() ?? -1, at);
  }
  let [first, last] = [0, tokens.length - 1];
  // Empty brackets stay: there is nothing in them to stand alone.
  while (closes.get(first) === last && last - first > 1) {
    first++;
    last--;
  }
  const [from, to] = [tokens[first], tokens[last]];
  return from === undefined || to === undefined ? sql.trim() : sql.slice(from.start, to.end);
}

/** What a default is, from its text. */
export function defaultOf(sql: Sql): Default {
  const text = withoutBrackets(sql);
  if (/^null$/i.test(text)) return { kind: 'null', sql: 'NULL' };
  const { tokens } = lexSql(text, 'mssql');
  const [first, second] = tokens;
  const isSigned = tokens.length === 2 && (first?.word === '-' || first?.word === '+') && second?.kind === 'number';
  const isOne = tokens.length === 1 && (first?.kind === 'number' || first?.kind === 'string');
  return { kind: isSigned || isOne ? 'literal' : 'expression', sql: text };
}

/**
 * Takes an expression: up to a comma or closing bracket outside brackets, to one of the words that end it, or to the end.
 * A word right after an operator belongs to the expression whatever it is; CASE ... END is one piece.
 */
export function expression(cursor: Cursor, ...stops: readonly string[]): Sql {
  const from = cursor.at;
  let cases = 0;
  while (!cursor.done && (cases > 0 || !cursor.isAny(',', ')', ';', ...stops) || cursor.at === from)) {
    if (cursor.is('CASE')) cases++;
    else if (cursor.is('END') && cases > 0) cases--;
    if (cursor.is(')')) break;
    cursor.skip();
  }
  return cursor.slice(from);
}

/** Options that an index or key has anyway: they change nothing. Values in capitals. */
const USUAL: Readonly<Record<string, string>> = {
  PAD_INDEX: 'OFF',
  STATISTICS_NORECOMPUTE: 'OFF',
  STATISTICS_INCREMENTAL: 'OFF',
  IGNORE_DUP_KEY: 'OFF',
  ALLOW_ROW_LOCKS: 'ON',
  ALLOW_PAGE_LOCKS: 'ON',
  OPTIMIZE_FOR_SEQUENTIAL_KEY: 'OFF',
  DATA_COMPRESSION: 'NONE',
  XML_COMPRESSION: 'OFF',
  FILLFACTOR: '0',
};

/** Options of the moment an index is made; nothing of them stays. */
const MOMENTARY = new Set(['SORT_IN_TEMPDB', 'DROP_EXISTING', 'ONLINE', 'RESUMABLE', 'MAX_DURATION', 'MAXDOP', 'LOB_COMPACTION']);

/** `NAME = value [ON PARTITIONS (...)]` */
function option(cursor: Cursor): StorageParameter {
  const name = cursor.name().toUpperCase();
  if (!cursor.take('=')) return { name, value: '' };
  const value = cursor.until();
  return { name, value: /^[a-z_]+$/i.test(value) ? value.toUpperCase() : value };
}

/** `( NAME = value, ... )` */
export function options(cursor: Cursor): StorageParameter[] {
  return cursor.list(() => option(cursor));
}

/** What stays of the options of an index or key. */
export function lasting(all: readonly StorageParameter[]): StorageParameter[] {
  return all.filter(({ name, value }) => !MOMENTARY.has(name) && USUAL[name] !== value.toUpperCase());
}

/** `WITH (...)` of an index or key, and the forms of old: `WITH FILLFACTOR = 80`, `WITH PAD_INDEX, FILLFACTOR = 80`. */
export function indexOptions(cursor: Cursor): StorageParameter[] {
  if (!cursor.take('WITH')) return [];
  if (cursor.is('(')) return options(cursor);
  const all: StorageParameter[] = [];
  do {
    // In the form of old a value is one word or number: what follows it is another clause.
    const name = cursor.name().toUpperCase();
    all.push({ name, value: cursor.take('=') ? cursor.next().text.toUpperCase() : 'ON' });
  } while (cursor.take(','));
  return all;
}

/** Where something is stored: a filegroup by name, or what is written of a partition scheme: `[ps]([column])`. */
export interface Store {
  readonly tablespace?: string;
  readonly residue?: Sql;
}

/** What follows `ON`: a filegroup or a partition scheme with its column. */
export function store(cursor: Cursor): Store {
  const name = cursor.name();
  if (!cursor.is('(')) return { tablespace: name };
  return { residue: `ON ${quoteIdent(name)}(${cursor.bracketed()})` };
}
