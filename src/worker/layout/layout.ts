import { communities, MOST } from './communities.ts';
import { layered, layeredQuickly } from './layered.ts';
import { pack } from './pack.ts';
import { packRelated } from './pack-related.ts';
import { refine } from './refine.ts';
import {
  type Block,
  type LayoutEdge,
  type LayoutInput,
  type LayoutNode,
  type LayoutOutput,
  type Progress,
  SPACE,
  type Spot,
} from './types.ts';

/** Up to this many boxes, one layered picture of the whole reads best; above, clusters do. */
const WHOLE_UP_TO = 60;

function inside(edges: readonly LayoutEdge[], nodes: readonly LayoutNode[]): LayoutEdge[] {
  const ids = new Set(nodes.map((node) => node.id));
  return edges.filter(({ child, parent }) => child !== parent && ids.has(child) && ids.has(parent));
}

/** Blocks beside each other as one. */
function packBlocks(id: string, blocks: readonly Block[], gap: number): Block {
  const packed = pack(blocks, gap);
  const spots = new Map<string, Spot>();
  for (const block of blocks) {
    const corner = packed.spots.get(block.id) ?? { x: 0, y: 0 };
    for (const [node, { x, y }] of block.spots) spots.set(node, { x: corner.x + x, y: corner.y + y });
  }
  return { id, width: packed.width, height: packed.height, spots };
}

/** Boxes without relationships: simply packed. */
function loose(id: string, nodes: readonly LayoutNode[]): Block {
  const packed = pack(nodes, SPACE.row);
  return { id, width: packed.width, height: packed.height, spots: packed.spots };
}

/** Sets of boxes that lines connect, the largest first. */
export function components(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const root = new Map(nodes.map((node) => [node.id, node.id]));
  const find = (id: string): string => {
    let at = id;
    for (let up = root.get(at) as string; up !== at; up = root.get(at) as string) {
      root.set(at, root.get(up) as string);
      at = up;
    }
    return at;
  };
  for (const { child, parent } of edges) root.set(find(child), find(parent));
  const found = new Map<string, LayoutNode[]>();
  for (const node of nodes) {
    const key = find(node.id);
    const list = found.get(key);
    if (list === undefined) found.set(key, [node]);
    else list.push(node);
  }
  return [...found.values()].sort((a, b) => b.length - a.length);
}

/** Below this effort (above 250 boxes) they are so many that each set of them is laid out quickly. */
const CAREFUL = 160;
/** Changes tried for each box, at most. */
const MOST_EFFORT = 80;

/** One cluster: each connected set in layers, boxes without relationships packed together, all beside each other. */
async function cluster(id: string, nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], effort: number): Promise<Block> {
  const own = inside(edges, nodes);
  const sets = components(nodes, own);
  const apart = sets.flatMap((set) => (set.length === 1 ? set : []));
  const blocks: Block[] = [];
  for (const [at, set] of sets.entries()) {
    if (set.length < 2) continue;
    const lay = effort < CAREFUL ? layeredQuickly : layered;
    blocks.push(await lay(`${id}/${at}`, set, inside(own, set), Math.min(MOST_EFFORT, effort)));
  }
  if (apart.length > 0) blocks.push(loose(`${id}/apart`, apart));
  const [only] = blocks;
  return blocks.length === 1 && only !== undefined ? { ...only, id } : packBlocks(id, blocks, SPACE.set);
}

/** A group's block with room for its border and title. */
function framed(block: Block): Block {
  const { groupPadding, groupTitle } = SPACE;
  const spots = new Map<string, Spot>();
  for (const [id, { x, y }] of block.spots) spots.set(id, { x: x + groupPadding, y: y + groupPadding + groupTitle });
  return { ...block, width: block.width + 2 * groupPadding, height: block.height + 2 * groupPadding + groupTitle, spots };
}

/** Blocks in which boxes changed places towards what they refer to in other blocks. */
function towardsOthers(
  blocks: readonly Block[],
  corners: ReadonlyMap<string, Spot>,
  byId: ReadonlyMap<string, LayoutNode>,
  edges: readonly LayoutEdge[],
): Block[] {
  const home = new Map<string, Block>();
  for (const block of blocks) for (const id of block.spots.keys()) home.set(id, block);
  const touching = new Map<Block, LayoutEdge[]>(blocks.map((block) => [block, []]));
  for (const edge of edges) {
    const [a, b] = [home.get(edge.child), home.get(edge.parent)];
    if (a === undefined || b === undefined) continue;
    touching.get(a)?.push(edge);
    if (a !== b) touching.get(b)?.push(edge);
  }
  return blocks.map((block) => {
    const own = touching.get(block) ?? [];
    if (block.columns === undefined || own.length === 0) return block;
    const here = corners.get(block.id) ?? { x: 0, y: 0 };
    const outside = new Map<string, Spot>();
    for (const id of own.flatMap(({ child, parent }) => [child, parent])) {
      const other = home.get(id);
      if (other === undefined || other === block) continue;
      const corner = corners.get(other.id) ?? { x: 0, y: 0 };
      const spot = other.spots.get(id) ?? { x: 0, y: 0 };
      const node = byId.get(id);
      outside.set(id, {
        x: corner.x + spot.x + (node?.width ?? 0) / 2 - here.x,
        y: corner.y + spot.y + (node?.height ?? 0) / 2 - here.y,
      });
    }
    return refine(block, byId, own, { outside, turns: 16 * block.spots.size });
  });
}

const round = (value: number) => Math.round(value / 4) * 4;

/**
 * Lays out a diagram. Up to sixty boxes: one layered picture. More: communities, each layered, packed to 16:10. Given
 * groups stay together and get a box round them. Nothing overlaps.
 */
export async function layout(input: LayoutInput, progress: Progress = () => undefined): Promise<LayoutOutput> {
  const byId = new Map(input.nodes.map((node) => [node.id, node]));
  const groups = (input.groups ?? []).map(({ id, nodes }) => ({ id, nodes: nodes.flatMap((node) => byId.get(node) ?? []) }));
  const grouped = new Set(groups.flatMap(({ nodes }) => nodes.map((node) => node.id)));
  const rest = input.nodes.filter((node) => !grouped.has(node.id));
  const whole = groups.length === 0 && rest.length <= WHOLE_UP_TO;
  progress(0, 'Finding what belongs together');
  const clusters = whole || rest.length <= MOST ? (rest.length === 0 ? [] : [rest]) : communities(rest, input.edges);
  // Small pictures are worth more care for each box; large ones must not take long.
  const effort = Math.max(16, 40_000 / Math.max(1, input.nodes.length));
  let blocks: Block[] = [];
  const total = clusters.length + groups.length;
  for (const [at, nodes] of clusters.entries()) {
    blocks.push(await cluster(`cluster ${at}`, nodes, input.edges, effort));
    progress((at + 1) / total, `Laid out ${at + 1} of ${total} clusters`);
  }
  for (const [at, { id, nodes }] of groups.entries()) {
    blocks.push(framed(await cluster(`group ${id}`, nodes, input.edges, effort)));
    progress((clusters.length + at + 1) / total, `Laid out ${clusters.length + at + 1} of ${total} clusters`);
  }
  const packed = packRelated(blocks, input.edges, SPACE.block);
  if (blocks.length > 1) blocks = towardsOthers(blocks, packed.spots, byId, input.edges);
  const spots: Record<string, Spot> = {};
  for (const block of blocks) {
    const corner = packed.spots.get(block.id) ?? { x: 0, y: 0 };
    for (const [id, { x, y }] of block.spots) spots[id] = { x: round(corner.x + x), y: round(corner.y + y) };
  }
  const boxes: Record<string, { x: number; y: number; width: number; height: number }> = {};
  for (const { id } of groups) {
    const block = blocks.find((one) => one.id === `group ${id}`);
    const corner = packed.spots.get(`group ${id}`);
    if (block === undefined || corner === undefined) continue;
    boxes[id] = { x: round(corner.x), y: round(corner.y), width: round(block.width), height: round(block.height) };
  }
  return { spots, groups: boxes };
}
