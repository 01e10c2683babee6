import { shortNumber } from '#lib/amounts.ts';
import type { PlanNode } from './plan.ts';

/** What a node does, in a sentence. */

const said = (node: PlanNode, what: string) => node.conditions.find((one) => one.what === what)?.text;
const rows = (count: number) => `${shortNumber(count)} ${count === 1 ? 'row' : 'rows'}`;

/** Rows that a node gives, all loops together. */
export function rowsOf({ actual, rows: expected }: PlanNode): number {
  return actual === undefined ? expected : actual.rows * actual.loops;
}

/** The name of what is read: the alias beside the table's name. */
export function readName({ relation, alias }: PlanNode): string {
  if (relation === undefined) return alias ?? 'rows';
  return alias === undefined || alias === relation ? relation : `${relation} (${alias})`;
}

function kept(node: PlanNode): string {
  const filter = said(node, 'Filter');
  return filter === undefined ? '' : ` and keeps rows that meet ${filter}`;
}

function joined(node: PlanNode): string {
  const kind = node.joinType ?? 'Inner';
  switch (kind) {
    case 'Semi':
    case 'Right Semi':
      return 'keeps rows of one side that the other has a match for';
    case 'Anti':
    case 'Right Anti':
      return 'keeps rows of one side that the other has no match for';
    case 'Inner':
      return 'gives the pairs that match';
    default:
      return 'gives the pairs that match, and rows without a match';
  }
}

const READERS: Readonly<Record<string, (node: PlanNode) => string>> = {
  'Seq Scan': (node) => `Reads every row of ${readName(node)}${kept(node)}.`,
  'Index Scan': (node) => {
    const cond = said(node, 'Index Cond');
    const how = cond === undefined ? 'in the order of' : `where ${cond}, by`;
    return `Finds rows of ${readName(node)} ${how} the index ${node.index}${kept(node)}.`;
  },
  'Index Only Scan': (node) => {
    const cond = said(node, 'Index Cond');
    return `Answers from the index ${node.index} alone${cond === undefined ? '' : `, where ${cond}`}${kept(node)}.`;
  },
  'Bitmap Index Scan': (node) =>
    `Notes in the index ${node.index} where rows lie${said(node, 'Index Cond') === undefined ? '' : ` that meet ${said(node, 'Index Cond')}`}.`,
  'Bitmap Heap Scan': (node) => `Reads the pages of ${readName(node)} that were noted${kept(node)}.`,
  BitmapAnd: () => 'Keeps places that every index noted.',
  BitmapOr: () => 'Keeps places that any of the indexes noted.',
  'Subquery Scan': (node) => `Takes the rows of the subquery ${node.alias ?? ''}${kept(node)}.`,
  'CTE Scan': (node) => `Reads what WITH ${node.subplan ?? node.alias ?? ''} gave${kept(node)}.`,
  'Function Scan': (node) => `Takes the rows that a function gives as ${node.alias ?? 'a table'}${kept(node)}.`,
  'Values Scan': () => 'Takes rows that the query lists.',
};

const WORKERS: Readonly<Record<string, (node: PlanNode) => string>> = {
  'Nested Loop': (node) => `For each row of the first side, looks up the second; ${joined(node)}.`,
  'Hash Join': (node) => `Looks rows up in a table in memory by ${said(node, 'Hash Cond') ?? 'their key'}; ${joined(node)}.`,
  'Merge Join': (node) => `Goes through two sorted sides at once by ${said(node, 'Merge Cond') ?? 'their key'}; ${joined(node)}.`,
  Hash: () => 'Puts rows into a table in memory.',
  Sort: (node) => `Sorts ${rows(rowsOf(node))} by ${said(node, 'Sort Key') ?? 'their key'}.`,
  'Incremental Sort': (node) =>
    `Sorts rows that already lie by ${said(node, 'Presorted Key') ?? 'a part'} by ${said(node, 'Sort Key') ?? 'the rest'}.`,
  Limit: (node) => `Stops after ${rows(rowsOf(node))}.`,
  Aggregate: (node) => {
    const by = said(node, 'Group Key') ?? said(node, 'Grouping Sets');
    return by === undefined ? 'Makes one row of all.' : `Makes one row of each group by ${by}.`;
  },
  Group: (node) => `Gives each ${said(node, 'Group Key') ?? 'group'} once.`,
  Unique: () => 'Leaves out rows that repeat the one before.',
  WindowAgg: () => 'Works window functions out.',
  SetOp: (node) => `Compares two lists of rows (${node.details?.command ?? 'set operation'}).`,
  Append: (node) => `Puts ${node.children.length} lists of rows one after the other.`,
  'Merge Append': (node) => `Merges ${node.children.length} sorted lists of rows.`,
  Gather: (node) => `Collects rows from ${node.details?.workersLaunched ?? node.details?.workersPlanned ?? 0} workers.`,
  'Gather Merge': (node) =>
    `Merges sorted rows from ${node.details?.workersLaunched ?? node.details?.workersPlanned ?? 0} workers.`,
  Materialize: () => 'Keeps rows so that they can be read again.',
  Memoize: (node) => `Remembers what was found for each ${said(node, 'Cache Key') ?? 'key'}.`,
  ModifyTable: (node) => `${node.details?.operation ?? 'Changes'} on ${readName(node)}.`,
  LockRows: () => 'Locks the rows that are given.',
  'Recursive Union': () => 'Repeats the recursive part until it gives no more rows.',
  Result: (node) =>
    said(node, 'One-Time Filter') === undefined
      ? 'Gives a row without reading a table.'
      : `Goes on only if ${said(node, 'One-Time Filter')}.`,
  ProjectSet: () => 'Gives a row for each that a function returns.',
};

/** What a node does, in a sentence of its own. */
export function nodeWords(node: PlanNode): string {
  const reads = Object.hasOwn(READERS, node.type) ? READERS[node.type] : undefined;
  const works = Object.hasOwn(WORKERS, node.type) ? WORKERS[node.type] : undefined;
  const sentence =
    (reads ?? works)?.(node) ?? (node.relation === undefined ? `${node.type}.` : `${node.type} of ${readName(node)}${kept(node)}.`);
  return node.actual?.loops === 0 ? `${sentence} It was never run.` : sentence;
}
