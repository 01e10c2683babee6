import { recordIn } from '#model/collections.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { uniqueColumnLists } from '../facts/unique-columns.ts';
import type { QueryFacts, TableUse } from '../workload/facts.ts';
import { type JoinedLink, joinedLinks } from '../workload/joined-links.ts';
import { tableRates } from '../workload/rates.ts';
import type { WorkloadReport } from '../workload/report.ts';
import type { GivenJoin, GivenLoad, GivenTableLoad } from './load.ts';

/** Whether a use asks for one row: every column of a key is compared with one value. */
function asksForOne(table: Table, { predicates }: TableUse): boolean {
  const fixed = new Set(predicates.flatMap(({ test, term }) => (test === 'equal' && term.column !== undefined ? term.column : [])));
  return uniqueColumnLists(table).some((columns) => columns.every((column) => fixed.has(column)));
}

/** Rows of a use that one call gives, where the text tells: a key is asked for, or a literal LIMIT. */
function rowsAsked(document: Document, use: TableUse): number | undefined {
  const table = recordIn(document, 'tables', use.table);
  if (table !== undefined && asksForOne(table, use)) return 1;
  const limit = use.limit?.kind === 'literal' ? Number(use.limit.sql) : Number.NaN;
  return Number.isFinite(limit) && limit > 0 ? limit : undefined;
}

type JoinRates = Omit<GivenJoin, 'relationships'>;

/** What one call does along a relationship, where that can be told. */
function perCall(document: Document, { uses }: QueryFacts, { relationship, child, parent }: JoinedLink): JoinRates {
  const [below, above] = [uses[child], uses[parent]];
  const link = document.relationships[relationship];
  if (below === undefined || above === undefined || link === undefined) return {};
  const grouped = [...below.group, ...above.group].flatMap(({ columns }) => columns);
  if (grouped.length > 0) {
    const byParent = grouped.some((column) => above.columns.includes(column) || link.childColumns.includes(column));
    return byParent ? { reports: 1 } : {};
  }
  const shown = above.columns.filter((column) => !link.parentColumns.includes(column));
  const rows = rowsAsked(document, below);
  return rows === undefined || shown.length === 0 ? {} : { lookups: rows };
}

/**
 * The load that the queries of the workload tell, of those whose calls are known: statements an hour of each table, rows an
 * hour that are shown with columns of a parent (where the text tells how many rows one call gives), and reports by a parent.
 * What the text does not tell is left to guesses.
 */
export function loadOfWorkload(document: Document, report: WorkloadReport): GivenLoad {
  const rated = Object.values(document.queries).flatMap(({ id, callsPerHour }) => {
    const facts = Object.hasOwn(report, id) ? report[id] : undefined;
    return facts === undefined || callsPerHour === undefined ? [] : [{ id, callsPerHour, facts }];
  });
  const tables: Record<Id, GivenTableLoad> = {};
  for (const [id, { reads, inserts, updates, deletes }] of tableRates(rated))
    tables[id] = Object.fromEntries(
      Object.entries({ reads, inserts, updates, deletes }).filter(([, value]) => value > 0),
    ) as GivenTableLoad;
  const joins = new Map<Id, { lookups?: number; reports?: number }>();
  for (const { callsPerHour, facts } of rated)
    for (const link of joinedLinks(document, facts)) {
      const { lookups, reports } = perCall(document, facts, link);
      const sum = joins.get(link.relationship) ?? {};
      if (lookups !== undefined) sum.lookups = (sum.lookups ?? 0) + lookups * callsPerHour;
      if (reports !== undefined) sum.reports = (sum.reports ?? 0) + reports * callsPerHour;
      if (sum.lookups !== undefined || sum.reports !== undefined) joins.set(link.relationship, sum);
    }
  return { tables, joins: [...joins].map(([id, rates]) => ({ relationships: [id], ...rates })) };
}

/** One load over another: what `said` says counts. */
export function withSaid(known: GivenLoad, said: GivenLoad): GivenLoad {
  const tables = { ...known.tables };
  for (const [id, figures] of Object.entries(said.tables)) tables[id] = { ...tables[id], ...figures };
  const key = ({ relationships }: GivenJoin) => relationships.join(' ');
  const joins = new Map(known.joins.map((one) => [key(one), one]));
  for (const one of said.joins) joins.set(key(one), { ...joins.get(key(one)), ...one });
  return { tables, joins: [...joins.values()] };
}
