import { lineAndColumn } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { parseJson } from '#model/format/json.ts';
import { detectFormat } from '../../discover/read/detect.ts';
import { scan } from '../../discover/read/scan.ts';
import type { Entries, Entry, Refusal } from './entry.ts';

/** A row of a table of statistics: names of columns in lower case. */
interface Row {
  readonly fields: ReadonlyMap<string, string>;
  readonly line: number;
  readonly column: number;
}

/** Where the elements of a JSON array begin, or of JSON values one after the other. */
function elementStarts(text: string): number[] {
  const starts: number[] = [];
  const lead = text.search(/\S/);
  const level = text[lead] === '[' ? 1 : 0;
  let depth = 0;
  for (let at = Math.max(0, lead); at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (char === '{' || char === '[') {
      if (depth === level && char === '{') starts.push(at);
      depth++;
    } else if (char === '}' || char === ']') depth--;
  }
  return starts;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function jsonRow(value: unknown, text: string, at: number): Row {
  const fields = new Map<string, string>();
  if (typeof value === 'object' && value !== null)
    for (const [name, held] of Object.entries(value)) {
      const said = textOf(held);
      if (said !== undefined) fields.set(name.toLowerCase(), said);
    }
  return { fields, ...lineAndColumn(text, at) };
}

/** Rows of a JSON array of objects, of an object that holds one, or of one object a line. */
function jsonRows(text: string): Result<{ rows: Row[]; refused: Refusal[] }> {
  const parsed = parseJson(text);
  const starts = elementStarts(text);
  if (parsed.ok) {
    const { value } = parsed;
    const inside =
      Array.isArray(value) || typeof value !== 'object' || value === null ? value : Object.values(value).find(Array.isArray);
    const list: readonly unknown[] = Array.isArray(inside) ? inside : [value];
    return ok({ rows: list.map((one, i) => jsonRow(one, text, starts[i] ?? 0)), refused: [] });
  }
  const lines = text.split('\n');
  if (!lines.every((line) => line.trim() === '' || line.trim().startsWith('{'))) return parsed;
  const rows: Row[] = [];
  const refused: Refusal[] = [];
  let at = 0;
  lines.forEach((line, i) => {
    const one = line.trim() === '' ? undefined : parseJson(line);
    if (one?.ok === true) rows.push(jsonRow(one.value, text, at));
    else if (one !== undefined) refused.push({ line: i + 1, column: 1, reason: 'This line is not valid JSON.' });
    at += line.length + 1;
  });
  return ok({ rows, refused });
}

/** psql's own tables: `a | b`, a line of dashes, and how many rows there were. */
function withoutRules(text: string): string {
  return /^[ -]*-{3,}\+[-+]*\s*$/m.test(text)
    ? text.replace(/^[ ]*-{3,}[-+]*[ ]*$/gm, '').replace(/^\(\d+ rows?\)\s*$/gm, '')
    : text;
}

function csvRows(text: string): { rows: Row[]; refused: Refusal[] } {
  const given = withoutRules(text);
  const format = detectFormat(given, { header: true });
  const rows: Row[] = [];
  const refused: Refusal[] = [];
  let header: string[] | undefined;
  let cells: string[] = [];
  let bad: Refusal | undefined;
  scan(given, format.separator, format.quote, {
    cell: (value) => cells.push(value),
    row: (line) => {
      if (header === undefined) header = cells.map((one) => one.trim().toLowerCase());
      else if (bad !== undefined) refused.push(bad);
      else if (cells.length !== header.length)
        refused.push({ line, column: 1, reason: `The row has ${cells.length} fields, the first line has ${header.length}.` });
      else rows.push({ fields: new Map(header.map((name, i) => [name, (cells[i] ?? '').trim()])), line, column: 1 });
      cells = [];
      bad = undefined;
      return true;
    },
    bad: (line, column, reason) => {
      bad ??= { line, column, reason };
    },
  });
  return { rows, refused };
}

/** The first of these columns that has a value. */
function first(row: Row, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row.fields.get(name);
    if (value !== undefined && value !== '' && !/^(?:null|\\N)$/i.test(value)) return value;
  }
  return undefined;
}

function figure(row: Row, ...names: readonly string[]): number | undefined {
  const text = first(row, ...names);
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll(/(?<=\d),(?=\d{3})/g, ''));
  return Number.isFinite(value) && value >= 0 ? value : undefined;
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
  const total = figure(row, ...columns.total);
  const mean = figure(row, ...columns.mean);
  const time = total ?? (mean === undefined ? undefined : mean * calls);
  const rows = figure(row, ...columns.rows);
  const server = first(row, ...columns.server);
  const sample = first(row, 'query_sample_text');
  return {
    sql,
    ...place,
    calls,
    ...(time === undefined ? {} : { totalMs: time / columns.unitsOfMs }),
    ...(rows === undefined ? {} : { rows }),
    ...(server === undefined ? {} : { server }),
    ...(sample === undefined ? {} : { sample }),
  };
}

/** Whether a text begins like rows of statistics. */
export function looksLikeRows(text: string): boolean {
  const head = text.slice(0, 20_000).trimStart();
  if (/^[[{]/.test(head)) return true;
  const [line = ''] = head.split('\n');
  const names = line
    .toLowerCase()
    .split(/[,;\t|]/)
    .map((one) => one.trim().replaceAll('"', ''));
  return (
    names.some((one) => PG.query.includes(one) || one === 'digest_text') &&
    names.some((one) => [...PG.calls, ...MYSQL.calls].includes(one))
  );
}

/** Statements with their counts, from `pg_stat_statements` or the digests of `performance_schema`, as CSV or JSON. */
export function readRows(text: string, until: string): Result<Entries> {
  const read = /^\s*[[{]/.test(text) ? jsonRows(text) : ok(csvRows(text));
  if (!read.ok) return read;
  const { rows, refused } = read.value;
  const isMysql = rows.some((row) => row.fields.has('count_star') || row.fields.has('digest_text'));
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
