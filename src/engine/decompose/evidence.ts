import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { anomalyRows, type SampleRow } from '../normalize/anomaly.ts';
import type { GivenRows } from './given-rows.ts';
import { sampleCells } from './sample-rows.ts';

/** Rows in which a fact that breaks a normal form is seen to be stored more than once. */
export interface Evidence {
  /** The rows are a person's; else they were made up to satisfy the keys and dependencies. */
  readonly given: boolean;
  /** Ids of the columns that are shown: of a key where there is one, of the left side, of the right side. */
  readonly columns: readonly Id[];
  readonly rows: readonly {
    readonly cells: SampleRow;
    /** It stores the fact of the row above again. */
    readonly again: boolean;
    /** The only row with its left side: deleting it loses the fact. */
    readonly lonely: boolean;
  }[];
  /** The fact that is stored most often, by position in `left` and `right`. */
  readonly fact?: { readonly left: SampleRow; readonly right: SampleRow; readonly times: number };
  /** Rows in all that store a fact again. */
  readonly redundant: number;
  /** Rows that contradict the dependency: it does not hold in what was given. */
  readonly conflicts: number;
}

interface Broken {
  readonly determinant: readonly Id[];
  readonly dependent: readonly Id[];
}

/** Rows made up for a picture, and how many such tries may show no fact twice. */
const MADE = 14;
const TRIES = 6;
/** Rows and columns of a picture. */
const SHOWN = 3;
const MOST_COLUMNS = 5;

/** The same numbers each time (Park and Miller 1988). */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

function fromGiven(columns: readonly Id[], { columns: ids, rows }: GivenRows): SampleRow[] | undefined {
  const places = columns.map((id) => ids.indexOf(id));
  return places.includes(-1) ? undefined : rows.map((row) => places.map((place) => row[place] ?? null));
}

function madeUp(document: Document, table: Table, columns: readonly Id[], { determinant, dependent }: Broken): SampleRow[] {
  const at = (ids: readonly Id[]) => ids.map((id) => columns.indexOf(id));
  const places = columns.map((id) => table.columns.findIndex((column) => column.id === id));
  let rows: SampleRow[] = [];
  for (let seed = 1; seed <= TRIES; seed++) {
    const made = sampleCells(document, table, { rows: MADE, dice: dice(seed * 7919) });
    rows = made.map((row) => places.map((place) => row[place] ?? null));
    const full = rows.filter((row) => at(determinant).every((place) => row[place] !== null));
    const { redundant, lonely } = anomalyRows(full, at(determinant), at(dependent));
    if (redundant > 0 && lonely.length > 0) return full;
  }
  return rows;
}

/**
 * Shows in rows what a dependency that breaks a normal form does: some that hold the same fact, and one whose deletion loses
 * a fact where there is such a row.
 * @param given rows that a person has of the table; used when they have all columns that matter.
 * @returns nothing when there are no such rows or the table takes part in inheritance.
 */
export function evidenceOf(document: Document, table: Table, broken: Broken, given?: GivenRows): Evidence | undefined {
  const own = new Set(table.columns.map(({ id }) => id));
  const { determinant, dependent } = broken;
  if ([...determinant, ...dependent].some((id) => !own.has(id)) || columnsOf(document, table).length !== own.size) return undefined;
  const key = table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  const taken = new Set([...determinant, ...dependent]);
  const identifying = key.filter((id) => !taken.has(id)).slice(0, 2);
  const columns = [
    ...identifying,
    ...determinant,
    ...dependent.slice(0, Math.max(1, MOST_COLUMNS - identifying.length - determinant.length)),
  ];
  const theirs = given === undefined ? undefined : fromGiven(columns, given);
  const rows = theirs ?? madeUp(document, table, columns, broken);
  const left = determinant.map((id) => columns.indexOf(id));
  const right = dependent.map((id) => columns.indexOf(id)).filter((place) => place >= 0);
  const { repeated, redundant, lonely, conflicts } = anomalyRows(rows, left, right);
  const [most] = repeated;
  if (most === undefined && conflicts.length === 0) return undefined;
  const shown = (most?.rows ?? [])
    .slice(0, SHOWN)
    .map((at, nth) => ({ cells: rows[at] as SampleRow, again: nth > 0, lonely: false }));
  const last = lonely[0];
  const alone = last === undefined ? [] : [{ cells: rows[last] as SampleRow, again: false, lonely: true }];
  return {
    given: theirs !== undefined,
    columns,
    rows: [...shown, ...alone],
    ...(most === undefined ? {} : { fact: { left: most.left, right: most.right, times: most.rows.length } }),
    redundant,
    conflicts: conflicts.length,
  };
}
