import type { Steps } from '../../steps.ts';
import { Chosen, costOfSet } from './chosen.ts';
import type { Instance } from './instance.ts';
import { AT_ONCE, type Bundle, bundlesOf, dropNeedless, evict, fill, makeRoom, place, roundingOf } from './moves.ts';

/** The best answer so far; it only gets better. */
export class Incumbent {
  readonly instance: Instance;
  readonly rounding: number;
  readonly bundles: readonly Bundle[];
  readonly singles: readonly Bundle[];
  readonly stop: () => boolean;
  items: readonly number[];
  total: number;
  bytes: number;

  /**
   * Starts with what must be there and nothing else.
   *
   * @param stop whether work on it should end
   */
  constructor(instance: Instance, stop: () => boolean) {
    this.instance = instance;
    this.stop = stop;
    this.rounding = roundingOf(instance);
    this.bundles = bundlesOf(instance);
    this.singles = this.bundles.filter((bundle) => bundle.some((one) => instance.needs[one]?.length === bundle.length));
    this.items = new Chosen(instance).items();
    const { total, bytes } = costOfSet(instance, this.items);
    this.total = total;
    this.bytes = bytes;
  }

  /** Takes a set when it fits and is better, or as good and smaller. */
  offer(items: readonly number[]): boolean {
    const { total, bytes } = costOfSet(this.instance, items);
    if (bytes > this.instance.budget) return false;
    const better = total < this.total - this.rounding || (total <= this.total + this.rounding && bytes < this.bytes);
    if (!better) return false;
    this.items = [...items].sort((a, b) => a - b);
    this.total = total;
    this.bytes = bytes;
    return true;
  }
}

const never = () => false;

/** Fills from what is there and takes out what is not worth it. */
export function* settle(
  chosen: Chosen,
  incumbent: Incumbent,
  bundles: readonly Bundle[],
  { barred = never, stop = incumbent.stop }: { barred?(index: number): boolean; stop?(): boolean } = {},
): Steps<void> {
  dropNeedless(chosen, incumbent.rounding);
  yield* fill(chosen, bundles, { rounding: incumbent.rounding, stop, barred });
  dropNeedless(chosen, incumbent.rounding);
}

/** Puts a bundle in whatever it costs, makes room for it, and fills what is left. */
function* forceIn(chosen: Chosen, incumbent: Incumbent, bundle: Bundle): Steps<boolean> {
  const inside = new Set(bundle);
  if (!place(chosen, bundle) || !makeRoom(chosen, (index) => inside.has(index))) return false;
  yield* settle(chosen, incumbent, incumbent.singles);
  return true;
}

/** Takes one out and fills the room without it. */
function* forceOut(chosen: Chosen, incumbent: Incumbent, index: number): Steps<void> {
  const gone = new Set(evict(chosen, index));
  yield* settle(chosen, incumbent, incumbent.bundles, { barred: (one) => gone.has(one) });
}

/** Bundles that are forced in before it is looked again which are worth it. */
const MOST_TRIED = 300;

/** What has to go for some more bytes costs at least about this much, by what each index is missed for now. */
function priceOfRoom(chosen: Chosen): (bytes: number) => number {
  const { bytes, kept, budget } = chosen.instance;
  const leaving = chosen.items().filter((index) => kept[index] === 0 && (bytes[index] as number) > 0);
  const prices = leaving.map((index) => ({ size: bytes[index] as number, price: chosen.lossOf(index) / (bytes[index] as number) }));
  prices.sort((a, b) => a.price - b.price);
  return (more) => {
    let missing = chosen.bytes + more - budget;
    let cost = 0;
    for (const { size, price } of prices) {
      if (missing <= 0) break;
      cost += price * Math.min(size, missing);
      missing -= size;
    }
    return cost;
  };
}

/** Bundles that are not in and would gain something if there were room, the most promising first. */
function* promising(chosen: Chosen, incumbent: Incumbent): Steps<Bundle[]> {
  const { instance, rounding } = incumbent;
  const priceOf = priceOfRoom(chosen);
  const found: { readonly bundle: Bundle; readonly profit: number }[] = [];
  for (const [at, bundle] of incumbent.bundles.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) yield;
    if (incumbent.stop()) return [];
    const missing = bundle.filter((one) => chosen.on[one] === 0);
    const gain = missing.length === 0 ? 0 : chosen.gainOf(missing);
    if (gain <= rounding) continue;
    const bytes = missing.reduce((sum, one) => sum + (instance.bytes[one] as number), 0);
    found.push({ bundle, profit: gain - priceOf(bytes) });
  }
  found.sort((a, b) => b.profit - a.profit);
  return found.slice(0, MOST_TRIED).map(({ bundle }) => bundle);
}

/**
 * Descends from a set: the most promising bundles are forced in, with what is missed least per byte making room, and every
 * index forced out once, with what gains most per byte taking its room; the first change that is better is kept, until none is.
 */
export function* descend(chosen: Chosen, incumbent: Incumbent): Steps<void> {
  const { instance, rounding, stop } = incumbent;
  let here = chosen.items();
  let total = chosen.total;
  const accept = () => {
    if (chosen.total >= total - rounding || chosen.bytes > instance.budget) {
      chosen.become(here);
      return false;
    }
    here = chosen.items();
    total = costOfSet(instance, here).total;
    return true;
  };
  for (let better = true; better; ) {
    better = false;
    for (const bundle of yield* promising(chosen, incumbent)) {
      if (stop()) break;
      if (bundle.every((one) => chosen.on[one] === 1)) continue;
      if (yield* forceIn(chosen, incumbent, bundle)) better = accept() || better;
      else chosen.become(here);
    }
    for (const index of here) {
      if (stop()) break;
      if (chosen.on[index] === 0 || instance.kept[index] === 1) continue;
      yield* forceOut(chosen, incumbent, index);
      better = accept() || better;
    }
    if (stop()) break;
  }
  incumbent.offer(here);
}

/** Uses the room that is left, one index at a time. */
export function* fillRest(chosen: Chosen, incumbent: Incumbent): Steps<void> {
  yield* fill(chosen, incumbent.singles, { rounding: incumbent.rounding, stop: incumbent.stop, barred: never });
}

/**
 * First answers: the best gain per byte first; of single indexes alone, which is soon done and so done in any case, and then
 * with sets that only gain together among them.
 */
export function* begin(incumbent: Incumbent): Steps<void> {
  for (const bundles of [incumbent.singles, incumbent.bundles]) {
    const chosen = new Chosen(incumbent.instance);
    yield* settle(chosen, incumbent, bundles, bundles === incumbent.singles ? { stop: never } : {});
    incumbent.offer(chosen.items());
    if (incumbent.stop()) return;
  }
}

/** A start from shares between 0 and 1: what is wholly in, then what gains most. */
export function* startFrom(incumbent: Incumbent, wants: Float64Array, least = 0.999): Steps<void> {
  const { instance } = incumbent;
  const chosen = new Chosen(instance);
  for (let index = 0; index < wants.length; index++) {
    if ((wants[index] as number) < least || chosen.on[index] === 1) continue;
    const needed = instance.needs[index] ?? [];
    const extra = needed.reduce((sum, one) => (chosen.on[one] === 1 ? sum : sum + (instance.bytes[one] as number)), 0);
    const clash = needed.some((one) => instance.conflicts[one]?.some((rival) => chosen.on[rival] === 1));
    if (!clash && chosen.bytes + extra <= instance.budget) for (const one of needed) chosen.add(one);
  }
  yield* settle(chosen, incumbent, incumbent.singles);
  incumbent.offer(chosen.items());
}
