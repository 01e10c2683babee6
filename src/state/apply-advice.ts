import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { type AppliedAdvice, applicationOf } from '#engine/indexes/advise/apply.ts';
import type { Result } from '#lib/result.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import { today } from './today.ts';

/**
 * Puts chosen indexes of an advice into the open document as one undo step: makes those that are to be made (of the advice or
 * of those that lost), drops those that it would drop, and records the decision with what it was weighed by.
 * @param chosenIds ids of the advice's indexes; those to keep change nothing.
 * @returns what was made, by the advice's ids; or the problem, with nothing changed.
 */
export function applyAdvice(advice: IndexAdvice, chosenIds: readonly string[]): Result<AppliedAdvice> {
  const { document } = documentStore.getState();
  const planned = applicationOf(document, advice, chosenIds, { ids: interactiveIds(), date: today() });
  if (!planned.ok) return planned;
  const ran = run(planned.value.calls, planned.value.label);
  return ran.ok ? planned : ran;
}
