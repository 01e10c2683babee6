import { recordIn } from '#model/collections.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { queryPort } from '../dialects/queries.ts';
import { knownFacts } from '../facts/facts.ts';
import type { KnownColumn, KnownTable } from '../facts/known.ts';
import type { PgParser } from '../sql/parser-port.ts';
import type { UseDraft } from './build.ts';
import type { Predicate } from './facts.ts';
import { type ReadStoredView, readStoredView } from './resolve.ts';
import { isStoredView, type StoredView } from './stored-view.ts';
import { isAggregated } from './terms.ts';
import { visit } from './walk.ts';

/** Share of rows that a condition of one sort or another leaves, where no values say more (PostgreSQL, `selfuncs.h`). */
const RANGE = 1 / 3;
const PATTERN = 0.005;

type Known = ReadonlyMap<Id, KnownTable>;

function columnOf(known: Known, use: UseDraft | undefined, id: Id | undefined): KnownColumn | undefined {
  return known.get(use?.table ?? '')?.columns.find((column) => column.id === id);
}

/** Different values of a column, as a number. */
function valuesOf({ distinct }: KnownColumn, rows: number): number {
  return Math.max(1, distinct < 0 ? -distinct * rows : distinct);
}

function shareOf({ test, term, values }: Predicate, known: Known, use: UseDraft): number {
  const rows = known.get(use.table)?.rows ?? 0;
  const column = columnOf(known, use, term.column);
  const one = column === undefined ? PATTERN : 1 / valuesOf(column, rows);
  switch (test) {
    case 'equal':
      return one;
    case 'in':
      return Math.min(1, one * Math.max(1, values.length));
    case 'null':
      return column?.nullFraction ?? PATTERN;
    case 'range':
      return RANGE;
    case 'prefix':
    case 'pattern':
    case 'contains':
      return PATTERN;
    default:
      return 1;
  }
}

/**
 * Rows that the query of a materialized view gives: as many as the largest table it reads is left with by its conditions, and not
 * more than its groups can differ.
 */
function rowsOf({ outs, draft }: ReadStoredView, known: Known): number {
  const left = draft.uses.map((use) =>
    use.predicates.reduce((rows, one) => rows * shareOf(one, known, use), known.get(use.table)?.rows ?? 0),
  );
  const rows = Math.max(1, ...left);
  const [limit] = draft.uses.flatMap(({ limit }) => (limit?.kind === 'literal' ? Number(limit.sql) : []));
  const most = Number.isFinite(limit) && limit !== undefined ? Math.min(rows, limit) : rows;
  if (!outs.some(({ of }) => isAggregated(of.is === 'inner' ? of.of : of))) return Math.ceil(most);
  // What is given beside aggregates is what is grouped by.
  const groups = outs.reduce((all, { of }) => all * groupsOf(of, draft.uses, known, rows), 1);
  return Math.ceil(Math.min(most, groups));
}

/** How many values one output of a grouped query can have; 1 for aggregates, which tell no groups apart. */
function groupsOf(of: ReadStoredView['outs'][number]['of'], uses: readonly UseDraft[], known: Known, rows: number): number {
  const expr = of.is === 'inner' ? of.of : of;
  if (isAggregated(expr)) return 1;
  let values = 1;
  visit(expr, (one) => {
    const use = one.is === 'base' ? uses[one.use] : undefined;
    const column = one.is === 'base' ? columnOf(known, use, one.column) : undefined;
    if (column !== undefined) values *= valuesOf(column, known.get(use?.table ?? '')?.rows ?? 0);
    return true;
  });
  return Math.min(rows, values);
}

/** Facts of a column that stays what it was in its table. */
function factsOf({ outs, draft }: ReadStoredView, at: number, known: Known, rows: number): Partial<KnownColumn> | undefined {
  const of = outs[at]?.of;
  const base = of?.is === 'inner' ? of.of : of;
  if (base?.is !== 'base') return undefined;
  const use = draft.uses[base.use];
  const column = columnOf(known, use, base.column);
  if (column === undefined) return undefined;
  const { nullFraction, averageWidth, min, max, bounds, common } = column;
  const distinct = Math.min(rows, valuesOf(column, known.get(use?.table ?? '')?.rows ?? 0));
  // Groups have each value as often as they have others beside it: what was frequent need not be so.
  const grouped = of?.is === 'inner';
  return {
    distinct: distinct >= rows ? -1 : Math.round(distinct),
    nullFraction,
    averageWidth,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(bounds === undefined ? {} : { bounds }),
    ...(common === undefined || grouped ? {} : { common }),
  };
}

function withFacts(read: ReadStoredView, known: Known): StoredView {
  const { facts: told } = read.table.view;
  const rows = told?.rows ?? rowsOf(read, known);
  const columns = read.table.columns.map((column, at) => {
    const facts = factsOf(read, at, known, rows);
    return facts === undefined ? column : { ...column, facts };
  });
  return { ...read.table, columns, facts: { ...told, rows } };
}

/** Materialized views with those that they read before them. */
function inOrder(document: Document, views: readonly View[], reads: ReadonlyMap<Id, ReadStoredView>): readonly View[] {
  const done = new Set<Id>();
  const ordered: View[] = [];
  const add = (view: View) => {
    if (done.has(view.id)) return;
    done.add(view.id);
    for (const { table } of reads.get(view.id)?.draft.uses ?? []) {
      const inner = recordIn(document, 'views', table);
      if (inner !== undefined) add(inner);
    }
    ordered.push(view);
  };
  for (const view of views) add(view);
  return ordered;
}

const remembered = new WeakMap<Document, Document>();

/**
 * The document with its materialized views as tables, which is what they are to queries and indexes: their rows are stored. How
 * many they hold, where nobody says, and what of a column's values stays as it was, is worked out from the tables that their queries read. One whose
 * query cannot be read stays a view. It is the same object where there is none.
 * @param parser PostgreSQL's own; needed for its dialect only.
 */
export function withStoredViews(document: Document, parser: PgParser | undefined): Document {
  const views = Object.values(document.views).filter(({ materialized }) => materialized === true);
  if (views.length === 0) return document;
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const port = queryPort(document.settings['settings']?.dialect ?? 'postgresql', parser);
  const reads = new Map<Id, ReadStoredView>();
  for (const view of views) {
    const read = readStoredView(document, view, port);
    if (read !== undefined) reads.set(view.id, read);
  }
  let made = document;
  const facts = new Map(knownFacts(document));
  for (const view of inOrder(document, views, reads)) {
    const read = reads.get(view.id);
    if (read === undefined) continue;
    const table = withFacts(read, facts);
    const { [view.id]: _, ...others } = made.views;
    made = { ...made, views: others, tables: { ...made.tables, [view.id]: table } };
    const own = knownFacts(made).get(view.id);
    if (own !== undefined) facts.set(view.id, own);
  }
  remembered.set(document, made);
  return made;
}

/** The document with materialized views as views again, without rows: for an engine that makes them of their statements. */
export function withViewsUnfilled(document: Document): Document {
  const stored = Object.values(document.tables).filter((table: Table) => isStoredView(table)) as readonly StoredView[];
  if (stored.length === 0) return document;
  const ids = new Set(stored.map(({ id }) => id));
  // An index has the name that it was given since.
  const views = stored.map(({ view, indexes }): View => {
    const names = new Map(indexes.map(({ id, name }) => [id, name]));
    const named = view.indexes.map((index) => {
      const name = names.get(index.id);
      return name === undefined ? index : { ...index, name };
    });
    return { ...view, indexes: named, withNoData: true };
  });
  return {
    ...document,
    tables: Object.fromEntries(Object.entries(document.tables).filter(([id]) => !ids.has(id))),
    views: { ...document.views, ...Object.fromEntries(views.map((view) => [view.id, view])) },
  };
}
