import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Comparison, PlanKind } from '#engine/decompose/comparison-types.ts';
import { usePlanBy } from '#features/refactor/index.ts';
import type { Document, Table } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { resultsStore } from '#state/results.ts';
import { today } from '#state/today.ts';
import { applyDecomposition, applyKeep } from './apply.ts';
import { keepCalls, keepDraft, openDependencies } from './keep.ts';
import { decomposition, provisionally } from './planner.ts';
import { sessionStore } from './session.ts';
import { useChoice } from './use-choice.ts';

export interface WorkProps {
  readonly document: Document;
  readonly table: Table;
  readonly asked: PlanKind;
  readonly comparison: Comparison;
}

/** What is settled, what it would do, and how to do it. */
export function useWork({ document, table, asked, comparison }: WorkProps) {
  const choice = useChoice(document, table, comparison, asked);
  const { chosen, option, plans } = choice;
  // A plan is for the model just as it is: another place of a table makes it a new one.
  const now = useDocumentState((state) => state.document);
  const sound = chosen !== undefined && Object.keys(chosen.problems).length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: planned anew for each state of the document
  const wanted = useMemo(
    () => (chosen === undefined || !sound ? undefined : { proposal: chosen.plan.proposal, settled: chosen.settled }),
    [chosen, sound, now],
  );
  const planned = usePlanBy(wanted, decomposition);
  const open = useMemo(() => openDependencies(table, resultsStore.getState().normalForms[table.id]), [table]);
  const draft = useStore(sessionStore, (state) => state.keep) ?? keepDraft(open);
  const setDraft = (keep: typeof draft) => sessionStore.setState({ keep });
  const keep = keepCalls(table.id, draft, today());
  const refusals = new Set(plans.map(({ problem }) => problem?.code));
  const refused = refusals.size === 1 ? plans[0]?.problem : undefined;
  const why =
    option === 'keep'
      ? open.length === 0 || keep.ok
        ? undefined
        : keep.problem.message
      : sound
        ? planned?.ok === false
          ? planned.problem.message
          : undefined
        : Object.values(chosen?.problems ?? {})[0];
  const apply = () => {
    if (option === 'keep') {
      if (keep.ok) applyKeep(table, keep.value);
    } else if (planned?.ok === true) applyDecomposition(planned.value);
  };
  const ready = option === 'keep' ? keep.ok && open.length > 0 : planned?.ok === true;
  return { ...choice, wanted, planned, open, draft, setDraft, refused, why, apply, ready };
}

export type Work = ReturnType<typeof useWork>;

/** The plan to be drawn: as settled, or as far as it is, with what is proposed for the rest. */
export function useDrawn({ chosen, planned }: Work) {
  const now = useDocumentState((state) => state.document);
  // biome-ignore lint/correctness/useExhaustiveDependencies: planned anew for each state of the document
  const assumed = useMemo(() => (chosen === undefined ? undefined : provisionally(chosen)), [chosen, now]);
  const provisional = usePlanBy(assumed, decomposition);
  return assumed === undefined ? planned : provisional;
}
