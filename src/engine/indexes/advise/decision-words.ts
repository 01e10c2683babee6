import { bytesText, many, shortNumber } from '#lib/amounts.ts';
import type { IndexesDecided } from '#model/decision-types.ts';
import type { Reason } from '../select/explain.ts';
import type { IndexAdvice } from './advice.ts';

/** Why an index is not part of an answer, as a decision says it. */
export const WHY_NOT: Readonly<Record<Reason, string>> = {
  unused: 'no query of the workload would be cheaper with it',
  covered: 'others do its work',
  writes: 'keeping it up to date costs more than queries gain',
  room: 'its room serves queries better otherwise',
  little: 'it makes no query noticeably cheaper',
  superseded: 'it has no place beside others',
};

/** What was done: all that was advised, some of it, or what a person put together. */
export type DecisionKind = 'advised' | 'some' | 'own';

/**
 * Title and text of the decision to have some indexes and not others, from what was weighed.
 */
export function decisionText(
  advice: IndexAdvice,
  { basis, budget, indexes, totals }: IndexesDecided,
  kind: DecisionKind,
): { readonly title: string; readonly context: string; readonly decision: string; readonly consequences: string } {
  const makes = indexes.filter((one) => one.action === 'make');
  const drops = indexes.filter((one) => one.action === 'drop');
  const tables = [...new Set(indexes.map((one) => one.on))];
  const uncounted = advice.queries.filter((one) => !one.counted).length;
  const context = [
    `${many(advice.queries.length, 'query', 'queries')} of the workload weighed by the ${basis}.`,
    budget === undefined ? '' : `Indexes could take ${bytesText(budget)}.`,
    uncounted === 0 ? '' : `Nobody said how often ${many(uncounted, 'query is', 'queries are')} called: counted once an hour.`,
    advice.left.length === 0 ? '' : `${many(advice.left.length, 'query', 'queries')} could not be weighed.`,
    kind === 'own' ? 'The set was put together by hand.' : '',
    advice.complete || kind === 'own' ? '' : `The answer is not complete: ${advice.reason ?? 'the search was stopped'}.`,
  ];
  const decision = [
    ...makes.map((one) => `Make ${one.name} on ${one.on} (${one.parts.map(({ text }) => text).join(', ')}).`),
    ...drops.map((one) => `Drop ${one.name} on ${one.on}${one.notes[0] === undefined ? '' : `: ${one.notes[0]}`}.`),
  ];
  const bytes = makes.reduce((sum, one) => sum + one.bytes, 0) - drops.reduce((sum, one) => sum + one.bytes, 0);
  const writes = makes.reduce((sum, one) => sum + one.writeCost, 0) - drops.reduce((sum, one) => sum + one.writeCost, 0);
  const consequences = [
    totals === undefined
      ? kind === 'advised'
        ? ''
        : `${kind === 'own' ? 'The set was put together by hand' : 'Only some of what was advised was done'}: the cost of the workload with just these was not worked out.`
      : `An hour of the workload costs ${shortNumber(totals.after.reads + totals.after.writes)} instead of ${shortNumber(totals.before.reads + totals.before.writes)} by these figures.`,
    bytes === 0 ? '' : `Indexes take ${bytesText(Math.abs(bytes))} ${bytes > 0 ? 'more' : 'less'}.`,
    writes === 0 ? '' : `Writing costs ${shortNumber(Math.abs(writes))} ${writes > 0 ? 'more' : 'less'} in an hour.`,
  ];
  const sentence = (parts: readonly string[]) => parts.filter((one) => one !== '').join(' ');
  const title = `Indexes of ${tables.length > 3 ? `${tables.slice(0, 3).join(', ')} and ${tables.length - 3} more` : tables.join(', ')}`;
  return { title, context: sentence(context), decision: sentence(decision), consequences: sentence(consequences) };
}
