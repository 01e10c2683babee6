import type { HeapSize, TreeSize } from './access.ts';

/** A condition on one table that is not a join. */
export interface Restriction {
  /** Column or expression, by a name that keys of indexes use as well. */
  readonly term: string;
  /** `other`: no B-tree finds its rows. */
  readonly test: 'equal' | 'in' | 'range' | 'prefix' | 'other';
  /** Share of the rows that meet it. */
  readonly share: number;
  /** Values of an IN. */
  readonly values?: number;
  /** As people read it. */
  readonly text?: string;
}

/** One part of a key. */
export interface PlannedPart {
  readonly term: string;
  readonly desc?: boolean;
  /** Where NULL stands, if not where the dialect puts it. */
  readonly nulls?: 'first' | 'last';
  /** Only the first characters: what follows is in no order, and the table has to be looked at. */
  readonly cut?: true;
  /** It finds what begins with given characters. */
  readonly prefixes?: true;
  /** It is in an order that neither ranges nor ORDER BY mean. */
  readonly otherOrder?: true;
}

/** An index that could be there. */
export interface PlannedIndex {
  readonly id: string;
  /** As a plan calls it; absent: its id. */
  readonly name?: string;
  readonly tree: TreeSize;
  readonly key: readonly PlannedPart[];
  readonly include?: readonly string[];
  /** Restrictions, by their place in the use, that its predicate makes true: the index holds no other rows. */
  readonly implied?: readonly number[];
  /** So many of its first parts find one row at most. */
  readonly uniqueBy?: number;
  /** The table itself is stored in its order. */
  readonly clustered?: true;
  /** Absent: a B-tree. */
  readonly method?: 'hash' | 'gin' | 'gist' | 'brin';
  /** Of methods other than B-tree and hash: the restrictions, by their place, that it decides. */
  readonly serves?: readonly number[];
  /** GIN: keys that are looked for. */
  readonly searches?: number;
  /** It gives the nearest rows first, as the query wants them. */
  readonly nearest?: true;
}

/** Restrictions of which one must hold: arms, each of those that must all hold. */
export interface PlannedAlternatives {
  readonly arms: readonly (readonly Restriction[])[];
  readonly share: number;
}

/** One appearance of a table in a query. */
export interface PlannedUse {
  readonly heap: HeapSize;
  /** Bytes of a row that the query carries along. */
  readonly width: number;
  readonly restrictions: readonly Restriction[];
  readonly alternatives?: readonly PlannedAlternatives[];
  /** Terms and columns that the query needs of it: with all of them in an index the table is not read. */
  readonly needs: readonly string[];
  /** Those that the query may use: of partial ones only where the query's conditions imply the predicate. */
  readonly indexes: readonly PlannedIndex[];
  /** By term how the order of values follows that of rows, -1 to 1. Absent: 0. */
  readonly correlation?: Readonly<Record<string, number>>;
  /** By term its distinct values. Absent: as many as rows. */
  readonly distinct?: Readonly<Record<string, number>>;
  /** The table and its alias, as plans name them. */
  readonly relation?: string;
  readonly schema?: string;
  readonly alias?: string;
  /** Entries of its indexes hold the key of the table and not the place of a row: levels to walk for each. */
  readonly clustered?: TreeSize;
}

export interface PlannedJoin {
  readonly left: { readonly use: number; readonly term: string };
  readonly right: { readonly use: number; readonly term: string };
  /**
   * `left`: every row of the left is kept; `semi`, `anti`: it is asked whether the right has one; `scalar`: the right is
   * computed for each row of the left. Absent: inner.
   */
  readonly kind?: 'left' | 'semi' | 'anti' | 'scalar';
  /** Of a comparison other than equality: share of the pairs that meet it. */
  readonly share?: number;
  readonly text?: string;
}

export interface PlannedOrder {
  readonly use: number;
  readonly terms: readonly PlannedPart[];
  /**
   * What the order is for: to be given so; to have equal rows beside each other, in whatever order; or for its first row
   * alone. Absent: `sort`.
   */
  readonly purpose?: 'sort' | 'group' | 'first';
  /** Of `group`: how many groups there are. */
  readonly groups?: number;
}

export interface PlannedQuery {
  readonly uses: readonly PlannedUse[];
  readonly joins: readonly PlannedJoin[];
  /** The order it asks for, when that is an order of one table's rows. */
  readonly order?: PlannedOrder;
  readonly limit?: number;
  /** Share of the rows that a limit leaves of which the number is not known. */
  readonly limitShare?: number;
}

const valueIn = (record: Readonly<Record<string, number>> | undefined, term: string) =>
  record !== undefined && Object.hasOwn(record, term) ? record[term] : undefined;

/** How the order of a term's values follows that of rows. */
export const correlationOf = (use: PlannedUse, term: string) => valueIn(use.correlation, term) ?? 0;

/** Different values of a term. */
export function distinctIn(use: PlannedUse, term: string): number {
  return Math.max(1, Math.min(use.heap.rows, valueIn(use.distinct, term) ?? use.heap.rows));
}

/** Rows that meet what the query says of the table alone. */
export function rowsOf({ heap, restrictions, alternatives = [] }: PlannedUse): number {
  const shares = [...restrictions, ...alternatives].reduce((all, { share }) => all * share, 1);
  return Math.max(1, heap.rows * shares);
}
