import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { selectIndexes } from '#engine/indexes/select/select.ts';
import { extend, plainGreedy } from '../test/index-selection/baselines.ts';
import { endsOf, OWN_MATRICES, optimaOf, readMatrix } from '../test/index-selection/published.ts';

/**
 * Index selection on what-if matrices of the published form, at every published budget: our answer beside the proved optimum,
 * Extend and a plain greedy, all in this run. `npm run bench:indexes -- FILE [--budgets 250,500]` takes any such matrix.
 */

const FILES = process.env['INDEX_MATRICES']?.split('\n') ?? OWN_MATRICES;
const BUDGETS = process.env['INDEX_BUDGETS']?.split(',').map(Number);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const start = cpuMs();
  const value = work();
  return { value, ms: cpuMs() - start };
}

const HEAD = ['budget', 'optimum', 'ours', 'gap %', 'proved', 'Extend %', 'greedy %', 'CPU ms', 'Extend', 'greedy'];

const print = (cells: readonly string[]) =>
  console.log(cells.map((cell, at) => cell.padStart(at === 1 || at === 2 ? 16 : 9)).join(' '));
/** Without a minus before nothing. */
const percent = (value: number, digits: number) => value.toFixed(digits).replace(/^-(0\.0*)$/, '$1');
const money = (value: number) => value.toFixed(2);

describe.each(FILES)('%s', (file) => {
  it('prints how far from the optimum it is', () => {
    const matrix = readMatrix(file);
    const { none, all } = endsOf(matrix);
    const known = optimaOf(matrix);
    const sizes = matrix.problem.indexes.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const budgets =
      BUDGETS ?? (known.length > 0 ? known.map(([budget]) => budget) : [0.02, 0.05, 0.1, 0.2, 0.4].map((share) => sizes * share));
    console.log(
      `\n${matrix.name}: ${matrix.problem.queries.length} queries, ${matrix.problem.indexes.length} indexes; no index ${money(none)}, all ${money(all)}`,
    );
    console.log('budget in millions of bytes; % above the published optimum, or above our proved bound where none is published');
    print(HEAD);
    let worst = 0;
    for (const budget of budgets) {
      const problem = { ...matrix.problem, budget: budget * 1e6 };
      const ours = timed(() => selectIndexes(problem, UNLIMITED));
      if (!ours.value.ok) throw new Error(ours.value.problem.message);
      const { value, complete } = ours.value.value;
      const optimum = known.find(([at]) => at === budget)?.[1];
      const floor = optimum ?? value.bound;
      const above = (total: number) => (total / floor - 1) * 100;
      const other = timed(() => extend(problem, matrix.columns));
      const greedy = timed(() => plainGreedy(problem));
      if (optimum !== undefined) worst = Math.max(worst, above(value.total));
      // Less than a proved optimum would be a mistake of ours.
      expect(above(value.total)).toBeGreaterThan(-1e-4);
      print([
        budget.toFixed(0),
        optimum === undefined ? '' : money(optimum),
        money(value.total),
        percent(above(value.total), 4),
        complete ? 'yes' : 'no',
        percent(above(other.value), 2),
        percent(above(greedy.value), 2),
        ours.ms.toFixed(0),
        other.ms.toFixed(0),
        greedy.ms.toFixed(0),
      ]);
    }
    expect(worst).toBeLessThanOrEqual(1);
  });
});
