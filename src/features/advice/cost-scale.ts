/** How long bars of costs are: costs of one workload differ by nine orders of magnitude and more. */
export interface CostScale {
  /** Share of the whole length, 0 to 1; what costs anything is seen. */
  lengthOf(cost: number): number;
  /** Powers of ten with their places, for lines behind the bars. */
  readonly ticks: readonly { readonly at: number; readonly value: number }[];
}

/** The shortest bar. */
const LEAST = 0.015;
/** More lines than these are noise. */
const MOST_TICKS = 6;

/**
 * A logarithmic scale that holds all of some costs: it begins a little below the least.
 * @param costs those that are drawn; what is not above 0 counts as nothing
 */
export function logScale(costs: Iterable<number>): CostScale {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const cost of costs) {
    if (!(cost > 0) || !Number.isFinite(cost)) continue;
    low = Math.min(low, cost);
    high = Math.max(high, cost);
  }
  if (high === 0) return { lengthOf: () => 0, ticks: [] };
  const from = Math.floor(Math.log10(low) - 0.3);
  const to = Math.max(from + 1, Math.log10(high));
  const lengthOf = (cost: number) => (cost > 0 ? Math.min(1, Math.max(LEAST, (Math.log10(cost) - from) / (to - from))) : 0);
  const powers = Math.floor(to) - from;
  const step = Math.max(1, Math.ceil(powers / MOST_TICKS));
  const ticks = [];
  for (let power = from + step; power <= to; power += step) ticks.push({ at: (power - from) / (to - from), value: 10 ** power });
  return { lengthOf, ticks };
}

/** A scale on which a cost is drawn as its share of another. */
export function shareScale(whole: number): CostScale {
  return {
    lengthOf: (cost) => (cost > 0 && whole > 0 ? Math.min(1, Math.max(LEAST, cost / whole)) : 0),
    ticks: [0.25, 0.5, 0.75, 1].map((at) => ({ at, value: at * whole })),
  };
}
