import type { Budget } from '../../budget.ts';
import { inSteps } from '../../steps.ts';
import type { AskedProblem, Asking } from './explore.ts';
import type { Graph } from './oracle.ts';
import type { Combination } from './problem.ts';
import { selecting } from './select.ts';

/** Classes of size that a query is asked about. */
const CLASSES = 7;
/** Partial answers that the proof looks at: most of it is in the first. */
const NODES = 40;

/** Sizes at which classes end, the smallest first: each has about as many indexes. */
function endsOf(sizes: readonly number[]): readonly number[] {
  const sorted = [...sizes].sort((a, b) => a - b);
  const ends = Array.from({ length: CLASSES }, (_, at) => sorted[Math.ceil(((at + 1) * sorted.length) / CLASSES) - 1] ?? 0);
  return [...new Set(ends)];
}

/** A query, and its indexes by size. */
export interface Classed {
  readonly graph: Graph;
  /** Some of its indexes are larger than all the room there is. */
  readonly tight: boolean;
  /** Indexes up to a size, and those of them that are larger than the size before; what is kept anyway is in all. */
  readonly classes: readonly { readonly within: readonly string[]; readonly news: readonly string[] }[];
}

/**
 * The indexes of each query by size, without those that there is no room for.
 * @param stays ids of what is in every answer
 */
export function bySize(
  { indexes, budget }: AskedProblem,
  graphs: readonly Graph[],
  stays: ReadonlySet<string>,
): readonly Classed[] {
  const bytes = new Map(indexes.map((one) => [one.id, one.standing === 'key' ? 0 : one.bytes]));
  const sizeOf = (id: string) => bytes.get(id) ?? 0;
  const room = [...stays].reduce((left, id) => left - sizeOf(id), budget);
  return graphs.map((graph) => {
    const movable = graph.relevant.filter((id) => !stays.has(id) && sizeOf(id) <= room);
    const ends = endsOf(movable.map(sizeOf));
    const classes = ends.map((end, at) => ({
      within: graph.relevant.filter((id) => stays.has(id) || sizeOf(id) <= end),
      news: movable.filter((id) => sizeOf(id) <= end && sizeOf(id) > (ends[at - 1] ?? -1)),
    }));
    return { graph, tight: graph.relevant.some((id) => !stays.has(id) && sizeOf(id) > room), classes };
  });
}

/** What has to be asked for `boundBySizes`; nothing where there is room for each index, for little would be proved by it. */
export function askingBySize(classed: readonly Classed[]): readonly Asking[] {
  return classed.flatMap(({ graph, tight, classes }) => (tight ? classes.map(({ within }) => ({ graph, indexes: within })) : []));
}

/** No way to answer a query costs less than these: with nothing, and with any one index of a size. */
function leastWays({ graph, classes }: Classed, stays: ReadonlySet<string>): readonly Combination[] {
  const nothing = graph.knows(new Set(graph.relevant.filter((id) => stays.has(id))))?.cost ?? graph.floor;
  const ways = classes.flatMap(({ within, news }) => {
    const cost = graph.knows(new Set(within))?.cost ?? graph.floor;
    return news.map((id) => ({ indexes: [id], cost }));
  });
  return [{ indexes: [], cost: nothing }, ...ways];
}

/**
 * What is proved where not every set was asked for. A set costs a query no less than all indexes do that are no larger than
 * its largest one, as more indexes never cost more. So a query that is not wholly known may have that cost as soon as one index
 * of that size is there. The least total of this easier problem is no more than any answer's, and unlike the cost with every
 * index there it knows that room is short.
 *
 * @returns a lower bound of the total
 */
export async function boundBySizes(
  problem: AskedProblem,
  classed: readonly Classed[],
  stays: ReadonlySet<string>,
  budget: Budget,
): Promise<number> {
  const costs = new Map(
    classed.map((one) => [one.graph.query, one.graph.complete ? one.graph.combinations() : leastWays(one, stays)] as const),
  );
  const selected = await inSteps(selecting({ ...problem, costs }, budget, { nodes: NODES }), budget);
  return selected.ok ? selected.value.value.bound : 0;
}
