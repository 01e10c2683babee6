import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelCost } from '#engine/indexes/advise/cost-model.ts';
import { planShape } from '#engine/planner/plan.ts';
import { analyticShop, rankAgreement } from './analytic.ts';
import { factor, loadedPlans, median } from './planner/agreement.ts';
import { CASES, PLANS } from './planner/shop.ts';
import { parserForTests } from './read-ddl.ts';

describe('the analytic model beside the planner of a server that holds the rows', () => {
  let ours: ReadonlyMap<string, ModelCost>;
  beforeAll(async () => {
    ours = await analyticShop(await parserForTests());
  });

  it('puts sets of indexes into the same order, at about their costs', () => {
    const loaded = loadedPlans();
    let [agree, pairs] = [0, 0];
    const lines = CASES.flatMap(({ id }) => {
      const own = PLANS.filter(({ key }) => key.startsWith(`${id}: `));
      const theirs = own.map(({ key }) => loaded[key]?.cost ?? Number.NaN);
      const mine = own.map(({ key }) => ours.get(key)?.cost ?? Number.NaN);
      const found = rankAgreement(theirs, mine);
      agree += found.agree;
      pairs += found.pairs;
      return own.map(({ key }, at) => {
        const [a, b] = [theirs[at] as number, mine[at] as number];
        const plan = ours.get(key)?.plan;
        return `${key.padEnd(42)} ${a.toFixed(0).padStart(9)} ${b.toFixed(0).padStart(9)} ${factor(a, b).toFixed(2).padStart(6)}  ${plan === undefined ? '' : planShape(plan)} | ${loaded[key]?.shape}`;
      });
    });
    const factors = PLANS.map(({ key }) => factor(ours.get(key)?.cost ?? Number.NaN, loaded[key]?.cost ?? Number.NaN));
    lines.push(
      `pairs in the same order: ${agree} of ${pairs}; costs differ by a factor of ${median(factors).toFixed(3)} in the median, ${Math.max(...factors).toFixed(2)} at most`,
    );
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(PLANS).toHaveLength(51);
    expect(agree).toBe(pairs);
    expect(median(factors)).toBeLessThanOrEqual(1.05);
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.2);
  });
});
