/** How rows go from the old tables to the new ones, and back. */
export interface Recipe {
  /** The old rows: a table or a query in brackets with an alias, and its columns as SQL. */
  readonly old: { readonly table: string; readonly columns: readonly string[] };
  /** Blocks that refuse to begin. */
  readonly guards: readonly string[];
  readonly fill: readonly string[];
  /** A query that gives the old rows from the new tables, columns in the order of `old`. */
  readonly rejoin: string;
  /** The guard has compared already: what is filled takes the place of the old rows. */
  readonly inPlace?: true;
  readonly backGuards: readonly string[];
  readonly backFill: readonly string[];
}
