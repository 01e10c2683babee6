/** What long work is given: it asks now and then whether to stop, and says how far it is. */
export interface Budget {
  shouldStop(): boolean;
  /** @param done share done, 0 to 1. @param what what is being done, in words for people. */
  progress?(done: number, what: string): void;
  /** Awaited between steps of work that can wait, so that what runs it can take messages. */
  breathe?(): Promise<void>;
}

export const UNLIMITED: Budget = { shouldStop: () => false };

/** The same budget for work that lets others in. */
export function breathing(budget: Budget, breathe: () => Promise<void>): Budget {
  return { shouldStop: () => budget.shouldStop(), progress: (done, what) => budget.progress?.(done, what), breathe };
}

/** The budget of a part of the work: its progress is that of the whole from one share to another. */
export function partOf(budget: Budget, from: number, to: number): Budget {
  return {
    shouldStop: () => budget.shouldStop(),
    progress: (done, what) => budget.progress?.(from + (to - from) * done, what),
    breathe: async () => budget.breathe?.(),
  };
}
