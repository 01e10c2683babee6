import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { type Tally, tally, worse } from '#lib/tally.ts';
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
  const chosen = verdict.violations.length > 0 && verdict.violations.every((one) => one.accepted === true);
  return {
    tone: verdict.highest === 'BCNF' || chosen ? 'ok' : 'warn',
    text: verdict.highest,
    title: `Highest normal form: ${verdict.highest}${chosen ? ', by choice: its redundancy is accepted' : incomplete}`,
  };
}

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
