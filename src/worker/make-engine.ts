import { createEngine, type Engine } from '#engine/engine.ts';
import { createThinking } from '#engine/thinking.ts';
import { loadPgParser } from './pg-parser.ts';

/** Milliseconds one table's normal form may take before the answer says that it is not complete. */
const PER_TABLE = 250;

/** The engine as every worker runs it. */
export async function makeEngine(): Promise<Engine> {
  const parser = await loadPgParser().catch((error: unknown) => {
    console.error("PostgreSQL's parser could not be loaded", error);
    return undefined;
  });
  return createEngine(
    createThinking({
      parser,
      budget: () => {
        const end = performance.now() + PER_TABLE;
        return { shouldStop: () => performance.now() > end };
      },
    }),
  );
}
