import type { SqliteDatabase, SqliteProblem } from '../../../sql/parser-port.ts';
import { Cursor } from '../../base/read/cursor.ts';
import { ident } from '../quote.ts';
import { localName, readPlacedName } from './names.ts';

/** What a statement `CREATE VIRTUAL TABLE` says. */
export interface VirtualTable {
  readonly name: string;
  readonly module: string;
  readonly ifNotExists: boolean;
  /** Names that its arguments begin with, options aside: the columns, for the modules that people use. */
  readonly columns: readonly string[];
}

function readArguments(cursor: Cursor): string[] {
  const columns: string[] = [];
  if (!cursor.take('(')) return columns;
  while (!cursor.done && !cursor.is(')')) {
    const token = cursor.peek();
    const isOption = cursor.peek(1).word === '=';
    if (!isOption && (token.kind === 'word' || token.kind === 'quoted' || token.kind === 'string')) columns.push(localName(token));
    cursor.until();
    if (!cursor.take(',')) break;
  }
  return columns;
}

export function virtualTableOf(sql: string): VirtualTable | undefined {
  const cursor = new Cursor(sql, 'sqlite');
  if (!cursor.take('CREATE', 'VIRTUAL', 'TABLE')) return undefined;
  const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
  const { name } = readPlacedName(cursor);
  cursor.expect('USING');
  const module = cursor.name().toLowerCase();
  const columns = readArguments(cursor);
  return cursor.problem === undefined ? { name: name.name, module, ifNotExists, columns } : undefined;
}

/** Tables that a module makes for each of its own, by what follows the name (https://sqlite.org/vtab.html#xshadowname). */
const SHADOWS: Readonly<Record<string, readonly string[]>> = {
  fts3: ['content', 'segments', 'segdir'],
  fts4: ['content', 'segments', 'segdir', 'docsize', 'stat'],
  fts5: ['data', 'idx', 'content', 'docsize', 'config'],
  rtree: ['node', 'parent', 'rowid'],
  rtree_i32: ['node', 'parent', 'rowid'],
  geopoly: ['node', 'parent', 'rowid'],
};

/** Names in lower case of the tables that come and go with a virtual table. */
export function shadowNames({ name, module }: VirtualTable): string[] {
  const suffixes = Object.hasOwn(SHADOWS, module) ? SHADOWS[module] : undefined;
  return (suffixes ?? []).map((suffix) => `${name}_${suffix}`.toLowerCase());
}

/**
 * Makes an ordinary table of the same name and columns in its place, so that statements after it find it, whether this
 * SQLite has the module or not. No module's code is run.
 */
export function standIn(database: SqliteDatabase, table: VirtualTable): SqliteProblem | undefined {
  const seen = new Set<string>();
  const own = [...table.columns, table.name, 'rank'].filter((name) => {
    const known = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return name !== '' && !known;
  });
  const exists = table.ifNotExists ? 'IF NOT EXISTS ' : '';
  return database.run(`CREATE TABLE ${exists}${ident(table.name)} (${own.map(ident).join(', ')})`);
}
