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
  const gone = [index, ...(chosen.instance.neededBy[index] ?? [])].filter((one) => chosen.on[one] === 1);
  for (const one of gone) chosen.remove(one);
  return gone;
}

export function restore(chosen: Chosen, gone: readonly number[]): void {
  for (const one of gone) chosen.add(one);
}

/** What the total rises by without an index and those that need it; negative when it costs more than it gains. */
export function lossOf(chosen: Chosen, index: number): { readonly loss: number; readonly bytes: number } {
  const before = chosen.total;
  const bytesBefore = chosen.bytes;
  const gone = evict(chosen, index);
  const out = { loss: chosen.total - before, bytes: bytesBefore - chosen.bytes };
  restore(chosen, gone);
  return out;
}

/** Removes what costs at least what it gains, the worst first. */
export function dropNeedless(chosen: Chosen, rounding: number): void {
  for (;;) {
    let worst = -1;
    let least = rounding;
    let bytes = 0;
    for (const index of chosen.items()) {
      if (chosen.instance.kept[index] === 1) continue;
      const one = lossOf(chosen, index);
      if (one.loss < least - rounding || (one.loss <= least && one.bytes > bytes)) {
        worst = index;
        least = Math.min(one.loss, rounding);
        bytes = one.bytes;
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
      const { loss, bytes } = lossOf(chosen, index);
      if (bytes <= 0) continue;
      // Room beyond what is missing is not worth anything by itself.
      const price = loss / Math.min(bytes, over);
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

/** Adds bundles that fit, the best gain per byte first, until none gains. */
export function fill(chosen: Chosen, bundles: readonly Bundle[], { rounding, stop, barred }: Filling): void {
  const { instance } = chosen;
  let open = bundles.filter((bundle) => !bundle.some((one) => barred(one)));
  for (;;) {
    let best: Bundle | undefined;
    let bestRatio = 0;
    const next: Bundle[] = [];
    for (const bundle of open) {
      const missing = bundle.filter((one) => chosen.on[one] === 0);
      if (missing.length === 0) continue;
      if (missing.some((one) => instance.conflicts[one]?.some((rival) => chosen.on[rival] === 1))) continue;
      const bytes = missing.reduce((sum, one) => sum + (instance.bytes[one] as number), 0);
      if (chosen.bytes + bytes > instance.budget) continue;
      next.push(bundle);
      const before = chosen.total;
      for (const one of missing) chosen.add(one);
      const gain = before - chosen.total;
      for (const one of missing) chosen.remove(one);
      const ratio = gain / Math.max(1, bytes);
      if (gain > rounding && ratio > bestRatio) {
        best = missing;
        bestRatio = ratio;
      }
    }
    if (best === undefined || stop()) return;
    for (const one of best) chosen.add(one);
    open = next;
  }
}
