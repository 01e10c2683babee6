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

/**
 * Where the cost of a plan arises. EXPLAIN tells costs with everything below included, those of the inner side of a nested loop
 * for one loop, and under LIMIT for all rows although few are fetched; here every node gets what is its own, so that the sum over
 * the plan is its total.
 */
export function planShares({ root }: Plan): ReadonlyMap<PlanNode, NodeShare> {
  const shares = new Map<PlanNode, NodeShare>();
  const whole = root.totalCost;
  const spread = (node: PlanNode, total: number) => {
    const below = node.children.map((child) => child.totalCost * loopsOf(node, child));
    const sum = below.reduce((one, other) => one + other, 0);
    const scale = sum > total ? total / sum : 1;
    const own = Math.max(0, total - sum * scale);
    shares.set(node, { own, share: whole > 0 ? own / whole : 0 });
    node.children.forEach((child, at) => {
      spread(child, (below[at] as number) * scale);
    });
  };
  spread(root, whole);
  return shares;
}
