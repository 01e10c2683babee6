type Severity = 'error' | 'warning' | 'info';

export interface Tally {
  /** Errors and warnings; where there is neither, notes. */
  readonly count: number;
  readonly worst: Severity;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

export function worse(a: Severity, b: Severity): Severity {
  return RANK[a] >= RANK[b] ? a : b;
}

/** What a mark on a table counts: notes are not added to warnings, and stand only where nothing worse does. */
export function tally(before: Tally | undefined, severity: Severity): Tally {
  if (before === undefined) return { count: 1, worst: severity };
  const notes = before.worst === 'info';
  if (severity === 'info') return notes ? { count: before.count + 1, worst: 'info' } : before;
  return notes ? { count: 1, worst: severity } : { count: before.count + 1, worst: worse(before.worst, severity) };
}
