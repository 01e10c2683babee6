import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { bytesText, many } from '#lib/amounts.ts';
import { markApplied } from '#state/advice.ts';
import { applyAdvice } from '#state/apply-advice.ts';
import { notify } from '#state/notices.ts';
import { showDock } from '#state/panes.ts';
import { openDialog } from '#state/view.ts';

/** What applying would do: ids of the advice, and the same in words. */
export interface ToApply {
  readonly ids: readonly string[];
  readonly says: string;
}

export function toApply({ indexes }: IndexAdvice, taken: ReadonlySet<string>): ToApply {
  const chosen = indexes.filter(({ id }) => taken.has(id));
  const made = chosen.filter(({ verdict }) => verdict === 'make');
  const dropped = chosen.filter(({ verdict }) => verdict === 'drop');
  const bytes = [...made, ...dropped].reduce((sum, one) => sum + (one.verdict === 'make' ? one.bytes : -one.bytes), 0);
  const parts = [
    made.length === 0 ? [] : [`makes ${many(made.length, 'index', 'indexes')}`],
    dropped.length === 0 ? [] : [`drops ${many(dropped.length, 'index', 'indexes')}`],
  ].flat();
  const size = bytes === 0 ? '' : bytes > 0 ? `, ${bytesText(bytes)} more` : `, ${bytesText(-bytes)} less`;
  return {
    ids: [...made, ...dropped].map(({ id }) => id),
    says: parts.length === 0 ? 'Nothing is chosen to be applied.' : `Applying ${parts.join(' and ')}${size}: one undo step.`,
  };
}

/** Puts what was chosen into the model as one undo step, and says where its statements are. */
export function apply(advice: IndexAdvice, ids: readonly string[]): void {
  const done = applyAdvice(advice, ids);
  if (!done.ok) {
    notify({ tone: 'bad', text: done.problem.message });
    return;
  }
  markApplied();
  openDialog(undefined);
  notify({
    tone: 'ok',
    text: 'The advice is in the model. 002_add_indexes.sql holds the statements for a live database.',
    action: { label: 'Show the DDL', run: () => showDock('ddl') },
  });
}
