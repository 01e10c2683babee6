import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import type { SelectionProblem } from '#engine/indexes/select/problem.ts';
import { selectIndexes } from '#engine/indexes/select/select.ts';
import { isLong } from '../runs.ts';
import { extend, plainGreedy, Totals, totalOf } from './baselines.ts';
import { endsOf, matrixFault, OWN_MATRICES, optimaOf, parseMatrix, readMatrix } from './published.ts';
import { numbers, synthetic } from './synthetic.ts';

const MATRICES = OWN_MATRICES.map(readMatrix);

function select(problem: SelectionProblem) {
  const selected = selectIndexes(problem, UNLIMITED);
  if (!selected.ok) throw new Error(selected.problem.message);
  return selected.value;
}

/** From random sets, what gains most per byte after what goes at random, many times over: slow, and of another kind than ours. */
function wander(problem: SelectionProblem, seed: number, rounds: number): number {
  const random = numbers(seed);
  const totals = new Totals(problem);
  const bytesOf = new Map(problem.indexes.map(({ id, bytes }) => [id, bytes]));
  let best = totals.total();
  let kept: string[] = [];
  for (let round = 0; round < rounds; round++) {
    totals.change([], [...totals.set]);
    totals.change(kept.filter(() => random() < 0.7));
    let bytes = [...totals.set].reduce((sum, id) => sum + (bytesOf.get(id) ?? 0), 0);
    for (;;) {
      const open = problem.indexes.filter((index) => !totals.set.has(index.id) && bytes + index.bytes <= problem.budget);
      const rated = open.map(({ id, bytes: size }) => ({
        id,
        size,
        ratio: (totals.gain([id]) * (0.5 + random())) / Math.max(1, size),
      }));
      const next = rated.reduce((a, b) => (b.ratio > a.ratio ? b : a), { id: '', size: 0, ratio: 0 });
      if (next.id === '') break;
      totals.change([next.id]);
      bytes += next.size;
    }
    const total = totals.total();
    if (total < best) {
      best = total;
      kept = [...totals.set];
    }
  }
  return best;
}

describe('the published form', () => {
  it('is read as it says', () => {
    const { problem, columns } = parseMatrix(
      'tiny',
      `set QUERIES := 1 3;\nparam NUMBER_OF_INDEXES := 2;\nparam size :=\n1 100 # ['a']\n2 300 # ['a', 'b']\n;\nset indexes_per_combination[0]:= ;\nset indexes_per_combination[1]:= 1;\nset indexes_per_combination[2]:= 1 2;\nparam costs :=\n1 0 10.5\n1 1 4\n2 0 99\n3 0 7\n3 2 1\n;\n`,
    );
    expect(problem.indexes.map(({ id, bytes }) => [id, bytes])).toEqual([
      ['1', 100],
      ['2', 300],
    ]);
    expect(columns.get('2')).toEqual(['a', 'b']);
    expect([...problem.costs.keys()]).toEqual(['1', '3']);
    expect(totalOf({ ...problem, budget: 0 }, new Set())).toBe(17.5);
    expect(totalOf({ ...problem, budget: 0 }, new Set(['1', '2']))).toBe(5);
  });

  it('has the totals that its authors give', () => {
    expect(MATRICES.map((matrix) => optimaOf(matrix).length)).toEqual([16, 9]);
    expect(MATRICES.map((matrix) => Math.round(endsOf(matrix).none))).toEqual([34_746_688, 86_768_823]);
  });
});

describe.each(MATRICES)('$name', (matrix) => {
  it.each(optimaOf(matrix))('reaches the published optimum at %i', (budget, optimum) => {
    const problem = { ...matrix.problem, budget: budget * 1e6 };
    const { value, complete } = select(problem);
    expect(totalOf(problem, new Set(value.indexes))).toBeCloseTo(value.total, 2);
    expect(value.bytes).toBeLessThanOrEqual(problem.budget);
    expect(value.total / optimum - 1).toBeLessThanOrEqual(0.01);
    expect(Math.abs(value.total / optimum - 1)).toBeLessThan(1e-6);
    expect(complete).toBe(true);
  });

  it('is proved at budgets that nobody published, and no other way finds anything better', () => {
    const random = numbers(71);
    const largest = optimaOf(matrix).at(-1)?.[0] ?? 0;
    for (let run = 0; run < (isLong ? 40 : 2); run++) {
      const problem = { ...matrix.problem, budget: Math.floor(largest * 1e6 * random() ** 2) };
      const { value, complete } = select(problem);
      expect(complete).toBe(true);
      const slack = value.total * (1 + 1e-9);
      expect(plainGreedy(problem) * (1 + 1e-9)).toBeGreaterThanOrEqual(value.total);
      expect(extend(problem, matrix.columns) * (1 + 1e-9)).toBeGreaterThanOrEqual(value.total);
      expect(wander(problem, run, isLong ? 60 : 2) * (1 + 1e-9)).toBeGreaterThanOrEqual(value.total);
      expect(value.bound).toBeLessThanOrEqual(slack);
    }
  });

  it('costs no more with more room', () => {
    const budgets = optimaOf(matrix).map(([budget]) => budget * 1e6);
    const totals = budgets.slice(0, 3).map((budget) => select({ ...matrix.problem, budget }).value.total);
    expect([...totals].sort((a, b) => b - a)).toEqual(totals);
  });
});

describe('a file of another form', () => {
  const whole = [
    'set QUERIES := 1;',
    'set indexes_per_combination[0] := ;',
    'set indexes_per_combination[1] := 7;',
    'param size :=',
    "7 1000 # ['t.a']",
    ';',
    'param costs :=',
    '1 0 50',
    '1 1 5',
    ';',
  ];
  const fault = (lines: readonly string[]) => matrixFault(parseMatrix('x', lines.join('\n')));

  it('is told from a matrix, with what is missing', () => {
    expect(fault(whole)).toBeUndefined();
    expect(fault(['not a matrix'])).toContain('names no queries');
    expect(fault(whole.filter((line) => !line.startsWith('7')))).toContain('no sizes');
    expect(fault(whole.map((line) => line.replace('7 1000', '7 many')))).toContain('index 7 has no size');
    expect(fault(whole.filter((line) => !line.startsWith('1 ')))).toContain('query 1 has no costs');
    expect(fault(whole.filter((line) => line !== '1 0 50'))).toContain('no cost without indexes');
    expect(fault(whole.map((line) => line.replace('1 1 5', '1 1 ?')))).toContain('no number');
    expect(fault(whole.map((line) => line.replace(':= 7;', ':= 8;')))).toContain('index 8');
  });
});

describe('a generated workload with joins', () => {
  it.each([1, 2, 3, 4])('is solved to a proof (seed %i)', (seed) => {
    const problem = synthetic({
      seed,
      tables: 6,
      indexesPerTable: 8,
      queries: 30,
      joins: 3,
      budget: 0.1 + 0.1 * seed,
      writes: seed % 2,
    });
    const { value, complete } = select(problem);
    expect(complete).toBe(true);
    expect(totalOf(problem, new Set(value.indexes)) / value.total).toBeCloseTo(1, 9);
    expect(value.total).toBeLessThan(value.totalWithNone);
    // The plain greedy knows nothing of write costs, so it is compared without them.
    const free = { ...problem, writePenalty: 0 };
    expect(select(free).value.total).toBeLessThanOrEqual(plainGreedy(free) * (1 + 1e-9));
  });
});
