import type { Plan, PlanNode } from './plan.ts';

/** What a node itself adds to the cost of its plan, and how much of the whole that is. */
export interface NodeShare {
  /** In the plan's units, all loops together, without the nodes below. */
  readonly own: number;
  /** Of the plan's total, 0 to 1. */
  readonly share: number;
}

/** Nodes that keep what they read: the next loop reads it from memory. */
const KEEPERS: ReadonlySet<string> = new Set(['Materialize', 'Memoize', 'CTE Scan']);

/** How often a node is run for one run of its parent, as the planner expects it. */
function loopsOf(parent: PlanNode, child: PlanNode): number {
  if (parent.type !== 'Nested Loop' || child.role !== 'Inner' || KEEPERS.has(child.type)) return 1;
  const outer = parent.children.find((one) => one.role === 'Outer');
  return Math.max(1, outer?.rows ?? 1);
}

/** Spreads a total over a plan: each child takes what `below` says, and no more than there is; the rest is the node's own. */
function spread(root: PlanNode, whole: number, below: (parent: PlanNode, child: PlanNode) => number) {
  const shares = new Map<PlanNode, NodeShare>();
  const of = (node: PlanNode, total: number) => {
    const parts = node.children.map((child) => below(node, child));
    const sum = parts.reduce((one, other) => one + other, 0);
    const scale = sum > total ? total / sum : 1;
    const own = Math.max(0, total - sum * scale);
    shares.set(node, { own, share: whole > 0 ? own / whole : 0 });
    node.children.forEach((child, at) => {
      of(child, (parts[at] as number) * scale);
    });
  };
  of(root, whole);
  return shares;
}

/**
 * Where the cost of a plan arises. EXPLAIN tells costs with everything below included, those of the inner side of a nested loop
 * for one loop, and under LIMIT for all rows although few are fetched; here every node gets what is its own, so that the sum over
 * the plan is its total.
 */
export function planShares({ root }: Plan): ReadonlyMap<PlanNode, NodeShare> {
  return spread(root, root.totalCost, (parent, child) => child.totalCost * loopsOf(parent, child));
}

/** Milliseconds of a node, all loops together and what is below it included; workers run at the same time. */
function millis({ actual }: PlanNode, workers: number): number {
  return ((actual?.ms ?? 0) * (actual?.loops ?? 0)) / workers;
}

/**
 * Where the time of a plan that was run went, in milliseconds of the clock, so that the sum over the plan is that of its root.
 * @returns undefined when no times were taken
 */
export function planTimes({ root }: Plan): ReadonlyMap<PlanNode, NodeShare> | undefined {
  if (root.actual?.ms === undefined) return undefined;
  const workers = new Map<PlanNode, number>([[root, 1]]);
  return spread(root, millis(root, 1), (parent, child) => {
    const own = workers.get(parent) ?? 1;
    // A Gather's process works along with its workers.
    const below = parent.type.startsWith('Gather') ? (parent.details?.workersLaunched ?? 0) + 1 : own;
    workers.set(child, below);
    return millis(child, below);
  });
}
