import { type EditedFacts, editFacts, type FactEdit } from '#engine/facts/edit.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { documentStore, redo, run, undo } from '#state/document.ts';
import { notify } from '#state/notices.ts';

/** Takes typed facts over as one undo step. @returns what was refused, with the reason; the others stand */
export function say(edits: readonly FactEdit[]): EditedFacts['refused'] {
  const { document } = documentStore.getState();
  const { args, refused } = editFacts(document, edits);
  const [first] = args.tables;
  if (first === undefined) return refused;
  const taken = edits.length - refused.length;
  const label = `${taken === 1 ? 'Change a fact' : `Change ${taken} facts`} of ${args.tables.length === 1 ? nameOf(document, first.id) : `${args.tables.length} tables`}`;
  const ran = run({ name: 'setFacts', args }, label);
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  return refused;
}

/** Undo and redo while the grid has the keys; what was done is said by whoever follows the document. */
export function step(back: boolean): void {
  if (back) undo();
  else redo();
}
