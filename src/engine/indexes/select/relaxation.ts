import type { Steps } from '../../steps.ts';
import type { Instance } from './instance.ts';

/** What is decided about each index: 1 it is in, -1 it is out, 0 open. */
export type Decisions = Int8Array;

/** What one look at the relaxed problem says. */
export interface Relaxed {
  /** No answer that agrees with the decisions costs less. */
  readonly bound: number;
  /** Prices at which the bound was found. */
  readonly prices: Float64Array;
  /** How far each index was in, averaged over the search: near 0 or 1 where the relaxation has made up its mind. */
  readonly share: Float64Array;
  /** By how much the bound rises, at least, when an index is decided against what the relaxation does. */
  readonly regret: Float64Array;
  /** Whether the relaxation has the index in (1) or not (0), where the bound was found. */
  readonly wants: Float64Array;
}

export interface Pursuit {
  /** Cost of the best answer known: steps are measured by the distance to it, and looking ends when the bound is there. */
  goal(): number;
  readonly iterations: number;
  /** After so many iterations in a row without a better bound the step is halved. */
  readonly patience: number;
  stop(): boolean;
  /** Called now and then with what the relaxation has in, as a start for a search. */
  offer?(wants: Float64Array): Steps<void>;
}

/**
 * Lower bounds by Lagrangian relaxation. In the integer program each query takes exactly one option, and an index can be used
 * by a query only if it is there: sum over the query's options with index i of y <= x_i. These conditions are taken out, each
 * at a price u(q, i) >= 0; what is left falls apart into the cheapest option of each query at its prices, and a knapsack of
 * indexes that earn their prices, which is solved with fractions. Prices are improved along subgradients with Polyak's step.
 *
 * A. M. Geoffrion, Lagrangian relaxation for integer programming, 1974; B. T. Polyak, 1969; deflection after P. M. Camerini,
 * L. Fratta and F. Maffioli, 1975.
 */
export class Relaxation {
  readonly instance: Instance;
  /** Options that no answer better than the best known takes; decided along with indexes. */
  private readonly link: Int32Array;
  private readonly linkIndex: Int32Array;
  readonly links: number;

  constructor(instance: Instance) {
    this.instance = instance;
    const { optionStart, memberStart, member } = instance;
    this.link = new Int32Array(member.length);
    const owners: number[] = [];
    for (let query = 0; query < instance.queryIds.length; query++) {
      const seen = new Map<number, number>();
      const from = memberStart[optionStart[query] as number] as number;
      const to = memberStart[optionStart[query + 1] as number] as number;
      for (let at = from; at < to; at++) {
        const index = member[at] as number;
        let link = seen.get(index);
        if (link === undefined) {
          link = owners.length;
          seen.set(index, link);
          owners.push(index);
        }
        this.link[at] = link;
      }
    }
    this.links = owners.length;
    this.linkIndex = Int32Array.from(owners);
  }

  /** What each index costs for being there, at least: with the updates that it, or one that is in, makes leave their page. */
  private dues(decisions: Decisions): { readonly due: Float64Array; readonly constant: number } {
    const { fixed, charges } = this.instance;
    const due = fixed.slice();
    let { constant } = this.instance;
    for (const { breaks, flat, indexes, costs } of charges) {
      const broken = breaks.some((index) => decisions[index] === 1);
      if (broken) constant += flat;
      indexes.forEach((index, at) => {
        if (broken || breaks.includes(index)) due[index] = (due[index] as number) + (costs[at] as number);
      });
    }
    return { due, constant };
  }

  /** What each option costs at given prices. */
  pricedCosts(prices: Float64Array): Float64Array {
    const { optionCost, memberStart } = this.instance;
    const out = optionCost.slice();
    for (let option = 0; option < out.length; option++) {
      const last = memberStart[option + 1] as number;
      for (let m = memberStart[option] as number; m < last; m++)
        out[option] = (out[option] as number) + (prices[this.link[m] as number] as number);
    }
    return out;
  }

  /** @param dead options that are out of the question: 1. @param prices from which to start. */
  *pursue(decisions: Decisions, dead: Uint8Array, prices: Float64Array, pursuit: Pursuit): Steps<Relaxed> {
    const work = new Work(this.instance, this.link, this.linkIndex, decisions, dead, this.dues(decisions));
    let at = prices.slice();
    let best: Relaxed | undefined;
    const share = new Float64Array(this.instance.ids.length);
    let theta = 1;
    let since = 0;
    const direction = new Float64Array(this.links);
    for (let iteration = 0; iteration < pursuit.iterations; iteration++) {
      const bound = work.evaluate(at);
      const weight = Math.max(0.05, 1 / (iteration + 1));
      for (let i = 0; i < share.length; i++)
        share[i] = (share[i] as number) + weight * ((work.wants[i] as number) - (share[i] as number));
      if (best === undefined || bound > best.bound) {
        best = { bound, prices: at.slice(), share, regret: work.regret(), wants: work.wants.slice() };
        since = 0;
      } else if (++since >= pursuit.patience) {
        theta /= 2;
        since = 0;
        at = best.prices.slice();
        direction.fill(0);
        work.evaluate(at);
      }
      if (pursuit.goal() <= best.bound || theta < 1e-4 || pursuit.stop()) break;
      yield;
      if (iteration % 25 === 24 && pursuit.offer !== undefined) yield* pursuit.offer(work.wants);
      if (!work.step(at, direction, theta, pursuit.goal() - bound)) break;
    }
    return best as Relaxed;
  }
}

/** One pursuit's arrays. */
class Work {
  private readonly instance: Instance;
  private readonly link: Int32Array;
  private readonly linkIndex: Int32Array;
  private readonly decisions: Decisions;
  private readonly due: Float64Array;
  private readonly constant: number;
  private readonly live: Int32Array;
  private readonly liveStart: Int32Array;
  private readonly slope: Float64Array;
  private readonly value: Float64Array;
  private readonly open: Int32Array;
  private readonly room: number;
  private rate = 0;
  readonly wants: Float64Array;

  constructor(
    instance: Instance,
    link: Int32Array,
    linkIndex: Int32Array,
    decisions: Decisions,
    dead: Uint8Array,
    dues: { readonly due: Float64Array; readonly constant: number },
  ) {
    this.instance = instance;
    this.link = link;
    this.linkIndex = linkIndex;
    this.decisions = decisions;
    this.due = dues.due;
    this.constant = dues.constant;
    this.slope = new Float64Array(linkIndex.length);
    this.value = new Float64Array(instance.ids.length);
    this.wants = new Float64Array(instance.ids.length);
    const live: number[] = [];
    this.liveStart = new Int32Array(instance.queryIds.length + 1);
    for (let query = 0; query < instance.queryIds.length; query++) {
      for (let option = instance.optionStart[query] as number; option < (instance.optionStart[query + 1] as number); option++)
        if (dead[option] === 0) live.push(option);
      this.liveStart[query + 1] = live.length;
    }
    this.live = Int32Array.from(live);
    const used = new Set(linkIndex);
    this.open = Int32Array.from([...used].filter((index) => decisions[index] === 0));
    let room = instance.budget;
    decisions.forEach((decision, index) => {
      if (decision === 1) room -= instance.bytes[index] as number;
    });
    this.room = room;
  }

  /** The bound at given prices; leaves behind what the relaxation takes, and the slope along which prices rise. */
  evaluate(prices: Float64Array): number {
    const { instance, link, linkIndex, slope, value, decisions, wants } = this;
    const { memberStart, optionCost } = instance;
    value.set(this.due);
    slope.fill(0);
    let bound = this.constant;
    for (let query = 0; query + 1 < this.liveStart.length; query++) {
      let least = Number.POSITIVE_INFINITY;
      let taken = -1;
      const end = this.liveStart[query + 1] as number;
      for (let at = this.liveStart[query] as number; at < end; at++) {
        const option = this.live[at] as number;
        let cost = optionCost[option] as number;
        // Options come cheapest first, and prices only add to them.
        if (cost >= least) break;
        const last = memberStart[option + 1] as number;
        for (let m = memberStart[option] as number; m < last; m++) cost += prices[link[m] as number] as number;
        if (cost < least) {
          least = cost;
          taken = option;
        }
      }
      // Every option is out of the question: no answer agrees with the decisions.
      if (taken < 0) return Number.POSITIVE_INFINITY;
      bound += least;
      const last = memberStart[taken + 1] as number;
      for (let m = memberStart[taken] as number; m < last; m++) slope[link[m] as number] = 1;
    }
    for (let at = 0; at < prices.length; at++) {
      const index = linkIndex[at] as number;
      value[index] = (value[index] as number) - (prices[at] as number);
    }
    for (let index = 0; index < decisions.length; index++) {
      wants[index] = decisions[index] === 1 ? 1 : 0;
      if (decisions[index] === 1) bound += value[index] as number;
    }
    bound += this.pack();
    for (let at = 0; at < slope.length; at++) slope[at] = (slope[at] as number) - (wants[linkIndex[at] as number] as number);
    return bound;
  }

  /** The fractional knapsack: what earns most per byte first. */
  private pack(): number {
    const { value, wants } = this;
    const { bytes } = this.instance;
    const earning = this.open.filter((index) => (value[index] as number) < 0);
    earning.sort((a, b) => (value[a] as number) * (bytes[b] as number) - (value[b] as number) * (bytes[a] as number));
    let left = this.room;
    let sum = 0;
    this.rate = 0;
    for (const index of earning) {
      const size = bytes[index] as number;
      if (size <= left) {
        wants[index] = 1;
        left -= size;
        sum += value[index] as number;
      } else {
        this.rate = -(value[index] as number) / size;
        wants[index] = left / size;
        sum += ((value[index] as number) * left) / size;
        break;
      }
    }
    return sum;
  }

  /** What the bound rises by, at least, when an open index is decided the other way than it is now. */
  regret(): Float64Array {
    const out = new Float64Array(this.value.length);
    for (const index of this.open) {
      const reduced = (this.value[index] as number) + this.rate * (this.instance.bytes[index] as number);
      const wanted = this.wants[index] as number;
      out[index] = wanted > 0 && wanted < 1 ? 0 : Math.abs(reduced);
    }
    return out;
  }

  /** Moves the prices. False when there is no direction left: the bound is the best there is. */
  step(prices: Float64Array, direction: Float64Array, theta: number, gap: number): boolean {
    const { slope } = this;
    let along = 0;
    let norm = 0;
    for (let at = 0; at < slope.length; at++) {
      // A price of zero cannot fall.
      if ((prices[at] as number) <= 0 && (slope[at] as number) < 0) slope[at] = 0;
      along += (slope[at] as number) * (direction[at] as number);
      norm += (direction[at] as number) ** 2;
    }
    const turn = along < 0 && norm > 0 ? (-1.5 * along) / norm : 0;
    let length = 0;
    for (let at = 0; at < slope.length; at++) {
      const next = (slope[at] as number) + turn * (direction[at] as number);
      direction[at] = next;
      length += next * next;
    }
    if (length < 1e-18) return false;
    const stride = (theta * gap) / length;
    for (let at = 0; at < slope.length; at++) prices[at] = Math.max(0, (prices[at] as number) + stride * (direction[at] as number));
    return true;
  }
}

/** Kills options whose taking would lift the bound above the best answer known. Returns how many it killed. */
export function killOptions(
  instance: Instance,
  relaxation: Relaxation,
  prices: Float64Array,
  bound: number,
  goal: number,
  dead: Uint8Array,
): number {
  let killed = 0;
  const cost = relaxation.pricedCosts(prices);
  for (let query = 0; query < instance.queryIds.length; query++) {
    const from = instance.optionStart[query] as number;
    const to = instance.optionStart[query + 1] as number;
    let least = Number.POSITIVE_INFINITY;
    for (let option = from; option < to; option++) if (dead[option] === 0) least = Math.min(least, cost[option] as number);
    for (let option = from; option < to; option++) {
      if (dead[option] === 1 || bound + (cost[option] as number) - least < goal) continue;
      dead[option] = 1;
      killed++;
    }
  }
  return killed;
}
