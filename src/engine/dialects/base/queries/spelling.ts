import type { Dialect } from '#model/types.ts';

/** Where dialects spell the same thing differently, as far as a query says it. */
export interface Spelling {
  /** `||`, `&&` and `^` are OR, AND and XOR. */
  readonly logicSymbols?: true;
  /** LIKE regards no case by itself. */
  readonly caselessLike?: true;
  /** `column (+)` marks the side of a join that may be missing. */
  readonly plusJoins?: true;
  /** NULL comes after all values in ascending order. */
  readonly nullsLast?: true;
  /** Rows of a view are changed by a trigger of its own only. */
  readonly readOnlyViews?: true;
  /** What qualifies a table is its database, whose name need not be in the model. */
  readonly namesDatabases?: true;
  /** Parameters are `$1`, `$2`; elsewhere `?`. */
  readonly numbersParameters?: true;
  /** Columns that tables have without being told, in lower case. */
  readonly hidden: readonly string[];
}

export const SPELLING: Readonly<Record<Dialect, Spelling>> = {
  postgresql: { nullsLast: true, numbersParameters: true, hidden: ['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'] },
  mysql: { logicSymbols: true, namesDatabases: true, hidden: [] },
  mariadb: { logicSymbols: true, namesDatabases: true, hidden: [] },
  sqlite: { caselessLike: true, readOnlyViews: true, namesDatabases: true, hidden: ['rowid', '_rowid_', 'oid'] },
  mssql: { hidden: ['$action', '$identity', '$rowguid'] },
  oracle: { plusJoins: true, nullsLast: true, hidden: ['rowid', 'rownum', 'level', 'nextval', 'currval', 'ora_rowscn', 'sysdate'] },
};
