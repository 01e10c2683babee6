import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { documents } from '#test/arbitrary/document.ts';
import { DIALECTS } from '#test/corpus.ts';
import { runs } from '#test/runs.ts';
import { unaccounted } from './accounting.ts';
import { moveTo } from './moves.ts';

const { seed, numRuns } = runs(20_261_121, 40);

it(`a random model moves everywhere, and on from there: valid, and accounted for (seed ${seed}, ${numRuns} runs)`, () => {
  fc.assert(
    fc.property(
      documents,
      fc.constantFrom(...DIALECTS),
      fc.constantFrom(...DIALECTS),
      (document, first: Dialect, second: Dialect) => {
        const there = moveTo('random', document, first);
        expect([there.broken, unaccounted(there.plan)]).toEqual([[], []]);
        expect(there.unsupported.filter(({ feature }) => feature !== 'name' && feature !== 'comment')).toEqual([]);
        const on = moveTo('random', there.plan.document, second);
        expect([on.broken, unaccounted(on.plan)]).toEqual([[], []]);
      },
    ),
    { seed, numRuns },
  );
});
