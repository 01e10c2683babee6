import type { KeyboardEvent } from 'react';
import { actionsStore } from '#state/actions.ts';
import { requestDeletion } from '#state/deletion.ts';
import { duplicateSelection } from '#state/duplicate.ts';
import { matches } from '#ui/press.ts';
import type { TreeRow } from './tree-rows.ts';

export interface TreeKeys {
  readonly rows: readonly TreeRow[];
  /** Index of the row that has the keyboard's attention. */
  readonly active: number;
  readonly page: number;
  /** Moves there; `extend` adds to the selection, `only` leaves it. */
  readonly onMove: (to: number, how: 'select' | 'extend' | 'only') => void;
  readonly onToggle: (row: TreeRow) => void;
  readonly onReveal: (row: TreeRow) => void;
  readonly onPick: (row: TreeRow) => void;
  readonly onRename: (row: TreeRow) => void;
  readonly onMenu: (row: TreeRow) => void;
  readonly onExpandSiblings: (row: TreeRow) => void;
}

let typed = '';
let typedAt = 0;
const TYPE_AHEAD_MS = 700;

/** The next row whose label starts with what is being typed. */
function typeAhead(rows: readonly TreeRow[], active: number, key: string, now: number): number {
  typed = now - typedAt > TYPE_AHEAD_MS ? key : typed + key;
  typedAt = now;
  const needle = typed.toLowerCase();
  const from = typed.length === 1 ? active + 1 : active;
  for (let step = 0; step < rows.length; step++) {
    const at = (from + step) % rows.length;
    if (rows[at]?.node.label.toLowerCase().startsWith(needle)) return at;
  }
  return -1;
}

function target(event: KeyboardEvent, { rows, active, page }: TreeKeys): number | undefined {
  const last = rows.length - 1;
  switch (event.key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, active + page);
    case 'PageUp':
      return Math.max(0, active - page);
    default:
      return undefined;
  }
}

/** Right opens or enters, Left closes or leaves. */
function sideways(event: KeyboardEvent, row: TreeRow, keys: TreeKeys): boolean {
  if (event.key === 'ArrowRight') {
    if (row.expanded === false) keys.onToggle(row);
    else if (row.expanded === true) keys.onMove(Math.min(keys.rows.length - 1, keys.active + 1), 'select');
    return true;
  }
  if (event.key !== 'ArrowLeft') return false;
  if (row.expanded === true) keys.onToggle(row);
  else {
    const parent = keys.rows.findIndex((one) => one.node.key === row.parent);
    if (parent >= 0) keys.onMove(parent, 'select');
  }
  return true;
}

/** Whether a press is the key an action has now: what a person bound on the canvas holds here too. */
function means(id: string, { nativeEvent }: KeyboardEvent): boolean {
  const action = actionsStore.getState().actions.find((one) => one.id === id);
  return action?.keys?.some((keys) => matches(keys, nativeEvent)) === true;
}

function act(event: KeyboardEvent, row: TreeRow, keys: TreeKeys): boolean {
  if (event.key === 'Enter') keys.onReveal(row);
  else if (event.key === ' ') keys.onPick(row);
  else if (means('canvas.rename', event)) keys.onRename(row);
  else if (means('edit.delete', event)) requestDeletion();
  else if (means('edit.duplicate', event)) duplicateSelection();
  else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) keys.onMenu(row);
  else if (event.key === '*') keys.onExpandSiblings(row);
  else return false;
  return true;
}

/** The keyboard of a tree, as WAI-ARIA describes it, with the studio's own keys for what is in it. */
export function onTreeKey(event: KeyboardEvent, keys: TreeKeys): void {
  const row = keys.rows[keys.active];
  const mod = event.ctrlKey || event.metaKey;
  const to = event.altKey ? undefined : target(event, keys);
  if (to !== undefined) keys.onMove(to, event.shiftKey ? 'extend' : mod ? 'only' : 'select');
  else if (row !== undefined && !event.altKey && (sideways(event, row, keys) || act(event, row, keys))) {
    // Done by the row.
  } else if (event.key.length === 1 && event.key !== ' ' && !mod && !event.altKey) {
    const found = typeAhead(keys.rows, keys.active, event.key, event.timeStamp);
    if (found < 0) return;
    keys.onMove(found, 'select');
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
