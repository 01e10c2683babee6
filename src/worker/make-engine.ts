import { createEngine, type Engine } from '#engine/engine.ts';
import { createThinking } from '#engine/thinking.ts';

/** Milliseconds one table's normal form may take before the answer says that it is not complete. */
const PER_TABLE = 250;

/** The engine as every worker runs it. */
export async function makeEngine(): Promise<Engine> {
  return createEngine(
    createThinking({
      budget: () => {
        const end = performance.now() + PER_TABLE;
        return { shouldStop: () => performance.now() > end };
      },
    }),
  );
}
