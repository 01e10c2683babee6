import type { Id } from '#model/types.ts';
import { documentStore, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { openDialog } from '#state/view.ts';
import type { Planned } from './use-plan.ts';

/**
 * Does what was planned as one undo step and closes the dialog, if nothing changed since it was shown.
 * @returns the tables it made; nothing when it was not done, which is said.
 */
export function applyPlan({ plan, document }: Planned): readonly Id[] | undefined {
  if (documentStore.getState().document !== document) {
    notify({ tone: 'warn', text: 'The model changed meanwhile: look at what it would do now.' });
    return undefined;
  }
  const ran = run(plan.calls, plan.label);
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return undefined;
  }
  openDialog(undefined);
  return ran.value.filter((one) => one.collection === 'tables' && one.from === undefined).map((one) => one.id);
}
