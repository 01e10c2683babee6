import type { Jobs } from '#worker/jobs-client.ts';
import type { Adviser } from './advice-types.ts';
import type { Prover } from './proof.ts';
import type { LabPlanner } from './query-lab.ts';

/**
 * What workers do for parts of the state that are loaded when first used. Given once at start-up, here rather than to those
 * parts, so that none of them is loaded for the first screen.
 */
export interface Services {
  readonly adviser: Adviser;
  readonly labPlanner: LabPlanner;
  readonly prover: Prover;
  readonly discover: Jobs['runDiscover'];
  readonly workload: Jobs['runWorkload'];
  readonly move: Jobs['runMove'];
  readonly asImported: Jobs['runAsImported'];
}

const given: { [K in keyof Services]?: Services[K] } = {};

/** Called at start-up by whoever owns the workers. */
export function provide<K extends keyof Services>(name: K, service: Services[K]): void {
  given[name] = service;
}

/** Undefined while the studio is still starting. */
export function service<K extends keyof Services>(name: K): Services[K] | undefined {
  return given[name];
}
