import type { Id } from '#model/types.ts';
import type { Finding } from './finding.ts';
import type { Verdict } from './normalize/verdict.ts';
import type { WrittenDocument } from './sql/written.ts';
import type { WorkloadReport } from './workload/report.ts';

/** What the engine can be asked, and what it answers. */
export interface StageResults {
  readonly ddl: WrittenDocument;
  readonly findings: readonly Finding[];
  readonly normalForms: Readonly<Record<Id, Verdict>>;
  readonly workload: WorkloadReport;
}

export type Stage = keyof StageResults;

export const STAGES: readonly Stage[] = ['ddl', 'findings', 'normalForms', 'workload'];
