import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { bruteForce, isAdmissible, problems } from '#test/index-selection/arbitrary.ts';
import { totalOf } from '#test/index-selection/baselines.ts';
import { type Budget, UNLIMITED } from '../../budget.ts';
import type { SelectionProblem } from './problem.ts';
import { type Selected, type SelectOptions, selectIndexes } from './select.ts';

/** Stops at the n-th question. */
function stopsAt(count: number): Budget {
  let asked = 0;
  return { shouldStop: () => ++asked > count };
}

function select(problem: SelectionProblem, budget = UNLIMITED, options: SelectOptions = {}): Selected {
  const selected = selectIndexes(problem, budget, options);
  if (!selected.ok) throw new Error(selected.problem.message);
  return selected.value;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));

describe('a selection', () => {
  it('is the best of all sets, and proved to be', () => {
    fc.assert(
      fc.property(problems(9), (problem) => {
        const best = bruteForce(problem);
        const selected = selectIndexes(problem, UNLIMITED);
        expect(selected.ok).toBe(best !== undefined);
        if (best === undefined) return;
        if (!selected.ok) throw new Error(selected.problem.message);
        const { value, complete } = selected.value;
        const set = new Set(value.indexes);
        expect(isAdmissible(problem, set)).toBe(true);
        expect(near(totalOf(problem, set), value.total)).toBe(true);
        expect(complete).toBe(true);
        expect(near(value.total, best)).toBe(true);
        expect(value.bound).toBeLessThanOrEqual(best + 1e-6);
      }),
      runs(611, 400),
    );
  });

  it('is admissible wherever it is stopped, and its bound holds', () => {
    fc.assert(
      fc.property(problems(8), fc.nat({ max: 60 }), fc.nat({ max: 3 }), (problem, count, nodes) => {
        const best = bruteForce(problem);
        fc.pre(best !== undefined);
        const { value, complete, reason } = select(problem, stopsAt(count), { nodes });
        expect(isAdmissible(problem, new Set(value.indexes))).toBe(true);
        expect(value.bound).toBeLessThanOrEqual((best as number) + 1e-6 * Math.max(1, best as number));
        expect(near(totalOf(problem, new Set(value.indexes)), value.total)).toBe(true);
        expect(reason === undefined).toBe(complete);
        if (complete) expect(near(value.total, best as number)).toBe(true);
      }),
      runs(612, 300),
    );
  });
});
