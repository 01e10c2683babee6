import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import { ownChanges } from '#engine/indexes/advise/apply.ts';
import { bytesText, many } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { markApplied, type OwnSet } from '#state/advice.ts';
import { applyAdvice, type ChosenIndexes } from '#state/apply-advice.ts';
import { notify } from '#state/notices.ts';
import { showDock } from '#state/panes.ts';
import { openDialog } from '#state/view.ts';
import type { AnyIndex } from './words.ts';

/** What would be applied, the same in words, and how many indexes it makes or drops. */
export interface ToApply {
  readonly chosen: ChosenIndexes;
  readonly says: string;
  readonly count: number;
}

interface Changes {
  readonly makes: readonly Pick<AnyIndex, 'bytes'>[];
  readonly drops: readonly Pick<AnyIndex, 'bytes'>[];
}

function saysOf(who: string, { makes, drops }: Changes, nothing: string): string {
  const sum = (all: Changes['makes']) => all.reduce((bytes, one) => bytes + one.bytes, 0);
  const bytes = sum(makes) - sum(drops);
  const parts = [
    makes.length === 0 ? [] : [`makes ${many(makes.length, 'index', 'indexes')}`],
    drops.length === 0 ? [] : [`drops ${many(drops.length, 'index', 'indexes')}`],
  ].flat();
  const size = bytes === 0 ? '' : bytes > 0 ? `, ${bytesText(bytes)} more` : `, ${bytesText(-bytes)} less`;
  return parts.length === 0 ? nothing : `${who} ${parts.join(' and ')}${size}: one undo step.`;
}

/** What of the advice was taken. */
export function toApply({ indexes }: IndexAdvice, taken: ReadonlySet<string>): ToApply {
  const chosen = indexes.filter(({ id }) => taken.has(id));
  const makes = chosen.filter(({ verdict }) => verdict === 'make');
  const drops = chosen.filter(({ verdict }) => verdict === 'drop');
  return {
    chosen: { kind: 'advised', ids: [...makes, ...drops].map(({ id }) => id) },
    says: saysOf('Applying', { makes, drops }, 'Nothing is chosen to be applied.'),
    count: makes.length + drops.length,
  };
}

/** What makes the indexes there are those of an own set. */
export function toApplyOwn(document: Document, advice: IndexAdvice, { indexes, scenario, busy, problem }: OwnSet): ToApply {
  const changes = ownChanges(document, advice, indexes);
  // Costs of the set before a change say nothing of it as it is now.
  const after = busy || problem !== undefined ? undefined : scenario;
  return {
    chosen: { kind: 'own', indexes, after },
    says: saysOf('Your set', changes, 'Your set is what is there: there is nothing to apply.'),
    count: changes.makes.length + changes.drops.length,
  };
}

/** Puts what was chosen into the model as one undo step, and says where its statements are. */
export function apply(advice: IndexAdvice, chosen: ChosenIndexes): void {
  const done = applyAdvice(advice, chosen);
  if (!done.ok) {
    notify({ tone: 'bad', text: done.problem.message });
    return;
  }
  markApplied(done.value);
  openDialog(undefined);
  notify({
    tone: 'ok',
    text: `${chosen.kind === 'own' ? 'Your set' : 'The advice'} is in the model. 002_add_indexes.sql holds the statements for a live database.`,
    action: { label: 'Show the DDL', run: () => showDock('ddl') },
  });
}
