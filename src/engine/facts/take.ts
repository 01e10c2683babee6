import { derivedIds } from '#lib/ids.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { columnFactsProblem, type SetFactsArgs, type SetTableFacts, tableFactsProblem } from '#model/commands/facts.ts';
import { runCommands } from '#model/commands/run.ts';
import { sameJson } from '#model/patch.ts';
import type { Document, Id, TableFacts } from '#model/types.ts';
import {
  COLUMN_FACTS,
  type ColumnFact,
  columnCell,
  type FactCell,
  storedViewCell,
  TABLE_FACTS,
  type TableFact,
  tableCell,
} from './cells.ts';
import { storedView } from './edit.ts';
import { knownFacts } from './facts.ts';

/** Facts that come from elsewhere, by the ids of what they are of. */
export interface GivenFacts {
  readonly tables: ReadonlyMap<Id, TableFacts>;
  /** By the table's id, then the column's. */
  readonly columns: ReadonlyMap<Id, ReadonlyMap<Id, ColumnFacts>>;
}

/** One fact that would be another. */
export interface FactChange {
  /** Absent: of the table itself. */
  readonly column?: { readonly id: Id; readonly name: string };
  readonly fact: TableFact | ColumnFact;
  readonly before: FactCell;
  readonly after: FactCell;
}

/** What would change of a table, and how. */
export interface TableChange {
  readonly id: Id;
  readonly changes: readonly FactChange[];
  readonly set: SetTableFacts;
  /** Facts that cannot be and are left out, with the reason. */
  readonly leftOut: readonly string[];
}

const without = <T extends { readonly source?: string }>({ source: _, ...facts }: T) => facts;

/** The facts with those that are given in place of its own; `undefined` when nothing is another. */
function merged<T extends { readonly source?: string }>(own: T | undefined, given: T, source: string): T | undefined {
  const next = { ...own, ...given };
  if (sameJson(without(own ?? ({} as T)), without(next))) return undefined;
  return { ...next, source };
}

/** Distinct values that people told stay below rows that are given now; pages belong to rows. */
function cleanTable(own: TableFacts | undefined, given: TableFacts): TableFacts {
  const { pages: _, ...rest } = own ?? {};
  return given.rows !== undefined && given.pages === undefined ? rest : (own ?? {});
}

/**
 * Works out what taking facts over would change, table by table. Facts that are not given stay as they are; a column that a
 * table has from another is left to that one; what cannot be is left out and said.
 * @param source where they are from, kept with the facts
 */
export function factChanges(document: Document, given: GivenFacts, source: string): readonly TableChange[] {
  const changed: (Omit<TableChange, 'changes'> & { readonly set: SetTableFacts })[] = [];
  const stored = Object.values(document.views).filter(({ materialized }) => materialized === true);
  for (const table of [...Object.values(document.tables), ...stored]) {
    const leftOut: string[] = [];
    const own = given.tables.get(table.id);
    const wrong = own === undefined ? undefined : tableFactsProblem(own);
    if (wrong !== undefined) leftOut.push(wrong);
    const facts =
      own === undefined || wrong !== undefined
        ? undefined
        : merged(table.facts === undefined ? undefined : cleanTable(table.facts, own), own, source);
    const parts = 'query' in table ? [] : table.columns;
    const columns = parts.flatMap((column) => {
      const told = given.columns.get(table.id)?.get(column.id);
      const next = told === undefined ? undefined : merged(column.facts, told, source);
      const problem = next === undefined ? undefined : columnFactsProblem(next);
      if (problem !== undefined) leftOut.push(`${column.name}: ${problem}`);
      return next === undefined || problem !== undefined ? [] : [{ id: column.id, facts: next }];
    });
    if (facts === undefined && columns.length === 0 && leftOut.length === 0) continue;
    const set = { id: table.id, ...(facts === undefined ? {} : { facts }), ...(columns.length === 0 ? {} : { columns }) };
    changed.push({ id: table.id, set, leftOut });
  }
  const sets = changed.map(({ set }) => set);
  const ran = runCommands(document, [{ name: 'setFacts', args: { tables: sets } }], derivedIds());
  const after = ran.ok ? ran.value.document : document;
  const [known, then] = [knownFacts(document), knownFacts(after)];
  return changed.map((one) => ({ ...one, changes: changesOf(document, after, one.set, known, then) }));
}

type Known = ReturnType<typeof knownFacts>;

const isOther = ({ before: one, after: two }: FactChange) => two.declared && (one.exact !== two.exact || !one.declared);

function changesOf(document: Document, after: Document, set: SetTableFacts, known: Known, then: Known): readonly FactChange[] {
  const [view, later] = [storedView(document, set.id), storedView(after, set.id)];
  if (view !== undefined && later !== undefined)
    return TABLE_FACTS.map(
      (fact): FactChange => ({ fact, before: storedViewCell(view.facts, fact), after: storedViewCell(later.facts, fact) }),
    ).filter(isOther);
  const [was, will] = [recordIn(document, 'tables', set.id), recordIn(after, 'tables', set.id)];
  const [before, next] = [known.get(set.id), then.get(set.id)];
  if (was === undefined || will === undefined || before === undefined || next === undefined) return [];
  const ofTable = TABLE_FACTS.map(
    (fact): FactChange => ({ fact, before: tableCell(before, was.facts, fact), after: tableCell(next, will.facts, fact) }),
  );
  const ofColumns = (set.columns ?? []).flatMap(({ id }) => {
    const [one, two] = [before.columns.find((column) => column.id === id), next.columns.find((column) => column.id === id)];
    if (one === undefined || two === undefined) return [];
    const facts = (of: typeof was) => of.columns.find((column) => column.id === id)?.facts;
    return COLUMN_FACTS.map(
      (fact): FactChange => ({
        column: { id, name: one.name },
        fact,
        before: columnCell(one, facts(was), fact),
        after: columnCell(two, facts(will), fact),
      }),
    );
  });
  return [...ofTable, ...ofColumns].filter(isOther);
}

/** The command's arguments for the chosen tables. */
export function takeArgs(changes: readonly TableChange[], chosen: (table: Id) => boolean): SetFactsArgs {
  return { tables: changes.filter(({ id, changes: own }) => own.length > 0 && chosen(id)).map(({ set }) => set) };
}
