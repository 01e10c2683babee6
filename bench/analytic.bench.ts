import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import type { CostModel } from '#engine/indexes/advise/cost-model.ts';
import { type AdvisedQuery, extensionsFor, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import { plannerModel } from '#verify/planner/cost-model.ts';
import { rankAgreement } from '../test/analytic.ts';
import { tpch } from '../test/index-selection/tpch.ts';
import { dataDir } from '../test/pglite.ts';
import { factor, median } from '../test/planner/agreement.ts';
import { parserForTests } from '../test/read-ddl.ts';

async function costsOf(model: CostModel, query: AdvisedQuery, sets: readonly (readonly string[])[]): Promise<readonly number[]> {
  const costs: number[] = [];
  for (const set of sets) {
    const [cost] = await model.cost([query], set);
    costs.push(cost?.ok === true ? cost.value.cost : Number.NaN);
  }
  return costs;
}

/** The analytic model beside the planner on TPC-H: each query with no index, with each candidate alone, and with all. */
describe('the analytic model on TPC-H at scale factor 10', () => {
  it('is compared with the planner', { timeout: 600_000 }, async () => {
    const parser = await parserForTests();
    const document = await tpch();
    const prepared = prepareAdvice(document, parser, UNLIMITED);
    const opened = await plannerModel(document, { dataDirectory: await dataDir(), extensions: extensionsFor(prepared) });
    if (!opened.ok) throw new Error(opened.problem.message);
    const planner = opened.value;
    const ours = analyticModel(document, 'compared');
    const refused = await planner.add(prepared.candidates);
    await ours.add(prepared.candidates);
    let [agree, pairs, asked, ourMs, theirMs] = [0, 0, 0, 0, 0];
    const factors: number[] = [];
    for (const query of prepared.queries) {
      const own = prepared.candidates.filter(
        ({ id, candidate }) => !refused.has(id) && candidate.reasons.some((one) => one.query === query.id),
      );
      const sets = [[], ...own.map(({ id }) => [id]), own.map(({ id }) => id)];
      const start = performance.now();
      const theirs = await costsOf(planner, query, sets);
      const middle = performance.now();
      const mine = await costsOf(ours, query, sets);
      ourMs += performance.now() - middle;
      theirMs += middle - start;
      const found = rankAgreement(theirs, mine);
      agree += found.agree;
      pairs += found.pairs;
      asked += sets.length;
      factors.push(...theirs.map((cost, at) => factor(cost, mine[at] as number)));
      const [none, all] = [theirs[0] as number, theirs.at(-1) as number];
      console.log(
        `${query.id.padEnd(7)} ${String(sets.length).padStart(4)} sets: ${found.agree} of ${found.pairs} pairs in the same order; none ${none.toFixed(0)} / ${(mine[0] as number).toFixed(0)}, all ${all.toFixed(0)} / ${(mine.at(-1) as number).toFixed(0)}`,
      );
    }
    console.log(
      `${agree} of ${pairs} pairs in the same order (${((100 * agree) / pairs).toFixed(1)} %); costs differ by a factor of ${median(factors).toFixed(2)} in the median; ${asked} plans, ${(ourMs / asked).toFixed(2)} ms each against ${(theirMs / asked).toFixed(2)} ms`,
    );
    for (const budget of [2e9, 5e9, 10e9]) {
      const byFormulas = await advise(document, prepared, analyticModel(document, 'compared'), UNLIMITED, { budget });
      if (!byFormulas.ok) throw new Error(byFormulas.problem.message);
      const { none, advised } = byFormulas.value.advice;
      const real = async (indexes: readonly string[]) =>
        (await planner.cost(prepared.queries, indexes)).reduce((sum, cost) => sum + (cost.ok ? cost.value.cost : 0), 0);
      const [before, after] = [await real([]), await real(advised.indexes)];
      console.log(
        `${(budget / 1e9).toFixed(0)} GB, advised by formulas (${none.reads.toFixed(0)} -> ${advised.reads.toFixed(0)}): the planner says ${before.toFixed(0)} -> ${after.toFixed(0)}`,
      );
      expect(after).toBeLessThan(before);
    }
    await planner.close();
    expect(agree / pairs).toBeGreaterThan(0.7);
  });
});
