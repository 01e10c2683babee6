import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/runs.ts';
import { type PlanNode, planNodes } from './plan.ts';
import { planShares, planTimes } from './shares.ts';

const node = (type: string, totalCost: number, children: readonly PlanNode[] = [], more: Partial<PlanNode> = {}): PlanNode => ({
  type,
  startupCost: 0,
  totalCost,
  rows: 1,
  width: 8,
  conditions: [],
  children,
  ...more,
});

describe('where the cost of a plan arises', () => {
  it('takes what is below away from what is above', () => {
    const scan = node('Seq Scan', 80);
    const sort = node('Sort', 100, [scan]);
    const shares = planShares({ root: sort });
    expect(shares.get(sort)).toEqual({ own: 20, share: 0.2 });
    expect(shares.get(scan)).toEqual({ own: 80, share: 0.8 });
  });

  it('counts the inner side of a nested loop once a row of the outer side', () => {
    const outer = node('Seq Scan', 10, [], { role: 'Outer', rows: 20 });
    const inner = node('Index Scan', 4, [], { role: 'Inner' });
    const loop = node('Nested Loop', 95, [outer, inner]);
    const shares = planShares({ root: loop });
    expect([loop, outer, inner].map((one) => shares.get(one)?.own)).toEqual([5, 10, 80]);
  });

  it('reads once what is kept for the next loop', () => {
    const outer = node('Seq Scan', 10, [], { role: 'Outer', rows: 20 });
    const inner = node('Materialize', 30, [], { role: 'Inner' });
    const loop = node('Nested Loop', 100, [outer, inner]);
    expect(planShares({ root: loop }).get(inner)?.own).toBe(30);
  });

  it('gives under LIMIT only what is fetched', () => {
    const scan = node('Index Scan', 5000);
    const limit = node('Limit', 2, [scan]);
    const shares = planShares({ root: limit });
    expect(shares.get(limit)?.own).toBe(0);
    expect(shares.get(scan)).toEqual({ own: 2, share: 1 });
  });

  it('says nothing of a plan that costs nothing', () => {
    const root = node('Result', 0);
    expect(planShares({ root }).get(root)).toEqual({ own: 0, share: 0 });
  });

  it('takes times of all loops together, and of workers those of the clock', () => {
    const ran = (ms: number, loops: number) => ({ actual: { rows: 1, loops, ms, sharedHit: 0, sharedRead: 0 } });
    const scan = node('Seq Scan', 1, [], ran(30, 3));
    const gather = node('Gather', 1, [scan], { ...ran(40, 1), details: { workersLaunched: 2 } });
    const inner = node('Index Scan', 1, [], { ...ran(0.5, 100), role: 'Inner' });
    const loop = node('Nested Loop', 1, [gather, inner], ran(100, 1));
    const times = planTimes({ root: loop });
    expect([loop, gather, scan, inner].map((one) => times?.get(one)?.own)).toEqual([10, 10, 30, 50]);
    expect(planTimes({ root: node('Seq Scan', 1) })).toBeUndefined();
  });

  it('adds up to the total, whatever the plan', () => {
    const plan = (depth: number): fc.Arbitrary<PlanNode> =>
      fc
        .record({
          type: fc.constantFrom('Nested Loop', 'Hash Join', 'Seq Scan', 'Limit', 'Materialize'),
          cost: fc.float({ min: 0, max: 1e6, noNaN: true }),
          rows: fc.integer({ min: 0, max: 1000 }),
          role: fc.constantFrom('Outer', 'Inner', 'SubPlan'),
          children: depth > 1 ? fc.array(plan(depth - 1), { maxLength: 3 }) : fc.constant<PlanNode[]>([]),
        })
        .map(({ type, cost, rows, role, children }) => node(type, cost, children, { rows, role }));
    fc.assert(
      fc.property(plan(5), (root) => {
        const shares = planShares({ root });
        const all = [...planNodes(root)].map((one) => shares.get(one)?.own ?? Number.NaN);
        expect(all.every((one) => one >= 0)).toBe(true);
        expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(root.totalCost, 2);
      }),
      runs(72, 300),
    );
  });
});
