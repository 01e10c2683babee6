import type { Id } from '#model/types.ts';

/** What must come before a node, and what should where that breaks no circle. */
export interface Edges {
  readonly hard: readonly Id[];
  readonly soft: readonly Id[];
}

const NO_IDS: readonly Id[] = [];

/** Depth-first order over hard and soft edges; a soft edge is followed only where that breaks no hard one. */
export class Sorter<N extends { readonly id: Id }> {
  readonly #nodes: ReadonlyMap<Id, N>;
  readonly #edges: ReadonlyMap<Id, Edges>;
  readonly #done = new Set<Id>();
  readonly #open = new Set<Id>();
  readonly sorted: N[] = [];
  circular = false;

  constructor(nodes: ReadonlyMap<Id, N>, edges: ReadonlyMap<Id, Edges>) {
    this.#nodes = nodes;
    this.#edges = edges;
  }

  /** Whether following this node would sooner or later want one that is still being worked on. */
  #reachesOpen(start: Id): boolean {
    const seen = new Set([start]);
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (this.#open.has(id)) return true;
      for (const next of this.#edges.get(id)?.hard ?? NO_IDS) {
        if (seen.has(next) || this.#done.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return false;
  }

  #next(id: Id, from: number): { readonly child: Id | undefined; readonly at: number } {
    const { hard, soft } = this.#edges.get(id) as Edges;
    for (let at = from; at < hard.length + soft.length; at++) {
      const isHard = at < hard.length;
      const child = (isHard ? hard[at] : soft[at - hard.length]) as Id;
      if (this.#done.has(child) || !this.#nodes.has(child)) continue;
      if (isHard && this.#open.has(child)) {
        this.circular = true;
        continue;
      }
      if (isHard || !this.#reachesOpen(child)) return { child, at: at + 1 };
    }
    return { child: undefined, at: 0 };
  }

  visit(root: Id): void {
    if (this.#done.has(root)) return;
    const stack = [{ id: root, at: 0 }];
    this.#open.add(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { child, at } = this.#next(top.id, top.at);
      if (child !== undefined) {
        top.at = at;
        this.#open.add(child);
        stack.push({ id: child, at: 0 });
        continue;
      }
      stack.pop();
      this.#open.delete(top.id);
      this.#done.add(top.id);
      this.sorted.push(this.#nodes.get(top.id) as N);
    }
  }
}
