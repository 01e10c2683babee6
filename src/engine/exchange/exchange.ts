import type { Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { TextFile } from '../documents/set.ts';
import type { ReadResult, SqlFile } from '../sql/read.ts';
import type { Loss } from '../sql/receipt.ts';

/** What a format makes of a document. */
export interface Exchanged {
  /** In path order; the first is the one to open. */
  readonly files: readonly TextFile[];
  /** Everything of the document that the files do not say, or say differently. */
  readonly losses: readonly Loss[];
}

/**
 * Writes a document of any dialect in another tool's language. Never fails: what the format cannot say is renamed or left
 * out, and is in `losses`.
 */
export type ExchangeWriter = (document: Document) => Exchanged;

/** Reads another tool's language into a document. */
export interface ExchangeReader {
  readonly id: string;
  readonly label: string;
  /** Endings of file names, without the dot. */
  readonly extensions: readonly string[];
  /** Whether text without a telling file name is this format. */
  readonly sniff: (text: string) => boolean;
  /**
   * Reads one file. What cannot be read is in the receipt with line and column, everything else comes in.
   * @returns a problem only when the whole text is something else.
   */
  readonly read: (file: SqlFile) => Result<ReadResult>;
}
