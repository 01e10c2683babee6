import { numbers } from './numbers.ts';
import { type Block, type LayoutEdge, type LayoutNode, SPACE, type Spot } from './types.ts';

/** A line from a box of the block to another one of it, or to a fixed point outside. */
interface Tie {
  readonly child: number;
  readonly parent: number;
  /** How much its length counts. */
  readonly weight: number;
}

/** What a crossing of two straight lines is worth, in pixels of length. */
const CROSSING = 240;
/** What a child that stands left of its parent is worth. */
const BACKWARDS = 1000;

interface Given {
  readonly columns: number[][];
  /** Left borders of the columns. */
  readonly lefts: readonly number[];
  readonly nodes: readonly LayoutNode[];
  readonly height: number;
  readonly ties: readonly Tie[];
  readonly outside: readonly Spot[];
}

/** A block as columns of boxes, which may change places. Numbers stand for boxes; those beyond them are fixed points. */
class Columns {
  readonly columns: number[][];
  readonly nodes: readonly LayoutNode[];
  readonly height: number;
  readonly #lefts: readonly number[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly #width: readonly number[];
  readonly #children: Int32Array;
  readonly #parents: Int32Array;
  readonly #weights: Float64Array;
  /** Ties of each box. */
  readonly #of: readonly number[][];
  /** The turn in which a tie was last looked at, and those of this turn. */
  readonly #seen: Int32Array;
  readonly #touched: Int32Array;
  #turn = 0;

  constructor({ columns, lefts, nodes, height, ties, outside }: Given) {
    this.columns = columns;
    this.nodes = nodes;
    this.height = height;
    this.#lefts = lefts;
    const total = nodes.length + outside.length;
    this.x = new Float64Array(total);
    this.y = new Float64Array(total);
    this.#children = Int32Array.from(ties, (tie) => tie.child);
    this.#parents = Int32Array.from(ties, (tie) => tie.parent);
    this.#weights = Float64Array.from(ties, (tie) => tie.weight);
    this.#seen = new Int32Array(ties.length);
    this.#touched = new Int32Array(ties.length);
    const of: number[][] = Array.from({ length: total }, () => []);
    for (const [at, { child, parent }] of ties.entries()) {
      of[child]?.push(at);
      of[parent]?.push(at);
    }
    this.#of = of;
    for (const [at, spot] of outside.entries()) {
      this.x[nodes.length + at] = spot.x;
      this.y[nodes.length + at] = spot.y;
    }
    this.#width = columns.map((column) => Math.max(0, ...column.map((at) => nodes[at]?.width ?? 0)));
    for (const column of columns.keys()) this.stack(column);
  }

  heightOf(column: number): number {
    let sum = -SPACE.row;
    for (const at of this.columns[column] as number[]) sum += (this.nodes[at] as LayoutNode).height + SPACE.row;
    return sum;
  }

  widthOf(column: number): number {
    return this.#width[column] ?? 0;
  }

  /** Stands a column's boxes on each other about the middle of the block: their middles go to `x`, `y`. */
  stack(column: number): void {
    let y = (this.height - this.heightOf(column)) / 2;
    for (const at of this.columns[column] as number[]) {
      const node = this.nodes[at] as LayoutNode;
      this.x[at] = (this.#lefts[column] ?? 0) + node.width / 2;
      this.y[at] = y + node.height / 2;
      y += node.height + SPACE.row;
    }
  }

  /** Lines that one tie crosses, of those that were not counted in this turn. */
  #crossingsOf(at: number): number {
    const children = this.#children;
    const parents = this.#parents;
    const { x, y } = this;
    const a = children[at] as number;
    const b = parents[at] as number;
    const ax = x[a] as number;
    const ay = y[a] as number;
    const bx = x[b] as number;
    const by = y[b] as number;
    const low = Math.min(ax, bx);
    const high = Math.max(ax, bx);
    let count = 0;
    for (let other = 0; other < children.length; other++) {
      if (other <= at && this.#seen[other] === this.#turn) continue;
      const c = children[other] as number;
      const d = parents[other] as number;
      const cx = x[c] as number;
      const dx = x[d] as number;
      if ((cx < low && dx < low) || (cx > high && dx > high)) continue;
      if (a === c || a === d || b === c || b === d) continue;
      const cy = y[c] as number;
      const dy = y[d] as number;
      const sideC = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      const sideD = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
      if (sideC > 0 === sideD > 0) continue;
      const sideA = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
      const sideB = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
      if (sideA > 0 !== sideB > 0) count += 1;
    }
    return count;
  }

  /** What the lines of these columns cost: length, crossings, children left of their parents. */
  cost(columns: readonly number[]): number {
    this.#turn += 1;
    let count = 0;
    for (const column of columns) {
      for (const at of this.columns[column] as number[]) {
        for (const tie of this.#of[at] as number[]) {
          if (this.#seen[tie] === this.#turn) continue;
          this.#seen[tie] = this.#turn;
          this.#touched[count] = tie;
          count += 1;
        }
      }
    }
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const at = this.#touched[i] as number;
      const child = this.#children[at] as number;
      const parent = this.#parents[at] as number;
      const weight = this.#weights[at] as number;
      const dx = (this.x[child] as number) - (this.x[parent] as number);
      const dy = (this.y[child] as number) - (this.y[parent] as number);
      sum += weight * Math.sqrt(dx * dx + dy * dy) + CROSSING * this.#crossingsOf(at);
      if (dx < 40 && weight === 1) sum += BACKWARDS;
    }
    return sum;
  }
}

/** Exchanges two boxes, or moves one elsewhere in its column; false when there is no room for that. */
function change(columns: Columns, random: () => number): { touched: number[]; undo: () => void; redo: () => void } | undefined {
  const from = Math.floor(random() * columns.columns.length);
  const to = random() < 0.5 ? from : Math.floor(random() * columns.columns.length);
  const a = columns.columns[from] as number[];
  const b = columns.columns[to] as number[];
  const i = Math.floor(random() * a.length);
  const j = Math.floor(random() * b.length);
  const [one, other] = [a[i], b[j]];
  if (one === undefined || other === undefined || one === other) return undefined;
  const [first, second] = [columns.nodes[one] as LayoutNode, columns.nodes[other] as LayoutNode];
  if (first.width > columns.widthOf(to) || second.width > columns.widthOf(from)) return undefined;
  const touched = from === to ? [from] : [from, to];
  const swap = (x: number, y: number) => {
    a[i] = x;
    b[j] = y;
    for (const column of touched) columns.stack(column);
  };
  swap(other, one);
  const undo = () => swap(one, other);
  if (touched.some((column) => columns.heightOf(column) > columns.height + 1)) {
    undo();
    return undefined;
  }
  return { touched, undo, redo: () => swap(other, one) };
}

/**
 * Lets boxes of a block of columns change places while that shortens their lines, uncrosses them, or stands parents left
 * of children.
 * @param outside middles of boxes elsewhere that lines lead to, in the block's coordinates.
 * @param turns changes tried.
 */
export function refine(
  block: Block,
  byId: ReadonlyMap<string, LayoutNode>,
  edges: readonly LayoutEdge[],
  { outside, turns }: { outside: ReadonlyMap<string, Spot>; turns: number },
): Block {
  if (block.columns === undefined) return block;
  const numberOf = new Map<string, number>();
  const nodes: LayoutNode[] = [];
  for (const column of block.columns) {
    for (const id of column) {
      numberOf.set(id, nodes.length);
      nodes.push(byId.get(id) as LayoutNode);
    }
  }
  const points: Spot[] = [];
  const count = nodes.length;
  const placeOf = (id: string): number | undefined => {
    const known = numberOf.get(id);
    const spot = outside.get(id);
    if (known !== undefined || spot === undefined) return known;
    points.push(spot);
    numberOf.set(id, count + points.length - 1);
    return count + points.length - 1;
  };
  const ties: Tie[] = [];
  for (const { child, parent } of edges) {
    const [a, b] = [placeOf(child), placeOf(parent)];
    if (a === undefined || b === undefined || a === b || (a >= count && b >= count)) continue;
    ties.push({ child: a, parent: b, weight: a < count && b < count ? 1 : 0.5 });
  }
  const lefts = block.columns.map((column) => block.spots.get(column[0] ?? '')?.x ?? 0);
  const order = block.columns.map((column) => column.map((id) => numberOf.get(id) as number));
  const columns = new Columns({ columns: order, lefts, nodes, height: block.height, ties, outside: points });
  const random = numbers(count);
  for (let turn = 0; turn < turns; turn++) {
    // What it costs before must be known before: the change is made, weighed, undone, weighed.
    const tried = change(columns, random);
    if (tried === undefined) continue;
    const after = columns.cost(tried.touched);
    tried.undo();
    const before = columns.cost(tried.touched);
    if (after >= before - 0.5) continue;
    tried.redo();
  }
  const spots = new Map<string, Spot>();
  for (const [at, { id, width, height }] of nodes.entries())
    spots.set(id, { x: (columns.x[at] ?? 0) - width / 2, y: (columns.y[at] ?? 0) - height / 2 });
  return { ...block, spots, columns: columns.columns.map((column) => column.map((at) => (nodes[at] as LayoutNode).id)) };
}
