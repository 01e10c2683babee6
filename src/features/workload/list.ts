import { memoWithInputs } from '#engine/memo.ts';
import type { QueryFacts } from '#engine/workload/facts.ts';
import type { WorkloadReport } from '#engine/workload/report.ts';
import { recordIn } from '#model/collections.ts';
import { queriesInOrder } from '#model/derive/queries.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document, Id } from '#model/types.ts';

/** What a query does; `unknown` while nobody has read it, and when it cannot be read. */
export type QueryKind = 'read' | 'insert' | 'update' | 'delete' | 'merge' | 'unknown';

/** A piece of a query's text: names of tables stand out, and so do those that mean nothing. */
export interface Piece {
  readonly text: string;
  readonly tone?: 'table' | 'unknown';
}

/** A query as the list shows it. */
export interface QueryRow {
  readonly query: WorkloadQuery;
  /** Absent while it has not been read. */
  readonly facts?: QueryFacts;
  readonly kind: QueryKind;
  /** Tables it uses, each once, in the order of the text. */
  readonly tables: readonly Id[];
  readonly tableNames: readonly string[];
  readonly pieces: readonly Piece[];
  readonly errors: number;
  readonly warnings: number;
}

/** Characters of a text that a line of the list shows at most. */
const SHOWN = 240;

const KIND_OF: Readonly<Record<QueryFacts['statement'], QueryKind>> = {
  select: 'read',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
  merge: 'merge',
  other: 'unknown',
};

const WORD = /"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|[\p{L}_][\p{L}\p{N}_$#]*/gu;

const bare = (word: string) => (/^["`[]/.test(word) ? word.slice(1, -1) : word).toLowerCase();

/** The text on one line, with the names of its tables told apart. */
export function piecesOf(text: string, tables: ReadonlySet<string>, unknown: ReadonlySet<string>): readonly Piece[] {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: word, index } of shown.matchAll(WORD)) {
    const name = bare(word);
    const tone = unknown.has(name) ? 'unknown' : tables.has(name) ? 'table' : undefined;
    if (tone === undefined) continue;
    if (index > from) pieces.push({ text: shown.slice(from, index) });
    pieces.push({ text: word, tone });
    from = index + word.length;
  }
  if (from < shown.length) pieces.push({ text: shown.slice(from) });
  return pieces;
}

function rowOf(document: Document, query: WorkloadQuery, facts: QueryFacts | undefined): QueryRow {
  const tables = [...new Set(facts?.uses.map(({ table }) => table))];
  const tableNames = tables.flatMap((id) => (recordIn(document, 'tables', id) ?? recordIn(document, 'views', id))?.name ?? []);
  // What is reached through a view stands in the text by the name of that.
  const views = facts?.uses.flatMap(({ through: [outermost] }) => outermost ?? []) ?? [];
  const viewNames = views.flatMap((id) => recordIn(document, 'views', id)?.name ?? []);
  const findings = facts?.findings ?? [];
  const unknown = findings
    .filter(({ code }) => code.startsWith('unknown'))
    .map(({ at }) => bare(query.sql.slice(at.start, at.end)));
  const named = new Set([...tableNames, ...viewNames].map((name) => name.toLowerCase()));
  const text = facts?.normal ?? query.sql.replaceAll(/\s+/g, ' ');
  return {
    query,
    ...(facts === undefined ? {} : { facts }),
    kind: facts === undefined ? 'unknown' : KIND_OF[facts.statement],
    tables,
    tableNames,
    pieces: piecesOf(text, named, new Set(unknown)),
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  };
}

/** Makes rows of the queries, in the order people gave them. A row of which nothing has changed is the same object. */
export function createRows(): (document: Document, report: WorkloadReport) => readonly QueryRow[] {
  const remember = memoWithInputs<WorkloadQuery, QueryRow>();
  return (document, report) =>
    queriesInOrder(document).map((query) => {
      const facts = Object.hasOwn(report, query.id) ? report[query.id] : undefined;
      const records =
        facts?.uses.flatMap(({ table, through }) => [
          document.tables[table] ?? document.views[table],
          document.views[through[0] ?? ''],
        ]) ?? [];
      return remember(query, [facts, ...records], () => rowOf(document, query, facts));
    });
}

export type SortKey = 'order' | 'name' | 'kind' | 'calls' | 'latency' | 'tables';
export type KindFilter = 'all' | 'reads' | 'writes' | 'problems';

export interface Arrangement {
  readonly filter: string;
  readonly kind: KindFilter;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const NATURAL: Arrangement = { filter: '', kind: 'all', sort: 'order', descending: false };

const KEPT: Readonly<Record<KindFilter, (row: QueryRow) => boolean>> = {
  all: () => true,
  reads: ({ kind }) => kind === 'read',
  writes: ({ kind }) => kind !== 'read' && kind !== 'unknown',
  problems: ({ errors, warnings }) => errors + warnings > 0,
};

/** What a column is sorted by; nothing known stands last, whichever way. */
const VALUE: Readonly<Record<Exclude<SortKey, 'order'>, (row: QueryRow) => string | number | undefined>> = {
  name: ({ query }) => query.name.toLowerCase(),
  kind: ({ kind }) => (kind === 'unknown' ? undefined : kind),
  calls: ({ query }) => query.callsPerHour,
  latency: ({ query }) => query.latencyMs,
  tables: ({ tableNames }) => (tableNames.length === 0 ? undefined : tableNames.join(' ').toLowerCase()),
};

function compare(a: string | number | undefined, b: string | number | undefined, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a === b ? 0 : a < b ? -sign : sign;
}

/** The rows that fit, in the order asked for. Every word of the filter occurs in the name, the text, a table or the comment. */
export function arranged(rows: readonly QueryRow[], { filter, kind, sort, descending }: Arrangement): readonly QueryRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = rows.filter((row) => {
    if (!KEPT[kind](row)) return false;
    if (words.length === 0) return true;
    const { name, sql, comment, origin } = row.query;
    const text = `${name} ${sql} ${row.tableNames.join(' ')} ${comment ?? ''} ${origin?.kind ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (sort === 'order') return descending ? fits.toReversed() : fits;
  const value = VALUE[sort];
  return fits.toSorted((a, b) => compare(value(a), value(b), descending ? -1 : 1));
}
