import type { Budget } from './budget.ts';

/**
 * Long work in steps of a few milliseconds: it yields after each, and asks by itself whether to stop. Whoever runs it decides
 * what happens in between.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

/** Does all of it, and lets others in between two steps: so a stop is heard that comes as a message. */
export async function inSteps<T>(steps: Steps<T>, budget: Budget): Promise<T> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    await budget.breathe?.();
  }
}
