import type { Document, Waiver } from '#model/types.ts';
import type { Proposal } from './types.ts';

/** What the rule of a waiver begins with that says no to a proposal. */
const DISMISSED = 'denormalize ';

/** The rule of the waiver that dismisses a proposal. */
export function dismissalOf({ id }: Pick<Proposal, 'id'>): string {
  return DISMISSED + id;
}

/** Whether a waiver says no to advice, and not to what a rule found. */
export function isDismissal({ rule }: Pick<Waiver, 'rule'>): boolean {
  return rule.startsWith(DISMISSED);
}

/** The waiver that dismisses a proposal, when there is one. */
export function dismissedBy(document: Document, proposal: Pick<Proposal, 'id' | 'table'>): Waiver | undefined {
  const rule = dismissalOf(proposal);
  return Object.values(document.waivers).find((one) => one.rule === rule && one.at.record === proposal.table);
}
