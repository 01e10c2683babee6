import { createStore } from 'zustand/vanilla';
import type { PlanKind } from '#engine/decompose/comparison-types.ts';
import type { Id } from '#model/types.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import { openDialog } from './view.ts';

/** The table that the dialog decomposes, and the plan it begins with. */
export interface DecompositionSubject {
  readonly table: Id;
  readonly choice: PlanKind;
}

export const decompositionStore = createStore<{ readonly subject?: DecompositionSubject }>(() => ({}));

let comparer: Jobs['runComparison'] | undefined;

/** Called once at start-up by whoever owns the worker that compares. */
export function provideComparer(given: Jobs['runComparison']): void {
  comparer = given;
}

/** What works out the decompositions of a table; absent while the studio starts. */
export function theComparer(): Jobs['runComparison'] | undefined {
  return comparer;
}

/** Opens the decompositions of a table to choose from. */
export function askDecomposition(table: Id, choice: PlanKind = 'recommended'): void {
  decompositionStore.setState({ subject: { table, choice } });
  openDialog('decompose');
}
