import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlan } from '#engine/planner/plan.ts';
import { findPostgres, openPostgres } from '../test/engines/postgres.ts';
import { factor, loadedPlans, median, openShop, type PlanSaid, pretendedPlans, said } from '../test/planner/agreement.ts';
import { CASES, indexName, LOAD, PLANS, SCHEMA, SETTINGS } from '../test/planner/shop.ts';

/** The plans of a server that holds the rows, each made with the case's indexes and no others. */
async function loadServer(): Promise<Record<string, PlanSaid>> {
  const server = await openPostgres();
  try {
    await server.reset();
    for (const [name, value] of Object.entries(SETTINGS)) await server.query(`SET ${name} = '${value}'`);
    await server.query('SELECT setseed(0.42)');
    for (const sql of [...SCHEMA, ...LOAD, 'VACUUM ANALYZE']) await server.query(sql);
    const plans: Record<string, PlanSaid> = {};
    for (const { key, sql, indexes } of PLANS) {
      for (const one of indexes) await server.query(`CREATE INDEX ${indexName(one)} ON ${one}`);
      // What an expression's index knows comes with ANALYZE.
      if (indexes.some((one) => one.includes('lower('))) await server.query('ANALYZE customer');
      const plan = readPlan((await server.query(`EXPLAIN (FORMAT JSON) ${sql}`))[0]);
      if (!plan.ok) throw new Error(plan.problem.message);
      plans[key] = said(plan.value);
      for (const one of indexes) await server.query(`DROP INDEX ${indexName(one)}`);
    }
    return plans;
  } finally {
    await server.close();
  }
}

describe('planning without rows', () => {
  it('agrees with a server that holds them', { timeout: 900_000 }, async () => {
    const found = findPostgres();
    if (!found.ok) console.log(`${found.reason} The plans kept from it are compared.`);
    const loaded = found.ok ? await loadServer() : loadedPlans();
    if (process.env['KEEP_PLANS'] !== undefined) {
      writeFileSync(new URL('../test/data/planner/loaded-15.json', import.meta.url), `${JSON.stringify(loaded, undefined, 1)}\n`);
    }
    const planner = await openShop();
    const start = performance.now();
    const plans = await pretendedPlans(planner);
    const each = (performance.now() - start) / PLANS.length;
    await planner.close();
    const same = PLANS.filter(({ key }) => plans[key]?.shape === loaded[key]?.shape);
    const factors = PLANS.map(({ key }) => factor((plans[key] as PlanSaid).cost, (loaded[key] as PlanSaid).cost));
    for (const { key } of PLANS) {
      const [one, other] = [plans[key] as PlanSaid, loaded[key] as PlanSaid];
      const mark = one.shape === other.shape ? '  ' : '!=';
      console.log(
        `${mark} ${key.padEnd(36)} ${one.cost.toFixed(0).padStart(9)} ${other.cost.toFixed(0).padStart(9)}  ${factor(one.cost, other.cost).toFixed(3)}`,
      );
      if (one.shape !== other.shape) console.log(`     here: ${one.shape}\n     rows: ${other.shape}`);
    }
    console.log(
      `${same.length} of ${PLANS.length} plans of ${CASES.length} queries are the same; costs differ by a factor of ${median(factors).toFixed(3)} (median), ${Math.max(...factors).toFixed(2)} (most); ${each.toFixed(1)} ms for a set of indexes and a plan.`,
    );
    expect(same.length).toBeGreaterThan(0);
  });
});
