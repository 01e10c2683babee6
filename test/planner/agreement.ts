import { readFileSync } from 'node:fs';
import { type Plan, planShape } from '#engine/planner/plan.ts';
import { dataDir } from '#test/pglite.ts';
import { openPlanner, type Planner } from '#verify/planner/what-if.ts';
import { hypothetical, indexName, PLANS, ROWS, SETUP } from './shop.ts';

/** What a plan is compared by. */
export interface PlanSaid {
  readonly shape: string;
  readonly cost: number;
}

/** What the server said that held the rows: `npm run bench:planner` makes it anew. */
export function loadedPlans(): Readonly<Record<string, PlanSaid>> {
  const file = new URL('../data/planner/loaded-15.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, PlanSaid>;
}

export function said(plan: Plan): PlanSaid {
  return { shape: planShape(plan), cost: plan.root.totalCost };
}

export const DEFINITIONS: readonly string[] = [...new Set(PLANS.flatMap((plan) => plan.indexes))];

/** The planner on the shop with every index of the cases added. */
export async function openShop(): Promise<Planner> {
  const opened = await openPlanner(SETUP, await dataDir());
  if (!opened.ok) throw new Error(opened.problem.message);
  const planner = opened.value;
  const refused = await planner.add(DEFINITIONS.map(hypothetical));
  if (refused.size > 0) throw new Error(JSON.stringify([...refused]));
  if (planner.refused.length > 0) throw new Error(JSON.stringify(planner.refused));
  return planner;
}

const KEYS = Object.keys(ROWS).map((table) => `public.${table}_pkey`);

/** Every plan of the cases as it is made with nothing stored. */
export async function pretendedPlans(planner: Planner): Promise<Record<string, PlanSaid>> {
  const plans: Record<string, PlanSaid> = {};
  for (const { key, sql, indexes } of PLANS) {
    await planner.show(new Set([...KEYS, ...indexes.map((one) => `public.${indexName(one)}`)]));
    const plan = await planner.plan(sql);
    if (!plan.ok) throw new Error(plan.problem.message);
    plans[key] = said(plan.value);
  }
  return plans;
}

/** How much two costs differ, as a factor of at least 1. */
export function factor(one: number, other: number): number {
  return Math.max(one / other, other / one);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
