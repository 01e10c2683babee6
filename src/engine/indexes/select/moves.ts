import type { Steps } from '../../steps.ts';
import type { Chosen } from './chosen.ts';
import type { Instance } from './instance.ts';

/** Indexes that are tried together: one, or those that one way to answer a query wants at once. */
export type Bundle = readonly number[];

/** Differences below this share of the total are rounding. */
const ROUNDING = 1e-10;

/** What counts as a difference of cost. */
export function roundingOf(instance: Instance): number {
  let none = instance.constant;
  for (let q = 0; q < instance.queryIds.length; q++)
    none += instance.optionCost[(instance.optionStart[q + 1] as number) - 1] as number;
  return ROUNDING * Math.max(1e-300, none + instance.fixed.reduce((sum, one) => Math.max(sum, one), 0));
}

/**
 * Every single index that some query can use, and every set that an option of a query needs, each with what it requires.
 * Pairs whose parts gain nothing alone are found this way.
 */
export function bundlesOf(instance: Instance): Bundle[] {
  const { memberStart, member, needs, kept, conflicts } = instance;
  const found = new Map<string, Bundle>();
  const offer = (members: Iterable<number>) => {
    const all = new Set<number>();
    for (const one of members) for (const needed of needs[one] ?? []) if (kept[needed] === 0) all.add(needed);
    const bundle = [...all].sort((a, b) => a - b);
    const clash = bundle.some((one) => conflicts[one]?.some((other) => all.has(other)));
    if (bundle.length > 0 && !clash) found.set(bundle.join(), bundle);
  };
  for (const index of new Set(member)) offer([index]);
  for (let option = 0; option + 1 < memberStart.length; option++)
    offer(member.subarray(memberStart[option], memberStart[option + 1]));
  return [...found.values()];
}

/** Removes an index and all that need it. Returns what went. */
export function evict(chosen: Chosen, index: number): number[] {
  const gone = chosen.leaving(index);
  for (const one of gone) chosen.remove(one);
  return gone;
}

export function restore(chosen: Chosen, gone: readonly number[]): void {
  for (const one of gone) chosen.add(one);
}

/** Bytes that an index and those that need it take. */
function bytesWith(chosen: Chosen, index: number): number {
  return chosen.leaving(index).reduce((sum, one) => sum + (chosen.instance.bytes[one] as number), 0);
}

/** Removes what costs at least what it gains, the worst first. */
export function dropNeedless(chosen: Chosen, rounding: number): void {
  for (;;) {
    let worst = -1;
    let least = rounding;
    let bytes = -1;
    for (const index of chosen.items()) {
      if (chosen.instance.kept[index] === 1) continue;
      const loss = chosen.lossOf(index);
      if (loss > least) continue;
      const size = bytesWith(chosen, index);
      if (loss < least - rounding || size > bytes) {
        worst = index;
        least = loss;
        bytes = size;
      }
    }
    if (worst < 0) return;
    evict(chosen, worst);
  }
}

/** Removes what is missed least per byte until the rest fits. False when only what must stay is left. */
export function makeRoom(chosen: Chosen, stays: (index: number) => boolean): boolean {
  const { kept, neededBy, budget } = chosen.instance;
  while (chosen.bytes > budget) {
    const over = chosen.bytes - budget;
    let worst = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const index of chosen.items()) {
      if (kept[index] === 1 || stays(index) || neededBy[index]?.some((one) => chosen.on[one] === 1 && stays(one))) continue;
      const bytes = bytesWith(chosen, index);
      if (bytes <= 0) continue;
      // Room beyond what is missing is not worth anything by itself.
      const price = chosen.lossOf(index) / Math.min(bytes, over);
      if (price < least) {
        worst = index;
        least = price;
      }
    }
    if (worst < 0) return false;
    evict(chosen, worst);
  }
  return true;
}

/** Puts a bundle in, and what cannot stand beside it out. */
export function place(chosen: Chosen, bundle: Bundle): boolean {
  for (const one of bundle) {
    for (const rival of chosen.instance.conflicts[one] ?? []) {
      if (chosen.on[rival] === 0) continue;
      if (evict(chosen, rival).some((gone) => bundle.includes(gone))) return false;
    }
  }
  for (const one of bundle) chosen.add(one);
  return true;
}

interface Filling {
  readonly rounding: number;
  stop(): boolean;
  barred(index: number): boolean;
}

/** A bundle that may be added, with what it gained when that was last worked out. */
interface Offer {
  readonly bundle: Bundle;
  missing: readonly number[];
  bytes: number;
  gain: number;
  since: number;
}

/** Whether there is room for what an offer still lacks, and nothing against it. */
function stands(chosen: Chosen, offer: Offer): boolean {
  const { on, instance } = chosen;
  if (offer.missing.some((one) => on[one] === 1)) {
    offer.missing = offer.missing.filter((one) => on[one] === 0);
    offer.bytes = offer.missing.reduce((sum, one) => sum + (instance.bytes[one] as number), 0);
    offer.since = -1;
  }
  if (offer.missing.length === 0 || chosen.bytes + offer.bytes > instance.budget) return false;
  return !offer.missing.some((one) => instance.conflicts[one]?.some((rival) => on[rival] === 1));
}

/** Bundles whose gain is looked at in one step. */
export const AT_ONCE = 50;

const ratioOf = ({ gain, bytes }: Offer) => gain / Math.max(1, bytes);

/** Adds bundles that fit, the best gain per byte first, until none gains. */
export function* fill(chosen: Chosen, bundles: readonly Bundle[], { rounding, stop, barred }: Filling): Steps<void> {
  const room = chosen.instance.budget - chosen.bytes;
  let offers: Offer[] = [];
  let looked = 0;
  for (const bundle of bundles) {
    const offer: Offer = { bundle, missing: bundle, bytes: 0, gain: 0, since: -1 };
    offer.bytes = bundle.reduce((sum, one) => sum + (chosen.on[one] === 1 ? 0 : (chosen.instance.bytes[one] as number)), 0);
    if (offer.bytes <= room && !bundle.some((one) => barred(one))) offers.push(offer);
  }
  for (;;) {
    let best: Offer | undefined;
    offers = offers.filter((offer) => stands(chosen, offer));
    for (const offer of offers) {
      if (offer.since < 0 || !offer.missing.every((one) => chosen.isAsItWas(one, offer.since))) {
        offer.gain = chosen.gainOf(offer.missing);
        offer.since = chosen.time;
        if (++looked % AT_ONCE === 0) yield;
      }
      if (offer.gain > rounding && (best === undefined || ratioOf(offer) > ratioOf(best))) best = offer;
    }
    yield;
    if (best === undefined || stop()) return;
    for (const one of best.missing) chosen.add(one);
  }
}
