/**
 * Costs in PostgreSQL's units (one page read in sequence = 1), by the formulas of `costsize.c` and `selfuncs.c` for one
 * process without parallel workers. For other engines they are a model: what they compare is pages and rows, which all have.
 */

export const UNITS = {
  sequentialPage: 1,
  randomPage: 4,
  row: 0.01,
  indexRow: 0.005,
  operator: 0.0025,
  /** Pages that are in some cache: 4 GB. */
  cachePages: 524_288,
  /** Bytes that a sort may take in memory. */
  sortMemory: 4 * 1024 * 1024,
} as const;

const PAGE = 8192;
/** CPU work of descending one page of an index, in operators. */
const PAGE_OPERATORS = 50;

export interface HeapSize {
  readonly rows: number;
  readonly pages: number;
  /** Share of the pages whose rows are visible to all, so that an index-only scan does not look at them. */
  readonly visible: number;
}

export interface TreeSize {
  readonly rows: number;
  readonly pages: number;
  /** Levels above the leaves. */
  readonly height: number;
}

/** Before the first row, and for all of them. */
export interface Cost {
  readonly startup: number;
  readonly total: number;
}

/** @param conditions how many are checked on every row */
export function sequentialScan({ rows, pages }: HeapSize, conditions: number): Cost {
  return { startup: 0, total: pages * UNITS.sequentialPage + rows * (UNITS.row + conditions * UNITS.operator) };
}

/**
 * Pages read when rows are fetched at random places, with a cache: L. F. Mackert and G. M. Lohman, Index scans using a finite
 * LRU buffer, 1989 (`index_pages_fetched`).
 *
 * @param others pages of everything else the query reads
 */
export function pagesFetched(rows: number, pages: number, others: number): number {
  const all = Math.max(1, pages);
  const cache = Math.max(1, Math.ceil((UNITS.cachePages * all) / Math.max(1, pages + others)));
  const estimate = (2 * all * rows) / (2 * all + rows);
  if (all <= cache) return Math.min(all, Math.ceil(estimate));
  const limit = (2 * all * cache) / (2 * all - cache);
  return Math.ceil(rows <= limit ? estimate : cache + ((rows - limit) * (all - cache)) / all);
}

export interface Lookup {
  readonly heap: HeapSize;
  readonly tree: TreeSize;
  /** Share of the index's rows that its first columns find: equalities, then one range. */
  readonly found: number;
  /** Share of those that conditions on its further columns leave, so that the table is read for no others. Default 1. */
  readonly kept?: number;
  /** Conditions that the index decides, and those that are checked on each row after it. */
  readonly conditions: number;
  readonly filters: number;
  /** Values of an IN, each looked up by itself. Default 1. */
  readonly lookups?: number;
  /** -1 to 1: how the order of the first column follows the order of rows. */
  readonly correlation: number;
  /** Columns of the key. */
  readonly columns: number;
  /** All that the query needs is in the index. */
  readonly indexOnly?: boolean;
  /** How often it is done, as the inner side of a join. The cost is that of one time. Default 1. */
  readonly loops?: number;
  /** Pages of everything else the query reads. Default 0. */
  readonly others?: number;
  /** What finding a row costs beside its page, where entries hold its key and not its place: see `descentCost`. Default 0. */
  readonly reach?: number;
}

const whole = (rows: number) => Math.max(1, Math.round(rows));

/** Walking from the root of a tree to a leaf, pages in the cache (`btcostestimate`). */
export function descentCost({ rows, height }: TreeSize): number {
  const comparing = rows > 1 ? Math.ceil(Math.log2(rows)) * UNITS.operator : 0;
  return comparing + (height + 1) * PAGE_OPERATORS * UNITS.operator;
}

/** The index alone, without the rows it points to (`genericcostestimate`, `btcostestimate`). */
export function descend({ tree, found, conditions, lookups = 1, loops = 1, others = 0 }: Lookup): Cost {
  const rows = whole((found * tree.rows) / lookups);
  const pages = tree.pages > 1 && tree.rows > 1 ? Math.ceil((rows * tree.pages) / tree.rows) : 1;
  const times = lookups * loops;
  const read = times > 1 ? (pagesFetched(pages * times, tree.pages, others) * UNITS.randomPage) / loops : pages * UNITS.randomPage;
  const startup = lookups * descentCost(tree);
  return { startup, total: startup + read + rows * lookups * (UNITS.indexRow + conditions * UNITS.operator) };
}

/** Rows by way of an index, in its order (`cost_index`). */
export function indexScan(lookup: Lookup): Cost {
  const { heap, tree, filters, columns, indexOnly = false, loops = 1, others = 0, reach = 0 } = lookup;
  const found = lookup.found * (lookup.kept ?? 1);
  const index = descend(lookup);
  const rows = whole(found * tree.rows);
  const looked = indexOnly ? 1 - heap.visible : 1;
  const near = Math.ceil(found * Math.min(heap.pages, (heap.pages * tree.rows) / Math.max(1, heap.rows)));
  let worst: number;
  let best: number;
  if (loops > 1) {
    worst = (Math.ceil(pagesFetched(rows * loops, heap.pages, tree.pages + others) * looked) * UNITS.randomPage) / loops;
    best = (Math.ceil(pagesFetched(near * loops, heap.pages, tree.pages + others) * looked) * UNITS.randomPage) / loops;
  } else {
    worst = Math.ceil(pagesFetched(rows, heap.pages, tree.pages + others) * looked) * UNITS.randomPage;
    const pages = Math.ceil(near * looked);
    best = pages > 0 ? UNITS.randomPage + (pages - 1) * UNITS.sequentialPage : 0;
  }
  // Of several columns the first one's order says less about where rows are.
  const ordered = (columns > 1 ? 0.75 * lookup.correlation : lookup.correlation) ** 2;
  return {
    startup: index.startup,
    total: index.total + worst + ordered * (best - worst) + rows * (UNITS.row + filters * UNITS.operator + (indexOnly ? 0 : reach)),
  };
}

/** Rows of a table that is stored in the order of a key, by that key: the leaves are the rows, one after the other. */
export function clusteredScan({ heap, tree, found, conditions, filters, lookups = 1, loops = 1, others = 0 }: Lookup): Cost {
  const rows = whole(found * heap.rows);
  const startup = lookups * descentCost(tree);
  const near = Math.max(1, Math.ceil((found / lookups) * heap.pages));
  const times = lookups * loops;
  const read =
    times > 1 && near < 2
      ? (pagesFetched(near * times, heap.pages, others) * UNITS.randomPage) / loops
      : lookups * (UNITS.randomPage + (near - 1) * UNITS.sequentialPage);
  return { startup, total: startup + read + rows * (UNITS.row + (conditions + filters) * UNITS.operator) };
}

/** Rows by way of a bitmap of their pages, in the order of the table (`cost_bitmap_heap_scan`). */
export function bitmapScan(lookup: Lookup): Cost {
  const { tree, found, kept = 1 } = lookup;
  const rows = whole(found * kept * tree.rows);
  return bitmapHeap(lookup, rows, descend(lookup).total + 0.1 * UNITS.operator * rows);
}

/** The rows of a bitmap. @param rows that it marks. @param startup what making it costs */
export function bitmapHeap(
  { heap, tree, conditions, filters, loops = 1, others = 0 }: Omit<Lookup, 'found' | 'columns' | 'correlation'>,
  rows: number,
  startup: number,
): Cost {
  const pages = Math.max(
    1,
    loops > 1 ? pagesFetched(rows * loops, heap.pages, tree.pages + others) / loops : fetchedOnce(rows, heap.pages),
  );
  const share = Math.sqrt(Math.min(1, pages / Math.max(1, heap.pages)));
  const perPage = pages >= 2 ? UNITS.randomPage - (UNITS.randomPage - UNITS.sequentialPage) * share : UNITS.randomPage;
  return { startup, total: startup + pages * perPage + rows * (UNITS.row + (conditions + filters) * UNITS.operator) };
}

/** Each page once, since they are read in their order. */
function fetchedOnce(rows: number, pages: number): number {
  const all = Math.max(1, pages);
  return Math.min(all, Math.ceil((2 * all * rows) / (2 * all + rows)));
}

/**
 * Sorting rows (`cost_tuplesort`).
 *
 * @param width bytes of a row. @param limit only so many are wanted: then only so many are kept
 */
export function sort(input: Cost, rows: number, width: number, limit?: number): Cost {
  const count = Math.max(2, rows);
  const kept = limit !== undefined && limit < count ? Math.max(1, limit) : count;
  // Header of a row in memory, and its alignment.
  const bytes = (many: number) => many * (Math.ceil(width / 8) * 8 + 24);
  let startup = input.total + 2 * UNITS.operator * count * Math.log2(kept < count ? 2 * kept : count);
  if (bytes(kept) > UNITS.sortMemory) {
    const pages = Math.ceil(bytes(count) / PAGE);
    const runs = bytes(count) / UNITS.sortMemory;
    // One merge takes up to some hundred runs with this memory.
    const passes = runs > 1 ? Math.max(1, Math.ceil(Math.log(runs) / Math.log(MERGED))) : 1;
    startup += 2 * pages * passes * (0.75 * UNITS.sequentialPage + 0.25 * UNITS.randomPage);
  }
  return { startup, total: startup + UNITS.operator * Math.max(1, rows) };
}

/** Runs merged at once: 32 pages of buffer for each, and a page for what is written (`tuplesort_merge_order`). */
const MERGED = Math.max(6, Math.floor(UNITS.sortMemory / (2 * PAGE + 32 * PAGE)));

/** Only the first rows are wanted. */
export function limited({ startup, total }: Cost, rows: number, limit: number): Cost {
  return { startup, total: startup + (total - startup) * Math.min(1, limit / Math.max(1, rows)) };
}

/** For each row of the outer side the inner one, looked up anew (`cost_nestloop`). */
export function nestedLoop(outer: Cost, outerRows: number, inner: Cost, pairs: number): Cost {
  const times = Math.max(1, outerRows);
  return { startup: outer.startup + inner.startup, total: outer.total + times * inner.total + pairs * UNITS.row };
}

/** Bytes of rows kept in memory, with their headers. */
const kept = (rows: number, width: number) => rows * (Math.ceil(width / 8) * 8 + 24);

/**
 * A table of the inner side, asked for each row of the outer one (`cost_hashjoin`). What does not fit in twice the memory of a
 * sort is written and read again, both sides of it.
 *
 * @param widths bytes of a row of the outer and the inner side
 */
export function hashJoin(
  outer: Cost,
  outerRows: number,
  inner: Cost,
  innerRows: number,
  pairs: number,
  widths: readonly [number, number] = [0, 0],
): Cost {
  const innerBytes = kept(innerRows, widths[1]);
  const spills = widths[1] > 0 && innerBytes > 2 * UNITS.sortMemory;
  const [outerPages, innerPages] = [Math.ceil(kept(outerRows, widths[0]) / PAGE), Math.ceil(innerBytes / PAGE)];
  const startup = outer.startup + inner.total + innerRows * (UNITS.operator + UNITS.row) + (spills ? innerPages : 0);
  return {
    startup,
    total:
      startup +
      (outer.total - outer.startup) +
      outerRows * UNITS.operator +
      pairs * (UNITS.row + UNITS.operator / 2) +
      (spills ? innerPages + 2 * outerPages : 0),
  };
}

/** Bytes of rows that are compared with a table at once (MySQL and MariaDB, `join_buffer_size`). */
const JOIN_BUFFER = 256 * 1024;

/** The inner side read once for each buffer full of rows of the outer one, every row compared with every other. */
export function blockJoin(outer: Cost, outerRows: number, inner: Cost, innerRows: number, width: number): Cost {
  const times = Math.max(1, Math.ceil((outerRows * Math.max(1, width)) / JOIN_BUFFER));
  return {
    startup: outer.startup + inner.startup,
    total: outer.total + times * inner.total + outerRows * innerRows * UNITS.operator,
  };
}

/** An index of the inner side made for the one query (SQLite, "Automatic Query-Time Indexes"), and asked for each row. */
export function transientIndex(outer: Cost, outerRows: number, inner: Cost, innerRows: number, pairs: number): Cost {
  const levels = Math.log2(Math.max(2, innerRows));
  const startup = outer.startup + inner.total + innerRows * (levels * 2 * UNITS.operator + UNITS.row);
  return {
    startup,
    total: startup + (outer.total - outer.startup) + outerRows * (levels + PAGE_OPERATORS) * UNITS.operator + pairs * UNITS.row,
  };
}

/** Bytes of a group in a hash table beside its row. */
const GROUP_BYTES = 96;

/** Groups of rows by hashing them all (`cost_agg`); what does not fit in memory is written and read again. */
export function hashGrouped(input: Cost, rows: number, groups: number, terms: number, width: number): Cost {
  const work = rows * terms * UNITS.operator;
  const spills = groups * (width + GROUP_BYTES) > 2 * UNITS.sortMemory;
  // Both ways cost twice of what pages do, as their order is bad for the disk.
  const pages = spills ? 2 * Math.ceil(kept(rows, width) / PAGE) : 0;
  const startup = input.total + work + pages * UNITS.randomPage;
  return { startup, total: startup + pages * UNITS.sequentialPage + groups * UNITS.row };
}

/** Groups of rows that come in their order. */
export function sortGrouped(input: Cost, rows: number, groups: number, terms: number): Cost {
  return { startup: input.startup, total: input.total + rows * terms * UNITS.operator + groups * UNITS.row };
}
