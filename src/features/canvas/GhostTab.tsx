import { useStore } from 'zustand';
import type { Id } from '#model/types.ts';
import { useDocumentState, useView } from '#state/hooks.ts';
import { Icon } from '#ui/Icon.tsx';
import { editingStore } from './editing.ts';
import { newColumn } from './edits.ts';

/** Below the one selected table: where a new column is typed. Keys get there from the table itself (Enter, mod+Enter). */
export function GhostTab({ id, name }: { readonly id: Id; readonly name: string }) {
  const alone = useView(({ selection }) => selection.length > 0 && selection.every((ref) => ref.record === id));
  const quiet = useStore(editingStore, ({ at }) => at === undefined || (at.object === id && at.field === 'title'));
  const writable = useDocumentState(({ readOnly }) => readOnly === undefined);
  if (!alone || !quiet || !writable) return null;
  return (
    <button type="button" className="ghost-tab" tabIndex={-1} aria-label={`Add a column to ${name}`} onClick={() => newColumn(id)}>
      <Icon name="Plus" size={13} /> column
    </button>
  );
}
