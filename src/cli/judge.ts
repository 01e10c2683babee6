import { UNLIMITED } from '#engine/budget.ts';
import type { Finding } from '#engine/finding.ts';
import { verdictOf } from '#engine/normalize/judge-table.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { checkDocument } from '#engine/rules/check.ts';
import { createWorkloadReader, type WorkloadReport } from '#engine/workload/report.ts';
import type { Document, Id } from '#model/types.ts';
import { loadPgParser } from './pg-parser.ts';

/** The target's major version. */
export function versionOf(document: Document): number {
  return document.settings['settings']?.version ?? 18;
}

/** What the rules say, with the parser at hand. */
export async function findingsOf(document: Document): Promise<readonly Finding[]> {
  return checkDocument(document, { parser: await loadPgParser() });
}

/** What the queries of the workload say. */
export async function workloadOf(document: Document): Promise<WorkloadReport> {
  return createWorkloadReader(await loadPgParser())(document);
}

/** What is proved of every table. */
export function verdictsOf(document: Document): Readonly<Record<Id, Verdict>> {
  return Object.fromEntries(Object.values(document.tables).map((table) => [table.id, verdictOf(document, table, UNLIMITED)]));
}
