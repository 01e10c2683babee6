import type { Rect } from '#lib/grid.ts';
import { NODE } from '#model/derive/geometry.ts';

/** What would stand on the page if the nodes in sight were mounted. */
export interface Load {
  readonly nodes: number;
  /** Rows of all of them; 0 where the zoom shows none. */
  readonly rows: number;
}

/** Above this many nodes, the far view draws them. */
export const MOST_NODES = 60;
/** Above this many rows too, unless few nodes hold them: a diagram of two dozen tables stays on the page. */
export const MOST_ROWS = 380;
const FEW_NODES = 24;
/** The page takes over again below this share, so that nothing flickers at the border. */
const BACK = 0.86;

function tooMuch({ nodes, rows }: Load, share: number): boolean {
  return nodes > MOST_NODES * share || (rows > MOST_ROWS * share && nodes > FEW_NODES * share);
}

/** Whether the far view draws what is in sight. @param far whether it does so now. */
export function judgeFar(far: boolean, load: Load): boolean {
  return tooMuch(load, far ? BACK : 1);
}

/** Rows that a node of this height shows. */
export function rowsIn({ height }: Rect): number {
  return Math.max(0, Math.floor((height - NODE.header) / NODE.row));
}
