import { createStore } from 'zustand/vanilla';
import { type IdSource, randomIds } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import { applyDiff, type Diff } from '#model/diff.ts';
import * as histories from '#model/history.ts';
import type { Document } from '#model/types.ts';

/** Why the document changed: worker sync, journal and other tabs treat a `load` as a new start. */
export type ChangeSource = 'edit' | 'undo' | 'redo' | 'load' | 'follow';

export interface DocumentState {
  readonly document: Document;
  readonly history: histories.History;
  /** Counts every change of the document. */
  readonly revision: number;
  /** Another tab holds the document, or its file is of a newer version: commands are refused with this reason. */
  readonly readOnly?: string | undefined;
}

export const documentStore = createStore<DocumentState>(() => ({
  document: emptyDocument(),
  history: histories.EMPTY_HISTORY,
  revision: 0,
}));

export interface DocumentChange {
  readonly document: Document;
  readonly diff: Diff;
  readonly source: ChangeSource;
  readonly revision: number;
}

type Listener = (change: DocumentChange) => void;
const listeners = new Set<Listener>();

/** Calls the listener after every change with the diff that led to it. Returns how to stop. */
export function onDocumentChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const ids: IdSource = randomIds(Math.random);

/** The ids of interactive edits. */
export function interactiveIds(): IdSource {
  return ids;
}

function commit(document: Document, history: histories.History, diff: Diff, source: ChangeSource): void {
  const revision = documentStore.getState().revision + 1;
  documentStore.setState({ document, history, revision });
  for (const listener of listeners) listener({ document, diff, source, revision });
}

/** Runs commands as one undo step. Nothing changes when one of them has a problem. */
export function run(calls: CommandCall | readonly CommandCall[], label?: string): Result<Diff> {
  const { document, history, readOnly } = documentStore.getState();
  if (readOnly !== undefined) return err('read-only', readOnly);
  const ran = runCommands(document, 'name' in calls ? [calls] : calls, ids, label);
  if (!ran.ok) return ran;
  const { diff } = ran.value;
  if (diff.length > 0) {
    commit(ran.value.document, histories.record(history, { label: ran.value.label, diff }), diff, 'edit');
  }
  return ok(diff);
}

/** Runs commands as a part of the last step: undone and done again together with it. */
export function runAlong(calls: CommandCall | readonly CommandCall[]): Result<Diff> {
  const before = documentStore.getState().history.done.length;
  const result = run(calls);
  if (result.ok && result.value.length > 0 && before > 0) {
    documentStore.setState(({ history }) => ({ history: histories.foldLast(history) }));
  }
  return result;
}

/** Begins a gesture such as a drag: edits until {@link endGesture} are one undo step. */
export function beginGesture(): void {
  documentStore.setState((state) => ({ history: histories.mark(state.history) }));
}

export function endGesture(label: string): void {
  documentStore.setState((state) => ({ history: histories.squash(state.history, label) }));
}

/** Takes back every edit of the running gesture. */
export function cancelGesture(): void {
  const { document, history } = documentStore.getState();
  const bailed = histories.bail(history);
  if (bailed.diff.length > 0) commit(applyDiff(document, bailed.diff), bailed.history, bailed.diff, 'undo');
  else documentStore.setState({ history: bailed.history });
}

function step(move: typeof histories.undo, source: 'undo' | 'redo'): string | undefined {
  const { document, history, readOnly } = documentStore.getState();
  const moved = readOnly === undefined ? move(history) : undefined;
  if (moved === undefined) return undefined;
  commit(applyDiff(document, moved.diff), moved.history, moved.diff, source);
  return moved.label;
}

/** Takes the last step back; says its label. */
export function undo(): string | undefined {
  return step(histories.undo, 'undo');
}

/** Does the last undone step again; says its label. */
export function redo(): string | undefined {
  return step(histories.redo, 'redo');
}

/** Shows another document. */
export function load(document: Document, history: histories.History = histories.EMPTY_HISTORY, readOnly?: string): void {
  documentStore.setState({ readOnly });
  commit(document, history, [], 'load');
}

/** Follows another tab's edit: the history is the other tab's business. */
export function follow(diff: Diff): void {
  const { document, history } = documentStore.getState();
  commit(applyDiff(document, diff), history, diff, 'follow');
}

/** Takes up an undo history for the document as it is, and whether it may be edited. */
export function adopt(history: histories.History, readOnly?: string): void {
  documentStore.setState({ history, readOnly });
}

/** Refuses edits with a reason, or allows them again. */
export function setReadOnly(readOnly: string | undefined): void {
  documentStore.setState({ readOnly });
}
