import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#engine/planner/plan.ts';
import { runs } from '#test/runs.ts';
import type { MeasuredRun } from './proof.ts';
import { type Evidence, proofVerdict, touchesFewer } from './verdict.ts';

const PLAN: Plan = {
  root: { type: 'Seq Scan', startupCost: 0, totalCost: 1, rows: 1, width: 1, conditions: [], children: [] },
};

function run(buffers: number, uses: readonly string[] = [], found = 10): MeasuredRun {
  return { set: 'any', buffers, rows: found, found, ms: 1, plan: PLAN, uses };
}

/** Cost says a hundred times better by the index `a`. */
const CLAIM = { cost: { now: 1000, advised: 10 }, expected: ['a'] };

function verdict(evidence: Partial<Evidence> & Pick<Evidence, 'now' | 'advised'>) {
  return proofVerdict({ ...CLAIM, ...evidence });
}

describe('the verdict of a measured proof', () => {
  it('agrees when fewer pages are touched by the index that was promised', () => {
    const { verdict: said, words } = verdict({ now: run(1530), advised: run(12, ['a']) });
    expect(said).toBe('agrees');
    expect(words).toBe('By cost 100 times better; measured 1,530 pages now, 12 pages as advised: 128 times fewer.');
  });

  it('disagrees when the promised index reads more, and when a loser reads less', () => {
    expect(verdict({ now: run(100), advised: run(200, ['a']) }).verdict).toBe('disagrees');
    const beaten = verdict({ now: run(1000), advised: run(120, ['a']), loser: run(9, ['b']) });
    expect(beaten.verdict).toBe('disagrees');
    expect(beaten.words).toContain('9 pages with the candidate');
    expect(verdict({ now: run(1000), advised: run(120, ['a']), loser: run(115, ['b']) }).verdict).toBe('agrees');
  });

  it('cannot tell when the sample runs another plan, finds nothing, or saves what is not pages', () => {
    expect(verdict({ now: run(30), advised: run(30) }).words).toContain('not worth using');
    expect(verdict({ now: run(30, [], 0), advised: run(3, ['a'], 0) }).words).toContain('no row of the sample');
    expect(verdict({ now: run(30), advised: run(30, ['a']) }).words).toContain('sorting');
    for (const [now, advised] of [
      [run(30), run(30)],
      [run(30, [], 0), run(3, ['a'], 0)],
      [run(30), run(30, ['a'])],
      [run(30), run(90)],
    ] as const)
      expect(verdict({ now, advised }).verdict).toBe('too-small');
  });

  it('agrees where nothing was to change, and says that more is read where nobody said so', () => {
    const same = { cost: { now: 10, advised: 10 }, expected: [] };
    expect(verdict({ ...same, now: run(4), advised: run(4) }).verdict).toBe('agrees');
    expect(verdict({ ...same, now: run(10), advised: run(100) }).verdict).toBe('disagrees');
    // An index that is dropped for its writes costs its query something, and cost says so.
    expect(verdict({ cost: { now: 10, advised: 90 }, expected: [], now: run(10), advised: run(100) }).verdict).toBe('agrees');
  });

  it('follows pages: fewer of them never turn agreement into disagreement', () => {
    const number = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(number, number, number, number, (now, advised, loser, fewer) => {
        const before = verdict({ now: run(now), advised: run(advised, ['a']), loser: run(loser, ['b']) }).verdict;
        const better = Math.max(0, advised - fewer);
        const after = verdict({ now: run(now), advised: run(better, ['a']), loser: run(loser, ['b']) }).verdict;
        if (before === 'agrees') expect(after).toBe('agrees');
        if (after === 'disagrees') expect(before).toBe('disagrees');
      }),
      runs(611, 300),
    );
  });

  it('takes one of two runs at most for the one that touches fewer', () => {
    const number = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(number, number, (one, other) => {
        expect(touchesFewer(run(one), run(other)) && touchesFewer(run(other), run(one))).toBe(false);
        expect(touchesFewer(run(one), run(one))).toBe(false);
      }),
      runs(612, 200),
    );
  });
});
