import { stage } from '#features/canvas/stage.ts';
import type { Action } from '#state/actions.ts';
import { requestDeletion } from '#state/deletion.ts';
import { documentStore, redo, undo } from '#state/document.ts';
import { duplicateSelection } from '#state/duplicate.ts';
import { select, viewStore } from '#state/view.ts';
import { clipboardCommand, pasteCommand } from './clipboard.ts';

const history = () => documentStore.getState().history;

const anySelected = () => viewStore.getState().selection.length > 0;

/** Everything that is shown: what is on other diagrams, or filtered out, is not meant. */
function selectAll(): void {
  const records = [...stage.scene.nodes.values()].filter((node) => node.kind !== 'note').map((node) => node.id);
  select(records.map((record) => ({ record })));
}

/** Undo, selection and what acts on it. */
export const editActions: readonly Action[] = [
  {
    id: 'edit.undo',
    label: 'Undo',
    group: 'Edit',
    icon: 'Undo2',
    keys: ['mod+z'],
    when: () => history().done.length > 0,
    run: () => void undo(),
  },
  {
    id: 'edit.redo',
    label: 'Redo',
    group: 'Edit',
    icon: 'Redo2',
    keys: ['mod+shift+z', 'mod+y'],
    when: () => history().undone.length > 0,
    run: () => void redo(),
  },
  {
    id: 'edit.copy',
    label: 'Copy as SQL',
    group: 'Edit',
    icon: 'Copy',
    keys: ['mod+c'],
    where: 'canvas',
    when: anySelected,
    run: () => clipboardCommand('copy'),
  },
  {
    id: 'edit.cut',
    label: 'Cut',
    group: 'Edit',
    icon: 'ClipboardPaste',
    keys: ['mod+x'],
    where: 'canvas',
    when: anySelected,
    run: () => clipboardCommand('cut'),
  },
  {
    id: 'edit.paste',
    label: 'Paste',
    group: 'Edit',
    icon: 'ClipboardPaste',
    keys: ['mod+v'],
    where: 'canvas',
    run: () => void pasteCommand(),
  },
  {
    id: 'edit.delete',
    label: 'Delete',
    group: 'Edit',
    icon: 'Trash2',
    keys: ['delete', 'backspace'],
    where: 'canvas',
    when: anySelected,
    run: () => requestDeletion(),
  },
  {
    id: 'edit.duplicate',
    label: 'Duplicate',
    group: 'Edit',
    icon: 'Copy',
    keys: ['mod+d'],
    where: 'canvas',
    when: anySelected,
    run: duplicateSelection,
  },
  { id: 'edit.selectAll', label: 'Select all', group: 'Edit', icon: 'Group', keys: ['mod+a'], where: 'canvas', run: selectAll },
  {
    id: 'edit.deselect',
    label: 'Select nothing',
    group: 'Edit',
    when: anySelected,
    run: () => select([]),
  },
];
