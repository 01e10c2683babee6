import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { type Tally, tally } from '#lib/tally.ts';
import type { Id } from '#model/types.ts';

/** Errors and warnings by what they stand at: a record's id, and `record/part` for parts. */
export function problemsByKey(findings: readonly Finding[]): ReadonlyMap<string, Tally> {
  const found = new Map<string, Tally>();
  const add = (key: string, severity: Severity) => found.set(key, tally(found.get(key), severity));
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
