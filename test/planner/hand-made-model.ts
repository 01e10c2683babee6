import type { CostModel, ModelCost } from '#engine/indexes/advise/cost-model.ts';
import type { AdvisedQuery, PreparedAdvice } from '#engine/indexes/advise/prepare.ts';
import { err, ok, type Result } from '#lib/result.ts';

/** A number from 0 to 1 that follows from a text (FNV-1a). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193);
  return ((hash >>> 0) % 10_000) / 10_000;
}

/** Cost of every query without any index. */
const BASE = 1000;

/**
 * A model of costs whose answers are drawn from names: each index alone, and pairs of indexes together, make those queries
 * cheaper that they were thought of for. More indexes never cost more, as of a planner.
 * @param seed another seed gives other costs. @param refuse ids of candidates it cannot make
 */
export function handMadeModel(
  prepared: PreparedAdvice,
  seed: number,
  refuse: readonly string[] = [],
): CostModel & { asked: number } {
  const sizes = new Map(prepared.present.map(({ id }) => [id, { rows: 100_000, pages: 300 }]));
  const madeFor = new Map(
    prepared.candidates.map(({ id, candidate }) => [id, new Set(candidate.reasons.flatMap(({ query }) => query ?? []))]),
  );
  const firsts = new Map(prepared.present.map(({ id, elements }) => [id, elements[0]?.column]));
  const serves = (id: string, { id: query, facts }: AdvisedQuery) =>
    madeFor.get(id)?.has(query) ??
    facts.uses.some(({ predicates }) => predicates.some(({ term }) => term.column !== undefined && term.column === firsts.get(id)));
  const plan = (cost: number, index?: string): ModelCost['plan'] => ({
    root: {
      type: index === undefined ? 'Seq Scan' : 'Index Scan',
      ...(index === undefined ? {} : { index: index.slice(index.indexOf('.') + 1) }),
      startupCost: 0,
      totalCost: cost,
      rows: 1,
      width: 8,
      conditions: [],
      children: [],
    },
  });
  const costOf = (query: AdvisedQuery, indexes: readonly string[]): ModelCost => {
    const there = [...new Set(indexes)].filter((id) => sizes.has(id) && serves(id, query)).sort();
    let best: { cost: number; used: readonly string[] } = { cost: BASE, used: [] };
    const offer = (used: readonly string[]) => {
      const drawn = numberOf(`${seed} ${query.id} ${used.join(' ')}`);
      // Two together are worth more than one, and most pairs nothing.
      const cost = used.length === 1 ? BASE * (0.3 + 0.7 * drawn) : drawn < 0.15 ? 100 * drawn : BASE;
      if (cost < best.cost) best = { cost, used };
    };
    there.forEach((one, at) => {
      offer([one]);
      for (const other of there.slice(at + 1)) offer([one, other]);
    });
    return { ...best, plan: plan(best.cost, best.used[0]) };
  };
  return {
    basis: { kind: 'analytic', why: 'drawn from names' },
    sizes,
    asked: 0,
    async add(candidates) {
      const refused = new Map<string, string>();
      for (const { id } of candidates) {
        if (refuse.includes(id)) refused.set(id, 'refused by hand');
        else sizes.set(id, { rows: 100_000, pages: 50 + Math.round(450 * numberOf(`${seed} ${id}`)) });
      }
      return refused;
    },
    async cost(queries, indexes) {
      this.asked += queries.length;
      return queries.map(
        (query): Result<ModelCost> =>
          query.sql.includes('unplanned') ? err('planner-no', 'it cannot be planned') : ok(costOf(query, indexes)),
      );
    },
    rowsOf: () => 100_000,
    close: async () => {},
  };
}
