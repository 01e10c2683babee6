import { columnsOf } from '#model/derive/columns.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { BLOCK } from '../../physical/index-size.ts';
import { keysLookedUp } from '../../planner/runs.ts';
import { surroundingsOf } from '../../rules/indexes/redundant.ts';
import { tableRates } from '../../workload/rates.ts';
import { ENGINES } from '../analytic/engines.ts';
import { insertCost, updateCosts, type WrittenIndex } from '../cost/writes.ts';
import type { AskedProblem } from '../select/explore.ts';
import type { IndexOption, Standing, UpdateDemand } from '../select/problem.ts';
import type { CostModel } from './cost-model.ts';
import type { AdvisedQuery, PreparedAdvice, PreparedCandidate } from './prepare.ts';
import { heldColumns, type PresentIndex } from './present.ts';
import { type Looked, mayServe } from './relevance.ts';
import { supersededBy } from './superseded.ts';

/** Rows and pages of an index, by its id. */
export type IndexSizes = ReadonlyMap<string, { readonly rows: number; readonly pages: number }>;

export interface ProblemOptions {
  /** Bytes for all indexes that are not keys; absent = as many as pay. */
  readonly budget?: number;
  /** How much writes weigh against reads; 1 = as much. */
  readonly writePenalty?: number;
  /** Share of updates that find room on their page, 0 to 1. */
  readonly room?: number;
}

/** Half of the pages have room for another version of a row when nobody sets a fill factor and vacuum does its work. */
const ROOM = 0.5;

/** Levels above the leaves of a tree of so many pages, about 285 entries to an inner page. */
const heightOf = (pages: number) => Math.max(0, Math.ceil(Math.log(Math.max(1, pages)) / Math.log(285)) - 1);

function columnNames(table: Table, ids: readonly Id[]): readonly string[] {
  return ids.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
}

interface Weighed {
  readonly option: Omit<IndexOption, 'writeCost'>;
  readonly table: Id;
  readonly written: WrittenIndex;
}

function weighed(
  id: string,
  table: Id,
  standing: Standing,
  { rows, pages }: { readonly rows: number; readonly pages: number },
  columns: readonly string[],
  tableRows: number,
): Weighed {
  const tree = { rows, pages, height: heightOf(pages) };
  const share = tableRows > 0 ? Math.min(1, rows / tableRows) : 1;
  return { option: { id, bytes: pages * BLOCK, standing }, table, written: { id, tree, columns, share } };
}

/** Whether a statement of the workload cannot run without it. */
export function isNeeded({ candidate }: PreparedCandidate): boolean {
  return candidate.reasons.some(({ shape }) => shape === 'conflict-target');
}

function standingOf({ rule, stays }: PresentIndex): Standing {
  if (rule) return 'key';
  return stays ? 'kept' : 'existing';
}

function lookedAt({ present, candidates }: Pick<PreparedAdvice, 'present' | 'candidates'>): ReadonlyMap<string, Looked> {
  const there = present.map(({ id, table, elements, include, index }): [string, Looked] => {
    const where = index?.where;
    return [id, { table, elements, include, ...(where === undefined ? {} : { where }), madeFor: new Set() }];
  });
  const could = candidates.map(({ id, table, candidate: { index, reasons } }): [string, Looked] => {
    const { elements, include = [], where } = index;
    const madeFor = new Set(reasons.flatMap(({ query }) => query ?? []));
    return [id, { table: table.id, elements, include, ...(where === undefined ? {} : { where }), madeFor }];
  });
  return new Map([...there, ...could]);
}

/** How often in an hour each materialized view is refreshed. */
function refreshesOf(queries: readonly AdvisedQuery[]): ReadonlyMap<Id, number> {
  const found = new Map<Id, number>();
  for (const { calls, facts } of queries)
    if (facts.refreshes !== undefined) found.set(facts.refreshes, (found.get(facts.refreshes) ?? 0) + calls);
  return found;
}

/** Equal for indexes that find rows by the same thing first. */
const leadOf = (table: Id, first: IndexElement | undefined, where = '') =>
  [table, first?.column ?? first?.expression, first?.operatorClass, where].join('|');

/**
 * The selection's problem for a document: candidates and indexes that exist with their sizes, and what writes cost each.
 * Queries are asked about those indexes only that may change their plans.
 */
export function adviceProblem(
  document: Document,
  prepared: PreparedAdvice,
  model: Pick<CostModel, 'sizes' | 'rowsOf'>,
  options: ProblemOptions = {},
): AskedProblem {
  const { queries, candidates, present } = prepared;
  const all = [
    ...present.flatMap((one) => {
      const size = model.sizes.get(one.id);
      return size === undefined ? [] : [weighed(one.id, one.table, standingOf(one), size, one.columns, model.rowsOf(one.table))];
    }),
    ...candidates.flatMap((one) => {
      const { id, table, candidate } = one;
      const size = model.sizes.get(id);
      const columns = heldColumns(document, table, candidate.index);
      return size === undefined
        ? []
        : [weighed(id, table.id, isNeeded(one) ? 'kept' : 'candidate', size, columns, model.rowsOf(table.id))];
    }),
  ];
  const engine = ENGINES[document.settings['settings']?.dialect ?? 'postgresql'];
  const superseded = supersededBy(document, { present, candidates });
  const rates = tableRates(queries.map(({ id, calls, facts }) => ({ id, callsPerHour: calls, facts })));
  const refreshed = refreshesOf(queries);
  const indexes: IndexOption[] = [];
  const updates: UpdateDemand[] = [];
  for (const table of new Set(all.map((one) => one.table))) {
    const own = all.filter((one) => one.table === table);
    const rate = rates.get(table);
    const changed = [...(rate?.updatedColumns ?? [])];
    const record = document.tables[table];
    const written = {
      inserts: rate?.inserts ?? 0,
      deletes: rate?.deletes ?? 0,
      updates: changed.map(([column, rows]) => ({ rows, columns: record === undefined ? [] : columnNames(record, [column]) })),
    };
    const costs = updateCosts(
      own.map((one) => one.written),
      written,
      engine.updates === 'versions' ? { way: 'versions', room: options.room ?? ROOM } : { way: 'in place' },
    );
    const always = new Map(costs.always.map((one) => [one.index, one.cost]));
    for (const { option, written: index } of own) {
      const supersedes = superseded.get(option.id)?.filter((id) => model.sizes.has(id)) ?? [];
      // REFRESH makes the index anew: it writes every page.
      const anew = (refreshed.get(table) ?? 0) * index.tree.pages;
      const writeCost = insertCost(index, written) + (always.get(option.id) ?? 0) + anew;
      indexes.push({ ...option, writeCost, ...(supersedes.length === 0 ? {} : { supersedes }) });
    }
    costs.charges.forEach((charge, at) => {
      updates.push({ id: `${table}:${at}`, ...charge });
    });
  }
  const looked = lookedAt(prepared);
  const movable = indexes.filter((one) => one.standing !== 'key');
  const kinds = new Map(
    Object.values(document.tables).map((table) => [
      table.id,
      surroundingsOf({ document, table, columns: columnsOf(document, table) }).kindOf,
    ]),
  );
  const keys = new Map(queries.map(({ id, facts }) => [id, keysLookedUp(document, facts)]));
  const serves = (id: string, { id: query, facts }: AdvisedQuery) => {
    const index = looked.get(id);
    if (index === undefined) return false;
    const first = index.elements[0]?.column;
    const lookedUp = keys
      .get(query)
      ?.some(({ child, childColumns }) => child === index.table && childColumns.includes(first ?? ''));
    return lookedUp === true || mayServe(index, query, facts, kinds.get(index.table) ?? (() => undefined));
  };
  return {
    indexes,
    queries: queries.map((query) => ({
      id: query.id,
      calls: query.calls,
      relevant: movable.flatMap(({ id }) => (serves(id, query) ? [id] : [])),
    })),
    leads: new Map([...looked].map(([id, { table, elements, where }]) => [id, leadOf(table, elements[0], where)])),
    updates,
    budget: options.budget ?? Number.POSITIVE_INFINITY,
    ...(options.writePenalty === undefined ? {} : { writePenalty: options.writePenalty }),
  };
}
