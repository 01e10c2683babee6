import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { foldColumns } from './columns.ts';
import { layersOf } from './layers.ts';
import { refine } from './refine.ts';
import { type Block, type LayoutEdge, type LayoutNode, SPACE, type Spot } from './types.ts';

let loading: Promise<ELK> | undefined;

/**
 * ELK, loaded when first needed. In a worker it would take the worker for its own (it looks for a `document`): while it
 * loads it is shown one, so that it stays a library.
 */
function loadElk(): Promise<ELK> {
  loading ??= (async () => {
    const scope = globalThis as { document?: unknown };
    const inWorker = scope.document === undefined && typeof self !== 'undefined';
    if (inWorker) scope.document = {};
    try {
      const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
      return new Elk();
    } finally {
      if (inWorker) delete scope.document;
    }
  })();
  return loading;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'LEFT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(SPACE.column),
  'elk.spacing.nodeNode': String(SPACE.row),
  'elk.spacing.componentComponent': String(SPACE.row * 2),
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.crossingMinimization.greedySwitch.type': 'TWO_SIDED',
  'elk.layered.thoroughness': '5',
  'elk.aspectRatio': '1.6',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** Layers, left to right, and within each top to bottom, read off the places ELK gave. */
function layersRead(nodes: readonly LayoutNode[], spots: ReadonlyMap<string, Spot>): LayoutNode[][] {
  const centre = (node: LayoutNode) => (spots.get(node.id)?.x ?? 0) + node.width / 2;
  const sorted = [...nodes].sort((a, b) => centre(a) - centre(b));
  const layers: LayoutNode[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const node of sorted) {
    const x = spots.get(node.id)?.x ?? 0;
    if (layers.length === 0 || x - before > SPACE.column * 1.5) {
      layers.push([]);
      before = x;
    }
    layers.at(-1)?.push(node);
  }
  for (const layer of layers) layer.sort((a, b) => (spots.get(a.id)?.y ?? 0) - (spots.get(b.id)?.y ?? 0));
  return layers;
}

/** A block is a ribbon when it would waste more than a third of a screen of a shape. */
function isRibbon(width: number, height: number, aspect: number): boolean {
  const share = width / Math.max(1, height) / aspect;
  return share > 1.55 || share < 0.6;
}

function foldedBlock(
  id: string,
  layers: readonly (readonly LayoutNode[])[],
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { effort, aspect }: Care,
): Block {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return refine(foldColumns(id, layers, aspect), byId, edges, { outside: new Map(), turns: effort * nodes.length });
}

/** How a set is laid out: changes tried for each box of a folded one, and the shape of the screen, width by height. */
export interface Care {
  readonly effort: number;
  readonly aspect: number;
}

/**
 * Lays out a connected set in layers, parents left of their children (ELK layered), folded when it comes out as a ribbon.
 */
export async function layered(id: string, nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], care: Care): Promise<Block> {
  const graph: ElkNode = {
    id,
    layoutOptions: OPTIONS,
    children: nodes.map(({ id: child, width, height }) => ({ id: child, width, height })),
    edges: edges.map(({ child, parent }, at) => ({ id: `e${at}`, sources: [child], targets: [parent] })),
  };
  const done = await (await loadElk()).layout(graph);
  const spots = new Map<string, Spot>();
  for (const { id: child, x = 0, y = 0 } of done.children ?? []) spots.set(child, { x, y });
  const { width = 0, height = 0 } = done;
  if (!isRibbon(width, height, care.aspect) || nodes.length < 3) return { id, width, height, spots };
  return foldedBlock(id, layersRead(nodes, spots), nodes, edges, care);
}

/** The same for one of many sets, in a fraction of the time: layers of our own, folded at once. */
export function layeredQuickly(id: string, nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], care: Care): Block {
  return foldedBlock(id, layersOf(nodes, edges), nodes, edges, care);
}
