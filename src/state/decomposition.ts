import { createStore } from 'zustand/vanilla';
import type { PlanKind } from '#engine/decompose/comparison-types.ts';
import type { Id } from '#model/types.ts';
import type { Jobs } from '#worker/jobs-client.ts';
import { isPaneOpen, setPaneOpen } from './panes.ts';
import { openDialog, viewStore } from './view.ts';

/** The table that is being taken apart, and the plan it begins with. */
export interface DecompositionSubject {
  readonly table: Id;
  readonly choice: PlanKind;
}

export interface DecompositionState {
  /** While there is one, its plans stand in place of the inspector and as ghosts on the canvas. */
  readonly subject?: DecompositionSubject | undefined;
}

export const decompositionStore = createStore<DecompositionState>(() => ({}));

let comparer: Jobs['runComparison'] | undefined;

/** Called once at start-up by whoever owns the worker that compares. */
export function provideComparer(given: Jobs['runComparison']): void {
  comparer = given;
}

/** What works out the decompositions of a table; absent while the studio starts. */
export function theComparer(): Jobs['runComparison'] | undefined {
  return comparer;
}

/** The inspector was closed before the plans took its place. */
let opened = false;

/** Shows the decompositions of a table to choose from, beside the canvas. */
export function askDecomposition(table: Id, choice: PlanKind = 'recommended'): void {
  if (decompositionStore.getState().subject === undefined) opened = !isPaneOpen('inspector');
  decompositionStore.setState({ subject: { table, choice } });
  setPaneOpen('inspector', true);
}

/** Takes the plans away, done or not. */
export function endDecomposition(): void {
  if (viewStore.getState().dialog === 'decompose') openDialog(undefined);
  decompositionStore.setState({ subject: undefined });
  if (opened) setPaneOpen('inspector', false);
  opened = false;
}
