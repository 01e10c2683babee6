/** Random models moved, and moved on: real engines run what is written. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '#model/types.ts';
import { documents } from '#test/arbitrary/document.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES, type EngineLabel } from '#test/engines/engines.ts';
import { runs } from '#test/runs.ts';
import { moveTo } from './moves.ts';

const { seed, numRuns } = runs(20_261_122, 12, 4);

/** Whether the target's writer said that the engine will not take a name or comment: nobody moves such a model unseen. */
const runnable = (moved: ReturnType<typeof moveTo>) => moved.unsupported.length === 0;

describe.each<[EngineLabel, Dialect]>([
  ['SQLite', 'sqlite'],
  ['MariaDB', 'mariadb'],
  ['PGlite', 'postgresql'],
])('%s', (label, dialect) => {
  const found = ENGINES[label].find();
  let engine: Engine;
  beforeAll(async () => {
    if (found.ok) engine = await ENGINES[label].open();
  });
  afterAll(async () => {
    if (found.ok) await engine.close();
  });

  it.skipIf(!found.ok)(
    `runs what a random model becomes, by another dialect too (seed ${seed}, ${numRuns} runs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(documents, fc.constantFrom<Dialect>('sqlite', 'mysql', 'oracle', 'mssql'), async (document, by) => {
          const ways = [
            moveTo('random', document, dialect),
            moveTo('random', moveTo('random', document, by).plan.document, dialect),
          ];
          for (const way of ways.filter(runnable)) {
            await engine.reset();
            expect(await engine.run(way.statements)).toEqual([]);
          }
        }),
        { seed, numRuns },
      );
    },
    300_000,
  );
});
