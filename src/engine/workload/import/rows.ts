import { err, ok, type Result } from '#lib/result.ts';
import { detectFormat } from '../../discover/read/detect.ts';
import { scan } from '../../discover/read/scan.ts';
import type { Entries, Entry, Refusal } from './entry.ts';
import { jsonRows } from './json-rows.ts';
import type { Row } from './row.ts';
import { readShown, type Shown } from './terminal.ts';

interface Rows {
  readonly rows: readonly Row[];
  readonly refused: readonly Refusal[];
}

/** What a separated text writes with a backslash (`COPY ... TO`, `mysql -B`). */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '\\': '\\' };

function unescaped(value: string): string {
  return value.replaceAll(/\\([ntrbfv\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** A number with a decimal comma, such as `1.234,5`. */
const COMMA = /^-?\d{1,3}(?:\.\d{3})*,\d+$|^-?\d+,\d+$/;
const THOUSANDS = /^-?\d{1,3}(?:[.,]\d{3})+$/;

/** Numbers as other programs write them: where the separator is `;`, spreadsheets of half the world write decimal commas. */
function withPoints(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const commas = rows.some((cells) => cells.some((cell) => COMMA.test(cell) && !THOUSANDS.test(cell)));
  if (!commas) return rows;
  return rows.map((cells) =>
    cells.map((cell) => (COMMA.test(cell) || THOUSANDS.test(cell) ? cell.replaceAll('.', '').replace(',', '.') : cell)),
  );
}

const VERB = /^\(?\s*(?:select|insert|update|delete|with|merge)\b/i;

/**
 * Names for rows that have none: those of `SELECT * FROM pg_stat_statements`, which the number of columns tells (12: 23 of
 * them; since 13 at least 32, with the times of planning before those of execution; since 14 with `toplevel`).
 */
function namesOf(cells: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first = []] = cells;
  const query = first.findIndex((_, at) => cells.filter((row) => VERB.test(row[at] ?? '')).length * 2 > cells.length);
  if (query !== 3 && query !== 4) return undefined;
  const named = (offsets: Readonly<Record<number, string>>) =>
    first.map((_, at) => (at === query ? 'query' : at === query - 1 ? 'queryid' : (offsets[at - query] ?? `column ${at}`)));
  if (first.length === 23) return named({ 1: 'calls', 2: 'total_time', 5: 'mean_time', 7: 'rows' });
  return first.length >= 32 ? named({ 7: 'calls', 8: 'total_exec_time', 11: 'mean_exec_time', 13: 'rows' }) : undefined;
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The lines of a separated text, those that are wrong apart. */
function linesOf(text: string): { lines: Line[]; refused: Refusal[] } {
  const format = detectFormat(text, { header: true });
  const lines: Line[] = [];
  const refused: Refusal[] = [];
  const escapes = format.separator === '\t' && !/(?:^|\t)"/m.test(text);
  let cells: string[] = [];
  let bad: Refusal | undefined;
  scan(text, format.separator, format.quote, {
    cell: (value) => cells.push(escapes ? unescaped(value) : value.trim()),
    row: (line) => {
      if (bad === undefined) lines.push({ cells, line });
      else refused.push(bad);
      cells = [];
      bad = undefined;
      return true;
    },
    bad: (line, column, reason) => {
      bad ??= { line, column, reason };
    },
  });
  if (format.separator !== ';') return { lines, refused };
  const points = withPoints(lines.map((one) => one.cells));
  return { lines: lines.map((one, i) => ({ ...one, cells: points[i] ?? one.cells })), refused };
}

function csvRows(text: string): Result<Rows> {
  const { lines, refused } = linesOf(text);
  const [head, ...below] = lines;
  const isNamed = head !== undefined && hasNames(head.cells);
  const names = isNamed ? head.cells.map((one) => one.trim().toLowerCase()) : namesOf(lines.map(({ cells }) => cells));
  if (names === undefined)
    return err('no-names', 'The rows have no names of columns in their first line: export them with a header (CSV HEADER).');
  const rows: Row[] = [];
  for (const { cells, line } of isNamed ? below : lines)
    if (cells.length !== names.length)
      refused.push({ line, column: 1, reason: `The row has ${cells.length} fields, the first line has ${names.length}.` });
    // Under the names in Markdown.
    else if (!cells.every((cell) => /^:?-+:?$|^$/.test(cell)) || cells.every((cell) => cell === ''))
      rows.push({ fields: new Map(names.map((name, i) => [name, (cells[i] ?? '').trim()])), line, column: 1 });
  return ok({ rows, refused });
}

/** The first of these columns that has a value. */
function first(row: Row, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row.fields.get(name);
    if (value !== undefined && value !== '' && !/^(?:null|\\N)$/i.test(value)) return value;
  }
  return undefined;
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll(/(?<=\d),(?=\d{3})/g, ''));
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

const figure = (row: Row, ...names: readonly string[]) => numberOf(first(row, ...names));

/** Milliseconds in the units of MySQL's `sys` schema (`format_pico_time`). */
const UNITS: Readonly<Record<string, number>> = {
  ps: 1e-9,
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds. @param ofMs how many units of a bare number make one */
function duration(row: Row, names: readonly string[], ofMs: number): number | undefined {
  for (const name of names) {
    const text = first(row, name);
    if (text === undefined) continue;
    const [, amount, unit = ''] = /^([\d.,]+) ?([a-z]{1,3})$/.exec(text) ?? [];
    const value = numberOf(amount ?? text);
    if (value === undefined) return undefined;
    if (amount !== undefined) return UNITS[unit] === undefined ? undefined : value * UNITS[unit];
    return name.endsWith('_minutes') ? value * 60_000 : value / ofMs;
  }
  return undefined;
}

/** performance_schema counts in picoseconds. */
const PICO_OF_MS = 1e9;
const HOUR_MS = 3_600_000;

interface Columns {
  readonly query: readonly string[];
  readonly calls: readonly string[];
  readonly total: readonly string[];
  readonly mean: readonly string[];
  readonly rows: readonly string[];
  readonly server: readonly string[];
  /** How many of its units make a millisecond. */
  readonly unitsOfMs: number;
}

const PG: Columns = {
  query: ['query'],
  calls: ['calls', 'count'],
  total: ['total_exec_time', 'total_time', 'total_ms', 'total_minutes'],
  mean: ['mean_exec_time', 'mean_time', 'avg_time', 'avg_ms', 'average_time'],
  rows: ['rows', 'rows_returned'],
  server: ['queryid', 'query_id', 'query_hash'],
  unitsOfMs: 1,
};

const MYSQL: Columns = {
  query: ['digest_text', 'query'],
  calls: ['count_star', 'exec_count'],
  total: ['sum_timer_wait', 'total_latency'],
  mean: ['avg_timer_wait', 'avg_latency'],
  rows: ['sum_rows_sent', 'rows_sent'],
  server: ['digest'],
  unitsOfMs: PICO_OF_MS,
};

/** How long rows of statistics were gathered: from the earliest to the latest moment they tell. */
function span(rows: readonly Row[], from: readonly string[], to: readonly string[]): number | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const [begin, end] = [Date.parse(first(row, ...from) ?? ''), Date.parse(first(row, ...to) ?? '')];
    if (!Number.isNaN(begin)) least = Math.min(least, begin);
    if (!Number.isNaN(end)) most = Math.max(most, end);
  }
  const hours = (most - least) / HOUR_MS;
  return Number.isFinite(hours) && hours > 0 ? hours : undefined;
}

function entryOf(row: Row, columns: Columns): Entry | Refusal {
  const place = { line: row.line, column: row.column };
  const sql = first(row, ...columns.query);
  if (sql === undefined) return { ...place, reason: 'The row has no text of a query.' };
  if (/^<insufficient privilege>$/i.test(sql))
    return { ...place, reason: 'The server showed no text: ask it as a role that may see all (pg_read_all_stats).' };
  const calls = figure(row, ...columns.calls);
  if (calls === undefined) return { ...place, reason: 'How often it was called is no number.', sql };
  const total = duration(row, columns.total, columns.unitsOfMs);
  const mean = duration(row, columns.mean, columns.unitsOfMs);
  const time = total ?? (mean === undefined ? undefined : mean * calls);
  const rows = figure(row, ...columns.rows);
  const server = first(row, ...columns.server);
  const sample = first(row, 'query_sample_text');
  return {
    sql,
    ...place,
    calls,
    ...(time === undefined ? {} : { totalMs: time }),
    ...(rows === undefined ? {} : { rows }),
    ...(server === undefined ? {} : { server }),
    ...(sample === undefined ? {} : { sample }),
  };
}

const isQuery = (name: string) => PG.query.includes(name) || MYSQL.query.includes(name);
const isCount = (name: string) => PG.calls.includes(name) || MYSQL.calls.includes(name);
const hasNames = (cells: readonly string[]) => {
  const names = cells.map((one) => one.trim().toLowerCase().replaceAll('"', ''));
  return names.some(isQuery) && names.some(isCount);
};
/** Much of the text to tell by what it is. */
const HEAD = 20_000;

/** A value of JSON that psql shows in a table of one column. */
function jsonIn({ names, rows }: Shown): string | undefined {
  const [name] = names;
  if (names.length !== 1 || name === undefined) return undefined;
  const text = rows.map(({ fields }) => fields.get(name) ?? '').join('\n');
  return /^\s*[[{]/.test(text) ? text : undefined;
}

/** Whether a text begins like rows of statistics. */
export function looksLikeRows(text: string): boolean {
  const head = text.slice(0, HEAD).trimStart();
  if (/^[[{]/.test(head)) return true;
  const shown = readShown(head);
  if (shown !== undefined && (hasNames(shown.names) || jsonIn(shown) !== undefined)) return true;
  const [line = ''] = head.split('\n');
  if (hasNames(line.split(/[,;\t|]/))) return true;
  // Without names: no statement begins with a number and a separator, nor with one in quotes.
  return (
    /^"?-?\d+"?[,;\t|](?:[^\n]*[,;\t|])?"?(?:select|insert|update|delete|with)\b/i.test(line) ||
    /^"(?:select|insert|update|delete|with)\s/i.test(line)
  );
}

function rowsOf(text: string): Result<Rows> {
  if (/^\s*[[{]/.test(text)) return jsonRows(text);
  const shown = readShown(text);
  if (shown === undefined) return csvRows(text);
  const json = jsonIn(shown);
  if (json === undefined) return hasNames(shown.names) ? ok(shown) : csvRows(text);
  const read = jsonRows(json);
  if (!read.ok) return read;
  const above = (shown.rows[0]?.line ?? 1) - 1;
  const down = <T extends { readonly line: number }>(one: T): T => ({ ...one, line: one.line + above });
  return ok({ rows: read.value.rows.map(down), refused: [...shown.refused, ...read.value.refused.map(down)] });
}

/**
 * Statements with their counts, from `pg_stat_statements`, the digests of `performance_schema` or the views of `sys`: as CSV,
 * JSON, or a table as a client shows it.
 */
export function readRows(text: string, until: string): Result<Entries> {
  const read = rowsOf(text);
  if (!read.ok) return read;
  const { rows, refused } = read.value;
  const isMysql = rows.some(({ fields }) => MYSQL.calls.some((name) => fields.has(name)) || fields.has('digest_text'));
  const columns = isMysql ? MYSQL : PG;
  if (rows.length > 0 && !rows.some((row) => first(row, ...columns.query) !== undefined))
    return err('no-queries', 'The rows have no column query (pg_stat_statements) or DIGEST_TEXT (performance_schema).');
  const made = rows.map((row) => entryOf(row, columns));
  const hours = isMysql
    ? span(rows, ['first_seen'], ['last_seen'])
    : span([...rows, { fields: new Map([['now', until]]), line: 0, column: 0 }], ['stats_since'], ['now']);
  return ok({
    kind: isMysql ? 'performance_schema' : 'pg_stat_statements',
    entries: made.filter((one): one is Entry => 'calls' in one),
    refused: [...refused, ...made.filter((one): one is Refusal => !('calls' in one))],
    ...(hours === undefined ? {} : { hours }),
  });
}
