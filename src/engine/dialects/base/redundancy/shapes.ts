import type { Id, ReferentialAction, Sql, Trigger } from '#model/types.ts';

/** A name with the record it stands for; `sql` is quoted where it needs to be. */
export interface SqlName {
  readonly id: Id;
  readonly sql: Sql;
}

export interface SqlTable extends SqlName {
  /** Its name without the schema, as columns are qualified by it. */
  readonly alone: Sql;
  /** Columns of its primary key; empty when it has none. */
  readonly key: readonly SqlName[];
}

/** A foreign key as triggers follow it. */
export interface SqlLink {
  readonly child: SqlTable;
  readonly parent: SqlTable;
  readonly pairs: readonly { readonly child: SqlName; readonly parent: SqlName }[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

/** A number kept at the parent: how many children it has, or the sum of one of their columns (NULL counts as 0). */
export interface KeptNumber {
  readonly column: SqlName;
  /** The summed column of the child; absent = rows are counted. */
  readonly of?: SqlName;
}

/** Slots that share the load of a counter: a row per parent and slot, whose sum is the number. */
export interface Slots {
  readonly table: SqlTable;
  /** Columns that hold the parent's key, by position in the link's pairs. */
  readonly holder: readonly SqlName[];
  readonly slot: SqlName;
  readonly count: number;
}

export interface CounterShape {
  readonly kind: 'counter';
  /** Free as the beginning of names of triggers and functions. */
  readonly name: string;
  readonly link: SqlLink;
  readonly numbers: readonly KeptNumber[];
  readonly slots?: Slots;
}

/** Values of the parent repeated in each child: always equal (`copy`), or as they were when the row was made (`snapshot`). */
export interface CopyShape {
  readonly kind: 'copy' | 'snapshot';
  readonly name: string;
  readonly link: SqlLink;
  readonly copies: readonly { readonly from: SqlName; readonly to: SqlName }[];
}

export type KeptShape = CounterShape | CopyShape;

/** A trigger to be made, and the function it calls where the dialect's triggers call one. */
export interface TriggerDraft {
  readonly trigger: Omit<Trigger, 'id' | 'execute'> & { readonly execute: Sql };
  /** Schema of the function: that of the table. */
  readonly routine?: { readonly name: string; readonly signature: string; readonly definition: Sql };
}

/** What the redundancy adviser must know of a dialect to keep copies equal and to compare them. */
export interface RedundancyWords {
  ident(name: string): Sql;
  /** A condition: two values differ, where NULL equals NULL. */
  differs(left: Sql, right: Sql): Sql;
  /** The triggers that keep a value; or why the dialect's triggers cannot, as a sentence. */
  triggers(shape: KeptShape): readonly TriggerDraft[] | string;
  /** Foreign keys that change or delete rows run no triggers, said in words; absent = they do. */
  readonly silentCascades?: string;
  /** There are no schemas: names go without. */
  readonly namesAlone?: true;
  /** There are materialized views. */
  readonly materializedViews?: true;
  /** `ALTER TABLE ... ADD` before the column's line, and what closes it. */
  readonly addColumn: readonly [open: Sql, close: Sql];
  /** `REFRESH MATERIALIZED VIEW ...`, where there are any. */
  refresh?(view: Sql): Sql;
  /** Keeps writers of the tables out until the transaction ends, where a statement does that. */
  lock?(tables: readonly Sql[]): Sql;
  /** Takes a trigger away, and the function that only it called. @param schema of the function, quoted, where it is named. */
  dropTrigger(name: Sql, table: Sql, routine?: Sql): Sql;
  /** A date or moment as a whole number such as 20260131, and its parts. */
  readonly dates: DateWords;
}

/** Calendar arithmetic that star schemas need. Arguments are SQL expressions of type date or moment. */
export interface DateWords {
  /** yyyymmdd as an integer. */
  key(moment: Sql): Sql;
  part(date: Sql, part: 'year' | 'quarter' | 'month' | 'day' | 'weekday'): Sql;
  /** Only the date of a moment. */
  day(moment: Sql): Sql;
  /** A query that gives one column `d` with every date from one to another, both included. */
  series(from: Sql, to: Sql): Sql;
}
