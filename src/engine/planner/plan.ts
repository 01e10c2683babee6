import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';

/** One node of a plan, as EXPLAIN (FORMAT JSON) gives it (PostgreSQL, "Using EXPLAIN"). */
export interface PlanNode {
  /** `Index Scan`, `Hash Join`, `Sort` ... */
  readonly type: string;
  /** What it is to its parent: `Outer`, `Inner`, `InitPlan`, `SubPlan`, `Member`. */
  readonly role?: string;
  readonly relation?: string;
  readonly schema?: string;
  readonly alias?: string;
  readonly index?: string;
  readonly joinType?: string;
  /** Name of the subplan or CTE. */
  readonly subplan?: string;
  /** In the planner's units: one page read in sequence costs 1 unless set otherwise. */
  readonly startupCost: number;
  readonly totalCost: number;
  /** Rows expected of one run. */
  readonly rows: number;
  readonly width: number;
  /** What the node tests, orders or groups by, by the names EXPLAIN uses: `Index Cond`, `Filter`, `Sort Key` ... */
  readonly conditions: readonly { readonly what: string; readonly text: string }[];
  /** What happened, when the plan was run. */
  readonly actual?: Actual;
  readonly children: readonly PlanNode[];
}

/** What ANALYZE and BUFFERS tell. */
export interface Actual {
  /** Rows of one loop, on average. */
  readonly rows: number;
  readonly loops: number;
  /** Milliseconds of one loop; absent with TIMING off. */
  readonly ms?: number;
  /** Pages of 8192 bytes found in or read into shared buffers, by the node and those below it. */
  readonly sharedHit: number;
  readonly sharedRead: number;
  readonly removedByFilter?: number;
}

export interface Plan {
  readonly root: PlanNode;
  /** Milliseconds, when run. */
  readonly executionMs?: number;
  readonly planningMs?: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Properties that say what a node tests, orders and groups by, in the order people read them. */
const CONDITIONS = [
  'Index Cond',
  'Order By',
  'Recheck Cond',
  'TID Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
  'Filter',
  'Sort Key',
  'Presorted Key',
  'Group Key',
  'Cache Key',
  'Run Condition',
  'Conflict Filter',
] as const;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** Deeper plans than any planner makes: a guard against what is not one. */
const MAX_DEPTH = 500;

function actualOf(node: Json): Actual | undefined {
  const rows = number(node['Actual Rows']);
  const loops = number(node['Actual Loops']);
  if (rows === undefined || loops === undefined) return undefined;
  const ms = number(node['Actual Total Time']);
  const removed = number(node['Rows Removed by Filter']);
  return {
    rows,
    loops,
    ...(ms === undefined ? {} : { ms }),
    sharedHit: number(node['Shared Hit Blocks']) ?? 0,
    sharedRead: number(node['Shared Read Blocks']) ?? 0,
    ...(removed === undefined ? {} : { removedByFilter: removed }),
  };
}

function conditionsOf(node: Json): PlanNode['conditions'] {
  return CONDITIONS.flatMap((what) => {
    const given = node[what];
    if (typeof given === 'string') return [{ what, text: given }];
    if (Array.isArray(given)) return [{ what, text: given.map(String).join(', ') }];
    return [];
  });
}

const NAMES = [
  ['role', 'Parent Relationship'],
  ['relation', 'Relation Name'],
  ['schema', 'Schema'],
  ['alias', 'Alias'],
  ['index', 'Index Name'],
  ['joinType', 'Join Type'],
] as const;

function nodeOf(given: unknown, depth: number): PlanNode | string {
  if (!isJson(given)) return 'a node of the plan is not an object';
  if (depth > MAX_DEPTH) return `the plan is more than ${MAX_DEPTH} nodes deep`;
  const type = text(given['Node Type']);
  if (type === undefined) return 'a node has no "Node Type"';
  const children: PlanNode[] = [];
  const plans = given['Plans'];
  for (const one of Array.isArray(plans) ? plans : []) {
    const child = nodeOf(one, depth + 1);
    if (typeof child === 'string') return child;
    children.push(child);
  }
  const names = NAMES.flatMap(([name, key]) => {
    const value = text(given[key]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const subplan = text(given['Subplan Name']) ?? text(given['CTE Name']);
  const actual = actualOf(given);
  return {
    type,
    ...Object.fromEntries(names),
    ...(subplan === undefined ? {} : { subplan }),
    startupCost: number(given['Startup Cost']) ?? 0,
    totalCost: number(given['Total Cost']) ?? 0,
    rows: number(given['Plan Rows']) ?? 0,
    width: number(given['Plan Width']) ?? 0,
    conditions: conditionsOf(given),
    ...(actual === undefined ? {} : { actual }),
    children,
  };
}

/**
 * Reads what EXPLAIN (FORMAT JSON) gave: the value itself, or its text as it was copied from a client.
 * @returns the problem `plan-json` when it is not JSON, `plan-shape` when it is not a plan.
 */
export function readPlan(given: unknown): Result<Plan> {
  let value = given;
  if (typeof value === 'string') {
    const read = readJsonText(value);
    if (!read.ok) {
      const { line, column } = read;
      return err(
        'plan-json',
        `This is not JSON: line ${line}, column ${column}. Copy what EXPLAIN (FORMAT JSON) gives, from [ to ].`,
      );
    }
    value = read.value;
  }
  // Clients wrap it: a list of one, or a row with a column "QUERY PLAN".
  for (let wrapped = 0; wrapped < 4; wrapped++) {
    if (Array.isArray(value)) [value] = value;
    else if (isJson(value) && Object.hasOwn(value, 'QUERY PLAN')) value = value['QUERY PLAN'];
  }
  const refuse = (why: string) =>
    err('plan-shape', `This is JSON, but no plan: ${why}. Copy what EXPLAIN (FORMAT JSON) gives, from [ to ].`);
  if (!isJson(value)) return refuse('it holds no object');
  const root = nodeOf(Object.hasOwn(value, 'Plan') ? value['Plan'] : value, 0);
  if (typeof root === 'string') return refuse(root);
  const executionMs = number(value['Execution Time']);
  const planningMs = number(value['Planning Time']);
  return ok({
    root,
    ...(executionMs === undefined ? {} : { executionMs }),
    ...(planningMs === undefined ? {} : { planningMs }),
  });
}

/** A node and all below it, top down. */
export function* planNodes(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.children) yield* planNodes(child);
}

/** Names of the indexes a plan reads. */
export function indexesOfPlan(plan: Plan): ReadonlySet<string> {
  return new Set([...planNodes(plan.root)].flatMap((node) => node.index ?? []));
}

/** Indexes that a plan (of EXPLAIN with VERBOSE) reads, as `schema.name`: an index is in the schema of its table. */
export function qualifiedIndexesOf(plan: Plan): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: PlanNode, above: string | undefined) => {
    // A bitmap index scan has no relation of its own: that of the heap scan above is meant.
    const schema = node.schema ?? above;
    if (node.index !== undefined) found.add(`${schema}.${node.index}`);
    for (const child of node.children) walk(child, schema);
  };
  walk(plan.root, undefined);
  return found;
}

/** The shape of a plan: its nodes top down with the index or table each reads. Equal for plans that differ in numbers only. */
export function planShape(plan: Plan): string {
  const shape = (node: PlanNode) =>
    `${node.type}${node.index === undefined ? (node.relation === undefined ? '' : `(${node.relation})`) : `[${node.index}]`}`;
  return [...planNodes(plan.root)].map(shape).join(' > ');
}

/** Pages that a run touched. */
export function buffersOf({ root }: Plan): number {
  return root.actual === undefined ? 0 : root.actual.sharedHit + root.actual.sharedRead;
}
