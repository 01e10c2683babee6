import type { Finding, Severity } from '#engine/finding.ts';
import { type Tally, tally, worse } from '#lib/tally.ts';
import type { Id } from '#model/types.ts';

/** What rules have to say about one table: how many, how bad, and on which columns. */
export interface TableFindings extends Tally {
  readonly parts: ReadonlyMap<Id, Severity>;
}

const memo = new WeakMap<readonly Finding[], ReadonlyMap<Id, TableFindings>>();

/** Findings by the record that they are shown at; waived ones count nowhere. */
export function findingsByRecord(findings: readonly Finding[]): ReadonlyMap<Id, TableFindings> {
  const known = memo.get(findings);
  if (known !== undefined) return known;
  const all = new Map<Id, Tally & { readonly parts: Map<Id, Severity> }>();
  for (const finding of findings) {
    const at = finding.at[0];
    if (at === undefined || finding.waivedBy !== undefined) continue;
    const before = all.get(at.record);
    const parts = before?.parts ?? new Map<Id, Severity>();
    all.set(at.record, { ...tally(before, finding.severity), parts });
    if (at.part !== undefined) parts.set(at.part, worse(parts.get(at.part) ?? 'info', finding.severity));
  }
  memo.set(findings, all);
  return all;
}
