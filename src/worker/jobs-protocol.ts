import type { DocumentSetInput, TextFile } from '#engine/documents/set.ts';
import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import type { RoundTrip } from '#engine/sql/round-trip.ts';
import type { Result } from '#lib/result.ts';
import type { Dialect, Document } from '#model/types.ts';

export interface ImportOptions {
  readonly dialect: Dialect;
}

/** What the worker adds itself: the migrations and the file's text. */
export type DocumentsInput = Omit<DocumentSetInput, 'migrations' | 'file'>;

export type ToJobs =
  | { readonly kind: 'import'; readonly id: number; readonly files: readonly SqlFile[]; readonly options: ImportOptions }
  | { readonly kind: 'documents'; readonly id: number; readonly input: DocumentsInput }
  | { readonly kind: 'roundTrip'; readonly id: number; readonly document: Document };

export type FromJobs =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'imported'; readonly id: number; readonly result: Result<ReadResult> }
  | { readonly kind: 'documents'; readonly id: number; readonly files: readonly TextFile[] }
  | { readonly kind: 'roundTrip'; readonly id: number; readonly result: Result<RoundTrip> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
