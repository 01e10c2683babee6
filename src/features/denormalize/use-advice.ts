import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type Advice, advise, buildProposal } from '#engine/denormalize/advise.ts';
import { slotsProblem } from '#engine/denormalize/build-along.ts';
import { dismissedBy } from '#engine/denormalize/dismissal.ts';
import { completeLoad } from '#engine/denormalize/load.ts';
import type { Choice, Keeper, Proposal } from '#engine/denormalize/types.ts';
import { loadOfWorkload, withSaid } from '#engine/denormalize/workload-load.ts';
import { type Planner, usePlanBy } from '#features/refactor/index.ts';
import type { Document } from '#model/types.ts';
import { denormalizeStore } from '#state/denormalize.ts';
import { useResults } from '#state/hooks.ts';
import { today } from '#state/today.ts';
import type { DenormalizationPlan } from './ProposalDetail.tsx';

interface Asked {
  readonly proposal: Proposal;
  readonly choice: Choice;
}

const planner: Planner<Asked, DenormalizationPlan> = ({ proposal, choice }, document, _parser, options) => {
  const made = buildProposal(document, proposal, choice, { ...options, date: today() });
  return made.ok ? { ok: true, value: { ...made.value, consequences: [] } } : made;
};

/** What a person settles of a proposal. */
export interface Settling {
  readonly keeper?: Keeper;
  readonly slots?: boolean;
  readonly reason: string;
  readonly staleness?: string;
}

const BEGIN: Settling = { reason: '' };

function choiceOf(proposal: Proposal, settling: Settling): Choice {
  const usual = proposal.keepers.find(({ refused }) => refused === undefined)?.keeper ?? 'application';
  const staleness = settling.staleness ?? proposal.staleness;
  return {
    keeper: settling.keeper ?? usual,
    slots: settling.slots ?? proposal.cost.contention?.hot ?? false,
    reason: settling.reason,
    ...(staleness === undefined || staleness.trim() === '' ? {} : { staleness: staleness.trim() }),
  };
}

/** The advice for what is given, the proposal that is looked at, and what accepting it would do. */
export function useAdvice(document: Document) {
  const said = useStore(denormalizeStore, (state) => state.given);
  const workload = useResults((state) => state.workload);
  const told = useMemo(() => loadOfWorkload(document, workload), [document, workload]);
  const given = useMemo(() => withSaid(told, said), [told, said]);
  const load = useMemo(() => completeLoad(document, given), [document, given]);
  const settled = useDeferredValue(given);
  const advice: Advice = useMemo(() => advise(document, settled), [document, settled]);
  const open = useMemo(() => advice.value.filter((one) => dismissedBy(document, one) === undefined), [advice, document]);
  const dismissed = useMemo(() => advice.value.filter((one) => !open.includes(one)), [advice, open]);
  const [picked, setPicked] = useState<string>();
  const [settlings, setSettlings] = useState<Readonly<Record<string, Settling>>>({});
  const proposal = open.find(({ id }) => id === picked) ?? open[0];
  const settling = proposal === undefined ? BEGIN : (settlings[proposal.id] ?? BEGIN);
  const choice = useMemo(() => (proposal === undefined ? undefined : choiceOf(proposal, settling)), [proposal, settling]);
  const asked = useMemo(
    () => (proposal === undefined || choice === undefined ? undefined : { proposal, choice }),
    [proposal, choice],
  );
  const planned = usePlanBy(asked, planner);
  const noSlots = proposal?.idea.kind === 'counter' ? slotsProblem(document, proposal.idea.relationship) : undefined;
  return {
    load,
    said,
    open,
    dismissed,
    proposal,
    choice,
    planned,
    noSlots,
    choose: setPicked,
    settle: (more: Partial<Settling>) => {
      if (proposal !== undefined) setSettlings((all) => ({ ...all, [proposal.id]: { ...settling, ...more } }));
    },
  };
}
