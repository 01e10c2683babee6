import type { Verdict } from './verdict.ts';

/** The form of a table as its badge says it. */
export interface FormBadge {
  /** `assume`: nothing is declared beside the keys, or higher forms are open. */
  readonly tone: 'ok' | 'warn' | 'assume';
  readonly text: string;
  readonly title: string;
}

/** Whether something declared breaks a normal form and nobody accepted it. */
export function isBroken({ violations, multivalued = [] }: Verdict): boolean {
  return multivalued.length > 0 || violations.some((one) => one.accepted !== true);
}

/**
 * The highest form in letters: `4NF` only where multivalued dependencies are declared and all follow from the keys; with
 * `+` where a higher form was not decided in the time there was, with `?` where it holds by assumption only.
 */
export function formText({ highest, byAssumption, complete, multivalued, beyond }: Verdict): string {
  const fourth = highest === 'BCNF' && multivalued?.length === 0 && beyond?.fourth.holds === true;
  const form = fourth ? '4NF' : highest;
  if (byAssumption) return `${form} ?`;
  return complete ? form : `${form}+`;
}

/** How a normal form is shown wherever a table has a badge; values that are worked out from other tables are told of. */
export function formBadge(verdict: Verdict | undefined): FormBadge | undefined {
  if (verdict === undefined) return undefined;
  const badge = ownBadge(verdict);
  if (verdict.derived === undefined) return badge;
  return { ...badge, title: `${badge.title}; it holds values of other tables: that redundancy is accepted` };
}

function ownBadge(verdict: Verdict): FormBadge {
  if (verdict.noKey) return { tone: 'warn', text: 'no key', title: 'No enforced key: rows may repeat' };
  const text = formText(verdict);
  if (verdict.byAssumption) {
    return { tone: 'assume', text, title: `${verdict.highest} by assumption: no dependency beside the keys is declared` };
  }
  if (!verdict.complete) {
    const why = verdict.reason ?? 'higher forms were not decided';
    return { tone: isBroken(verdict) ? 'warn' : 'assume', text, title: `At least ${verdict.highest} (proved); ${why}` };
  }
  const chosen = !isBroken(verdict) && verdict.violations.length > 0;
  if (chosen) return { tone: 'ok', text, title: `Highest normal form: ${verdict.highest}, by choice: its redundancy is accepted` };
  const fourth = (verdict.multivalued ?? []).length > 0 ? '; not 4NF: values that combine freely share the table' : '';
  return { tone: isBroken(verdict) ? 'warn' : 'ok', text, title: `Highest normal form: ${formText(verdict)}${fourth}` };
}
