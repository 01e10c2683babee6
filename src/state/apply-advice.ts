import type { IndexAdvice, Scenario } from '#engine/indexes/advise/advice.ts';
import { type AppliedAdvice, applicationOf, applicationOfOwn } from '#engine/indexes/advise/apply.ts';
import { derivedIds, type IdSource } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { documentStore, interactiveIds, run } from './document.ts';
import type { Preview } from './preview.ts';
import { today } from './today.ts';

/** What of an advice is to be applied. */
export type ChosenIndexes =
  /** Ids of indexes to make and to drop: of the advice or of those that lost; those to keep change nothing. */
  | { readonly kind: 'advised'; readonly ids: readonly string[] }
  /** A set that a person put together, and what an hour costs with it where that was weighed. */
  | { readonly kind: 'own'; readonly indexes: ReadonlySet<string>; readonly after?: Scenario | undefined };

function planned(document: Document, advice: IndexAdvice, chosen: ChosenIndexes, ids: IdSource): Result<AppliedAdvice> {
  const options = { ids, date: today() };
  return chosen.kind === 'own'
    ? applicationOfOwn(document, advice, chosen, options)
    : applicationOf(document, advice, chosen.ids, options);
}

/**
 * Puts chosen indexes of an advice into the open document as one undo step: makes those that are to be made, drops those that
 * are to go, and records the decision with what it was weighed by.
 * @returns what was made, by the advice's ids; or the problem, with nothing changed.
 */
export function applyAdvice(advice: IndexAdvice, chosen: ChosenIndexes): Result<AppliedAdvice> {
  const plan = planned(documentStore.getState().document, advice, chosen, interactiveIds());
  if (!plan.ok) return plan;
  const ran = run(plan.value.calls, plan.value.label);
  return ran.ok ? plan : ran;
}

/** What {@link applyAdvice} would do to the statements of the open document, without doing it. */
export async function previewAdvice(advice: IndexAdvice, chosen: ChosenIndexes): Promise<Result<Preview>> {
  const [{ changePreview }, { previewWriter }] = await Promise.all([import('./preview.ts'), import('./preview-writer.ts')]);
  const { document } = documentStore.getState();
  const plan = planned(document, advice, chosen, derivedIds());
  if (!plan.ok) return plan;
  const ran = runCommands(document, plan.value.calls, derivedIds(), plan.value.label);
  return ran.ok ? ok(changePreview(document, ran.value.document, previewWriter(document))) : ran;
}
