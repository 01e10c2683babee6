import type { DecompositionPlan } from '#engine/decompose/types.ts';
import { applyPlan, type Planned } from '#features/refactor/index.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Table } from '#model/types.ts';
import { perform } from '#state/actions.ts';
import { endDecomposition } from '#state/decomposition.ts';
import { run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { focusPane } from '#state/panes.ts';
import { select } from '#state/view.ts';

const UNDO = { label: 'Undo', run: () => perform('edit.undo') };

/** Takes the table apart as one undo step and selects what came of it. */
export function applyDecomposition(planned: Planned<DecompositionPlan>): void {
  if (applyPlan(planned) === undefined) return;
  endDecomposition();
  const { ids, label } = planned.plan;
  // The table that stays comes last: it is the one the inspector shows.
  select([...ids.slice(1), ...ids.slice(0, 1)].map((record) => ({ record })));
  focusPane('canvas');
  notify({ tone: 'ok', text: `${label}: done`, action: UNDO });
}

/** Records that redundancy is wanted, as one undo step. */
export function applyKeep(table: Table, calls: readonly CommandCall[]): void {
  const ran = run(calls, `Accept the redundancy of ${table.name}`);
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return;
  }
  endDecomposition();
  focusPane('canvas');
  notify({ tone: 'ok', text: `The redundancy of ${table.name} is accepted: the reason is in the document`, action: UNDO });
}
