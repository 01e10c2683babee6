/** A row of a table of statistics: names of columns in lower case. Lines and columns count from 1. */
export interface Row {
  readonly fields: ReadonlyMap<string, string>;
  readonly line: number;
  readonly column: number;
}
