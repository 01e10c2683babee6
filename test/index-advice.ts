import type { AdvisedIndex, IndexAdvice, LostIndex } from '#engine/indexes/advise/advice.ts';
import type { Plan } from '#engine/planner/plan.ts';

const NOTHING = { indexes: [], reads: 0, writes: 0, bytes: 0, queries: [] };

/** An advised index of which only what a test speaks of is said. */
export function advised(one: Partial<AdvisedIndex> & Pick<AdvisedIndex, 'id' | 'table' | 'name' | 'verdict'>): AdvisedIndex {
  return { parts: [], sql: '', reasons: [], notes: [], bytes: 8192, writeCost: 0, worth: 0, gains: [], instead: [], ...one };
}

export function lost(one: Partial<LostIndex> & Pick<LostIndex, 'id' | 'table' | 'name'>): LostIndex {
  return {
    parts: [],
    sql: '',
    reasons: [],
    notes: [],
    bytes: 8192,
    writeCost: 0,
    why: 'room',
    instead: [],
    gain: 0,
    ...one,
  };
}

/** An advice of the real planner that holds just these. */
export function adviceOf(given: Partial<IndexAdvice>): IndexAdvice {
  return {
    basis: { kind: 'planner', version: '18.1' },
    queries: [],
    left: [],
    indexes: [],
    losers: [],
    refused: [],
    none: NOTHING,
    now: NOTHING,
    advised: NOTHING,
    bound: 0,
    complete: true,
    asked: 0,
    ...given,
  };
}

/** A plan of which only the cost is said. */
export function planOf(totalCost: number): Plan {
  return { root: { type: 'Seq Scan', startupCost: 0, totalCost, rows: 1, width: 4, conditions: [], children: [] } };
}
