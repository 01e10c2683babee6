import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { ColumnFacts } from '../column-types.ts';
import { sameJson } from '../patch.ts';
import type { Document, Id, TableFacts, View } from '../types.ts';
import { defineCommand } from './define.ts';
import { draftOf, missing, nameOf, problem } from './lookup.ts';

export interface SetTableFacts {
  /** Of a table, or of a materialized view, which has no columns of its own. */
  readonly id: Id;
  /** In place of those it had; `null`: it has none; absent: they stay. */
  readonly facts?: TableFacts | null;
  /** Own columns of the table, whose facts are replaced in the same way. */
  readonly columns?: readonly { readonly id: Id; readonly facts: ColumnFacts | null }[];
}

export interface SetFactsArgs {
  readonly tables: readonly SetTableFacts[];
}

const within = (value: number | undefined, least: number, most: number) =>
  value === undefined || (Number.isFinite(value) && value >= least && value <= most);

/** Why facts of a table cannot be: counts are not negative. */
export function tableFactsProblem({ rows, pages, rowsPerDay }: TableFacts): string | undefined {
  if (!within(rows, 0, Number.MAX_VALUE)) return 'The number of rows is 0 or more.';
  if (!within(pages, 0, Number.MAX_VALUE)) return 'The number of pages is 0 or more.';
  return rowsPerDay === undefined || Number.isFinite(rowsPerDay) ? undefined : 'The growth is a number of rows a day.';
}

/** Shares may add up to a little more than 1: they are stored with few digits (`real`). */
const ROUNDING = 1e-3;

/** Why facts of a column cannot be: shares lie between 0 and 1 and add up to no more, and so on. */
export function columnFactsProblem(facts: ColumnFacts): string | undefined {
  const { distinct, nullFraction, averageWidth, correlation, common = [] } = facts;
  if (distinct === 0 || !within(distinct, -1, Number.MAX_VALUE))
    return 'Different values are a number above 0, or minus a share of the rows down to -1.';
  if (!within(nullFraction, 0, 1)) return 'The share of NULL lies between 0 and 1.';
  if (!within(averageWidth, 0, Number.MAX_VALUE)) return 'The width is a number of bytes.';
  if (!within(correlation, -1, 1)) return 'The correlation lies between -1 and 1.';
  if (!common.every(({ share }) => within(share, 0, 1))) return 'The share of a value lies between 0 and 1.';
  const all = common.reduce((sum, { share }) => sum + share, nullFraction ?? 0);
  return all > 1 + ROUNDING ? 'Common values and NULL take more than all rows.' : undefined;
}

/** A materialized view: its rows are stored like a table's. */
function storedView(draft: Draft<Document>, id: Id): Draft<View> | undefined {
  const view = draftOf(draft, 'views', id);
  return view?.materialized === true ? view : undefined;
}

function setColumns(draft: Draft<Document>, before: Document, { id, columns = [] }: SetTableFacts): Problem | undefined {
  const table = draftOf(draft, 'tables', id);
  const places = new Map(recordIn(before, 'tables', id)?.columns.map((column, at) => [column.id, at]));
  for (const { id: column, facts } of columns) {
    const at = places.get(column);
    const there = at === undefined ? undefined : table?.columns[at];
    if (there === undefined) return missing('column', column);
    const wrong = facts === null ? undefined : columnFactsProblem(facts);
    if (wrong !== undefined) return problem('facts-range', `${nameOf(before, id)}.${there.name}: ${wrong}`);
    if (facts === null || Object.keys(facts).length === 0) delete there.facts;
    else if (!sameJson(there.facts, facts)) there.facts = castDraft(facts);
  }
  return undefined;
}

/** Says, changes or forgets facts of tables and columns, of many at once. */
export const setFacts = defineCommand<SetFactsArgs>({
  label: (document, { tables }) =>
    tables.length === 1 ? `Change facts of ${nameOf(document, tables[0]?.id ?? '')}` : `Change facts of ${tables.length} tables`,
  run(draft, { tables }, { before }) {
    for (const one of tables) {
      const table = draftOf(draft, 'tables', one.id) ?? storedView(draft, one.id);
      if (table === undefined) return missing('table', one.id);
      const { facts } = one;
      const wrong = facts === undefined || facts === null ? undefined : tableFactsProblem(facts);
      if (wrong !== undefined) return problem('facts-range', `${nameOf(before, one.id)}: ${wrong}`);
      if (facts === null || (facts !== undefined && Object.keys(facts).length === 0)) delete table.facts;
      else if (facts !== undefined && !sameJson(table.facts, facts)) table.facts = facts;
      const found = setColumns(draft, before, one);
      if (found !== undefined) return found;
    }
    return undefined;
  },
});
