import { ASPECT } from './pack.ts';
import { type Block, type LayoutNode, SPACE, type Spot } from './types.ts';

interface Column {
  readonly nodes: readonly LayoutNode[];
  readonly width: number;
  readonly height: number;
}

function columnOf(nodes: readonly LayoutNode[]): Column {
  let width = 0;
  let height = -SPACE.row;
  for (const node of nodes) {
    width = Math.max(width, node.width);
    height += node.height + SPACE.row;
  }
  return { nodes, width, height };
}

/** A column cut into neighbouring ones of about equal height, none much higher than the limit. */
function cut(column: Column, limit: number): Column[] {
  const parts = Math.ceil(column.height / limit);
  if (parts <= 1 || column.nodes.length < 2) return [column];
  const share = column.height / parts;
  const cuts: LayoutNode[][] = [[]];
  let filled = 0;
  for (const node of column.nodes) {
    if (filled > 0 && filled + node.height / 2 > share && cuts.length < parts) {
      cuts.push([]);
      filled = 0;
    }
    cuts.at(-1)?.push(node);
    filled += node.height + SPACE.row;
  }
  return cuts.map(columnOf);
}

/**
 * Layers of a layered layout as columns, folded so that the block is no ribbon: a layer of many boxes, such as all that
 * refer to one hub, becomes several columns beside each other.
 * @param layers boxes by layer, each in its order from top to bottom.
 */
export function foldColumns(id: string, layers: readonly (readonly LayoutNode[])[], aspect: number = ASPECT): Block {
  const columns = layers.filter((layer) => layer.length > 0).map(columnOf);
  let area = 0;
  for (const column of columns) {
    for (const node of column.nodes) area += (node.width + SPACE.column) * (node.height + SPACE.row);
  }
  let best: { columns: Column[]; width: number; height: number; cost: number } | undefined;
  for (let step = 0; step < 16; step++) {
    const limit = Math.sqrt(area / aspect) * (0.7 + step * 0.08);
    const folded = columns.flatMap((column) => cut(column, limit));
    const width = folded.reduce((sum, column) => sum + column.width + SPACE.column, -SPACE.column);
    const height = Math.max(...folded.map((column) => column.height));
    const cost = Math.max(width, height * aspect);
    if (best === undefined || cost < best.cost) best = { columns: folded, width, height, cost };
  }
  const spots = new Map<string, Spot>();
  let x = 0;
  for (const column of best?.columns ?? []) {
    let y = ((best?.height ?? 0) - column.height) / 2;
    for (const node of column.nodes) {
      spots.set(node.id, { x, y });
      y += node.height + SPACE.row;
    }
    x += column.width + SPACE.column;
  }
  const ids = (best?.columns ?? []).map((column) => column.nodes.map((node) => node.id));
  return { id, width: best?.width ?? 0, height: best?.height ?? 0, spots, columns: ids };
}
