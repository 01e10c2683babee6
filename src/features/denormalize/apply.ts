import { dismissalOf, dismissedBy } from '#engine/denormalize/dismissal.ts';
import type { Proposal } from '#engine/denormalize/types.ts';
import { applyPlan, type Planned } from '#features/refactor/index.ts';
import { perform } from '#state/actions.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { today } from '#state/today.ts';
import { select } from '#state/view.ts';
import type { DenormalizationPlan } from './ProposalDetail.tsx';

const UNDO = { label: 'Undo', run: () => perform('edit.undo') };

/** Adds what was proposed as one undo step and selects what it is about. */
export function accept(planned: Planned<DenormalizationPlan>): void {
  if (applyPlan(planned) === undefined) return;
  const { touched, label } = planned.plan;
  const [first] = touched;
  if (first !== undefined) select([{ record: first }]);
  notify({ tone: 'ok', text: `${label}: done`, action: UNDO });
}

/** Says no to a proposal, in the document, so that it is not offered again. */
export function dismiss(proposal: Proposal, reason: string): void {
  const record = {
    rule: dismissalOf(proposal),
    at: { record: proposal.table },
    reason: reason.trim() === '' ? `Not wanted: ${proposal.title}` : reason.trim(),
    date: today(),
  };
  const ran = run({ name: 'addWaiver', args: { record } }, `Dismiss “${proposal.title}”`);
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
}

export function takeBack(proposal: Proposal): void {
  const waiver = dismissedBy(documentStore.getState().document, proposal);
  if (waiver === undefined) return;
  const ran = run({ name: 'removeWaivers', args: { ids: [waiver.id] } }, `Offer “${proposal.title}” again`);
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
}
