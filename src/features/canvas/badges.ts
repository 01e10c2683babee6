import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { Id } from '#model/types.ts';

export interface FormBadge {
  readonly tone: 'ok' | 'warn' | 'assume';
  readonly text: string;
  readonly title: string;
}

/** How a normal form is shown on a table. */
export function formBadge(verdict: Verdict | undefined): FormBadge | undefined {
  if (verdict === undefined) return undefined;
  if (verdict.noKey) return { tone: 'warn', text: 'no key', title: 'No enforced key: rows may repeat' };
  if (verdict.byAssumption) {
    return {
      tone: 'assume',
      text: `${verdict.highest} ?`,
      title: `${verdict.highest} if no dependency holds beside its keys: none is declared`,
    };
  }
  const incomplete = verdict.complete ? '' : `; ${verdict.reason ?? 'higher forms were not decided'}`;
  return {
    tone: verdict.highest === 'BCNF' ? 'ok' : 'warn',
    text: verdict.highest,
    title: `Highest normal form: ${verdict.highest}${incomplete}`,
  };
}

/** What rules have to say about one table: how many, how bad, and on which columns. */
export interface TableFindings {
  readonly count: number;
  readonly worst: Severity;
  readonly parts: ReadonlyMap<Id, Severity>;
}

const RANK: Record<Severity, number> = { info: 0, warning: 1, error: 2 };
const memo = new WeakMap<readonly Finding[], ReadonlyMap<Id, TableFindings>>();

/** Findings by the record that they are shown at; waived ones count nowhere. */
export function findingsByRecord(findings: readonly Finding[]): ReadonlyMap<Id, TableFindings> {
  const known = memo.get(findings);
  if (known !== undefined) return known;
  const all = new Map<Id, { count: number; worst: Severity; parts: Map<Id, Severity> }>();
  for (const finding of findings) {
    const at = finding.at[0];
    if (at === undefined || finding.waivedBy !== undefined) continue;
    let one = all.get(at.record);
    if (one === undefined) {
      one = { count: 0, worst: 'info', parts: new Map() };
      all.set(at.record, one);
    }
    one.count += 1;
    if (RANK[finding.severity] > RANK[one.worst]) one.worst = finding.severity;
    if (at.part === undefined) continue;
    const before = one.parts.get(at.part);
    if (before === undefined || RANK[finding.severity] > RANK[before]) one.parts.set(at.part, finding.severity);
  }
  memo.set(findings, all);
  return all;
}
