import { type Diff, reverseDiff, squashDiffs } from './diff.ts';

/** One undo step. */
export interface Step {
  readonly label: string;
  readonly diff: Diff;
}

/**
 * Undo and redo stacks as a value: steps already done, steps undone (last = next to redo), and, while a gesture runs,
 * the mark that its many edits are squashed to.
 */
export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  /** Length of `done` when the running gesture began. */
  readonly mark?: number;
}

export const EMPTY_HISTORY: History = { done: [], undone: [] };

/** Steps kept; older ones are forgotten. */
export const HISTORY_LIMIT = 500;

/** Adds a step; what was undone can no longer be redone. An empty diff adds nothing. */
export function record(history: History, step: Step): History {
  if (step.diff.length === 0) return history;
  const done = [...history.done, step];
  const drop = history.mark === undefined ? Math.max(0, done.length - HISTORY_LIMIT) : 0;
  return { ...history, done: drop > 0 ? done.slice(drop) : done, undone: [] };
}

/** Begins a gesture: until {@link squash} or {@link bail}, its edits belong together. */
export function mark(history: History): History {
  return history.mark === undefined ? { ...history, mark: history.done.length } : history;
}

/** Ends a gesture: its edits become one step with this label. */
export function squash(history: History, label: string): History {
  const { mark: from, ...rest } = history;
  if (from === undefined || rest.done.length <= from) return rest;
  const diff = rest.done.slice(from).reduce<Diff>((sum, step) => squashDiffs(sum, step.diff), []);
  const kept = rest.done.slice(0, from);
  return { ...rest, done: diff.length === 0 ? kept : [...kept, { label, diff }] };
}

/** Abandons a gesture. Yields the diff that takes its edits back. */
export function bail(history: History): { history: History; diff: Diff } {
  const { mark: from, ...rest } = history;
  if (from === undefined) return { history: rest, diff: [] };
  const edits = rest.done.slice(from).reduce<Diff>((sum, step) => squashDiffs(sum, step.diff), []);
  return { history: { ...rest, done: rest.done.slice(0, from) }, diff: reverseDiff(edits) };
}

/** Makes the last two steps one, with the label of the first: what follows from an edit belongs to it. */
export function foldLast(history: History): History {
  const [before, last] = history.done.slice(-2);
  if (before === undefined || last === undefined || history.mark !== undefined) return history;
  const diff = squashDiffs(before.diff, last.diff);
  return { ...history, done: [...history.done.slice(0, -2), { label: before.label, diff }] };
}

/** Takes the last step back. Undefined when there is none. */
export function undo(history: History): { history: History; diff: Diff; label: string } | undefined {
  const step = history.done.at(-1);
  if (step === undefined || history.mark !== undefined) return undefined;
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, step] },
    diff: reverseDiff(step.diff),
    label: step.label,
  };
}

/** Does the last undone step again. Undefined when there is none. */
export function redo(history: History): { history: History; diff: Diff; label: string } | undefined {
  const step = history.undone.at(-1);
  if (step === undefined || history.mark !== undefined) return undefined;
  return {
    history: { done: [...history.done, step], undone: history.undone.slice(0, -1) },
    diff: step.diff,
    label: step.label,
  };
}
