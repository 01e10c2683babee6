import type { ExplainedPlan } from '#engine/planner/explain-plan.ts';
import type { Plan, PlanNode } from '#engine/planner/plan.ts';
import { planShares, planTimes } from '#engine/planner/shares.ts';

/** A step of a plan as a line of its drawing. */
export interface PlanRow {
  readonly node: PlanNode;
  /** The same in every drawing of the same plan. */
  readonly key: string;
  readonly depth: number;
  /** Of the plan's time that is its own, of its cost where no times were taken, 0 to 1. */
  readonly share: number;
  /** What it does, in a sentence. */
  readonly words?: string;
  /** What makes it dear, in a sentence each. */
  readonly dear: readonly string[];
  /** Rows that were found for each that was expected, or the other way round: how far the planner was off. */
  readonly off?: { readonly factor: number; readonly more: boolean };
}

/** Estimates that are off by this much mislead the planner. */
const MISLEADS = 10;

function offOf({ actual, rows }: PlanNode): PlanRow['off'] {
  if (actual === undefined || actual.loops === 0) return undefined;
  const [expected, found] = [Math.max(1, rows), Math.max(1, actual.rows)];
  const more = found > expected;
  const factor = more ? found / expected : expected / found;
  return factor >= MISLEADS ? { factor, more } : undefined;
}

/** The steps of a plan top down, as they are drawn. @param explained the same plan in words */
export function planRows(plan: Plan, explained?: ExplainedPlan): readonly PlanRow[] {
  const shares = planTimes(plan) ?? planShares(plan);
  const words = new Map(explained?.nodes.map(({ path, words: said }) => [path, said]));
  const rows: PlanRow[] = [];
  const add = (node: PlanNode, depth: number, key: string) => {
    const off = offOf(node);
    const said = words.get(key);
    rows.push({
      node,
      key,
      depth,
      share: shares.get(node)?.share ?? 0,
      dear: explained?.findings.flatMap(({ path, what }) => (path === key ? [what] : [])) ?? [],
      ...(said === undefined ? {} : { words: said }),
      ...(off === undefined ? {} : { off }),
    });
    node.children.forEach((child, at) => {
      add(child, depth + 1, `${key}.${at}`);
    });
  };
  add(plan.root, 0, '0');
  return rows;
}

/** `Hash Join (left)`, `Index Scan`, with what a subplan is called. */
export function stepText({ type, joinType, subplan, role }: PlanNode): string {
  const kind = joinType === undefined || joinType === 'Inner' ? type : `${type} (${joinType.toLowerCase()})`;
  if (subplan !== undefined) return `${kind}, ${subplan}`;
  return role === 'InitPlan' || role === 'SubPlan' ? `${kind}, ${role === 'InitPlan' ? 'once before' : 'for each row'}` : kind;
}
