import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import type { Scenario } from '#engine/indexes/advise/advice.ts';
import { advise } from '#engine/indexes/advise/advise.ts';
import { extensionsFor, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import type { Document } from '#model/types.ts';
import { plannerModel } from '#verify/planner/cost-model.ts';
import { AskedExtend } from '../test/index-selection/asked-extend.ts';
import { tpch } from '../test/index-selection/tpch.ts';
import { dataDir } from '../test/pglite.ts';
import { parserForTests } from '../test/read-ddl.ts';

const BUDGETS = [1e9, 2e9, 5e9, 10e9, 20e9];
const all = (one: Scenario) => one.reads + one.writes;
const millions = (cost: number) => (cost / 1e6).toFixed(3).padStart(10);

async function open(document: Document, extensions: readonly string[] = []) {
  const model = await plannerModel(document, { dataDirectory: await dataDir(), extensions });
  if (!model.ok) throw new Error(model.problem.message);
  return model.value;
}

describe('TPC-H at scale factor 10', () => {
  it('is advised on, beside Extend with the same planner', { timeout: 1_800_000 }, async () => {
    const document = await tpch();
    const tables = Object.values(document.tables);
    const prepared = prepareAdvice(document, await parserForTests(), UNLIMITED);
    const rival = await open(document);
    const extend = new AskedExtend(rival, prepared.queries);
    const lines: string[] = [];
    for (const budget of BUDGETS) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      const model = await open(document, extensionsFor(prepared));
      const advised = await advise(document, prepared, model, UNLIMITED, { budget, noticed: 0 });
      await model.close();
      if (!advised.ok) throw new Error(advised.problem.message);
      const { advice } = advised.value;
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      expect(advice.left).toEqual([]);
      expect(advice.refused).toEqual([]);
      expect(advice.advised.bytes).toBeLessThanOrEqual(budget);
      const before = extend.asked;
      const other = await extend.choose(tables, budget);
      const ours = all(advice.advised);
      const made = advice.indexes.filter((one) => one.verdict === 'make');
      const line = `${(budget / 1e9).toFixed(0).padStart(5)} GB ${millions(ours)} ${millions(other.total)} ${(100 * (ours / other.total - 1)).toFixed(1).padStart(7)} % ${millions(advice.bound)} ${String(made.length).padStart(4)} ${String(other.set.length).padStart(4)} ${String(advice.asked).padStart(6)} ${String(extend.asked - before).padStart(6)} ${seconds.toFixed(1).padStart(6)} s ${((user + system) / 1e6).toFixed(1).padStart(6)} s`;
      lines.push(line);
      console.log(line);
      if (process.env['ADVICE_SETS'] !== undefined) {
        for (const one of made) console.log(`      ours   ${(one.bytes / 1e6).toFixed(0).padStart(6)} MB  ${one.sql}`);
        for (const one of other.set) console.log(`      extend ${(one.bytes / 1e6).toFixed(0).padStart(6)} MB  ${one.id}`);
        for (const { query, advised: cost } of advice.queries) {
          const theirs = await rival.cost(
            prepared.queries.filter(({ id }) => id === query),
            other.set.map(({ id }) => id),
          );
          const [one] = theirs;
          console.log(`      ${query.padEnd(7)} ${millions(cost)} ${one?.ok ? millions(one.value.cost) : ''}`);
        }
      }
      expect(ours).toBeLessThanOrEqual(other.total * 1.0001);
    }
    await rival.close();
    console.log(
      [
        'Total cost of the 22 queries in millions of pages read in sequence, no index (keys only) apart; plans asked by each.',
        '  budget       ours     extend     ours/extend   bound  ours ext.   asked extend     time      cpu',
        ...lines,
      ].join('\n'),
    );
  });
});
