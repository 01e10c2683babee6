/** A statement as every dialect's parser gives it: what it says, with places, names as the catalog has them. */
import type { Id } from '#model/types.ts';
import type { Spot } from './facts.ts';

export interface Name {
  readonly name: string;
  readonly at: Spot;
}

export interface Sort {
  readonly of: Expr;
  readonly desc: boolean;
  readonly nulls?: 'first' | 'last';
}

interface Placed {
  readonly at: Spot;
}

export type Expr = Placed &
  (
    | { readonly is: 'column'; readonly path: readonly Name[] }
    | { readonly is: 'literal'; readonly type: 'string' | 'number' | 'truth' | 'null' | 'other'; readonly text: string }
    | { readonly is: 'parameter'; readonly name: string }
    /** Comparisons, arithmetic and every other operator; `op` in lower case. */
    | { readonly is: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
    | { readonly is: 'unary'; readonly op: string; readonly of: Expr }
    | { readonly is: 'and' | 'or'; readonly items: readonly Expr[] }
    | { readonly is: 'not'; readonly of: Expr }
    | { readonly is: 'like'; readonly op: PatternOperator; readonly not: boolean; readonly of: Expr; readonly pattern: Expr }
    | { readonly is: 'null'; readonly of: Expr; readonly not: boolean }
    | { readonly is: 'truth'; readonly of: Expr; readonly what: 'true' | 'false' | 'unknown'; readonly not: boolean }
    /** IS DISTINCT FROM; with `not` the equality that NULL takes part in. */
    | { readonly is: 'distinct'; readonly left: Expr; readonly right: Expr; readonly not: boolean }
    | { readonly is: 'between'; readonly of: Expr; readonly low: Expr; readonly high: Expr; readonly not: boolean }
    | { readonly is: 'in'; readonly of: Expr; readonly list: readonly Expr[]; readonly not: boolean }
    /** `of op ANY|ALL (array)`. */
    | { readonly is: 'any'; readonly of: Expr; readonly op: string; readonly array: Expr; readonly all: boolean }
    /** `of IN (query)` and `of op ANY|ALL (query)`. */
    | { readonly is: 'in query'; readonly of: Expr; readonly op: string; readonly query: Query; readonly not: boolean }
    | { readonly is: 'exists'; readonly query: Query }
    | { readonly is: 'query'; readonly query: Query }
    | Call
    /** `type` as SQL, in lower case. */
    | { readonly is: 'cast'; readonly of: Expr; readonly type: string }
    | { readonly is: 'collate'; readonly of: Expr; readonly collation: string }
    | {
        readonly is: 'case';
        readonly whens: readonly { readonly when: Expr; readonly result: Expr }[];
        readonly subject?: Expr;
        readonly other?: Expr;
      }
    | { readonly is: 'row'; readonly items: readonly Expr[] }
    | { readonly is: 'array'; readonly items: readonly Expr[] }
    /** A subscript, a field of a composite value: the value it is of, and what else it is made of. */
    | { readonly is: 'part'; readonly of: Expr; readonly fields: readonly string[]; readonly more: readonly Expr[] }
    | { readonly is: 'default' }
    /** Words that mean something to a call only, such as the unit of an interval. */
    | { readonly is: 'word'; readonly text: string }
    | Bound
  );

/** What names became when they were resolved; no parser makes these. */
export type Bound =
  /** A column of a table use (its position in the list of uses). */
  | { readonly is: 'base'; readonly use: number; readonly column: Id }
  /**
   * What an inner query gives: a condition on it reaches into that query only if it compares with `constants`, or not at all
   * (`nothing`: above an aggregate, a LIMIT, a materialized or recursive WITH query).
   */
  | { readonly is: 'inner'; readonly of: Expr; readonly takes: 'constants' | 'nothing' }
  /** One of the columns that the arms of a set operation give; `set` tells which operation. */
  | { readonly is: 'either'; readonly set: number; readonly arms: readonly Expr[] }
  /** A row's value of something that the model has no columns of: a function, a recursive query, VALUES. */
  | { readonly is: 'elsewhere' }
  /** The result of a query that was looked at; with the uses of outer queries that it depends on. */
  | { readonly is: 'result'; readonly depends: readonly number[] };

export type PatternOperator = 'like' | 'ilike' | 'similar' | 'regexp' | 'iregexp' | 'glob';

export interface Call extends Placed {
  readonly is: 'call';
  /** Schema, when it is said, and name, in lower case where it has no quotes. */
  readonly path: readonly string[];
  readonly args: readonly Expr[];
  readonly distinct?: true;
  readonly star?: true;
  readonly filter?: Expr;
  readonly order?: readonly Sort[];
  /** A window function: what its window is made of. */
  readonly over?: { readonly partition: readonly Expr[]; readonly order: readonly Sort[] };
  /** How it is written, where that is not `name(args)`. */
  readonly form?: 'bare' | 'extract';
}

export interface Item extends Placed {
  readonly of?: Expr;
  /** `*`, or `t.*` with the path before the star. */
  readonly star?: readonly Name[];
  readonly alias?: Name;
}

export interface TableFrom extends Placed {
  readonly is: 'table';
  readonly path: readonly Name[];
  readonly alias?: Name;
  readonly columns?: readonly Name[];
}

export type From =
  | TableFrom
  | (Placed & {
      readonly is: 'query';
      readonly query: Query;
      readonly alias?: Name;
      readonly columns?: readonly Name[];
      readonly lateral: boolean;
    })
  | (Placed & {
      readonly is: 'function';
      readonly calls: readonly Expr[];
      readonly alias?: Name;
      readonly columns?: readonly Name[];
      readonly lateral: boolean;
    })
  | (Placed & {
      readonly is: 'join';
      readonly kind: 'inner' | 'left' | 'right' | 'full' | 'cross';
      readonly left: From;
      readonly right: From;
      readonly on?: Expr;
      readonly using?: readonly Name[];
      readonly natural?: true;
      readonly alias?: Name;
    });

export interface Core extends Placed {
  readonly is: 'core';
  /** `true` = DISTINCT, a list = DISTINCT ON. */
  readonly distinct?: true | readonly Expr[];
  readonly items: readonly Item[];
  readonly from: readonly From[];
  readonly where?: Expr;
  readonly group: readonly Expr[];
  readonly having?: Expr;
  /** Windows with a name. */
  readonly windows: readonly { readonly partition: readonly Expr[]; readonly order: readonly Sort[] }[];
}

export interface SetOperation extends Placed {
  readonly is: 'set';
  readonly op: 'union' | 'intersect' | 'except';
  readonly all: boolean;
  readonly left: Query;
  readonly right: Query;
}

export interface Values extends Placed {
  readonly is: 'values';
  readonly rows: readonly (readonly Expr[])[];
}

export interface Cte {
  readonly name: Name;
  readonly columns?: readonly Name[];
  readonly statement: Statement;
  /** MATERIALIZED, or NOT MATERIALIZED. */
  readonly materialized?: boolean;
}

export interface With {
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
}

export interface Query extends Placed {
  readonly with?: With;
  readonly body: Core | SetOperation | Values;
  readonly order: readonly Sort[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

export interface Assignment {
  /** What stands before the first column: the table of several that MySQL updates at once. */
  readonly table?: Name;
  readonly columns: readonly Name[];
  readonly value: Expr;
}

/** What an INSERT does where a row is there already. */
export interface Conflict extends Placed {
  readonly target: readonly Expr[];
  readonly where?: Expr;
  readonly sets: readonly Assignment[];
  readonly condition?: Expr;
}

export interface MergeWhen {
  readonly action: 'insert' | 'update' | 'delete' | 'nothing';
  readonly condition?: Expr;
  readonly columns: readonly Name[];
  readonly values: readonly Expr[];
  readonly sets: readonly Assignment[];
}

/** What UPDATE and DELETE say alike of the rows they change. */
interface RowsChanged {
  readonly with?: With;
  readonly from: readonly From[];
  readonly where?: Expr;
  readonly order: readonly Sort[];
  readonly limit?: Expr;
  readonly returning: readonly Item[];
}

export type Statement =
  | { readonly is: 'select'; readonly query: Query }
  | {
      readonly is: 'insert';
      readonly with?: With;
      readonly table: TableFrom;
      readonly columns: readonly Name[];
      readonly query?: Query;
      readonly conflict?: Conflict;
      /** What the row that comes is called (MySQL: `VALUES (...) AS new`). */
      readonly incoming?: Name;
      readonly returning: readonly Item[];
    }
  | (RowsChanged & { readonly is: 'update'; readonly table: From; readonly sets: readonly Assignment[] })
  | (RowsChanged & { readonly is: 'delete'; readonly table: TableFrom; readonly others?: readonly Name[] })
  | {
      readonly is: 'merge';
      readonly with?: With;
      readonly table: TableFrom;
      readonly source: From;
      readonly on: Expr;
      readonly whens: readonly MergeWhen[];
      readonly returning: readonly Item[];
    }
  /** It reads and writes no rows that an index could find; REFRESH of a materialized view reads what its query reads. */
  | { readonly is: 'other'; readonly refreshes?: TableFrom };

export type Parsed =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly message: string; readonly at: Spot };
