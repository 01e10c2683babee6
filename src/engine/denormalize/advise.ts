import { err, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { type Budget, UNLIMITED } from '../budget.ts';
import { buildAlong } from './build-along.ts';
import { buildReport } from './build-reports.ts';
import { buildStar } from './build-star.ts';
import { completeLoad, type GivenLoad, joinsOf, type Load } from './load.ts';
import { suggestCopy, suggestCounter, suggestSnapshot } from './suggest-along.ts';
import { suggestReadModel, suggestStar, suggestSummary } from './suggest-reports.ts';
import type { BuildOptions, Choice, Denormalization, Proposal } from './types.ts';

/** Advice as far as the budget went. */
export interface Advice {
  readonly value: readonly Proposal[];
  readonly complete: boolean;
  readonly reason?: string;
}

function alongJoin(document: Document, load: Load, join: readonly Id[]): (Proposal | undefined)[] {
  const [first, second] = join;
  if (first === undefined) return [];
  if (second !== undefined) return [suggestReadModel(document, load, join)];
  return [
    suggestCounter(document, load, first),
    suggestCopy(document, load, first),
    suggestSnapshot(document, load, first),
    suggestSummary(document, load, first),
  ];
}

/**
 * Redundancy that would pay, the most sparing first; what pays nothing by the figures (values of their time) comes last. It
 * says nothing where nobody gave figures and no price is at stake. Those that were dismissed are not left out.
 */
export function advise(document: Document, given: GivenLoad, budget: Budget = UNLIMITED): Advice {
  const load = completeLoad(document, given);
  const found: Proposal[] = [];
  let complete = true;
  for (const join of joinsOf(document)) {
    if (budget.shouldStop()) {
      complete = false;
      break;
    }
    for (const one of alongJoin(document, load, join)) if (one !== undefined) found.push(one);
  }
  for (const table of complete ? Object.keys(document.tables) : []) {
    const star = suggestStar(document, load, table);
    if (star !== undefined) found.push(star);
  }
  const value = found.sort((a, b) => b.saved - a.saved || (a.id < b.id ? -1 : 1));
  return complete ? { value, complete } : { value, complete, reason: 'It was stopped before every foreign key was looked at.' };
}

/** Works out what accepting a proposal does: one undo step, with its code, its query and its scripts. */
export function buildProposal(
  document: Document,
  proposal: Proposal,
  choice: Choice,
  options: BuildOptions,
): Result<Denormalization> {
  if (recordIn(document, 'tables', proposal.table) === undefined)
    return err('stale-proposal', 'The table is not in the model any more: look at the advice again.');
  const refused = proposal.keepers.find(({ keeper }) => keeper === choice.keeper);
  if (refused === undefined) return err('no-keeper', `This cannot be kept by ${choice.keeper}.`);
  if (refused.refused !== undefined) return err('keeper-refused', refused.refused);
  const { idea } = proposal;
  switch (idea.kind) {
    case 'counter':
    case 'copy':
    case 'snapshot':
    case 'mark':
      return buildAlong(document, proposal, idea, choice, options);
    case 'summary':
    case 'read model':
      return buildReport(document, proposal, idea, choice, options);
    case 'star':
      return buildStar(document, proposal, idea, choice, options);
  }
}
