import type { Document, Id } from '#model/types.ts';
import type { ReadResult, SqlFile } from '../../sql/read.ts';
import type { Loss, Receipt, ReceiptStatement, StatementState } from '../../sql/receipt.ts';

/** What became of one part of a file. */
export interface Said {
  readonly state: StatementState;
  readonly object?: string;
  readonly reason?: string;
  readonly record?: Id;
  /** UTF-16 offset in the file, of an error. */
  readonly at?: number;
}

/** Says of each part of a file what became of it, and what of it does not come in. */
export class ReceiptBuilder {
  readonly #file: SqlFile;
  readonly #lines: number[] = [0];
  readonly #statements: ReceiptStatement[] = [];
  readonly #lost: Loss[] = [];

  constructor(file: SqlFile) {
    this.#file = file;
    for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) this.#lines.push(at + 1);
  }

  /** Line and column of an offset, from 1. */
  place(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lines[low] as number) + 1 };
  }

  statement(start: number, end: number, { state, object, reason, record, at }: Said): void {
    const place = this.place(at ?? start);
    this.#statements.push({
      file: this.#file.name,
      start,
      end,
      line: place.line,
      ...(at === undefined || state !== 'error' ? {} : { column: place.column }),
      state,
      ...(object === undefined ? {} : { object }),
      ...(reason === undefined ? {} : { reason }),
      ...(record === undefined ? {} : { record }),
    });
    if (state === 'error') this.lost(object ?? `line ${place.line}`, 'statement', reason ?? 'It cannot be read.');
  }

  lost(object: string, feature: string, reason: string): void {
    this.#lost.push({ object, feature, reason });
  }

  receipt(): Receipt {
    const counts = { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 };
    const statements = this.#statements.toSorted((a, b) => a.start - b.start || a.end - b.end);
    for (const { state } of statements) counts[state]++;
    return { counts, statements, lost: this.#lost };
  }

  result(document: Document): ReadResult {
    return { document, receipt: this.receipt() };
  }
}

/** A file's name without folders and ending, for the document made of it. */
export function documentName(file: SqlFile): string {
  return file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '') || 'Untitled';
}
