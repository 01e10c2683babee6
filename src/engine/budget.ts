/** What long work is given: it asks now and then whether to stop, and says how far it is. */
export interface Budget {
  shouldStop(): boolean;
  /** @param done share done, 0 to 1. @param what what is being done, in words for people. */
  progress?(done: number, what: string): void;
}

export const UNLIMITED: Budget = { shouldStop: () => false };
