import type { Steps } from '../../steps.ts';
import { Chosen } from './chosen.ts';
import { type Incumbent, settle } from './improve.ts';
import { AT_ONCE, type Bundle, evict, restore } from './moves.ts';

/** A step of growth: an index comes, and a smaller variant of it may go. */
interface Growth {
  readonly comes: readonly number[];
  readonly goes: number | undefined;
  readonly ratio: number;
}

/**
 * Grows an answer as Extend does (R. Schlosser, J. Kossmann, M. Boissier, ICDE 2019): from nothing, again and again the step with
 * the best gain per additional byte, where an index may take the place of a smaller variant of itself. So a small index that is
 * soon worth its room does not keep out a larger one that does its work and more.
 */
export function* grow(incumbent: Incumbent): Steps<void> {
  const { instance, rounding, stop } = incumbent;
  if (instance.variants.every((list) => list.length === 0)) return;
  const chosen = new Chosen(instance);
  for (;;) {
    let best: Growth | undefined;
    for (const [at, comes] of incumbent.singles.entries()) {
      if (at % AT_ONCE === AT_ONCE - 1) yield;
      const found = growthOf(chosen, comes, rounding);
      if (found !== undefined && (best === undefined || found.ratio > best.ratio)) best = found;
    }
    yield;
    if (stop()) return;
    if (best === undefined) break;
    if (best.goes !== undefined) evict(chosen, best.goes);
    for (const one of best.comes) chosen.add(one);
  }
  yield* settle(chosen, incumbent, incumbent.singles);
  incumbent.offer(chosen.items());
}

/** The best way for an index to come: beside what is there, or in the place of a smaller variant. */
function growthOf(chosen: Chosen, bundle: Bundle, rounding: number): Growth | undefined {
  const { on, instance } = chosen;
  const missing = bundle.filter((one) => on[one] === 0);
  if (missing.length === 0 || missing.some((one) => instance.conflicts[one]?.some((rival) => on[rival] === 1))) return undefined;
  const more = missing.reduce((sum, one) => sum + (instance.bytes[one] as number), 0);
  const variants = missing.length === 1 ? (instance.variants[missing[0] as number] ?? []) : [];
  let best: Growth | undefined;
  for (const goes of [undefined, ...variants]) {
    if (goes !== undefined && !mayGo(chosen, goes, more)) continue;
    const extra = more - (goes === undefined ? 0 : (instance.bytes[goes] as number));
    if (chosen.bytes + extra > instance.budget) continue;
    const lost = goes === undefined ? [] : evict(chosen, goes);
    const gain = chosen.gainOf(missing);
    const before = chosen.total;
    restore(chosen, lost);
    const ratio = (gain - (before - chosen.total)) / Math.max(1, extra);
    if (ratio * Math.max(1, extra) > rounding && (best === undefined || ratio > best.ratio)) best = { comes: missing, goes, ratio };
  }
  return best;
}

/** Whether an index is there, smaller than what would come for it, and nothing else rests on it. */
function mayGo({ on, instance }: Chosen, index: number, bytes: number): boolean {
  if (on[index] === 0 || instance.kept[index] === 1 || (instance.bytes[index] as number) >= bytes) return false;
  return !instance.neededBy[index]?.some((one) => on[one] === 1);
}
