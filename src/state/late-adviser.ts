import { createJobs, spawnJobs } from '#worker/jobs-client.ts';
import type { Adviser } from './advice-types.ts';
import type { Prover } from './proof.ts';
import type { LabPlanner } from './query-lab.ts';

/** An adviser whose code comes with the first advice that is asked for. */
export function lateAdviser(): Adviser {
  let coming: Promise<Adviser> | undefined;
  const ready = () => {
    coming ??= import('./adviser.ts').then(({ anAdviser }) => anAdviser(createJobs(spawnJobs)));
    return coming;
  };
  return {
    advise: async (...asked) => (await ready()).advise(...asked),
    weigh: async (...asked) => (await ready()).weigh(...asked),
  };
}

/** The same for single queries. */
export function lateLabPlanner(): LabPlanner {
  let coming: Promise<LabPlanner> | undefined;
  return async (...asked) => {
    coming ??= import('./adviser.ts').then(({ aLabPlanner }) => aLabPlanner());
    return (await coming)(...asked);
  };
}

/** The same for queries that are run. */
export function lateProver(): Prover {
  let coming: Promise<Prover> | undefined;
  return async (...asked) => {
    coming ??= import('./adviser.ts').then(({ aProver }) => aProver());
    return (await coming)(...asked);
  };
}
