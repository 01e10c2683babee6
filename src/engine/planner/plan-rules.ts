import { shortNumber } from '#lib/amounts.ts';
import { type PlanNode, planNodes } from './plan.ts';
import type { NodeSeen, PlanFinding, PlanRule } from './plan-finding.ts';
import { readName, rowsOf } from './plan-words.ts';

type Found = Omit<PlanFinding, 'path' | 'share'>;

/** Rows thrown away, all loops together. */
const removed = ({ actual }: PlanNode) => (actual?.removedByFilter ?? 0) * (actual?.loops ?? 0);
const percent = (share: number) => `${Math.min(99.9, Math.round(share * 1000) / 10)} %`;
const kb = (amount: number) => (amount >= 10_000 ? `${shortNumber(amount / 1000)} MB` : `${shortNumber(amount)} kB`);

/** Fewer rows are read and thrown away in no time. */
const FEW = 500;

function tableRefs({ model, node }: NodeSeen): Found['refs'] {
  const table = model.table(node);
  const index = model.index(node);
  return {
    ...(table === undefined ? {} : { table: table.id }),
    ...(index === undefined ? {} : { index: { table: index.table, part: index.part } }),
  };
}

function indexAdvice(seen: NodeSeen, whats: readonly string[]): Pick<Found, 'todo'> & Partial<Pick<Found, 'candidate'>> {
  const candidate = seen.model.candidate(seen.node, whats);
  if (candidate === undefined) return { todo: 'Ask for a condition that an index can answer, or for fewer rows.' };
  const { text, like } = candidate;
  const there =
    like === undefined
      ? ''
      : ` ${like} begins alike: if it has these columns already, PostgreSQL thinks reading all is cheaper; see whether it knows the table (ANALYZE).`;
  return { candidate, todo: `An index ${text} finds the rows without reading the others.${there}` };
}

const scanDiscards: PlanRule = (seen) => {
  const { node } = seen;
  const gone = removed(node);
  const all = gone + rowsOf(node);
  if (node.type !== 'Seq Scan' || gone < FEW || gone < all / 2) return [];
  const what = `Reads ${shortNumber(all)} rows of ${readName(node)} and throws ${percent(gone / all)} of them away.`;
  const why =
    'No index that could be used finds the rows that are wanted, or the planner took so many to be wanted that reading all seemed cheaper.';
  return [{ code: 'scan-discards', what, why, ...indexAdvice(seen, ['Filter']), refs: tableRefs(seen) }];
};

const indexDiscards: PlanRule = (seen) => {
  const { node } = seen;
  const gone = removed(node) + (node.details?.removedByRecheck ?? 0) * (node.actual?.loops ?? 0);
  const all = gone + rowsOf(node);
  const byIndex = node.type === 'Index Scan' || node.type === 'Index Only Scan' || node.type === 'Bitmap Heap Scan';
  if (!byIndex || gone < FEW || gone < all / 2) return [];
  const name = node.index ?? node.children[0]?.index ?? 'the index';
  const what = `${name} finds ${shortNumber(all)} rows of ${readName(node)}, of which ${percent(gone / all)} are thrown away afterwards.`;
  const why =
    'Each of them is read from the table before the filter can look at it: the index does not hold the columns that the filter asks for.';
  return [
    { code: 'index-discards', what, why, ...indexAdvice(seen, ['Index Cond', 'Recheck Cond', 'Filter']), refs: tableRefs(seen) },
  ];
};

const joinDiscards: PlanRule = ({ node }) => {
  const gone = (node.details?.removedByJoinFilter ?? 0) * (node.actual?.loops ?? 0);
  if (gone < 10_000 || gone < rowsOf(node)) return [];
  return [
    {
      code: 'join-discards',
      what: `Compares rows in pairs and throws ${shortNumber(gone)} pairs away.`,
      why: 'The condition of the join is no equality that rows could be looked up by.',
      todo: 'Join by equal columns where there are any, and keep what is compared beside them.',
      refs: {},
    },
  ];
};

const offsetReads: PlanRule = ({ node }) => {
  const [child] = node.children;
  if (node.type !== 'Limit' || child === undefined || node.actual === undefined) return [];
  const [read, given] = [rowsOf(child), rowsOf(node)];
  if (read < FEW || read < 10 * Math.max(1, given)) return [];
  return [
    {
      code: 'offset-reads',
      what: `${shortNumber(read)} rows are made to give ${shortNumber(given)}.`,
      why: 'OFFSET counts rows off that were found, sorted and joined like the others: each page costs more than the one before.',
      todo: 'Ask for what comes after the last row of the page before: WHERE (column, id) > ($1, $2) ORDER BY column, id, with an index in that order.',
      refs: {},
    },
  ];
};

const spills: PlanRule = (seen) => {
  const { node } = seen;
  const { sortKb = 0, sortSpace, hashBatches = 1, hashBatchesPlanned = 1, aggregateBatches = 1, diskKb = 0 } = node.details ?? {};
  if (sortSpace === 'Disk') {
    const what = `Sorts ${shortNumber(rowsOf(node))} rows on disk: ${kb(sortKb)}.`;
    const todo = `A work_mem of about ${kb(Math.ceil(sortKb * 3))} for this query sorts in memory; an index in the order of ${node.conditions.find((one) => one.what === 'Sort Key')?.text ?? 'the key'} needs no sort.`;
    return [{ code: 'sort-spills', what, why: 'The rows do not fit into work_mem.', todo, refs: {} }];
  }
  if (hashBatches > 1 || aggregateBatches > 1) {
    const batches = Math.max(hashBatches, aggregateBatches);
    const more = hashBatches > hashBatchesPlanned ? `, where ${hashBatchesPlanned} were planned` : '';
    const what = `Hashes rows in ${batches} batches${more}${diskKb > 0 ? `, ${kb(diskKb)} of them on disk` : ''}.`;
    const todo = `More work_mem (or hash_mem_multiplier) for this query${more === '' ? '' : ', and statistics that tell how many rows there are'}; or fewer and narrower rows on this side.`;
    return [
      {
        code: 'hash-spills',
        what,
        why: 'The table in memory does not fit into work_mem, so rows are written out and read again.',
        todo,
        refs: {},
      },
    ];
  }
  return [];
};

const lossyBitmap: PlanRule = (seen) => {
  const { node } = seen;
  const { lossyBlocks = 0, exactBlocks = 0 } = node.details ?? {};
  if (lossyBlocks === 0) return [];
  return [
    {
      code: 'lossy-bitmap',
      what: `${shortNumber(lossyBlocks)} of ${shortNumber(lossyBlocks + exactBlocks)} pages of ${readName(node)} are looked through row by row.`,
      why: 'The bitmap did not fit into work_mem and only knows on which pages something is.',
      todo: 'More work_mem for this query, or an index that finds fewer rows.',
      refs: tableRefs(seen),
    },
  ];
};

const heapFetches: PlanRule = (seen) => {
  const { node } = seen;
  const fetches = node.details?.heapFetches ?? 0;
  if (fetches < FEW || fetches < rowsOf(node) / 10) return [];
  return [
    {
      code: 'heap-fetches',
      what: `The index ${node.index ?? ''} alone does not suffice: ${shortNumber(fetches)} rows of ${readName(node)} were looked up in the table.`,
      why: 'Their pages are not marked as visible to all: they were changed since the last VACUUM.',
      todo: `VACUUM ${node.relation ?? 'the table'}, and let autovacuum come sooner (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor).`,
      refs: tableRefs(seen),
    },
  ];
};

const manyLoops: PlanRule = (seen) => {
  const { node, parent, share, plan } = seen;
  const loops = node.actual?.loops ?? 0;
  const again = (parent?.type === 'Nested Loop' && node.role === 'Inner') || node.role === 'SubPlan';
  const taken = (node.actual?.ms ?? 0) * loops;
  const whole = plan.root.actual?.ms ?? 0;
  if (!again || loops < 1000 || node.type === 'Materialize' || node.type === 'Memoize') return [];
  if (whole > 0 ? taken < whole / 5 : share.share < 0.2) return [];
  const outer = parent?.children.find((one) => one.role === 'Outer');
  const off =
    outer === undefined || node.role === 'SubPlan'
      ? undefined
      : `${shortNumber(outer.rows)} rows were expected, ${shortNumber(outer.actual?.rows ?? 0)} came`;
  const scans = [...planNodes(node)].filter((one) => one.relation !== undefined);
  const whats = ['Index Cond', 'Recheck Cond', 'Filter'];
  const scan = scans.find((one) => one.type === 'Seq Scan');
  const candidate = scan === undefined ? undefined : seen.model.candidate(scan, whats);
  const what = `Runs ${shortNumber(loops)} times${scans[0] === undefined ? '' : `, each time on ${readName(scans[0])}`}.`;
  const why =
    node.role === 'SubPlan'
      ? 'A subquery is worked out for each row.'
      : `The join looks its second side up for each row of the first${off === undefined ? '' : `: ${off}`}.`;
  const todo =
    candidate !== undefined
      ? `An index ${candidate.text} makes each of them short.`
      : node.role === 'SubPlan'
        ? 'Write it as a join, or as a lateral join to a group.'
        : 'With a true number of rows the planner would choose a hash join: see what misleads it below, and ANALYZE.';
  return [{ code: 'many-loops', what, why, todo, ...(candidate === undefined ? {} : { candidate }), refs: {} }];
};

/** By how much a node gave more (above 1) or fewer rows than expected. */
export function estimateFactor({ actual, rows }: PlanNode): number {
  if (actual === undefined || actual.loops === 0) return 1;
  return Math.max(1, actual.rows) / Math.max(1, rows);
}

/** What gives fewer rows than it could because nobody asked for more. */
const STOPS: ReadonlySet<string> = new Set(['Merge Join', 'Limit']);

const misestimate: PlanRule = (seen) => {
  const { node, parent, limited } = seen;
  const factor = estimateFactor(node);
  const off = factor >= 1 ? factor : 1 / factor;
  const few = factor < 1 && (limited || (parent !== undefined && STOPS.has(parent.type)) || node.type === 'Limit');
  if (off < 10 || few || Math.max(node.rows, node.actual?.rows ?? 0) < 100) return [];
  // It begins where what is below was still estimated well.
  if (node.children.some((child) => child.role !== 'InitPlan' && Math.max(estimateFactor(child), 1 / estimateFactor(child)) >= 10))
    return [];
  const table = seen.model.table(node);
  const whats = ['Index Cond', 'Recheck Cond', 'Filter'];
  const terms = seen.model.predicates(node, whats).map((one) => one.term);
  const columns = [...new Set(terms.flatMap((term) => term.columns))];
  const names = table === undefined ? [] : columns.map((id) => seen.model.columnName(table.id, id));
  const todo =
    names.length > 1
      ? `ANALYZE ${table?.name}; where the columns depend on one another: CREATE STATISTICS (dependencies, mcv) ON ${names.join(', ')} FROM ${table?.name}.`
      : terms.some((term) => term.expression !== undefined)
        ? `Nothing is known of the values of an expression: CREATE STATISTICS ON (${terms.find((term) => term.expression !== undefined)?.expression}) FROM ${table?.name}, or an index on it, and ANALYZE.`
        : `ANALYZE ${table?.name ?? 'the tables'}; if it stays, a higher statistics target for the columns of the condition.`;
  return [
    {
      code: 'misestimate',
      what: `${shortNumber(node.rows)} rows were expected, ${shortNumber(node.actual?.rows ?? 0)} came: ${shortNumber(off)} times ${factor > 1 ? 'more' : 'fewer'}.`,
      why: 'What is chosen above rests on this number: kinds of joins, their order, and memory.',
      todo,
      refs: { ...tableRefs(seen), ...(columns.length === 0 ? {} : { columns }) },
    },
  ];
};

const CAST = /^\(*cast\s*\(|::/i;

const hiddenColumns: PlanRule = (seen) => {
  const { node, model } = seen;
  if (node.type !== 'Seq Scan' && node.type !== 'Index Only Scan' && node.type !== 'Index Scan') return [];
  // What has to be said of a table read in whole only because most of it is wanted is nothing.
  if (node.actual !== undefined && removed(node) < FEW) return [];
  return model.predicates(node, ['Filter']).flatMap(({ term, test, sql }): Found[] => {
    const { expression, columns } = term;
    if (expression === undefined || columns.length === 0 || test === 'other' || test === 'differs') return [];
    const names = columns.map((id) => model.columnName(model.table(node)?.id ?? '', id)).join(', ');
    const refs = { ...tableRefs(seen), columns };
    if (CAST.test(expression)) {
      const why = `${names} is turned into another type before it is compared, row by row: its indexes hold values of its own type.`;
      return [
        {
          code: 'cast-on-column',
          what: `Compares ${expression}.`,
          why,
          todo: `Compare with a value of the type of ${names}; look at the type that the program binds.`,
          refs,
        },
      ];
    }
    const why = `An index of ${names} knows its values, not those of the expression.`;
    const todo = `Write the condition with ${names} alone on one side, or make an index on the expression: ${node.relation ?? ''} ((${expression})).`;
    return [{ code: 'function-on-column', what: `Works ${expression} out for each row to test ${sql}.`, why, todo, refs }];
  });
};

const notPruned: PlanRule = ({ node, model }) => {
  if (node.type !== 'Append' && node.type !== 'Merge Append') return [];
  const scans = node.children.flatMap((child) => [...planNodes(child)].find((one) => one.relation !== undefined) ?? []);
  const tables = scans.flatMap((scan) => model.table(scan) ?? []);
  const [first] = tables;
  if (first === undefined) return [];
  const siblings = model.siblings(first);
  const read = new Set(tables.map((table) => table.id));
  if (siblings.length < 2 || (node.details?.subplansRemoved ?? 0) > 0 || !siblings.every((one) => read.has(one.id))) return [];
  const parent = first.partitionOf === undefined ? undefined : model.document.tables[first.partitionOf.parent];
  const key = parent?.partitioning;
  const what = `Reads all ${siblings.length} partitions of ${parent?.name ?? 'the table'}.`;
  const why = `No condition tells by its partition key${key === undefined ? '' : ` (${model.partitionKey(parent?.id ?? '')})`} which of them can hold rows.`;
  return [
    {
      code: 'not-pruned',
      what,
      why,
      todo: 'Add a condition on the partition key with a value or a parameter, not with a function of it.',
      refs: parent === undefined ? {} : { table: parent.id },
    },
  ];
};

const workersMissing: PlanRule = ({ node }) => {
  const { workersPlanned = 0, workersLaunched = 0 } = node.details ?? {};
  if (node.actual === undefined || node.actual.loops === 0 || workersPlanned <= workersLaunched) return [];
  return [
    {
      code: 'workers-missing',
      what: `${workersPlanned} workers were planned, ${workersLaunched} came.`,
      why: 'Others were using them: there are max_parallel_workers for the whole server.',
      todo: 'Raise max_parallel_workers and max_worker_processes, or let fewer queries take workers.',
      refs: {},
    },
  ];
};

/** Each looks at one node. */
export const PLAN_RULES: readonly PlanRule[] = [
  scanDiscards,
  indexDiscards,
  joinDiscards,
  offsetReads,
  spills,
  lossyBitmap,
  heapFetches,
  manyLoops,
  misestimate,
  hiddenColumns,
  notPruned,
  workersMissing,
];
