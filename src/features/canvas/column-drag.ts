import { reorderColumns, selectedOf, transferColumns } from '#features/columns/index.ts';
import { recordIn } from '#model/collections.ts';
import { chenOf, NODE, rowTop } from '#model/derive/geometry.ts';
import type { Id, Table } from '#model/types.ts';
import { faceOf } from '#paint/face.ts';
import { documentStore } from '#state/document.ts';
import type { Spot } from './edits.ts';
import type { Gesture } from './gestures.ts';
import { clearOverlay, overlayStore } from './overlay.ts';
import type { Scene, SceneNode } from './scene.ts';
import { stage } from './stage.ts';

/** A gap between two rows of a table, where columns can be dropped. */
export interface Gap {
  readonly node: SceneNode;
  /** Position among the table's own columns. */
  readonly at: number;
  /** Where it is drawn. */
  readonly y: number;
}

/** The gap nearest to a point of a table's node; the end of a table that shows no rows. */
export function gapAt(scene: Scene, { x, y }: Spot): Gap | undefined {
  const id = scene.grid.at(x, y).at(-1);
  const node = id === undefined ? undefined : scene.nodes.get(id);
  const real = node?.kind === 'table' ? recordIn(documentStore.getState().document, 'tables', node.id) : undefined;
  if (node === undefined || real === undefined) return undefined;
  const seen = node.record as Table;
  const bottom = { node, at: real.columns.length, y: node.box.y + node.box.height - NODE.border };
  if (node.collapsed || chenOf(scene.document, seen) !== undefined) return bottom;
  const { rows } = faceOf(scene.document, seen);
  const top = node.box.y + rowTop(scene.document, seen, 0);
  const row = Math.max(0, Math.min(rows.length, Math.round((y - top) / NODE.row)));
  // Rows may be inherited, or stand in another order than the columns: the next own one decides.
  const next = rows.slice(row).find((one) => real.columns.some(({ id: own }) => own === one.id));
  const at = next === undefined ? real.columns.length : real.columns.findIndex((one) => one.id === next.id);
  return { node, at, y: top + row * NODE.row };
}

/** What is dragged with a column: all selected columns of its table when it is one of them. */
export function draggedWith(table: Id, column: Id): readonly Id[] {
  const record = recordIn(documentStore.getState().document, 'tables', table);
  const selected = record === undefined ? [] : selectedOf(record);
  return selected.includes(column) ? selected : [column];
}

/** Carries columns to another place of their table, or to another table; with Alt or Ctrl as copies. */
export function columnGesture(from: Id, columns: readonly Id[]): Gesture {
  const table = recordIn(documentStore.getState().document, 'tables', from);
  const first = table?.columns.find(({ id }) => columns.includes(id))?.name ?? '';
  const text = columns.length === 1 ? first : `${first} and ${columns.length - 1} more`;
  const isCopy = (event: PointerEvent) => event.altKey || event.ctrlKey || event.metaKey;
  return {
    move(at, event) {
      const gap = gapAt(stage.scene, at);
      const copy = isCopy(event);
      const verb = copy
        ? 'Copy'
        : gap?.node.id === from || gap === undefined
          ? 'Move'
          : `Move to ${(gap.node.record as Table).name}:`;
      const { box } = gap?.node ?? {};
      const line = gap === undefined || box === undefined ? undefined : { x: box.x, y: gap.y, width: box.width };
      overlayStore.setState({ carried: { at, text: `${verb} ${text}`, line, target: gap?.node.id === from ? undefined : box } });
    },
    end(at, event) {
      clearOverlay();
      const gap = gapAt(stage.scene, at);
      if (gap === undefined) return;
      const copy = isCopy(event);
      if (gap.node.id === from && !copy) reorderColumns(from, columns, gap.at);
      else transferColumns({ from, columns, to: gap.node.id, at: gap.at, copy });
      stage.focus();
    },
    cancel: clearOverlay,
  };
}
