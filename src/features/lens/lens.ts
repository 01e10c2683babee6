import type { Finding } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { WorkloadReport } from '#engine/workload/report.ts';
import type { Document, Id } from '#model/types.ts';
import type { IconName } from '#ui/icons.ts';

export type LensId = 'structure' | 'form' | 'findings' | 'heat' | 'size' | 'security' | 'diff';

/** What a lens may look at. */
export interface LensContext {
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly normalForms: Readonly<Record<Id, Verdict>>;
  readonly workload: WorkloadReport;
}

/** One step of a scale. Its sign says in letters what the colour says. */
export interface LensStep {
  readonly label: string;
  readonly sign: string;
  /** Index into the palette: 0 to 4 of `ordered` (quiet to strong), 0 to 2 of `change`. */
  readonly tone: number;
}

export interface LensScale {
  readonly palette: 'ordered' | 'change';
  readonly steps: readonly LensStep[];
  /** What one must know to read it, such as what the figures rest on. */
  readonly note?: string;
}

/** What a lens says of one table. */
export interface Reading {
  /** Index of a step of the scale. */
  readonly step: number;
  /** The figure itself, short enough for a badge: `2NF`, `1.2 GB`. */
  readonly mark: string;
  /** Something beside the step that is to be seen from afar, in one sign. */
  readonly flag?: string;
  /** The same for people who hear it. */
  readonly says: string;
}

/** A way to look at the tables: recolours them, changes nothing. */
export interface Lens {
  readonly id: LensId;
  readonly label: string;
  readonly icon: IconName;
  /** One key, with the focus on the canvas. */
  readonly key: string;
  /** Whether there is something to look at; where not, it is not offered. */
  readonly available: (document: Document) => boolean;
  readonly scale: (context: LensContext) => LensScale;
  /** Reads each table it has something to say of. */
  readonly read: (context: LensContext) => (table: Id) => Reading | undefined;
}

/** Whether a document has tables at all. */
export function hasTables({ tables }: Document): boolean {
  for (const _ in tables) return true;
  return false;
}
