import { createStore } from 'zustand/vanilla';
import type { Finding } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import type { RoundTrip } from '#engine/sql/round-trip.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import type { WorkloadReport } from '#engine/workload/report.ts';
import type { Id } from '#model/types.ts';

/** An error that the database engine itself gave, at its statement. */
export interface RunError {
  /** Key of the written statement. */
  readonly statement: string;
  /** UTF-16 offset in the statement, when the server gave one. */
  readonly offset?: number;
  readonly code: string;
  readonly message: string;
}

export type RunState =
  | { readonly state: 'unchecked' }
  | { readonly state: 'running'; readonly done: number; readonly what: string }
  | { readonly state: 'runs'; readonly product: string; readonly version: string; readonly revision: number }
  | {
      readonly state: 'fails';
      readonly product: string;
      readonly version: string;
      readonly revision: number;
      readonly errors: readonly RunError[];
    }
  | { readonly state: 'unavailable'; readonly product: string; readonly reason: string };

/** The engine's last answers. Each is of the revision it names; until the next arrives the old one is shown. */
export interface ResultsState {
  readonly revision: number;
  readonly ddl: WrittenDocument;
  readonly findings: readonly Finding[];
  readonly normalForms: Readonly<Record<Id, Verdict>>;
  /** What each query of the workload says. */
  readonly workload: WorkloadReport;
  /** Milliseconds of engine work for the last answer. */
  readonly engineMs: number;
  readonly engine: 'starting' | 'ready' | 'restarting';
  readonly runsOn: RunState;
  /** Whether the model comes back identical from its own DDL; absent until it has rested and was looked at. */
  readonly roundTrip?: (RoundTrip & { readonly revision: number }) | undefined;
  /** Of the last import. */
  readonly receipt?:
    | { readonly files: readonly { readonly name: string; readonly text: string }[]; readonly receipt: Receipt }
    | undefined;
}

export const resultsStore = createStore<ResultsState>(() => ({
  revision: -1,
  ddl: { statements: [], unsupported: [] },
  findings: [],
  normalForms: {},
  workload: {},
  engineMs: 0,
  engine: 'starting',
  runsOn: { state: 'unchecked' },
}));
