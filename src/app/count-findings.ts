import type { Finding, Severity } from '#engine/finding.ts';

/** How many findings of each severity stand, without the waived ones. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) if (finding.waivedBy === undefined) counts[finding.severity] += 1;
  return counts;
}
