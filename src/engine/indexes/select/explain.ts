import type { Steps } from '../../steps.ts';
import { Chosen } from './chosen.ts';
import { fillRest, Incumbent } from './improve.ts';
import { type Instance, instanceOf } from './instance.ts';
import { bundlesOf, evict, makeRoom, place, restore, roundingOf } from './moves.ts';
import type { SelectionProblem } from './problem.ts';

/** A query whose cost changes. Costs per hour: calls included. */
export interface QueryChange {
  readonly query: string;
  readonly from: number;
  readonly to: number;
}

/** What a query costs per hour with nothing but keys and kept indexes, with what exists now, and with the answer. */
export interface QueryOutcome {
  readonly query: string;
  readonly none: number;
  readonly now: number;
  readonly cost: number;
  /** Indexes of the answer, keys apart, that it uses. */
  readonly uses: readonly string[];
}

/** The answer as it grows, what gains most per byte first: several indexes at once where none of them gains alone. */
export interface Step {
  readonly indexes: readonly string[];
  readonly bytes: number;
  /** By how much the total falls, write costs included. */
  readonly gain: number;
  /** Total afterwards. */
  readonly total: number;
  readonly changes: readonly QueryChange[];
}

/** What an index of the answer, if it could be left out, is worth there. */
export interface Worth {
  readonly index: string;
  readonly bytes: number;
  /** What the total would rise by without it, and without those that require it. */
  readonly worth: number;
  /** From what its queries would cost without it. */
  readonly changes: readonly QueryChange[];
}

/**
 * Why an index is not in the answer:
 * - `unused`: no query would be cheaper with it, not even if it were the only one;
 * - `covered`: it would help alone, but beside `instead` no query uses it;
 * - `writes`: what it costs to keep up to date is more than what queries gain;
 * - `room`: it would gain, but `instead` would have to go for it;
 * - `little`: it saves next to nothing (said by whoever left it out, never by the selection);
 * - `superseded`: it has no place beside `instead`.
 */
export type Reason = 'unused' | 'covered' | 'writes' | 'room' | 'little' | 'superseded';

/** An index that is not in the answer. */
export interface Loser {
  readonly index: string;
  readonly bytes: number;
  /** It exists: leaving it out means dropping it. */
  readonly existing: boolean;
  readonly why: Reason;
  readonly instead: readonly string[];
  /** What queries would gain from it beside the answer, if there were room. */
  readonly gain: number;
  /** By how much the total would be higher with it, after making room for it. Absent where it cannot be in any answer. */
  readonly dearer?: number;
}

export interface Explanation {
  readonly queries: readonly QueryOutcome[];
  readonly steps: readonly Step[];
  readonly worth: readonly Worth[];
  readonly losers: readonly Loser[];
}

interface Context {
  readonly instance: Instance;
  readonly items: readonly number[];
  readonly rounding: number;
}

const idsOf = ({ ids }: Instance, items: Iterable<number>) => [...items].map((index) => ids[index] as string);

function costsOf(chosen: Chosen): Float64Array {
  return Float64Array.from(chosen.instance.queryIds, (_, query) => chosen.costOf(query));
}

function changesOf({ instance, rounding }: Context, from: Float64Array, to: Float64Array): QueryChange[] {
  return instance.queryIds.flatMap((query, at) => {
    const change = { query, from: from[at] as number, to: to[at] as number };
    return Math.abs(change.from - change.to) > rounding ? [change] : [];
  });
}

function startWith(instance: Instance, items: readonly number[]): Chosen {
  const chosen = new Chosen(instance);
  for (const index of items) chosen.add(index);
  return chosen;
}

function outcomes(problem: SelectionProblem, { instance, items }: Context): QueryOutcome[] {
  const existing = new Set(problem.indexes.filter(({ standing }) => standing === 'existing').map(({ id }) => id));
  const none = new Chosen(instance);
  const now = startWith(
    instance,
    instance.ids.flatMap((id, at) => (existing.has(id) ? [at] : [])),
  );
  const chosen = startWith(instance, items);
  return instance.queryIds.map((query, at) => ({
    query,
    none: none.costOf(at),
    now: now.costOf(at),
    cost: chosen.costOf(at),
    uses: idsOf(instance, chosen.usedBy(at)),
  }));
}

/** Grows the answer from nothing, the best gain per byte first. */
function* stepsOf(context: Context): Steps<Step[]> {
  const { instance, items, rounding } = context;
  const wanted = new Set(items);
  const chosen = new Chosen(instance);
  const bundles = bundlesOf(instance).filter((bundle) => bundle.every((one) => wanted.has(one)));
  const rest = () => items.filter((index) => chosen.on[index] === 0);
  const steps: Step[] = [];
  while (rest().length > 0) {
    let best: readonly number[] | undefined;
    let bestRatio = Number.NEGATIVE_INFINITY;
    for (const bundle of bundles) {
      const missing = bundle.filter((one) => chosen.on[one] === 0);
      if (missing.length === 0) continue;
      const bytes = missing.reduce((sum, one) => sum + (instance.bytes[one] as number), 0);
      const before = chosen.total;
      restore(chosen, missing);
      const gain = before - chosen.total;
      for (const one of missing) chosen.remove(one);
      if (gain > rounding && gain / Math.max(1, bytes) > bestRatio) {
        best = missing;
        bestRatio = gain / Math.max(1, bytes);
      }
    }
    yield;
    const taken = best ?? rest();
    const before = costsOf(chosen);
    const { total, bytes } = chosen;
    restore(chosen, taken);
    const changes = changesOf(context, before, costsOf(chosen));
    steps.push({
      indexes: idsOf(instance, taken),
      bytes: chosen.bytes - bytes,
      gain: total - chosen.total,
      total: chosen.total,
      changes,
    });
  }
  return steps;
}

function* worthOf(context: Context): Steps<Worth[]> {
  const { instance, items } = context;
  const chosen = startWith(instance, items);
  const withAll = costsOf(chosen);
  const { total } = chosen;
  const free = items.filter((index) => instance.kept[index] === 0);
  const found: Worth[] = [];
  for (const index of free) {
    yield;
    const gone = evict(chosen, index);
    const worth = chosen.total - total;
    const changes = changesOf(context, costsOf(chosen), withAll);
    restore(chosen, gone);
    found.push({ index: instance.ids[index] as string, bytes: instance.bytes[index] as number, worth, changes });
  }
  return found;
}

const sum = (costs: Float64Array) => costs.reduce((all, one) => all + one, 0);

/** Compares the answer with each index that is not in it. */
class Comparison {
  private readonly context: Context;
  private readonly chosen: Chosen;
  private readonly incumbent: Incumbent;
  private readonly total: number;

  constructor(context: Context, stop: () => boolean) {
    this.context = context;
    this.chosen = startWith(context.instance, context.items);
    this.incumbent = new Incumbent(context.instance, stop);
    this.total = this.chosen.total;
  }

  /** What queries gain from an index and what it requires, beside the answer or beside nothing. */
  private gainOf(index: number, beside: readonly number[]): number {
    const { instance } = this.context;
    const chosen = startWith(instance, beside);
    const before = sum(costsOf(chosen));
    restore(chosen, instance.needs[index] ?? []);
    return before - sum(costsOf(chosen));
  }

  /** The queries an index would help if it were alone, and what they use instead. */
  private coveredBy(index: number): number[] {
    const { instance, rounding } = this.context;
    const none = new Chosen(instance);
    const before = costsOf(none);
    restore(none, instance.needs[index] ?? []);
    const used = new Set<number>();
    instance.queryIds.forEach((_, query) => {
      if ((before[query] as number) - none.costOf(query) <= rounding) return;
      for (const one of this.chosen.usedBy(query)) used.add(one);
    });
    return [...used];
  }

  /** The answer with an index forced in: what had to go, and what the total becomes. */
  private *forced(index: number): Steps<{ readonly out: number[]; readonly dearer?: number }> {
    const { instance, items } = this.context;
    const chosen = startWith(instance, items);
    const inside = new Set(instance.needs[index]);
    const possible = place(chosen, [...inside]) && makeRoom(chosen, (one) => inside.has(one));
    const out = items.filter((one) => chosen.on[one] === 0);
    if (!possible) return { out };
    yield* fillRest(chosen, this.incumbent);
    return { out, dearer: Math.max(0, chosen.total - this.total) };
  }

  *loser(index: number, existing: boolean): Steps<Loser> {
    const { instance, rounding } = this.context;
    const bytes = instance.bytes[index] as number;
    const id = instance.ids[index] as string;
    const say = (why: Reason, instead: Iterable<number>, gain: number, dearer: number | undefined): Loser => ({
      index: id,
      bytes,
      existing,
      why,
      instead: idsOf(instance, instead),
      gain: Math.max(0, gain),
      ...(dearer === undefined ? {} : { dearer }),
    });
    const rivals = (instance.needs[index] ?? []).flatMap((one) =>
      (instance.conflicts[one] ?? []).filter((rival) => this.chosen.on[rival] === 1),
    );
    const gain = this.gainOf(index, this.context.items);
    if (rivals.length > 0) return say('superseded', new Set(rivals), gain, (yield* this.forced(index)).dearer);
    if (gain <= rounding) {
      const covering = this.coveredBy(index);
      const added = startWith(instance, this.context.items);
      restore(added, instance.needs[index] ?? []);
      return say(covering.length > 0 ? 'covered' : 'unused', covering, 0, Math.max(0, added.total - this.total));
    }
    const fresh = startWith(instance, this.context.items);
    restore(fresh, instance.needs[index] ?? []);
    if (fresh.total >= this.total - rounding) return say('writes', [], gain, fresh.total - this.total);
    const { out, dearer } = yield* this.forced(index);
    return say('room', out, gain, dearer);
  }
}

function* losersOf(problem: SelectionProblem, given: Context, stop: () => boolean): Steps<Loser[]> {
  if (stop()) return [];
  // What is larger than the whole budget was left out of the search, but there is something to say of it.
  const whole = { ...instanceOf({ ...problem, budget: Number.POSITIVE_INFINITY }), budget: problem.budget };
  const context = { ...given, instance: whole };
  const { instance, items } = context;
  const chosen = new Set(items);
  const of = new Map(instance.ids.map((id, at) => [id, at]));
  const comparison = new Comparison(context, stop);
  const losers: Loser[] = [];
  for (const index of problem.indexes) {
    yield;
    if (stop()) break;
    const at = of.get(index.id);
    const existing = index.standing === 'existing';
    if (at !== undefined && !chosen.has(at)) losers.push(yield* comparison.loser(at, existing));
    // What has no number was out before anything was chosen.
    if (at !== undefined || index.standing === 'key') continue;
    const stays = problem.indexes.filter(
      (other) => other.supersedes?.includes(index.id) === true || index.supersedes?.includes(other.id) === true,
    );
    const instead = stays.filter(({ standing, id }) => standing === 'key' || standing === 'kept' || chosen.has(of.get(id) ?? -1));
    losers.push({
      index: index.id,
      bytes: index.bytes,
      existing,
      why: 'superseded',
      instead: instead.map(({ id }) => id),
      gain: 0,
    });
  }
  const last = ({ dearer = Number.MAX_VALUE }: Loser) => dearer;
  return losers.sort((a, b) => last(a) - last(b) || b.gain - a.gain || (a.index < b.index ? -1 : 1));
}

/**
 * Why an answer is what it is: for each query what it costs and uses, the answer as it grows, what each index is worth in it,
 * and why each other index is not in it, the closest alternatives first.
 *
 * @param stop ends the comparison with what was not chosen early: the list of losers is shorter then
 */
export function* explain(
  problem: SelectionProblem,
  instance: Instance,
  items: readonly number[],
  stop: () => boolean,
): Steps<Explanation> {
  const context: Context = { instance, items, rounding: roundingOf(instance) };
  return {
    queries: outcomes(problem, context),
    steps: yield* stepsOf(context),
    worth: yield* worthOf(context),
    losers: yield* losersOf(problem, context, stop),
  };
}
