import type { Column, ColumnType } from '#model/column-types.ts';
import type { Key } from '#model/table-parts.ts';
import type { Sql, Table } from '#model/types.ts';
import { lexSql, type Token } from '../../base/lex.ts';
import { sayable } from '../../base/quoting.ts';
import { bracketed, closed, residueSql } from '../../base/write/clauses.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { ident } from '../quote.ts';
import { endsType } from '../words.ts';

/** Whether a text can stand as a type: words, then perhaps one or two numbers in brackets. */
function isType(text: string): boolean {
  const { tokens } = lexSql(text, 'sqlite');
  const open = tokens.findIndex((token) => token.word === '(');
  const isWord = (token: Token) =>
    (token.kind === 'word' && !endsType(token.word)) || token.kind === 'quoted' || token.kind === 'string';
  if (!tokens.slice(0, open < 0 ? undefined : open).every(isWord)) return false;
  if (open === 0) return false;
  const size = tokens.slice(open + 1).map((token) => (token.kind === 'number' ? '0' : token.word));
  return open < 0 || /^[+-]?0(?:,[+-]?0)?\)$/.test(size.join(''));
}

/** A declared type: SQLite takes any words, and what are none as one name in quotes. */
export function typeSql(type: ColumnType): string {
  if (type.kind === 'custom') return 'TEXT';
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  const text = `${type.name}${args}`;
  return isType(text) ? text : ident(text);
}

/** What may stand behind DEFAULT without brackets. */
export function defaultSql(sql: Sql): Sql {
  const { tokens } = lexSql(sql, 'sqlite');
  const [first, second] = tokens;
  const isSign = first?.word === '-' || first?.word === '+';
  const single = tokens.length === 1 && first?.kind !== 'symbol';
  if (single || (isSign && tokens.length === 2 && second?.kind === 'number')) return sql;
  return isBracketed(tokens) ? sql : bracketed(sql, 'sqlite');
}

/** Whether one pair of brackets encloses everything. */
function isBracketed(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const [at, { word }] of tokens.entries()) {
    if (word === '(') depth++;
    else if (word === ')' && --depth === 0) return at === tokens.length - 1;
    if (depth === 0) return false;
  }
  return false;
}

/** Whether a column is the row's number itself: the only kind that SQLite counts up without a gap being filled. */
export function isRowid(table: Table, column: Column): boolean {
  const primary = table.keys.find((key) => key.kind === 'primary');
  const isInteger = column.type.kind === 'builtin' && column.type.name.trim().toLowerCase() === 'integer';
  const plain = table.parameters?.some((one) => one.name.toUpperCase() === 'WITHOUT ROWID') !== true;
  return isInteger && plain && primary?.columns.length === 1 && primary.columns[0] === column.id;
}

/** Whether a key can stand in the line of its only column. */
function fitsColumn(table: Table, key: Key): boolean {
  if (key.columns.length !== 1 || !table.columns.some((one) => one.id === key.columns[0])) return false;
  // A list with collations, or a unique key in descending order, has no place in a column's line.
  if (key.residue?.some((one) => one.startsWith('(')) === true) return false;
  return key.kind === 'primary' || key.descending === undefined;
}

/** Apart from its column a descending key would be the row's number, which has no order. */
function mustBeInColumn(table: Table, key: Key): boolean {
  const column = table.columns.find((one) => one.id === key.columns[0]);
  return key.descending !== undefined && column !== undefined && isRowid(table, column);
}

const carried = new WeakMap<Table, ReadonlySet<Key>>();

/** Keys that stand in lines of columns: as many as can without another order, in which reading would find them. */
function carriedOf(table: Table): ReadonlySet<Key> {
  const known = carried.get(table);
  if (known !== undefined) return known;
  const found = new Set<Key>();
  let last = 0;
  for (const key of table.keys) {
    const at = table.columns.findIndex((one) => one.id === key.columns[0]);
    const fits = fitsColumn(table, key);
    if (fits && at >= last) {
      found.add(key);
      last = at;
    } else {
      last = table.columns.length;
      if (fits && mustBeInColumn(table, key)) found.add(key);
    }
  }
  carried.set(table, found);
  return found;
}

/** Keys that stand in the line of their only column. */
export function carriedKeys(table: Table, column: Column): readonly Key[] {
  const all = carriedOf(table);
  return table.keys.filter((key) => key.columns[0] === column.id && all.has(key));
}

/** Whether a key's column counts up by itself. */
export function countsUp(table: Table, key: Key): boolean {
  const column = table.columns.find((one) => one.id === key.columns[0]);
  const plain = key.kind === 'primary' && (key.descending ?? []).length === 0;
  return plain && column?.identity !== undefined && isRowid(table, column);
}

function keySql(scope: KitScope, table: Table, key: Key): string {
  const name = key.name === undefined ? '' : `CONSTRAINT ${scope.ident(key.name)} `;
  const conflict = residueSql(key.residue, 'sqlite');
  if (key.kind === 'unique') return `${name}UNIQUE${conflict}`;
  const order = key.descending === undefined || key.descending.length === 0 ? '' : ' DESC';
  return `${name}PRIMARY KEY${order}${conflict}${countsUp(table, key) ? ' AUTOINCREMENT' : ''}`;
}

const NOT_NULL_CONFLICT = /^NOT NULL ON CONFLICT /i;

function notNullSql(scope: KitScope, column: Column): string {
  if (column.nullable) return '';
  const name = column.notNullName === undefined ? '' : ` CONSTRAINT ${scope.ident(column.notNullName)}`;
  return `${name} ${column.residue?.find((one) => NOT_NULL_CONFLICT.test(one)) ?? 'NOT NULL'}`;
}

function identityNote(scope: KitScope, table: Table, column: Column): void {
  if (column.identity === undefined) return;
  const primary = table.keys.find((key) => key.kind === 'primary');
  if (isRowid(table, column) && (primary?.descending ?? []).length === 0) return;
  const message =
    'SQLite counts up in a single INTEGER PRIMARY KEY only. AUTOINCREMENT is left out: make the column that, or give values.';
  scope.note({ part: column.id, feature: 'identity', message });
}

/** A column's line. @param width columns to pad the name to. @param carried keys that stand in the line. */
export function columnLine(scope: KitScope, table: Table, column: Column, width: number, carried: readonly Key[]): SqlText {
  identityNote(scope, table, column);
  const type = typeSql(column.type);
  const name = ident(column.name);
  const text = sqlText(type === '' ? name : `${name.padEnd(width)} ${closed(type, 'sqlite')}`);
  text.add(notNullSql(scope, column));
  for (const key of carried) text.add(' ').part(key.id, keySql(scope, table, key));
  if (column.default !== undefined) {
    const label = column.defaultName === undefined ? '' : ` CONSTRAINT ${scope.ident(column.defaultName)}`;
    text.add(`${label} DEFAULT ${closed(defaultSql(column.default.sql), 'sqlite')}`);
  }
  if (column.collation !== undefined) text.add(` COLLATE ${column.collation}`);
  if (column.generated !== undefined) {
    const { expression, stored } = column.generated;
    text.add(` GENERATED ALWAYS AS ${bracketed(expression, 'sqlite')} ${stored ? 'STORED' : 'VIRTUAL'}`);
  }
  text.add(
    residueSql(
      column.residue?.filter((one) => !NOT_NULL_CONFLICT.test(one)),
      'sqlite',
    ),
  );
  return column.comment === undefined ? text : text.add(` /* ${sayable(column.comment).replaceAll('*/', '* /')} */`);
}
