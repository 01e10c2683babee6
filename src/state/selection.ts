import { findRecord } from '#model/collections.ts';
import type { Document, Ref } from '#model/types.ts';
import { onDocumentChange } from './document.ts';
import { viewStore } from './view.ts';

/** Whether a record, and the part of it that is meant, is in the document. */
export function refExists(document: Document, ref: Ref): boolean {
  const record = findRecord(document, ref.record)?.record;
  if (record === undefined) return false;
  if (ref.part === undefined) return true;
  return Object.values(record).some((value) => Array.isArray(value) && value.some((part) => part?.id === ref.part));
}

/** The refs that exist; of one whose part is gone its record, once, so that deleting a column leaves its table selected. */
export function livingRefs(document: Document, refs: readonly Ref[]): readonly Ref[] {
  const alive: Ref[] = [];
  for (const ref of refs) {
    if (refExists(document, ref)) alive.push(ref);
    else if (findRecord(document, ref.record) !== undefined && !alive.some((one) => one.record === ref.record)) {
      alive.push({ record: ref.record });
    }
  }
  return alive;
}

/** Keeps the selection to what exists: after a deletion, an undo, another document. Returns how to stop. */
export function keepSelectionAlive(): () => void {
  return onDocumentChange(({ document, source, diff }) => {
    if (source !== 'load' && diff.every((change) => change.to !== undefined && change.from === undefined)) return;
    const { selection, hovered } = viewStore.getState();
    const alive = livingRefs(document, selection);
    if (alive.length !== selection.length || alive.some((ref, at) => ref !== selection[at]))
      viewStore.setState({ selection: alive });
    if (hovered !== undefined && findRecord(document, hovered) === undefined) viewStore.setState({ hovered: undefined });
  });
}
