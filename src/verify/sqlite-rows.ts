import { UNLIMITED } from '#engine/budget.ts';
import { ident } from '#engine/dialects/sqlite/quote.ts';
import { isNumeric, kindOfAll } from '#engine/discover/profile/kind.ts';
import { csvText } from '#engine/discover/read/csv-text.ts';
import { type DumpedTable, readInserts } from '#engine/discover/read/inserts.ts';
import type { SqliteDatabase, SqliteEngine } from '#engine/sql/parser-port.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';
import { dataTable } from './data-table.ts';
import { Refusals, type RowDatabase, type RowFile, type RowRequest, type RowTable } from './row-types.ts';

type Progress = (done: number, what: string) => void;

/** Tables that are listed with their rows counted. */
const MOST_TABLES = 2000;

interface Filling {
  readonly database: SqliteDatabase;
  readonly refusals: Refusals;
  readonly progress: Progress;
}

/** Numbers are compared as such; a code with leading zeros is text. */
function affinity(rows: DumpedTable['rows'], at: number): string {
  const kind = kindOfAll(
    (function* () {
      for (const row of rows) if (row[at] !== undefined) yield row[at];
    })(),
  );
  return kind !== undefined && isNumeric(kind) ? 'NUMERIC' : 'TEXT';
}

function addTable(
  { database, refusals }: Filling,
  name: string,
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: Iterable<readonly (string | undefined)[]>,
): void {
  const made = database.run(`CREATE TABLE ${ident(name)} (${columns.map((one) => `${ident(one.name)} ${one.type}`).join(', ')})`);
  if (made !== undefined) {
    refusals.add(name, made.message);
    return;
  }
  const values = function* () {
    for (const row of rows) yield row.map((value) => value ?? null);
  };
  const failed = database.each(`INSERT INTO ${ident(name)} VALUES (${columns.map(() => '?').join(', ')})`, values());
  if (failed !== undefined) refusals.add(name, failed.message);
}

function runScript({ database, refusals, progress }: Filling, name: string, text: string): void {
  for (const span of splitSql(text, 'sqlite')) {
    if (span.kind === 'gap' || span.kind === 'meta') continue;
    progress(span.end / text.length, `Running ${name}`);
    const failed = database.run(statementText(text, span));
    if (failed !== undefined) refusals.add(`${name}, line ${span.line}`, failed.message);
  }
}

/** A dump of another database: SQLite cannot run it, but the rows that it puts in can be read. */
function takeRows(filling: Filling, { name, text, dialect }: { name: string; text: string; dialect: Dialect }): void {
  const budget = { ...UNLIMITED, progress: filling.progress };
  const tables = readInserts(text, dialect, budget);
  if (tables.length === 0) filling.refusals.add(name, 'no INSERT in it writes out its rows.');
  for (const table of tables) {
    addTable(
      filling,
      table.name,
      table.columns.map((column, at) => ({ name: column, type: affinity(table.rows, at) })),
      table.rows,
    );
  }
}

function fill(filling: Filling, file: Exclude<RowFile, { kind: 'sqlite' }>): void {
  if (file.kind === 'sql') {
    if (file.dialect === 'sqlite') runScript(filling, file.name, file.text);
    else takeRows(filling, file);
    return;
  }
  const table = dataTable(file, 'sqlite');
  if (!table.ok) filling.refusals.add(file.name, table.problem.message);
  else addTable(filling, table.value.name, table.value.columns, table.value.rows);
}

function tablesOf(database: SqliteDatabase): RowTable[] {
  const names = database.rows(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name LIMIT ${MOST_TABLES}`,
  );
  return names.map(([name]) => {
    const [count] = database.rows(`SELECT count(*) FROM ${ident(String(name))}`);
    return { name: ident(String(name)), label: String(name), rows: Number(count?.[0] ?? 0) };
  });
}

/** Whether the files bring tables of their own, so that the document's would be in their way. */
export function bringsTables(files: readonly RowFile[]): boolean {
  return files.some((file) => file.kind === 'sqlite' || (file.kind === 'sql' && /\bCREATE\s+TABLE\b/i.test(file.text)));
}

/** Opens SQLite with what is given: a database as it is, or an empty one with the schema, rows, dumps and files in it. */
export function openSqliteRows(engine: SqliteEngine, request: RowRequest, progress: Progress = () => {}): RowDatabase {
  const given = request.files.find((file) => file.kind === 'sqlite');
  const database = engine.open(given?.bytes);
  const refusals = new Refusals();
  const filling = { database, refusals, progress };
  if (given !== undefined) {
    const [read] = database.rows('SELECT count(*) FROM sqlite_schema');
    if (read === undefined) refusals.add(given.name, 'it is damaged, or encrypted: no table can be read.');
  } else if (!bringsTables(request.files)) {
    for (const { sql } of request.schema) {
      const failed = database.run(sql);
      if (failed !== undefined) refusals.add('the document', failed.message);
    }
  }
  for (const sql of request.inserts) {
    const failed = database.run(sql);
    if (failed !== undefined) refusals.add('a row', failed.message);
  }
  for (const file of request.files) if (file.kind !== 'sqlite') fill(filling, file);
  return {
    version: engine.version,
    tables: tablesOf(database),
    refused: refusals.count,
    reasons: refusals.reasons,
    read: async (query, most) => {
      const spans = splitSql(query, 'sqlite').filter(({ kind }) => kind === 'statement' || kind === 'data');
      for (const span of spans.slice(0, -1)) {
        const failed = database.run(statementText(query, span));
        if (failed !== undefined) return { problem: failed.message };
      }
      const last = spans.at(-1);
      const found = database.query(last === undefined ? '' : statementText(query, last), most);
      if ('message' in found) return { problem: found.message };
      if (found.columns.length === 0) return { problem: 'the last statement is no query.' };
      return { text: csvText(found.columns, found.rows), rows: found.rows.length, more: found.more };
    },
    close: async () => database.close(),
  };
}
