import type { ReferentialAction } from '#model/types.ts';
import type { SqliteDatabase, SqliteValue } from '../../../sql/parser-port.ts';

/** What SQLite's PRAGMAs tell of a table (https://sqlite.org/pragma.html#pragma_table_xinfo). */
export interface TableFacts {
  readonly columns: readonly ColumnFact[];
  readonly keys: readonly KeyFact[];
  readonly foreignKeys: readonly ForeignKeyFact[];
}

export interface ColumnFact {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** Text of the default, without brackets around it. */
  readonly default?: string;
  /** Place in the primary key, from 1; 0 = not in it. */
  readonly key: number;
  readonly generated?: 'virtual' | 'stored';
}

export interface KeyFact {
  readonly kind: 'primary' | 'unique';
  readonly columns: readonly string[];
}

export interface ForeignKeyFact {
  readonly columns: readonly string[];
  readonly parent: string;
  /** Empty = the parent's primary key. */
  readonly parentColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

/** `main`, or `temp` for temporary objects. */
export type Home = 'main' | 'temp';

/** An object of the catalog with the text that made it. */
export interface CatalogObject {
  readonly home: Home;
  readonly rowid: number;
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

function text(value: SqliteValue | undefined): string {
  return typeof value === 'string' ? value : String(value ?? '');
}

function objectOf(home: Home, row: readonly SqliteValue[]): CatalogObject {
  return { home, rowid: Number(row[0]), type: text(row[1]) as CatalogObject['type'], name: text(row[2]), sql: text(row[3]) };
}

const schemaTable = (home: Home) => (home === 'main' ? 'main.sqlite_schema' : 'temp.sqlite_temp_schema');

/** Everything that a statement made, keyed by where it stands. */
export function catalogObjects(database: SqliteDatabase): CatalogObject[] {
  return (['main', 'temp'] as const).flatMap((home) =>
    database
      .rows(`SELECT rowid, type, name, sql FROM ${schemaTable(home)} WHERE sql IS NOT NULL ORDER BY rowid`)
      .map((row) => objectOf(home, row)),
  );
}

/** An object by name; temporary ones hide others. Letter case aside, as SQLite has it. */
export function catalogObject(
  database: SqliteDatabase,
  types: readonly CatalogObject['type'][],
  name: string,
  homes: readonly Home[] = ['temp', 'main'],
): CatalogObject | undefined {
  for (const home of homes) {
    const rows = database.rows(
      `SELECT rowid, type, name, sql FROM ${schemaTable(home)} WHERE name = ? COLLATE NOCASE AND type IN (${types.map(() => '?').join(', ')})`,
      [name, ...types],
    );
    if (rows[0] !== undefined) return objectOf(home, rows[0]);
  }
  return undefined;
}

const HIDDEN: Readonly<Record<number, ColumnFact['generated']>> = { 2: 'virtual', 3: 'stored' };

function columnsOf(database: SqliteDatabase, name: string, home: Home): ColumnFact[] {
  return database
    .rows('SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?, ?) ORDER BY cid', [name, home])
    .map(([column, type, notNull, dflt, key, hidden]) => {
      const generated = HIDDEN[Number(hidden)];
      return {
        name: text(column),
        type: text(type),
        notNull: Number(notNull) === 1,
        ...(dflt === null || dflt === undefined ? {} : { default: text(dflt) }),
        key: Number(key),
        ...(generated === undefined ? {} : { generated }),
      };
    });
}

function keysOf(database: SqliteDatabase, name: string, home: Home, columns: readonly ColumnFact[]): KeyFact[] {
  const members = columns.filter((one) => one.key > 0).toSorted((a, b) => a.key - b.key);
  const primary: KeyFact[] = members.length === 0 ? [] : [{ kind: 'primary', columns: members.map((one) => one.name) }];
  const unique = database
    .rows("SELECT name FROM pragma_index_list(?, ?) WHERE origin = 'u' ORDER BY seq DESC", [name, home])
    .map(([index]) =>
      database
        .rows('SELECT name FROM pragma_index_xinfo(?, ?) WHERE key = 1 ORDER BY seqno', [text(index), home])
        .map(([one]) => text(one)),
    );
  return [...primary, ...unique.map((names) => ({ kind: 'unique' as const, columns: names }))];
}

function actionOf(value: SqliteValue | undefined): ReferentialAction | undefined {
  const action = text(value).toLowerCase();
  return action === 'no action' || action === '' ? undefined : (action as ReferentialAction);
}

function foreignKeysOf(database: SqliteDatabase, name: string, home: Home): ForeignKeyFact[] {
  const found = new Map<number, { fact: ForeignKeyFact; columns: string[]; parentColumns: string[] }>();
  const rows = database.rows(
    'SELECT id, "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?, ?) ORDER BY id DESC, seq',
    [name, home],
  );
  for (const [id, parent, from, to, remove, update] of rows) {
    const [onDelete, onUpdate] = [actionOf(remove), actionOf(update)];
    let one = found.get(Number(id));
    if (one === undefined) {
      const columns: string[] = [];
      const parentColumns: string[] = [];
      const fact = {
        columns,
        parent: text(parent),
        parentColumns,
        ...(onDelete === undefined ? {} : { onDelete }),
        ...(onUpdate === undefined ? {} : { onUpdate }),
      };
      one = { fact, columns, parentColumns };
      found.set(Number(id), one);
    }
    one.columns.push(text(from));
    if (to !== null) one.parentColumns.push(text(to));
  }
  return [...found.values()].map((one) => one.fact);
}

/** What SQLite knows of a table. */
export function tableFacts(database: SqliteDatabase, name: string, home: Home): TableFacts {
  const columns = columnsOf(database, name, home);
  return { columns, keys: keysOf(database, name, home, columns), foreignKeys: foreignKeysOf(database, name, home) };
}
