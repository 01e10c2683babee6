import type { Comparison } from '#engine/decompose/comparison-types.ts';
import type { Survey, SurveyFile, SurveyOptions } from '#engine/discover/survey.ts';
import type { DocumentSetInput, TextFile } from '#engine/documents/set.ts';
import type { Exchanged } from '#engine/exchange/exchange.ts';
import type { ExchangeId } from '#engine/exchange/formats.ts';
import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import type { AdviseOptions, WeighAgain } from '#engine/indexes/advise/advise.ts';
import type { MoveChoices, MoveLoss, MoveMapping } from '#engine/move/plan-types.ts';
import type { AsImported } from '#engine/sql/as-imported.ts';
import type { DetectedFiles } from '#engine/sql/detect-files.ts';
import type { Placeholder } from '#engine/sql/placeholders.ts';
import type { ReadResult, SqlFile } from '#engine/sql/read.ts';
import type { RoundTrip } from '#engine/sql/round-trip.ts';
import type { Unsupported } from '#engine/sql/written.ts';
import type { WorkloadImport, WorkloadOptions } from '#engine/workload/import/read.ts';
import type { Result } from '#lib/result.ts';
import type { Dialect, Document, Id } from '#model/types.ts';

export interface ImportOptions {
  readonly dialect: Dialect;
}

/** What is asked of files before they are read. */
export interface LookOptions {
  /** Chosen by the person; absent: what the files themselves say. */
  readonly dialect?: Dialect;
  /** What files are taken for that say nothing of their dialect. */
  readonly fallback: Dialect;
}

export interface Looked {
  readonly detected: DetectedFiles;
  /** The dialect to read them in. */
  readonly dialect: Dialect;
  readonly placeholders: readonly Placeholder[];
  /** The language it is written in, when that is not SQL, such as `DBML`. */
  readonly format?: string;
}

/** Where a document is to move. */
export interface MoveTarget {
  readonly dialect: Dialect;
  readonly version: number;
  readonly choices: MoveChoices;
}

/** What moving a document to another database makes of it. */
export interface Moved {
  readonly document: Document;
  readonly mappings: readonly MoveMapping[];
  readonly losses: readonly MoveLoss[];
  /** The DDL of the moved document. */
  readonly ddl: string;
  /** How to move the data too, as Markdown. */
  readonly guide: string;
  /** What the target's writer has no words for, and the plan did not say. */
  readonly unsupported: readonly Unsupported[];
}

/** What the worker adds itself: the migrations and the file's text. */
export interface DocumentsInput extends Omit<DocumentSetInput, 'migrations' | 'file'> {
  /** The migration of the indexes is for a system that runs. */
  readonly liveIndexes?: boolean;
}

/** How data is to be explored, and for how long at most the search for dependencies may go on. */
export interface DiscoverJob extends Omit<SurveyOptions, 'endSearch'> {
  /** Absent: as long as it takes. */
  readonly seconds?: number | undefined;
}

/** How the text of a workload is to be read; the worker brings the parser. */
export type WorkloadJob = Omit<WorkloadOptions, 'parser'>;

/** Advice on indexes by formulas, for documents whose database has no planner here. */
export interface AdviceJob {
  readonly document: Document;
  readonly options: AdviseOptions;
  /** Why no planner is asked, in words for people. */
  readonly why: string;
}

/** What weighs a set of indexes where the advice was given by another worker, which is ended. */
export interface AnalyticAgain extends WeighAgain, Pick<AdviceJob, 'why'> {}

export type ToJobs =
  | { readonly kind: 'look'; readonly id: number; readonly files: readonly SqlFile[]; readonly options: LookOptions }
  | { readonly kind: 'import'; readonly id: number; readonly files: readonly SqlFile[]; readonly options: ImportOptions }
  | { readonly kind: 'documents'; readonly id: number; readonly input: DocumentsInput }
  | { readonly kind: 'exchange'; readonly id: number; readonly format: ExchangeId; readonly document: Document }
  | { readonly kind: 'move'; readonly id: number; readonly document: Document; readonly target: MoveTarget }
  | { readonly kind: 'asImported'; readonly id: number; readonly document: Document }
  | { readonly kind: 'roundTrip'; readonly id: number; readonly document: Document }
  | { readonly kind: 'workload'; readonly id: number; readonly text: string; readonly options: WorkloadJob }
  | { readonly kind: 'advise'; readonly id: number; readonly request: AdviceJob }
  /** Ends a search with the best that was found so far. */
  | { readonly kind: 'enough'; readonly id: number; readonly job: number }
  | { readonly kind: 'weigh'; readonly id: number; readonly indexes: readonly string[]; readonly again?: AnalyticAgain }
  | { readonly kind: 'compare'; readonly id: number; readonly document: Document; readonly table: Id }
  | { readonly kind: 'discover'; readonly id: number; readonly files: readonly SurveyFile[]; readonly options: DiscoverJob };

export type FromJobs =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly what: string }
  | { readonly kind: 'looked'; readonly id: number; readonly result: Result<Looked> }
  | { readonly kind: 'imported'; readonly id: number; readonly result: Result<ReadResult> }
  | { readonly kind: 'documents'; readonly id: number; readonly files: readonly TextFile[] }
  | { readonly kind: 'exchanged'; readonly id: number; readonly exchanged: Exchanged }
  | { readonly kind: 'roundTrip'; readonly id: number; readonly result: Result<RoundTrip> }
  | { readonly kind: 'compared'; readonly id: number; readonly result: Result<Comparison> }
  | { readonly kind: 'workloadRead'; readonly id: number; readonly result: Result<WorkloadImport> }
  | { readonly kind: 'moved'; readonly id: number; readonly moved: Moved }
  | { readonly kind: 'asImported'; readonly id: number; readonly result: Result<AsImported> }
  | { readonly kind: 'discovered'; readonly id: number; readonly result: Result<Survey> }
  | { readonly kind: 'advised'; readonly id: number; readonly result: Result<IndexAdvice> }
  | { readonly kind: 'weighed'; readonly id: number; readonly result: Result<Scenario> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
