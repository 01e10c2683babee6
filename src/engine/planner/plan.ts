import { readJsonText } from '#lib/json-text.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { detailsOf, isJson, type Json, type NodeDetails, number, text } from './plan-details.ts';
import { planFromText, unframed } from './plan-text.ts';

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
  /** What else EXPLAIN tells of this kind of node; absent when nothing. */
  readonly details?: NodeDetails;
  readonly children: readonly PlanNode[];
}

/** What ANALYZE and BUFFERS tell. */
export interface Actual {
  /** Rows of one loop, on average. */
  readonly rows: number;
  readonly loops: number;
  /** Milliseconds of one loop; absent with TIMING off. */
  readonly ms?: number;
  /** Milliseconds until the first row. */
  readonly startupMs?: number;
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
  /** Of compiling, within the execution. */
  readonly jitMs?: number;
  /** Triggers that ran, foreign keys among them. */
  readonly triggers?: readonly {
    readonly name: string;
    readonly relation?: string;
    readonly ms?: number;
    readonly calls: number;
  }[];
  /** Settings of the planner that are not as they come. */
  readonly settings?: Readonly<Record<string, string>>;
}

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

/** Deeper plans than any planner makes: a guard against what is not one. */
const MAX_DEPTH = 500;

function actualOf(node: Json): Actual | undefined {
  const rows = number(node['Actual Rows']);
  const loops = number(node['Actual Loops']);
  if (rows === undefined || loops === undefined) return undefined;
  // Of what was never run the text form tells no time.
  const ms = loops === 0 ? undefined : number(node['Actual Total Time']);
  const startupMs = loops === 0 ? undefined : number(node['Actual Startup Time']);
  const removed = number(node['Rows Removed by Filter']);
  return {
    rows,
    loops,
    ...(ms === undefined ? {} : { ms }),
    ...(startupMs === undefined ? {} : { startupMs }),
    sharedHit: number(node['Shared Hit Blocks']) ?? 0,
    sharedRead: number(node['Shared Read Blocks']) ?? 0,
    ...(removed === undefined ? {} : { removedByFilter: removed }),
  };
}

/** `(a, b), (a), ()`: each set that rows are grouped by. */
function groupingSets(given: unknown): PlanNode['conditions'] {
  if (!Array.isArray(given)) return [];
  const keys = given.filter(isJson).flatMap((one) => [one['Hash Keys'], one['Group Keys']].flatMap((list) => list ?? []));
  const sets = keys.map((one) => `(${Array.isArray(one) ? one.map(String).join(', ') : String(one)})`);
  return sets.length === 0 ? [] : [{ what: 'Grouping Sets', text: sets.join(', ') }];
}

function conditionsOf(node: Json): PlanNode['conditions'] {
  const plain = CONDITIONS.flatMap((what) => {
    const given = node[what];
    // Of the text form `false` and `1` are taken for what they look like.
    if (typeof given === 'string' || typeof given === 'boolean' || typeof given === 'number')
      return [{ what, text: String(given) }];
    if (Array.isArray(given)) return [{ what, text: given.map(String).join(', ') }];
    return [];
  });
  return [...plain, ...groupingSets(node['Grouping Sets'])];
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
  const details = detailsOf(given);
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
    ...(details === undefined ? {} : { details }),
    children,
  };
}

/** What EXPLAIN tells of the whole. */
function wholeOf(given: Json): Omit<Plan, 'root'> {
  const executionMs = number(given['Execution Time']);
  const planningMs = number(given['Planning Time']);
  const jit = isJson(given['JIT']) && isJson(given['JIT']['Timing']) ? number(given['JIT']['Timing']['Total']) : undefined;
  const triggers = (Array.isArray(given['Triggers']) ? given['Triggers'] : []).filter(isJson).map((one) => {
    const relation = text(one['Relation']);
    const ms = number(one['Time']);
    return {
      name: text(one['Constraint Name']) ?? text(one['Trigger Name']) ?? '?',
      ...(relation === undefined ? {} : { relation }),
      ...(ms === undefined ? {} : { ms }),
      calls: number(one['Calls']) ?? 0,
    };
  });
  const settings = isJson(given['Settings']) ? Object.entries(given['Settings']).map(([name, value]) => [name, String(value)]) : [];
  return {
    ...(executionMs === undefined ? {} : { executionMs }),
    ...(planningMs === undefined ? {} : { planningMs }),
    ...(jit === undefined ? {} : { jitMs: jit }),
    ...(triggers.length === 0 ? {} : { triggers }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
  };
}

/** Reads text as JSON where it begins so, else as the text form. */
function plainValue(source: string): Result<unknown> {
  const body = source.trimStart().startsWith('QUERY PLAN') ? unframed(source) : source;
  const told = /^\s*[[{]/.test(body) ? undefined : planFromText(body);
  if (told?.ok === true) return told;
  const read = readJsonText(body);
  if (read.ok) return read;
  if (told === undefined) {
    const { line, column } = read;
    return err(
      'plan-json',
      `This is not JSON: line ${line}, column ${column}. Copy what EXPLAIN gives: FORMAT JSON from [ to ], or the text with its indentation.`,
    );
  }
  const { line, column, text: found } = told.fault;
  return err(
    'plan-text',
    `Line ${line}, column ${column} is not understood as a plan: ${JSON.stringify(found)}. Copy all that EXPLAIN gives, with its indentation.`,
  );
}

/**
 * Reads what EXPLAIN gave: the value of FORMAT JSON, its text as it was copied from a client, or the text form.
 * @returns the problem `plan-json` or `plan-text` with line and column where it cannot be read, `plan-shape` when it is JSON but
 * not a plan.
 */
export function readPlan(given: unknown): Result<Plan> {
  let value = given;
  if (typeof value === 'string') {
    const read = plainValue(value);
    if (!read.ok) return read;
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
  return ok({ root, ...wholeOf(value) });
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
