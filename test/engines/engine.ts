/** A statement that an engine refused, and why. */
export interface ExecError {
  /** Its place among the statements given. */
  readonly index: number;
  readonly statement: string;
  readonly message: string;
}

/** A real database engine with one database that can be emptied. */
export interface Engine {
  /** Product and version, such as `MariaDB 10.11.19`. */
  readonly name: string;
  /** The product's major version. */
  readonly major: number;
  /** Throws away everything a person could have made. */
  reset(): Promise<void>;
  /** Runs statements one by one, so that an error is a statement's own. @returns those that failed. */
  run(statements: readonly string[]): Promise<ExecError[]>;
  /** What the catalog says, as sorted lines: two databases are the same when their lines are. */
  catalog(): Promise<string[]>;
  close(): Promise<void>;
}

/** An engine of this machine, or why there is none. */
export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };
