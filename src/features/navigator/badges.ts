import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { Id } from '#model/types.ts';

export interface Problems {
  readonly count: number;
  readonly worst: Severity;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Errors and warnings by what they stand at: a record's id, and `record/part` for parts. */
export function problemsByKey(findings: readonly Finding[]): ReadonlyMap<string, Problems> {
  const found = new Map<string, Problems>();
  const add = (key: string, severity: Severity) => {
    const old = found.get(key) ?? { count: 0, worst: severity };
    found.set(key, { count: old.count + 1, worst: RANK[severity] > RANK[old.worst] ? severity : old.worst });
  };
  for (const { at, severity, waivedBy } of findings) {
    const [ref] = at;
    if (ref === undefined || waivedBy !== undefined || severity === 'info') continue;
    add(ref.record, severity);
    if (ref.part !== undefined) add(`${ref.record}/${ref.part}`, severity);
  }
  return found;
}

/** The normal form as a row says it: `2NF`, or `BCNF ·` when it holds by assumption. */
export function formHint(verdicts: Readonly<Record<Id, Verdict>>, table: Id): string | undefined {
  const verdict = Object.hasOwn(verdicts, table) ? verdicts[table] : undefined;
  if (verdict === undefined) return undefined;
  return verdict.noKey ? 'no key' : `${verdict.highest}${verdict.byAssumption ? ' ·' : ''}`;
}
