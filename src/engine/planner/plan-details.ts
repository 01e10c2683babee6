/** An object that was JSON, of whose properties nothing is known. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Figures of single kinds of nodes: what they are called here, and by EXPLAIN. */
const FIGURES = {
  /** Kilobytes, in memory or on disk as `sortSpace` says. */
  sortKb: 'Sort Space Used',
  hashBatches: 'Hash Batches',
  hashBatchesPlanned: 'Original Hash Batches',
  aggregateBatches: 'HashAgg Batches',
  memoryKb: 'Peak Memory Usage',
  diskKb: 'Disk Usage',
  /** Rows of an index-only scan that the table was looked at for. */
  heapFetches: 'Heap Fetches',
  exactBlocks: 'Exact Heap Blocks',
  /** Pages of which a bitmap only knew that something is on them. */
  lossyBlocks: 'Lossy Heap Blocks',
  workersPlanned: 'Workers Planned',
  workersLaunched: 'Workers Launched',
  /** Partitions that were left out when the query began. */
  subplansRemoved: 'Subplans Removed',
  removedByRecheck: 'Rows Removed by Index Recheck',
  removedByJoinFilter: 'Rows Removed by Join Filter',
  cacheHits: 'Cache Hits',
  cacheMisses: 'Cache Misses',
  cacheEvictions: 'Cache Evictions',
  /** Descents into the index, from version 18 on. */
  indexSearches: 'Index Searches',
  localHit: 'Local Hit Blocks',
  localRead: 'Local Read Blocks',
  tempRead: 'Temp Read Blocks',
  tempWritten: 'Temp Written Blocks',
  sharedDirtied: 'Shared Dirtied Blocks',
  sharedWritten: 'Shared Written Blocks',
  walRecords: 'WAL Records',
  walBytes: 'WAL Bytes',
} as const;

const WORDS = {
  sortMethod: 'Sort Method',
  /** `Memory` or `Disk`. */
  sortSpace: 'Sort Space Type',
  /** Of aggregates: `Plain`, `Sorted`, `Hashed`, `Mixed`. */
  strategy: 'Strategy',
  /** `Partial` or `Finalize`, of an aggregate that workers begin. */
  partialMode: 'Partial Mode',
  /** `Backward`, where an index is read so. */
  direction: 'Scan Direction',
  /** Of ModifyTable: `Insert`, `Update`, `Delete`, `Merge`. */
  operation: 'Operation',
  command: 'Command',
} as const;

/** What says nothing: what is so of every plan that is not told otherwise. */
const USUAL: ReadonlySet<string> = new Set(['Forward', 'Simple', '']);

export interface NodeDetails
  extends Readonly<Partial<Record<keyof typeof FIGURES, number>>>,
    Readonly<Partial<Record<keyof typeof WORDS, string>>> {
  readonly parallel?: true;
  /** Milliseconds spent on reading and writing of pages, with `track_io_timing`. */
  readonly ioMs?: number;
}

/** Milliseconds of input and output of all kinds; versions name them differently. */
function ioOf(node: Json): number | undefined {
  const keys = Object.keys(node).filter((key) => key.endsWith('I/O Read Time') || key.endsWith('I/O Write Time'));
  const sum = keys.reduce((all, key) => all + (number(node[key]) ?? 0), 0);
  return sum > 0 ? sum : undefined;
}

/** @param node of EXPLAIN's JSON form */
export function detailsOf(node: Json): NodeDetails | undefined {
  const figures = Object.entries(FIGURES).flatMap(([name, key]) => {
    const value = number(node[key]);
    // EXPLAIN's JSON tells what did not happen, its text does not.
    return value === undefined || value === 0 ? [] : [[name, value] as const];
  });
  const words = Object.entries(WORDS).flatMap(([name, key]) => {
    const value = text(node[key]);
    return value === undefined || USUAL.has(value) ? [] : [[name, value] as const];
  });
  const ioMs = ioOf(node);
  const details: NodeDetails = {
    ...Object.fromEntries(figures),
    ...Object.fromEntries(words),
    ...(node['Parallel Aware'] === true ? { parallel: true } : {}),
    ...(ioMs === undefined ? {} : { ioMs }),
  };
  return Object.keys(details).length === 0 ? undefined : details;
}
