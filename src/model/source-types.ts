import type { Dialect, Id } from './types.ts';

/** What became of one statement of an imported file, and what the model wrote for it then. */
export interface SourceStatement {
  /** UTF-16 offsets in `text`. */
  readonly start: number;
  readonly end: number;
  /** State in the receipt. */
  readonly state: 'modelled' | 'residue' | 'verbatim' | 'skipped' | 'error';
  readonly object?: string;
  readonly reason?: string;
  /** The record it made or changed. */
  readonly record?: Id;
  /** The part of it that the statement made: a constraint, an index, a policy. */
  readonly part?: Id;
  /** From 1, in the file as it was given; rows of data before it may have moved it in `text`. */
  readonly line?: number;
  /** From 1; of an error. */
  readonly column?: number;
  /** Rows of data that stood here; their text is not kept. */
  readonly rows?: number;
}

/**
 * A file that was imported, as it was: for the receipt, and for writing untouched statements back byte for byte. Nothing
 * else is derived from it: without its sources a document means the same.
 */
export interface Source {
  readonly id: Id;
  /** File name. */
  readonly name: string;
  readonly dialect: Dialect;
  /** Order among the files of one import. */
  readonly order: number;
  /** The file without its rows of data; empty when it was not kept. */
  readonly text: string;
  /** Why the text was not kept. */
  readonly omitted?: string;
  readonly statements: readonly SourceStatement[];
  /** What the text says and the model cannot hold; of an import, with its first file. */
  readonly lost: readonly { readonly object: string; readonly feature: string; readonly reason: string }[];
  /** Fingerprint of what the model wrote for each record when it came in; while it is equal, the record is untouched. */
  readonly written: readonly { readonly record: Id; readonly print: string }[];
}
