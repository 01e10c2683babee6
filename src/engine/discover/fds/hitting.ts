import { popcount } from './set-store.ts';

/**
 * Told of each minimal hitting set. @returns edges learned that it does not meet (flat), nothing when it stands, or that the
 * search is to end.
 */
export type Leaf = (set: Int32Array, size: number) => Int32Array | 'stop' | undefined;

export interface HittingOptions {
  readonly maxSize: number;
  shouldStop(): boolean;
  readonly leaf: Leaf;
}

export interface HittingRun {
  /** False when it was stopped. */
  readonly finished: boolean;
  /** Whether edges were learned on the way: what was found is right, but something may have been missed. */
  readonly learned: boolean;
}

/** Nodes between two looks at the clock. */
const NODES_A_LOOK = 4095;

/**
 * Enumerates the minimal hitting sets of a family of edges: MMCS (Murakami and Uno, Discrete Applied Mathematics 170,
 * 2014). A vertex joins the set only while each member keeps an edge that it alone meets; candidates shrink from branch to
 * branch so that no set is found twice. The edge with the fewest candidates is branched on.
 *
 * The leaf may answer with edges that the set misses: the search goes on below it with them. Members whose own edges
 * are still unknown may then be taken for superfluous, so after such a run the caller runs again with all edges; a run
 * in which every leaf stood is exact.
 */
export class HittingSets {
  readonly #size: number;
  readonly #words: number;
  #edges: Int32Array;
  #count: number;
  /** Words of a list of edges. */
  #span: number;
  /** For each vertex the edges that hold it. */
  #hits: Int32Array;
  /** For each depth the edges not met yet. */
  #open: Int32Array;
  /** For each depth and member the edges that it alone meets. */
  #own: Int32Array[] = [];
  readonly #candidates: Int32Array;
  readonly #set: Int32Array;
  #nodes = 0;
  #stopped = false;
  #learned = false;
  #options: HittingOptions;

  /** @param size number of vertices. @param edges `count` sets of vertices, flat, none empty. */
  constructor(size: number, edges: Int32Array, count: number, options: HittingOptions) {
    this.#size = size;
    this.#words = Math.max(1, (size + 31) >>> 5);
    this.#count = count;
    this.#edges = bySize(edges, count, this.#words);
    this.#span = Math.max(1, (count + 31) >>> 5);
    this.#hits = new Int32Array(size * this.#span);
    this.#open = new Int32Array((size + 2) * this.#span);
    this.#candidates = new Int32Array((size + 2) * this.#words);
    this.#set = new Int32Array(this.#words);
    this.#options = options;
    for (let edge = 0; edge < count; edge++) this.#enter(edge, 0);
  }

  run(): HittingRun {
    for (let vertex = 0; vertex < this.#size; vertex++) setBit(this.#candidates, 0, vertex);
    if (this.#count === 0 && !this.#leaf(0)) return this.#result();
    this.#visit(0);
    return this.#result();
  }

  #result(): HittingRun {
    return { finished: !this.#stopped, learned: this.#learned };
  }

  /** Indexes an edge; it is open at every depth down to the one given. */
  #enter(edge: number, depth: number): void {
    const block = edge >>> 5;
    const bit = 1 << (edge & 31);
    for (let i = 0; i < this.#words; i++) {
      let word = this.#edges[edge * this.#words + i] as number;
      while (word !== 0) {
        const low = word & -word;
        word ^= low;
        const at = ((i << 5) + 31 - Math.clz32(low)) * this.#span + block;
        this.#hits[at] = (this.#hits[at] as number) | bit;
      }
    }
    for (let d = 0; d <= depth; d++) {
      const at = d * this.#span + block;
      this.#open[at] = (this.#open[at] as number) | bit;
    }
  }

  /** Says the set that stands; takes in what was learned. @returns whether the search must go on below it. */
  #leaf(size: number, depth = size): boolean {
    const news = this.#options.leaf(this.#set, size);
    if (news === 'stop') this.#stopped = true;
    if (news === undefined || news === 'stop') return false;
    this.#learned = true;
    const fresh = news.length / this.#words;
    if (this.#count + fresh > this.#span * 32) this.#widen(Math.max(this.#span * 2, (this.#count + fresh + 31) >>> 5));
    if ((this.#count + fresh) * this.#words > this.#edges.length) {
      this.#edges = grown(this.#edges, Math.max(this.#edges.length * 2, (this.#count + fresh) * this.#words));
    }
    this.#edges.set(news, this.#count * this.#words);
    for (let i = 0; i < fresh; i++) this.#enter(this.#count++, depth);
    return true;
  }

  #widen(span: number): void {
    const spread = (list: Int32Array) => {
      const lines = list.length / this.#span;
      const wide = new Int32Array(lines * span);
      for (let line = 0; line < lines; line++) wide.set(list.subarray(line * this.#span, (line + 1) * this.#span), line * span);
      return wide;
    };
    this.#hits = spread(this.#hits);
    this.#open = spread(this.#open);
    this.#own = this.#own.map(spread);
    this.#span = span;
  }

  /** The open edge with the fewest candidates; -1 when one has none, so that nothing can be found here. */
  #choose(depth: number): number {
    const open = this.#open;
    const words = this.#words;
    const edges = this.#edges;
    const candidates = this.#candidates;
    const from = depth * this.#span;
    const mine = depth * words;
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let block = 0; block < this.#span; block++) {
      let left = open[from + block] as number;
      while (left !== 0) {
        const low = left & -left;
        left ^= low;
        const edge = (block << 5) + 31 - Math.clz32(low);
        let count = 0;
        for (let i = 0; i < words; i++) count += popcount((edges[edge * words + i] as number) & (candidates[mine + i] as number));
        if (count >= fewest) continue;
        if (count === 0) return -1;
        fewest = count;
        best = edge;
        if (count === 1) return best;
      }
    }
    return best;
  }

  #visit(depth: number): void {
    if ((++this.#nodes & NODES_A_LOOK) === 0 && this.#options.shouldStop()) this.#stopped = true;
    if (this.#stopped || depth >= this.#options.maxSize) return;
    const edge = this.#choose(depth);
    if (edge < 0) return;
    const words = this.#words;
    const candidates = this.#candidates;
    const mine = depth * words;
    const branch = new Int32Array(words);
    for (let i = 0; i < words; i++) {
      const at = mine + i;
      branch[i] = (this.#edges[edge * words + i] as number) & (candidates[at] as number);
      candidates[at] = (candidates[at] as number) & ~(branch[i] as number);
    }
    for (let i = 0; i < words; i++) {
      let left = branch[i] as number;
      while (left !== 0) {
        const low = left & -left;
        left ^= low;
        const vertex = (i << 5) + 31 - Math.clz32(low);
        if (!this.#keepsOwn(depth, vertex)) continue;
        this.#set[i] = (this.#set[i] as number) | low;
        if (this.#meetsRest(depth, vertex) ? this.#leaf(depth + 1, depth) : true) {
          if (depth + 1 < this.#options.maxSize) {
            this.#descend(depth, vertex);
            this.#visit(depth + 1);
          }
        }
        this.#set[i] = (this.#set[i] as number) & ~low;
        if (this.#stopped) return;
        candidates[mine + i] = (candidates[mine + i] as number) | low;
      }
    }
  }

  /** Whether every member still meets an edge that the new vertex does not. */
  #keepsOwn(depth: number, vertex: number): boolean {
    if (depth === 0) return true;
    const own = this.#own[depth] as Int32Array;
    const span = this.#span;
    const hits = this.#hits;
    const to = vertex * span;
    for (let member = 0; member < depth; member++) {
      const from = member * span;
      let keeps = false;
      for (let i = 0; i < span; i++) {
        if (((own[from + i] as number) & ~(hits[to + i] as number)) !== 0) {
          keeps = true;
          break;
        }
      }
      if (!keeps) return false;
    }
    return true;
  }

  #meetsRest(depth: number, vertex: number): boolean {
    const span = this.#span;
    const from = depth * span;
    const to = vertex * span;
    for (let i = 0; i < span; i++) if (((this.#open[from + i] as number) & ~(this.#hits[to + i] as number)) !== 0) return false;
    return true;
  }

  /** Prepares the next depth, where the vertex is a member. */
  #descend(depth: number, vertex: number): void {
    const span = this.#span;
    const deeper = depth + 1;
    let own = this.#own[deeper];
    if (own === undefined) {
      own = new Int32Array(deeper * span);
      this.#own[deeper] = own;
    }
    const before = this.#own[depth];
    const hits = this.#hits;
    const open = this.#open;
    const to = vertex * span;
    if (before !== undefined) {
      for (let member = 0, at = 0; member < depth; member++) {
        for (let i = 0; i < span; i++, at++) own[at] = (before[at] as number) & ~(hits[to + i] as number);
      }
    }
    const from = depth * span;
    for (let i = 0; i < span; i++) {
      const left = open[from + i] as number;
      const hit = hits[to + i] as number;
      own[depth * span + i] = left & hit;
      open[from + span + i] = left & ~hit;
    }
    const words = this.#words;
    for (let i = 0; i < words; i++) this.#candidates[deeper * words + i] = this.#candidates[depth * words + i] as number;
  }
}

function setBit(list: Int32Array, offset: number, item: number): void {
  const at = offset + (item >>> 5);
  list[at] = (list[at] as number) | (1 << (item & 31));
}

function grown(list: Int32Array, length: number): Int32Array {
  const wide = new Int32Array(length);
  wide.set(list);
  return wide;
}

/** Small edges first: the search for the edge with the fewest candidates ends sooner. */
function bySize(edges: Int32Array, count: number, words: number): Int32Array {
  const sizes = Array.from({ length: count }, (_, edge) => {
    let size = 0;
    for (let i = edge * words; i < (edge + 1) * words; i++) size += popcount(edges[i] as number);
    return size;
  });
  const order = sizes.map((_, edge) => edge).sort((a, b) => (sizes[a] as number) - (sizes[b] as number) || a - b);
  const sorted = new Int32Array(count * words);
  order.forEach((edge, at) => void sorted.set(edges.subarray(edge * words, (edge + 1) * words), at * words));
  return sorted;
}
