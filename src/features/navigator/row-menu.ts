import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { actionsStore, keysOf, perform } from '#state/actions.ts';
import { requestDeletion } from '#state/deletion.ts';
import { putOnDiagram, takeOffDiagram } from '#state/diagrams.ts';
import { documentStore } from '#state/document.ts';
import { duplicateSelection } from '#state/duplicate.ts';
import { notify } from '#state/notices.ts';
import { showDock } from '#state/panes.ts';
import { nameToEdit } from '#state/rename.ts';
import { resultsStore } from '#state/results.ts';
import { reveal, viewStore } from '#state/view.ts';
import { isIconName } from '#ui/icons.ts';
import type { MenuItem } from '#ui/menu-items.ts';
import { type Addable, addColumnTo, addObject } from './add.ts';
import { standsHere } from './Eye.tsx';
import type { TreeNode } from './tree.ts';

const ADDABLE: readonly {
  readonly what: Addable;
  readonly label: string;
  readonly icon: NonNullable<Extract<MenuItem, { icon?: unknown }>['icon']>;
}[] = [
  { what: 'table', label: 'Table', icon: 'Table2' },
  { what: 'view', label: 'View', icon: 'Eye' },
  { what: 'enum', label: 'Enum', icon: 'List' },
  { what: 'domain', label: 'Domain', icon: 'Tag' },
  { what: 'composite', label: 'Composite type', icon: 'Braces' },
  { what: 'sequence', label: 'Sequence', icon: 'ListOrdered' },
  { what: 'schema', label: 'Schema', icon: 'Database' },
  { what: 'routine', label: 'Function', icon: 'SquareFunction' },
  { what: 'trigger', label: 'Trigger', icon: 'Zap' },
];

/** Lines that add an object; `then` gets its id, for its name to be edited. */
export function addItems(then: (id: Id) => void): MenuItem[] {
  return ADDABLE.map(({ what, label, icon }) => ({
    label,
    icon,
    onSelect: () => {
      const id = addObject(what);
      if (id !== undefined) then(id);
    },
  }));
}

/** The statements that make an object, as the DDL pane shows them. */
function sqlOf(record: Id): string {
  const { statements } = resultsStore.getState().ddl;
  return statements.flatMap((one) => (one.record === record ? [one.sql] : [])).join('\n\n');
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ tone: 'ok', text: `Copied ${what}` });
  } catch {
    notify({ tone: 'warn', text: 'The browser did not allow copying: click into the page and try again.' });
  }
}

export interface RowMenuOptions {
  readonly onRename: (node: TreeNode) => void;
  readonly onAdded: (key: string) => void;
}

const DRAWN: ReadonlySet<TreeNode['kind']> = new Set([
  'table',
  'entity',
  'view',
  'column',
  'relationship',
  'index',
  'area',
  'note',
]);

/** A record, with the others that are selected when it is one of them. */
function selectedWith(id: Id): readonly Id[] {
  const selected = viewStore.getState().selection.map((one) => one.record);
  return selected.includes(id) ? [...new Set(selected)] : [id];
}

/** Actions that can be done with what is selected now. */
function actionItems(ids: readonly string[]): MenuItem[] {
  return ids.flatMap((id): MenuItem[] => {
    const action = actionsStore.getState().actions.find((one) => one.id === id);
    if (action === undefined || action.when?.() === false) return [];
    const icon = isIconName(action.icon) ? action.icon : undefined;
    return [{ label: action.label, icon, keys: action.keys?.[0], onSelect: action.run }];
  });
}

const GROUPS = ['Edit', 'Model', 'Canvas', 'Go', 'Check'] as const;
/** What the menu has of its own. */
const OWN = new Set(['canvas.rename', 'canvas.edit', 'edit.duplicate', 'edit.delete', 'edit.undo', 'edit.redo', 'diagram.takeOff']);

/** Every other action that depends on what is selected and can be done with it: nothing needs the canvas. */
function everything(): MenuItem[] {
  const able = actionsStore.getState().actions.filter((one) => !OWN.has(one.id) && one.when !== undefined && one.when());
  const groups = GROUPS.flatMap((group): MenuItem[] => {
    const items = able
      .filter((one) => one.group === group)
      .map((one): MenuItem => {
        const icon = isIconName(one.icon) ? one.icon : undefined;
        return { label: one.label, icon, keys: one.keys?.[0], checked: one.checked?.(), onSelect: one.run };
      });
    return items.length === 0 ? [] : [{ kind: 'sub', label: group, items }];
  });
  return groups.length === 0 ? [] : [{ kind: 'sub', label: 'All actions', icon: 'Command', items: groups }];
}

/** What can be done with one thing of the tree. */
export function rowItems(node: TreeNode, { onRename, onAdded }: RowMenuOptions): MenuItem[] {
  const { ref, kind } = node;
  const { document, readOnly } = documentStore.getState();
  const fixed = readOnly !== undefined;
  if (ref === undefined) return addItems(onAdded);
  const items: MenuItem[] = [];
  if (DRAWN.has(kind)) {
    items.push({ label: 'Show on the canvas', icon: 'Crosshair', keys: 'enter', onSelect: () => reveal(ref, 'navigator') });
  }
  const here = ref.part === undefined ? standsHere(ref.record) : undefined;
  if (here !== undefined) {
    const ids = selectedWith(ref.record);
    items.push(
      here
        ? { label: 'Take off this diagram', icon: 'EyeOff', disabled: fixed, onSelect: () => takeOffDiagram(ids) }
        : { label: 'Put on this diagram', icon: 'Eye', disabled: fixed, onSelect: () => void putOnDiagram(ids) },
    );
  }
  if (nameToEdit(document, ref) !== undefined) {
    items.push({ label: 'Rename', icon: 'Pencil', keys: keysOf('canvas.rename'), disabled: fixed, onSelect: () => onRename(node) });
  }
  if (kind === 'table') {
    items.push({
      label: 'Add column',
      icon: 'Columns3',
      disabled: fixed,
      onSelect: () => {
        const column = addColumnTo(ref.record);
        if (column === undefined) return;
        reveal({ record: ref.record, part: column }, 'navigator');
        onAdded(`${ref.record}/${column}`);
      },
    });
  }
  if (kind === 'relationship') items.push(...actionItems(['relationship.swap', 'relationship.route']));
  if (kind === 'hierarchy') items.push(...actionItems(['levels.resolve', 'levels.takeBack']));
  if (kind === 'schema') items.push({ kind: 'sub', label: 'Add', icon: 'Plus', items: addItems(onAdded) });
  if (kind === 'table' || kind === 'view' || kind === 'column' || kind === 'note' || kind === 'area') {
    items.push({ label: 'Duplicate', icon: 'Copy', keys: keysOf('edit.duplicate'), disabled: fixed, onSelect: duplicateSelection });
  }
  const sql = recordIn(document, 'schemas', ref.record) === undefined && ref.part === undefined ? sqlOf(ref.record) : '';
  items.push({ label: 'Copy name', icon: 'ClipboardPaste', onSelect: () => void copy(node.label, node.label) });
  if (sql !== '') {
    items.push({ label: 'Copy as SQL', icon: 'FileCode', onSelect: () => void copy(sql, `the DDL of ${node.label}`) });
    items.push({ label: 'Show in the DDL', icon: 'CornerDownLeft', onSelect: () => showDock('ddl') });
  }
  if (kind === 'table') items.push({ label: 'Problems of the model', icon: 'ListChecks', onSelect: () => perform('go.problems') });
  items.push(...everything());
  // An entity without a table goes with the hierarchy that keeps it.
  if (kind === 'entity') return items;
  items.push({ kind: 'separator' });
  items.push({
    label: 'Delete',
    icon: 'Trash2',
    keys: keysOf('edit.delete'),
    danger: true,
    disabled: fixed,
    onSelect: () => requestDeletion(),
  });
  return items;
}
