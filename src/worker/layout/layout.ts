import { boundsOf, type Rect } from '#lib/grid.ts';
import { compactGrid } from '#model/derive/place.ts';
import { communities, MOST } from './communities.ts';
import { type Care, layered, layeredQuickly } from './layered.ts';
import { ASPECT, type Packed, pack } from './pack.ts';
import { packRelated } from './pack-related.ts';
import { refine } from './refine.ts';
import { rings } from './rings.ts';
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

function inside(edges: readonly LayoutEdge[], nodes: readonly LayoutNode[]): LayoutEdge[] {
  const ids = new Set(nodes.map((node) => node.id));
  return edges.filter(({ child, parent }) => child !== parent && ids.has(child) && ids.has(parent));
}

/** Blocks beside each other as one. */
function joined(id: string, blocks: readonly Block[], packed: Packed): Block {
  const spots = new Map<string, Spot>();
  const frames = new Map<string, Rect>();
  for (const block of blocks) {
    const corner = packed.spots.get(block.id) ?? { x: 0, y: 0 };
    for (const [node, { x, y }] of block.spots) spots.set(node, { x: corner.x + x, y: corner.y + y });
    for (const [group, box] of block.frames ?? []) frames.set(group, { ...box, x: corner.x + box.x, y: corner.y + box.y });
  }
  return { id, width: packed.width, height: packed.height, spots, frames };
}

/** Boxes without relationships: simply packed. */
function loose(id: string, nodes: readonly LayoutNode[], aspect: number): Block {
  const packed = pack(nodes, SPACE.row, aspect);
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
async function cluster(
  id: string,
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { effort, aspect }: Care,
): Promise<Block> {
  const own = inside(edges, nodes);
  const sets = components(nodes, own);
  const apart = sets.flatMap((set) => (set.length === 1 ? set : []));
  const blocks: Block[] = [];
  for (const [at, set] of sets.entries()) {
    if (set.length < 2) continue;
    const lay = effort < CAREFUL ? layeredQuickly : layered;
    blocks.push(await lay(`${id}/${at}`, set, inside(own, set), { effort: Math.min(MOST_EFFORT, effort), aspect }));
  }
  if (apart.length > 0) blocks.push(loose(`${id}/apart`, apart, aspect));
  const [only] = blocks;
  return blocks.length === 1 && only !== undefined ? { ...only, id } : joined(id, blocks, pack(blocks, SPACE.set, aspect));
}

/** A group's block with room for its border and title, and the border itself. */
function framed(group: string, block: Block): Block {
  const { groupPadding, groupTitle } = SPACE;
  const down = groupPadding + groupTitle;
  const spots = new Map<string, Spot>();
  for (const [id, { x, y }] of block.spots) spots.set(id, { x: x + groupPadding, y: y + down });
  const width = block.width + 2 * groupPadding;
  const height = block.height + 2 * groupPadding + groupTitle;
  const frames = new Map<string, Rect>([[group, { x: 0, y: 0, width, height }]]);
  for (const [id, box] of block.frames ?? []) frames.set(id, { ...box, x: box.x + groupPadding, y: box.y + down });
  return { id: `group ${group}`, width, height, spots, frames };
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

/** Boxes in rows, in the order given. */
function gridBlock(id: string, nodes: readonly LayoutNode[]): Block {
  const rows = compactGrid(nodes.map((node) => ({ id: node.id, size: node })));
  const { width, height } = boundsOf(rows.values()) ?? { width: 0, height: 0 };
  return { id, width, height, spots: rows };
}

/** What is to be laid out inside of one group, or of none: clusters of boxes, and groups. */
interface Plan {
  readonly id: string | undefined;
  readonly clusters: readonly (readonly LayoutNode[])[];
  readonly inner: readonly Plan[];
}

function planOf(input: LayoutInput): Plan {
  const byId = new Map(input.nodes.map((node) => [node.id, node]));
  const groups = input.groups ?? [];
  const known = new Set(groups.map((group) => group.id));
  const grouped = new Set(groups.flatMap((group) => group.nodes));
  const plan = (id: string | undefined, nodes: readonly LayoutNode[]): Plan => {
    const inner = groups.filter(({ within }) => (within !== undefined && known.has(within) ? within : undefined) === id);
    const whole = nodes.length <= MOST || input.way === 'grid';
    const clusters = nodes.length === 0 ? [] : whole ? [nodes] : communities(nodes, inside(input.edges, nodes));
    return {
      id,
      clusters,
      inner: inner.map((group) =>
        plan(
          group.id,
          group.nodes.flatMap((node) => byId.get(node) ?? []),
        ),
      ),
    };
  };
  return plan(
    undefined,
    input.nodes.filter((node) => !grouped.has(node.id)),
  );
}

function countOf({ clusters, inner }: Plan): number {
  return inner.reduce((sum, plan) => sum + countOf(plan), clusters.length);
}

/** Lays out what a plan holds: its clusters and groups beside each other, related ones near. */
async function laid(plan: Plan, input: LayoutInput, care: Care, done: () => void): Promise<Block> {
  const { id = '', clusters, inner } = plan;
  let blocks: Block[] = [];
  for (const [at, nodes] of clusters.entries()) {
    const name = `${id} cluster ${at}`;
    blocks.push(input.way === 'grid' ? gridBlock(name, nodes) : await cluster(name, nodes, input.edges, care));
    done();
  }
  for (const group of inner) blocks.push(framed(group.id ?? '', await laid(group, input, care, done)));
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) return only;
  const packed = packRelated(blocks, input.edges, plan.id === undefined ? SPACE.block : SPACE.set, care.aspect);
  blocks = towardsOthers(blocks, packed.spots, new Map(input.nodes.map((node) => [node.id, node])), input.edges);
  return joined(id, blocks, packed);
}

function outputOf({ spots, frames }: Block, found: readonly (readonly string[])[]): LayoutOutput {
  const groups = [...(frames ?? [])].map(([id, { x, y, width, height }]) => {
    return [id, { x: round(x), y: round(y), width: round(width), height: round(height) }] as const;
  });
  return {
    spots: Object.fromEntries([...spots].map(([id, { x, y }]) => [id, { x: round(x), y: round(y) }])),
    groups: Object.fromEntries(groups),
    communities: found,
  };
}

/**
 * Lays out a diagram. Up to sixty boxes: one layered picture. More: communities, each layered, packed to 16:10. Given
 * groups stay together, one in the other, and get a box round them. Nothing overlaps.
 */
export async function layout(input: LayoutInput, progress: Progress = () => undefined): Promise<LayoutOutput> {
  const { nodes, edges } = input;
  if (input.way === 'rings') return outputOf(rings(nodes, edges, input.centre ?? []), []);
  progress(0, 'Finding what belongs together');
  const plan = planOf(input);
  // Small pictures are worth more care for each box; large ones must not take long.
  const effort = Math.max(16, 40_000 / Math.max(1, nodes.length));
  const total = countOf(plan);
  let count = 0;
  // Many are looked at from afar and in part: only a small picture takes the shape of the screen.
  const aspect = nodes.length > MOST ? ASPECT : (input.aspect ?? ASPECT);
  const block = await laid(plan, input, { effort, aspect }, () => {
    count += 1;
    progress(count / total, `Laid out ${count} of ${total} clusters`);
  });
  const linked = new Set(edges.flatMap(({ child, parent }) => (child === parent ? [] : [child, parent])));
  const found = plan.clusters.map((one) => one.flatMap(({ id }) => (linked.has(id) ? [id] : [])));
  const several = found.filter((one) => one.length > 2);
  return outputOf(block, several.length > 1 ? several : []);
}
