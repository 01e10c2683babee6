import { createStore } from 'zustand/vanilla';
import { type EditedFacts, editFacts, type FactEdit } from '#engine/facts/edit.ts';
import { nameOf } from '#model/commands/lookup.ts';
import { documentStore, run } from './document.ts';
import { notify } from './notices.ts';
import { openDialog } from './view.ts';

/** What the facts of the workload show: the grids, or a way to take facts over. */
export type FactsMode = 'grids' | 'production' | 'sample';

export const factsStore = createStore<{ readonly mode: FactsMode }>(() => ({ mode: 'grids' }));

export function showFacts(mode: FactsMode): void {
  factsStore.setState({ mode });
}

/** Opens the facts of the workload. */
export function openFacts(mode: FactsMode): void {
  showFacts(mode);
  openDialog('workload', 'facts');
}

/** Takes typed facts over as one undo step. @returns what was refused, with the reason; the others stand */
export function sayFacts(edits: readonly FactEdit[]): EditedFacts['refused'] {
  const { document } = documentStore.getState();
  const { args, refused } = editFacts(document, edits);
  const [first] = args.tables;
  if (first === undefined) return refused;
  const taken = edits.length - refused.length;
  const what = taken === 1 ? 'Change a fact' : `Change ${taken} facts`;
  const of = args.tables.length === 1 ? nameOf(document, first.id) : `${args.tables.length} tables`;
  const ran = run({ name: 'setFacts', args }, `${what} of ${of}`);
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  return refused;
}
