import { describe, expect, it } from 'vitest';
import { explainPlan } from '#engine/planner/explain-plan.ts';
import { planNode, sampleDocument } from '../../../test/advice-sample.ts';
import { planRows, stepText } from './plan-rows.ts';

const actual = (rows: number, loops = 1) => ({ rows, loops, sharedHit: 0, sharedRead: 0 });

describe('the lines of a plan', () => {
  it('go top down with their depth and their share of the cost', () => {
    const scan = planNode('Seq Scan', 75, { relation: 'orders' });
    const hash = planNode('Hash', 80, { children: [planNode('Seq Scan', 10)] });
    const rows = planRows({ root: planNode('Hash Join', 200, { children: [scan, hash] }) });
    expect(rows.map(({ key, depth, node, share }) => [key, depth, node.type, share])).toEqual([
      ['0', 0, 'Hash Join', 0.225],
      ['0.0', 1, 'Seq Scan', 0.375],
      ['0.1', 1, 'Hash', 0.35],
      ['0.1.0', 2, 'Seq Scan', 0.05],
    ]);
  });

  it('tell where the planner was misled, and by how much', () => {
    const off = (rows: number, found: number, loops = 1) =>
      planRows({ root: planNode('Seq Scan', 1, { rows, actual: actual(found, loops) }) })[0]?.off;
    expect(off(1, 5000)).toEqual({ factor: 5000, more: true });
    expect(off(4000, 4)).toEqual({ factor: 1000, more: false });
    expect(off(100, 900)).toBeUndefined();
    expect(off(1, 0)).toBeUndefined();
    // A step that was never run says nothing.
    expect(off(1000, 0, 0)).toBeUndefined();
    expect(planRows({ root: planNode('Seq Scan', 1) })[0]).not.toHaveProperty('off');
  });

  it('carry what is said of each step, and draw shares of the time where it was run', async () => {
    const scan = planNode('Seq Scan', 9, {
      relation: 'orders',
      alias: 'orders',
      conditions: [{ what: 'Filter', text: "(state = 'open'::text)" }],
      actual: { ...actual(10), ms: 90, removedByFilter: 999_990 },
    });
    const root = planNode('Limit', 10, { children: [scan], actual: { ...actual(10), ms: 100 } });
    const plan = { root, executionMs: 100 };
    const explained = explainPlan(await sampleDocument(), plan);
    const rows = planRows(plan, explained);
    expect(explained.measure).toBe('time');
    expect(rows.map(({ key, share }) => [key, Math.round(share * 100)])).toEqual([
      ['0', 10],
      ['0.0', 90],
    ]);
    expect(rows[1]?.words).toContain('orders');
    expect(rows[1]?.dear.join(' ')).toMatch(/Reads 1M rows of orders and throws .* of them away/);
    expect(rows[0]?.dear).toEqual([]);
  });

  it('say what a step is to the others', () => {
    expect(stepText(planNode('Hash Join', 1, { joinType: 'Inner' }))).toBe('Hash Join');
    expect(stepText(planNode('Hash Join', 1, { joinType: 'Left' }))).toBe('Hash Join (left)');
    expect(stepText(planNode('Index Scan', 1, { role: 'SubPlan' }))).toBe('Index Scan, for each row');
    expect(stepText(planNode('Aggregate', 1, { role: 'InitPlan', subplan: 'CTE latest' }))).toBe('Aggregate, CTE latest');
  });
});
