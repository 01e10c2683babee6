import { createStore } from 'zustand/vanilla';

/** How much waits to be looked at in parts of the studio that may not be loaded yet. */
export const waitingStore = createStore<{ readonly advice: number }>(() => ({ advice: 0 }));
