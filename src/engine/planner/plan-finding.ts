import type { Id } from '#model/types.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { PlanCandidate, PlanModel } from './plan-model.ts';
import type { NodeShare } from './shares.ts';

/**
 * - `scan-discards`: all rows of a table are read and most are thrown away; `index-discards`: those that an index found;
 *   `join-discards`: pairs of rows; `offset-reads`: rows that are counted off
 * - `sort-spills`, `hash-spills`, `lossy-bitmap`: memory does not suffice
 * - `many-loops`: something is done again for each of many rows
 * - `misestimate`: ten times more or fewer rows than expected
 * - `heap-fetches`: an index-only scan that reads the table all the same
 * - `not-pruned`: all partitions are read
 * - `function-on-column`, `cast-on-column`: a condition that an index of the column cannot answer
 * - `workers-missing`, `trigger-time`, `jit-time`
 */
export type PlanFindingCode =
  | 'scan-discards'
  | 'index-discards'
  | 'join-discards'
  | 'offset-reads'
  | 'sort-spills'
  | 'hash-spills'
  | 'lossy-bitmap'
  | 'many-loops'
  | 'misestimate'
  | 'heap-fetches'
  | 'not-pruned'
  | 'function-on-column'
  | 'cast-on-column'
  | 'workers-missing'
  | 'trigger-time'
  | 'jit-time';

/** What makes a plan dear, why, and what can be done. */
export interface PlanFinding {
  readonly code: PlanFindingCode;
  /** Of the node: `0` is the root, `0.1` its second child. */
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  /** Of the plan's time, or of its cost where it was not run, that is the node's own, 0 to 1. */
  readonly share: number;
  /** An index that would help. */
  readonly candidate?: PlanCandidate;
  readonly refs: {
    readonly table?: Id;
    readonly columns?: readonly Id[];
    /** Of the index, or of the key that it is of, in its table. */
    readonly index?: { readonly table: Id; readonly part: Id };
  };
}

/** What a rule looks at. */
export interface NodeSeen {
  readonly node: PlanNode;
  readonly path: string;
  readonly parent?: PlanNode;
  /** There is a LIMIT above: it may end the node early. */
  readonly limited: boolean;
  readonly share: NodeShare;
  readonly model: PlanModel;
  readonly plan: Plan;
}

export type PlanRule = (seen: NodeSeen) => readonly Omit<PlanFinding, 'path' | 'share'>[];
