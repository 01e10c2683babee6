import { describe, expect, it } from 'vitest';
import type { Plan, PlanNode } from '#engine/planner/plan.ts';
import { RememberedPlans } from './remembered-plans.ts';

function planOf(nodes: number): Plan {
  let root: PlanNode | undefined;
  for (let at = 0; at < nodes; at += 1) {
    const children: readonly PlanNode[] = root === undefined ? [] : [root];
    root = { type: `Node ${at}`, startupCost: 0, totalCost: at, rows: 1, width: 4, conditions: [], children };
  }
  return { root: root as PlanNode };
}

const remembered = (nodes: number) => ({ plan: planOf(nodes), used: [], skipped: [] });

describe('plans that are remembered', () => {
  it('are found by their key', () => {
    const plans = new RememberedPlans();
    const one = { plan: planOf(3), used: ['public.a'], skipped: [] };
    plans.keep('a', one);
    expect(plans.find('a')).toMatchObject(one);
    expect(plans.find('b')).toBeUndefined();
  });

  it('take no more room than they may: those go that were not asked for the longest', () => {
    const plans = new RememberedPlans({ nodes: 10 });
    for (const key of ['a', 'b', 'c']) plans.keep(key, remembered(3));
    plans.find('a');
    plans.keep('d', remembered(3));
    expect(['a', 'b', 'c', 'd'].filter((key) => plans.find(key) !== undefined)).toEqual(['a', 'c', 'd']);
    expect(plans.nodes).toBe(9);
    plans.keep('d', remembered(4));
    expect(plans.nodes).toBe(10);
    plans.keep('huge', remembered(11));
    expect(plans.nodes).toBe(0);
  });

  it('count the room of their keys', () => {
    const plans = new RememberedPlans({ nodes: 100 });
    plans.keep('k'.repeat(1000), remembered(1));
    expect(plans.nodes).toBe(5);
  });

  it('go all at once when too many texts were numbered, and no number is given twice', () => {
    const plans = new RememberedPlans({ characters: 10 });
    const first = plans.numberOf('schema');
    expect(plans.numberOf('schema')).toBe(first);
    plans.keep('a', remembered(2));
    plans.keepTables('q', ['t']);
    const given = ['one', 'other', 'schema', 'one'].map((text) => plans.numberOf(text));
    expect(new Set([first, ...given]).size).toBe(5);
    expect(plans.find('a')).toBeUndefined();
    expect(plans.tablesOf('q')).toBeUndefined();
    expect(plans.nodes).toBe(0);
  });
});
