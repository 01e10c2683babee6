import { err, ok, type Result } from '#lib/result.ts';
import type { QueryOrigin } from '#model/query-types.ts';
import type { Dialect } from '#model/types.ts';
import { queryPort } from '../../dialects/queries.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { normalText } from '../normal.ts';
import type { QueryPort } from '../resolving.ts';
import type { Statement } from '../tree.ts';
import type { Entries, Entry, ImportedQuery, Refusal } from './entry.ts';
import { oneText } from './merge.ts';
import { type Told, withOwnParameters } from './placeholders.ts';
import { looksLikeDigestReport, readDigestReport } from './pt-digest.ts';
import { looksLikeRows, readRows } from './rows.ts';
import { looksLikeSlowLog, readSlowLog } from './slow-log.ts';
import { readStatements } from './statements.ts';

export interface WorkloadOptions {
  /** Dialect of the document that the queries are for. */
  readonly dialect: Dialect;
  /** PostgreSQL's own; needed for its dialect only. */
  readonly parser?: PgParser;
  /** File name; absent for what was pasted. */
  readonly name?: string;
  /** ISO date or moment at which the text was taken. */
  readonly date: string;
  /** Hours in which the counts were gathered, when the source does not tell, or to say it better. */
  readonly hours?: number;
}

export interface WorkloadImport {
  readonly kind: QueryOrigin['kind'];
  readonly queries: readonly ImportedQuery[];
  /** Rows and statements that could not be taken, with places; all others were. */
  readonly refused: readonly Refusal[];
  /** Those of `refused` that are statements which cannot be read, as queries that wait to be mended. */
  readonly broken: readonly ImportedQuery[];
  /** Statements that were the same as one before, literals aside. */
  readonly merged: number;
  /** Hours that the counts are of. */
  readonly hours?: number;
}

/** Longest text that is read. */
const MAX_LENGTH = 200_000_000;

function entriesOf(text: string, options: WorkloadOptions): Result<Entries> {
  if (looksLikeDigestReport(text)) return ok(readDigestReport(text));
  if (looksLikeSlowLog(text)) return ok(readSlowLog(text));
  if (looksLikeRows(text)) return readRows(text, options.date);
  return ok(readStatements(text, options.dialect, options.name === undefined ? 'typed' : 'file'));
}

/** The first table that a statement names. */
function tableIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const { is, path } = value as { is?: unknown; path?: readonly { name: string }[] };
    if (is === 'table' && Array.isArray(path)) return path.at(-1)?.name as string | undefined;
  }
  for (const one of Object.values(value)) {
    const found = tableIn(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether rows are read or written by it that an index could find. */
function isQuery(statement: Statement): boolean {
  if (statement.is === 'other') return statement.refreshes !== undefined;
  return tableIn(statement) !== undefined;
}

function nameFor(statement: Statement): string {
  const { is } = statement;
  if (is === 'other') return `refresh ${tableIn(statement.refreshes) ?? ''}`.trim();
  // What stands in WITH is read by the rest.
  const table =
    is === 'select'
      ? (tableIn({ ...statement.query, with: undefined }) ?? tableIn(statement.query))
      : tableIn('table' in statement ? statement.table : undefined);
  return table === undefined ? is : `${is} ${table}`;
}

/** Statements that run others: blocks, routines, calls. */
const RUNS_OTHERS =
  /^(?:do\s*(?:language\b|\$|')|declare\b[\s\S]*\bbegin|if|while|call|exec(?:ute)?|create\s+(?:or\s+(?:replace|alter)\s+)?(?:\w+\s*=\s*\S+\s+)?(?:function|procedure|proc|trigger|package)|begin(?!\s*;?\s*$|\s+(?:work|tran|transaction|isolation|read|not|deferrable|immediate|deferred|exclusive|concurrent)\b))(?!\w)/i;

/** Why a statement that can be read is none of a workload. */
function whyNot(sql: string): string {
  return RUNS_OTHERS.test(sql)
    ? 'The statements that this one runs are not looked at: give them as statements of their own.'
    : 'This statement reads and writes no rows that an index could find.';
}

interface Group {
  readonly entries: Entry[];
  /** Absent: it cannot be read. */
  readonly statement?: Statement;
}

/** A statement that can be read, by its own text or by a sample of it. */
function readable({ entry, wrong }: Told, port: QueryPort): { entry: Entry; statement: Statement } | Refusal {
  const parsed = port.parse(entry.sql);
  if (parsed.ok) return { entry, statement: parsed.statement };
  const sample = entry.sample === undefined ? undefined : port.parse(entry.sample);
  if (sample?.ok === true && entry.sample !== undefined)
    return { entry: { ...entry, sql: entry.sample }, statement: sample.statement };
  const { at, message } = wrong ?? { at: parsed.at.start, message: parsed.message };
  const before = entry.sql.slice(0, at);
  const breaks = before.split('\n').length - 1;
  const column = breaks === 0 ? entry.column + at : at - before.lastIndexOf('\n');
  return { line: entry.line + breaks, column, reason: message, sql: entry.sql };
}

function sum(entries: readonly Entry[], of: (entry: Entry) => number | undefined): number | undefined {
  const known = entries.map(of).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, one) => total + one, 0);
}

function imported(
  group: Group,
  fingerprint: string,
  name: string,
  entries: Entries,
  options: WorkloadOptions,
  hours: number | undefined,
): ImportedQuery {
  const [first] = group.entries as [Entry, ...Entry[]];
  const calls = sum(group.entries, (one) => one.calls) ?? 0;
  const counted = entries.kind !== 'typed' && entries.kind !== 'file';
  const rows = sum(group.entries, (one) => one.rows);
  const totalMs = sum(group.entries, (one) => one.totalMs);
  const origin: QueryOrigin = {
    kind: entries.kind,
    ...(options.name === undefined ? {} : { name: options.name }),
    date: options.date,
    ...(first.server === undefined ? {} : { server: first.server }),
    ...(counted ? { calls } : {}),
    ...(rows === undefined ? {} : { rows }),
    ...(totalMs === undefined || calls === 0 ? {} : { meanMs: totalMs / calls, totalMs }),
    ...(hours === undefined || !counted ? {} : { hours }),
  };
  return {
    name,
    ...oneText(group.entries, options.dialect),
    ...(counted && hours !== undefined ? { callsPerHour: calls / hours } : {}),
    origin,
    fingerprint,
    line: first.line,
    column: first.column,
  };
}

/**
 * Queries from pasted SQL, a file of it, `pg_stat_statements` or the digests of `performance_schema` (CSV or JSON), a slow
 * query log or a report of pt-query-digest: which of these it is, the text tells. Statements that differ in literals only are one query. What cannot be read
 * is told with line and column, and the rest is taken. Linear in the length of the text.
 */
export function readWorkload(text: string, options: WorkloadOptions): Result<WorkloadImport> {
  if (text.length > MAX_LENGTH)
    return err('too-long', `The text is longer than ${MAX_LENGTH} characters: take the statements that matter most.`);
  const read = entriesOf(text, options);
  if (!read.ok) return read;
  const port = queryPort(options.dialect, options.parser);
  const refused: Refusal[] = [...read.value.refused];
  const groups = new Map<string, Group>();
  for (const raw of read.value.entries) {
    const told = withOwnParameters(raw, options.dialect, port);
    const given = told.entry;
    const { fingerprint } = normalText(given.sql, options.dialect);
    const known = groups.get(fingerprint);
    if (known?.statement !== undefined) {
      known.entries.push(given);
      continue;
    }
    const one = readable(told, port);
    if (!('statement' in one)) {
      refused.push(one);
      groups.set(fingerprint, { entries: [...(known?.entries ?? []), given] });
    } else if (!isQuery(one.statement))
      refused.push({
        line: given.line,
        column: given.column,
        reason: whyNot(given.sql),
        sql: given.sql,
      });
    else groups.set(fingerprint, { entries: [one.entry], statement: one.statement });
  }
  const hours = options.hours ?? read.value.hours;
  const names = new Map<string, number>();
  const made = [...groups].map(([fingerprint, group]) => {
    const [first] = group.entries;
    const wanted = first?.name ?? (group.statement === undefined ? `line ${first?.line ?? 1}` : nameFor(group.statement));
    const count = (names.get(wanted) ?? 0) + 1;
    names.set(wanted, count);
    const query = imported(group, fingerprint, count === 1 ? wanted : `${wanted} ${count}`, read.value, options, hours);
    return { group, query };
  });
  const some = (readable: boolean) => made.filter(({ group }) => (group.statement !== undefined) === readable);
  const merged = some(true).reduce((total, { group }) => total + group.entries.length - 1, 0);
  refused.sort((a, b) => a.line - b.line || a.column - b.column);
  return ok({
    kind: read.value.kind,
    queries: some(true).map(({ query }) => query),
    refused,
    broken: some(false).map(({ query }) => query),
    merged,
    ...(hours === undefined ? {} : { hours }),
  });
}
