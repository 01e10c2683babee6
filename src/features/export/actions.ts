import type { Action } from '#state/actions.ts';

export const actions: readonly Action[] = [];
