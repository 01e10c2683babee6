import type { AskedProblem, Asking, Inquiry } from './explore.ts';
import type { Graph } from './oracle.ts';

/** With no more indexes than this every plan is looked for at once: nothing is saved by looking at some first. */
export const FEW = 6;
/** Answers about the plans of one query that are asked for at most before an answer is looked for. */
const MOST_OF_ONE = 120;
/** Share of what may still be asked for that goes into that. */
const SHARE = 0.5;
/** Below this share of what a query can gain at most nothing is looked at any more. */
const LITTLE = 1e-3;

interface Variants {
  readonly bytes: ReadonlyMap<string, number>;
  readonly leads: ReadonlyMap<string, string>;
}

function variantsOf({ indexes, leads = new Map() }: AskedProblem): Variants {
  return { bytes: new Map(indexes.map((one) => [one.id, one.bytes])), leads };
}

/**
 * The indexes of a query that are worth looking at together: the plan is asked for with all of them, then without those that
 * it used and without their variants that are no smaller, which it passed over, until nothing is gained. What is left out is
 * larger and, where it was compared, dearer than one of these.
 */
async function frontier(inquiry: Inquiry, graph: Graph, { bytes, leads }: Variants): Promise<readonly string[]> {
  const found: string[] = [];
  let rest = graph.relevant;
  while (inquiry.left > 0 && rest.length > 0) {
    await inquiry.ask([{ graph, indexes: rest }]);
    const known = graph.knows(new Set(rest));
    if (known === undefined || graph.base - known.cost <= LITTLE * (graph.base - graph.floor)) break;
    found.push(...known.used);
    const passedOver = (index: string) =>
      known.used.some((one) => {
        if (one === index) return true;
        const lead = leads.get(one);
        return lead !== undefined && lead === leads.get(index) && (bytes.get(index) ?? 0) >= (bytes.get(one) ?? 0);
      });
    const left = rest.filter((index) => !passedOver(index));
    if (left.length === rest.length) break;
    rest = left;
  }
  return found;
}

/**
 * What is asked before plans are looked for one by one, where there are too many indexes for that: of each query the indexes
 * worth looking at and the plans they lead to, and what those of other queries would do for it, alone and beside its own.
 */
export async function survey(problem: AskedProblem, inquiry: Inquiry): Promise<void> {
  const variants = variantsOf(problem);
  const large = inquiry.graphs.filter((graph) => graph.relevant.length > FEW);
  const own = new Map<Graph, readonly string[]>();
  for (const [at, graph] of large.entries()) {
    inquiry.say(at);
    own.set(graph, await frontier(inquiry, graph, variants));
  }
  const wanted = new Set([...own.values()].flat());
  const alone = large.flatMap((graph) =>
    graph.relevant.flatMap((index): Asking[] => (wanted.has(index) ? [{ graph, indexes: [index] }] : [])),
  );
  await inquiry.ask(alone.sort((a, b) => ((a.indexes[0] as string) < (b.indexes[0] as string) ? -1 : 1)));
  const spend = inquiry.left * (1 - SHARE);
  for (const [at, graph] of large.entries()) {
    inquiry.say(inquiry.graphs.length - large.length + at);
    graph.open(own.get(graph) ?? []);
    // What one query does not need the next ones may have.
    await exploreOne(inquiry, graph, Math.min(MOST_OF_ONE, (inquiry.left - spend) / (large.length - at)));
  }
}

async function exploreOne(inquiry: Inquiry, graph: Graph, most: number): Promise<void> {
  const end = graph.size + most;
  while (graph.size < end && inquiry.left > 0) {
    const open = graph.advance();
    if (open.length === 0) return;
    await inquiry.ask(open.slice(0, Math.ceil(Math.min(16, end - graph.size))).map(({ indexes }) => ({ graph, indexes })));
  }
}

/** What to ask beside an answer: each further index added to it, and put in the place of its variants. */
export function besides(problem: AskedProblem, inquiry: Inquiry, chosen: ReadonlySet<string>): readonly Asking[] {
  const { leads } = variantsOf(problem);
  return inquiry.graphs.flatMap((graph): Asking[] => {
    if (graph.complete) return [];
    const inside = graph.relevant.filter((index) => chosen.has(index));
    return graph.relevant.flatMap((index): Asking[] => {
      if (chosen.has(index)) return [];
      const others = inside.filter((one) => leads.get(one) === undefined || leads.get(one) !== leads.get(index));
      const sets = others.length === inside.length ? [inside] : [inside, others];
      return sets.flatMap((set) => {
        const indexes = [...set, index];
        return graph.knows(new Set(indexes)) === undefined ? [{ graph, indexes }] : [];
      });
    });
  });
}
