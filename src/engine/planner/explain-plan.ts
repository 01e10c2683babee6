import { shortNumber } from '#lib/amounts.ts';
import type { Document, Id } from '#model/types.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { NodeSeen, PlanFinding } from './plan-finding.ts';
import { PlanModel } from './plan-model.ts';
import { PLAN_RULES } from './plan-rules.ts';
import { nodeWords } from './plan-words.ts';
import { type NodeShare, planShares, planTimes } from './shares.ts';

/** A node of a plan in words, with what of the model it reads. */
export interface ExplainedNode {
  /** `0` is the root, `0.1` its second child. */
  readonly path: string;
  readonly node: PlanNode;
  readonly words: string;
  /** Its own, without what is below: milliseconds, or units of cost. */
  readonly own: number;
  /** Of the whole, 0 to 1. Over all nodes they make 1. */
  readonly share: number;
  /** On the way from the root to where most of the time goes. */
  readonly hot: boolean;
  readonly table?: Id;
  /** The index, or the key that it is of, in its table. */
  readonly index?: { readonly table: Id; readonly part: Id };
}

/** A plan explained against a document. */
export interface ExplainedPlan {
  /** What shares are of: the time it took, or the cost that the planner expects where it was not run. */
  readonly measure: 'time' | 'cost';
  /** Top down. */
  readonly nodes: readonly ExplainedNode[];
  /** What takes the largest share first. */
  readonly findings: readonly PlanFinding[];
  /** Tables and indexes that the document does not have. */
  readonly unknown: readonly string[];
}

interface Placed {
  readonly node: PlanNode;
  readonly path: string;
  readonly parent?: PlanNode;
  readonly limited: boolean;
}

function placed(node: PlanNode, path: string, limited: boolean, parent?: PlanNode): readonly Placed[] {
  // What gathers all rows before it gives one is not ended early.
  const stops = node.type === 'Sort' || node.type === 'Aggregate' || node.type === 'Hash' || node.type === 'Materialize';
  const below = node.type === 'Limit' || (limited && !stops);
  const self = { node, path, limited, ...(parent === undefined ? {} : { parent }) };
  return [self, ...node.children.flatMap((child, at) => placed(child, `${path}.${at}`, below, node))];
}

/** From the root always to the child below which most arises. */
function hotPath(root: PlanNode, shares: ReadonlyMap<PlanNode, NodeShare>): ReadonlySet<PlanNode> {
  const sums = new Map<PlanNode, number>();
  const sum = (node: PlanNode): number => {
    const all = (shares.get(node)?.own ?? 0) + node.children.reduce((so, child) => so + sum(child), 0);
    sums.set(node, all);
    return all;
  };
  sum(root);
  const hot = new Set<PlanNode>();
  for (let node: PlanNode | undefined = root; node !== undefined; ) {
    hot.add(node);
    node = [...node.children].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0))[0];
  }
  return hot;
}

/** What is said of the whole: time that no node has. */
function wholeFindings({ triggers = [], executionMs = 0, jitMs = 0 }: Plan, model: PlanModel): readonly PlanFinding[] {
  const slow = triggers.filter(({ ms = 0 }) => ms > executionMs / 5 && ms > 1);
  const found = slow.map(({ name, relation, ms = 0, calls }): PlanFinding => {
    const link = model.foreignKey(name);
    const columns = link === undefined ? [] : link.childColumns.map((id) => model.columnName(link.child, id));
    const child = link === undefined ? undefined : model.document.tables[link.child]?.name;
    const where = child === undefined ? 'the table that refers' : `${child} (${columns.join(', ')})`;
    return {
      code: 'trigger-time',
      path: '0',
      share: executionMs > 0 ? Math.min(1, ms / executionMs) : 0,
      what: `The trigger ${name}${relation === undefined ? '' : ` on ${relation}`} took ${shortNumber(ms)} ms in ${shortNumber(calls)} calls.`,
      why:
        link === undefined
          ? 'It runs for each row that is changed.'
          : 'For each row that goes or gets another key, rows that refer to it are looked for.',
      todo:
        link === undefined ? 'Look into its function, or let it run once for the statement.' : `An index on ${where} finds them.`,
      refs: link === undefined ? {} : { table: link.child, columns: link.childColumns },
    };
  });
  if (jitMs > executionMs * 0.3 && jitMs > 50)
    found.push({
      code: 'jit-time',
      path: '0',
      share: executionMs > 0 ? Math.min(1, jitMs / executionMs) : 0,
      what: `${shortNumber(jitMs)} of ${shortNumber(executionMs)} ms went into compiling.`,
      why: 'The planner expected so much cost that machine code seemed worth making.',
      todo: 'SET jit = off for this query, or a higher jit_above_cost.',
      refs: {},
    });
  return found;
}

/**
 * Says of each node of a plan of PostgreSQL what it does and how much of the whole it takes, and of the plan what makes it dear and
 * what can be done: with ANALYZE by what happened, without by what the planner expects.
 * @param document what the plan was made on: tables and indexes are found in it by name
 */
export function explainPlan(document: Document, plan: Plan): ExplainedPlan {
  const model = new PlanModel(document);
  const times = planTimes(plan);
  const shares = times ?? planShares(plan);
  const hot = hotPath(plan.root, shares);
  const all = placed(plan.root, '0', false);
  const unknown = new Set<string>();
  const findings: PlanFinding[] = [];
  const nodes = all.map(({ node, path, parent, limited }): ExplainedNode => {
    const share = shares.get(node) ?? { own: 0, share: 0 };
    const seen: NodeSeen = { node, path, limited, share, model, plan, ...(parent === undefined ? {} : { parent }) };
    for (const rule of PLAN_RULES) for (const one of rule(seen)) findings.push({ ...one, path, share: share.share });
    const table = model.table(node);
    const index = model.index(node);
    if (node.relation !== undefined && table === undefined) unknown.add(node.relation);
    // Indexes of partitions are parts of the whole's, with names of their own.
    if (node.index !== undefined && index === undefined && table !== undefined && table.partitionOf === undefined)
      unknown.add(node.index);
    return {
      path,
      node,
      words: nodeWords(node),
      ...share,
      hot: hot.has(node),
      ...(table === undefined ? {} : { table: table.id }),
      ...(index === undefined ? {} : { index: { table: index.table, part: index.part } }),
    };
  });
  findings.push(...wholeFindings(plan, model));
  return {
    measure: times === undefined ? 'cost' : 'time',
    nodes,
    findings: findings.sort((a, b) => b.share - a.share),
    unknown: [...unknown],
  };
}
