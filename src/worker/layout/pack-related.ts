import { numbers } from './numbers.ts';
import { ASPECT, type Packed, pack, packWithin, type Sized } from './pack.ts';
import type { Block, LayoutEdge } from './types.ts';

/** Lines between two blocks: how many, and from where to where in them on average. */
interface Bundle {
  readonly a: number;
  readonly b: number;
  weight: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

/** Looks at the picture for this many moves in all, fewer when there are many blocks. */
const EFFORT = 90_000;

function bundlesOf(blocks: readonly Block[], edges: readonly LayoutEdge[]): Bundle[] {
  const home = new Map<string, number>();
  for (const [at, block] of blocks.entries()) for (const id of block.spots.keys()) home.set(id, at);
  const bundles = new Map<number, Bundle>();
  for (const { child, parent } of edges) {
    const one = home.get(child);
    const other = home.get(parent);
    if (one === undefined || other === undefined || one === other) continue;
    const [a, b, first, second] = one < other ? [one, other, child, parent] : [other, one, parent, child];
    const key = a * blocks.length + b;
    const bundle = bundles.get(key) ?? { a, b, weight: 0, ax: 0, ay: 0, bx: 0, by: 0 };
    const from = blocks[a]?.spots.get(first) ?? { x: 0, y: 0 };
    const to = blocks[b]?.spots.get(second) ?? { x: 0, y: 0 };
    bundle.weight += 1;
    bundle.ax += from.x;
    bundle.ay += from.y;
    bundle.bx += to.x;
    bundle.by += to.y;
    bundles.set(key, bundle);
  }
  return [...bundles.values()].map((one) => ({
    ...one,
    ax: one.ax / one.weight,
    ay: one.ay / one.weight,
    bx: one.bx / one.weight,
    by: one.by / one.weight,
  }));
}

function lengthOf(blocks: readonly Block[], bundles: readonly Bundle[], packed: Packed): number {
  let sum = 0;
  for (const { a, b, weight, ax, ay, bx, by } of bundles) {
    const from = packed.spots.get((blocks[a] as Block).id);
    const to = packed.spots.get((blocks[b] as Block).id);
    if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY;
    sum += weight * Math.hypot(from.x + ax - to.x - bx, from.y + ay - to.y - by);
  }
  return sum;
}

/**
 * Packs blocks like {@link pack}, those with many lines between them near each other: simulated annealing (Kirkpatrick et
 * al. 1983) over the order in which the blocks are packed and the width of the whole. The cost weighs the length of all
 * lines between blocks against how small the picture must be shown on a screen of 16:10.
 */
export function packRelated(blocks: readonly Block[], edges: readonly LayoutEdge[], gap: number, aspect: number = ASPECT): Packed {
  const start = pack(blocks, gap, aspect);
  const bundles = bundlesOf(blocks, edges);
  if (blocks.length < 3 || bundles.length === 0) return start;
  const random = numbers(blocks.length);
  let area = 0;
  let widest = 0;
  for (const block of blocks) {
    area += (block.width + gap) * (block.height + gap);
    widest = Math.max(widest, block.width);
  }
  const base = Math.sqrt(area * aspect);
  const lengths = Math.max(1, lengthOf(blocks, bundles, start));
  const cost = (packed: Packed) => {
    const shown = Math.max(packed.width, packed.height * aspect) / base;
    return lengthOf(blocks, bundles, packed) / lengths + 1.2 * shown;
  };
  let order: Sized[] = [...blocks].sort((a, b) => b.height - a.height || b.width - a.width || (a.id < b.id ? -1 : 1));
  let stretch = 1;
  const packed = () => packWithin(order, Math.max(widest, base * stretch), gap);
  let best = start;
  let least = cost(start);
  let now = cost(packed());
  const turns = Math.min(6000, Math.round(EFFORT / blocks.length));
  for (let turn = 0; turn < turns; turn++) {
    const heat = 0.06 * (1 - turn / turns) ** 2;
    const [old, oldStretch] = [order, stretch];
    const from = Math.floor(random() * order.length);
    const to = Math.floor(random() * order.length);
    const chance = random();
    order = [...order];
    if (chance < 0.1) stretch = 0.8 + random() * 0.5;
    else if (chance < 0.55) [order[from], order[to]] = [order[to] as Sized, order[from] as Sized];
    else order.splice(to, 0, ...order.splice(from, 1));
    const tried = packed();
    const value = cost(tried);
    if (value < now || random() < Math.exp((now - value) / Math.max(1e-9, heat))) {
      now = value;
      if (value < least) {
        least = value;
        best = tried;
      }
    } else {
      order = old;
      stretch = oldStretch;
    }
  }
  return best;
}
