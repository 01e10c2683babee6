/** How a property test runs: fast and always the same in `npm test`, long and from another seed in `npm run test:long`. */

const LONG_SEED = process.env['LONG_SEED'];

/** How many times more a property is tried in a long run, unless it says so itself. `LONG_FACTOR` scales all of them. */
const TIMES = 20;
const SCALE = Number(process.env['LONG_FACTOR'] ?? 1);

/** True in a long run. */
export const isLong = LONG_SEED !== undefined;

/** @param usual a number for short runs. @param times how many times more in a long run. */
export function more(usual: number, times = TIMES): number {
  return isLong ? Math.max(1, Math.ceil(usual * times * SCALE)) : usual;
}

/** The seed of this run. @param usual the one of short runs. */
export function seedOf(usual: number): number {
  // Properties of one long run do not all draw the same numbers.
  return isLong ? (Number(LONG_SEED) + usual) | 0 : usual;
}

/** Parameters for fast-check. @param usual seed and number of short runs. */
export function runs(seed: number, numRuns = 100, times = TIMES): { readonly seed: number; readonly numRuns: number } {
  return { seed: seedOf(seed), numRuns: more(numRuns, times) };
}
