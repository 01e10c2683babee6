import type { Budget } from '../../budget.ts';
import { inSteps } from '../../steps.ts';
import type { Loser, Worth } from '../select/explain.ts';
import type { Explored } from '../select/explore.ts';
import { type SelectOptions, selecting } from '../select/select.ts';

/** An index that makes no query this much cheaper, as a share of what it costs without, nor the hour by a tenth of that. */
export const NOTICED = 0.05;
const OF_ALL = 0.1;
/** Times the choice is made again without some; each time at least one goes. */
const ROUNDS = 24;

function isTrifle({ worth, changes }: Worth, total: number, noticed: number): boolean {
  return worth < total * noticed * OF_ALL && changes.every(({ from, to }) => from - to < from * noticed);
}

const asLoser = ({ index, bytes, worth }: Worth): Loser => ({
  index,
  bytes,
  existing: false,
  why: 'little',
  instead: [],
  gain: worth,
});

/**
 * A choice without indexes that gain next to nothing: the arithmetic takes each that saves more than its writes cost, people
 * have to keep it, name it and wonder what it is for. They go one at a time, the least worth first, and the rest is chosen
 * anew from the costs that are known, as two that stand in for each other are each worth little. What was proved stays what was
 * proved: the bound is that of all answers, and the answer is complete when the one with trifles was.
 *
 * @param made what may be left out: indexes that do not exist yet
 * @param noticed share of a query's cost that counts as a gain; 0 leaves nothing out
 */
export async function withoutTrifles(
  explored: Explored,
  made: ReadonlySet<string>,
  noticed: number,
  budget: Budget,
  options: SelectOptions,
): Promise<Explored> {
  let now = explored;
  const gone: Loser[] = [];
  for (let round = 0; round < ROUNDS && !budget.shouldStop(); round += 1) {
    const { problem, value } = now;
    const [least] = value.worth
      .filter((one) => made.has(one.index) && isTrifle(one, value.total, noticed))
      .sort((a, b) => a.worth - b.worth || (a.index < b.index ? -1 : 1));
    if (least === undefined) break;
    const indexes = problem.indexes
      .filter(({ id }) => id !== least.index)
      .map((one) => ({ ...one, supersedes: one.supersedes?.filter((id) => id !== least.index) ?? [] }));
    const costs = new Map(
      [...problem.costs].map(([query, ways]) => [query, ways.filter((way) => !way.indexes.includes(least.index))] as const),
    );
    const updates = problem.updates?.map((one) => ({
      ...one,
      breaks: one.breaks.filter((id) => id !== least.index),
      entries: one.entries.filter(({ index }) => index !== least.index),
    }));
    const less = { ...problem, indexes, costs, ...(updates === undefined ? {} : { updates }) };
    const again = await inSteps(selecting(less, budget, options), budget);
    // An index that others require stays with them.
    if (!again.ok) break;
    gone.push(asLoser(least));
    now = { ...now, ...again.value, problem: less };
  }
  if (gone.length === 0) return explored;
  // What is proved is proved of all indexes: those that were left out could be in a cheaper answer.
  const { bound, totalWithNone, totalNow } = explored.value;
  const losers = [...now.value.losers, ...gone];
  return { ...explored, value: { ...now.value, bound, totalWithNone, totalNow, losers } };
}
