import type { Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { columnFactsProblem, type SetFactsArgs, type SetTableFacts } from '#model/commands/facts.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import { sameJson } from '#model/patch.ts';
import type { Document, Id, Table, TableFacts, View } from '#model/types.ts';
import { BLOCK } from '../physical/index-size.ts';
import { type ColumnFact, DAYS_A_MONTH, type TableFact } from './cells.ts';
import { readBytes, readCorrelation, readDistinct, readNumber, readShare } from './fact-text.ts';
import { readCommon, readValues } from './list-text.ts';

/** One fact as a person types it. */
export interface FactEdit {
  /** Or a materialized view. */
  readonly table: Id;
  /** Absent: a fact of the table itself. */
  readonly column?: Id;
  readonly fact: TableFact | ColumnFact;
  /** Empty or undefined: nobody says it any more, the guess counts. */
  readonly text: string | undefined;
}

export interface EditedFacts {
  /** For the command `setFacts`; no tables = nothing changes. */
  readonly args: SetFactsArgs;
  /** What cannot be read or cannot be, each with the reason; the others stand. */
  readonly refused: readonly { readonly edit: FactEdit; readonly message: string }[];
}

interface Open {
  facts: TableFacts;
  readonly columns: Map<Id, ColumnFacts>;
}

function without<T extends object>(facts: T, ...keys: readonly (keyof T)[]): T {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key as keyof T))) as T;
}

/** A materialized view, whose rows are stored; undefined for any other id. */
export function storedView(document: Document, id: Id): View | undefined {
  const view = recordIn(document, 'views', id);
  return view?.materialized === true ? view : undefined;
}

/** The table that a column is defined in: this one, or one that it has its columns from. */
export function ownerOf(document: Document, table: Table, column: Id, seen: ReadonlySet<Id> = new Set()): Table | undefined {
  if (table.columns.some((one) => one.id === column)) return table;
  if (seen.has(table.id)) return undefined;
  const next = new Set(seen).add(table.id);
  for (const id of ancestorsOf(table)) {
    const parent = recordIn(document, 'tables', id);
    const found = parent === undefined ? undefined : ownerOf(document, parent, column, next);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Rows with pages that follow them: a row stays as wide as it was measured. */
function withRows(facts: TableFacts, rows: number | undefined): TableFacts {
  const { rows: before, pages } = facts;
  const rest = without(facts, 'rows', 'pages', 'source');
  if (rows === undefined) return rest;
  if (pages === undefined || before === undefined || before <= 0) return { ...rest, rows };
  return { ...rest, rows, pages: Math.ceil((pages * rows) / before) };
}

function setTableFact(facts: TableFacts, fact: TableFact, text: string | undefined): TableFacts | string {
  if (text === undefined) {
    if (fact === 'rows') return withRows(facts, undefined);
    return without(facts, fact === 'growth' ? 'rowsPerDay' : 'pages', 'source');
  }
  if (fact === 'bytes') {
    const bytes = readBytes(text);
    return bytes.ok ? { ...without(facts, 'source'), pages: Math.ceil(bytes.value / BLOCK) } : bytes.problem.message;
  }
  const number = readNumber(fact === 'growth' ? text.replace(/\s*(?:\/|per|a)\s*month\s*$/i, '') : text);
  if (fact === 'growth') {
    if (number === undefined) return 'Rows a month are needed, such as 200k; negative where they become fewer.';
    return { ...without(facts, 'source'), rowsPerDay: Number((number / DAYS_A_MONTH).toPrecision(12)) };
  }
  if (number === undefined || number < 0) return 'A number of rows is needed, such as 250000, 250k or 4.2M.';
  return withRows(facts, Math.round(number));
}

function readColumnFact(fact: ColumnFact, text: string, rows: number | undefined): Result<ColumnFacts[ColumnFact]> {
  switch (fact) {
    case 'distinct':
      return readDistinct(text, rows);
    case 'nullFraction':
      return readShare(text);
    case 'averageWidth':
      return readBytes(text);
    case 'correlation':
      return readCorrelation(text);
    case 'common':
      return readCommon(text);
    case 'bounds':
      return readValues(text);
    default:
      return { ok: true, value: text };
  }
}

function setColumnFact(facts: ColumnFacts, fact: ColumnFact, text: string | undefined, rows: number | undefined) {
  const rest = without(facts, fact, 'source');
  if (text === undefined) return rest;
  const read = readColumnFact(fact, text, rows);
  if (!read.ok) return read.problem.message;
  if (fact === 'bounds' && Array.isArray(read.value) && read.value.length < 2) return 'A histogram has two bounds at least.';
  const next: ColumnFacts = { ...rest, [fact]: read.value };
  return columnFactsProblem(next) ?? next;
}

const TABLE_FACT: ReadonlySet<string> = new Set<TableFact>(['rows', 'growth', 'bytes']);
const isTableFact = (fact: FactEdit['fact']): fact is TableFact => TABLE_FACT.has(fact);

/**
 * Works out what typed facts change. Each is read as people write it; of several for one fact the last counts. A fact of a
 * column that a table has from another (its partitioned parent) is that table's. Changed rows take measured pages along.
 */
export function editFacts(document: Document, edits: readonly FactEdit[]): EditedFacts {
  const open = new Map<Id, Open>();
  const opened = (table: Table | View): Open => {
    const found = open.get(table.id) ?? { facts: table.facts ?? {}, columns: new Map() };
    open.set(table.id, found);
    return found;
  };
  const apply = ({ table: id, column, fact, text: given }: FactEdit): string | undefined => {
    const text = given === undefined || given.trim() === '' ? undefined : given.trim();
    const table = recordIn(document, 'tables', id);
    const stored = table ?? storedView(document, id);
    if (stored === undefined) return 'The table is gone.';
    if (column === undefined || table === undefined || isTableFact(fact)) {
      if (!isTableFact(fact)) return 'This is a fact of columns.';
      const state = opened(stored);
      const next = setTableFact(state.facts, fact, text);
      if (typeof next === 'string') return next;
      state.facts = next;
      return undefined;
    }
    const owner = ownerOf(document, table, column);
    const there = owner?.columns.find((one) => one.id === column);
    if (owner === undefined || there === undefined) return 'The column is gone.';
    const state = opened(owner);
    const next = setColumnFact(state.columns.get(column) ?? there.facts ?? {}, fact, text, state.facts.rows);
    if (typeof next === 'string') return next;
    state.columns.set(column, next);
    return undefined;
  };
  const refused = edits.flatMap((edit) => {
    const message = apply(edit);
    return message === undefined ? [] : [{ edit, message }];
  });
  return { args: { tables: [...open].flatMap(([id, state]) => changesOf(document, id, state)) }, refused };
}

/** What is different from what the table, or the materialized view, has. */
function changesOf(document: Document, id: Id, { facts, columns }: Open): readonly SetTableFacts[] {
  const table = recordIn(document, 'tables', id);
  const stored = table ?? storedView(document, id);
  if (stored === undefined) return [];
  const orNull = <T extends object>(one: T): T | null => (Object.keys(one).length === 0 ? null : one);
  const changed = [...columns].filter(([column, next]) => {
    const before = table?.columns.find((one) => one.id === column)?.facts ?? {};
    return !sameJson(before, next);
  });
  const tableChanged = !sameJson(stored.facts ?? {}, facts);
  if (!tableChanged && changed.length === 0) return [];
  return [
    {
      id,
      ...(tableChanged ? { facts: orNull(facts) } : {}),
      ...(changed.length === 0 ? {} : { columns: changed.map(([column, next]) => ({ id: column, facts: orNull(next) })) }),
    },
  ];
}
