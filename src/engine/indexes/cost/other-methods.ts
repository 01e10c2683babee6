import { bitmapHeap, type Cost, type Lookup, UNITS } from './access.ts';

/**
 * Indexes that are no B-trees, by the formulas of `selfuncs.c` (`gincostestimate`, `gistcostestimate`, `brincostestimate`,
 * `hashcostestimate`). What they cannot decide for sure is checked on the row.
 */
export type OtherMethod = 'hash' | 'gin' | 'gist' | 'brin';

/** A lookup in an index of another method. */
export interface OtherLookup extends Lookup {
  readonly method: OtherMethod;
  /** GIN: keys that are looked for, such as the trigrams of a pattern. */
  readonly searches: number;
}

/** Entries of a posting page, as the planner counts them (`gincostestimate`: a third of a block). */
const POSTINGS = 8192 / 3;
/** Shares of a GIN index whose inside nobody looked at: nine tenths are keys, a hundred to a page. */
const ENTRY_SHARE = 0.9;
const KEYS_A_PAGE = 100;
/** Pages of the table that one summary of BRIN is of. */
const RANGE = 128;
const DESCENT = 50 * UNITS.operator;

const whole = (rows: number) => Math.max(1, Math.round(rows));

function gin({ tree, found, searches, loops = 1 }: OtherLookup): number {
  const pages = Math.max(10, tree.pages);
  const entryPages = Math.floor(pages * ENTRY_SHARE);
  const dataPages = pages - entryPages;
  const read = Math.ceil(searches * Math.round(entryPages ** 0.15));
  const byKeys = Math.ceil((dataPages * searches) / (entryPages * KEYS_A_PAGE));
  const byRows = Math.ceil((found * tree.rows) / POSTINGS);
  // Looked up again and again, the upper pages are in the cache.
  const pagesCost = (read / Math.min(loops, 4) + Math.max(byKeys, byRows)) * UNITS.randomPage;
  return pagesCost + searches * DESCENT + found * tree.rows * (UNITS.indexRow + UNITS.operator);
}

/** Every page of the index, and of the table the ranges that may hold something: more, the less rows lie in order. */
function brin({ heap, tree, found, correlation }: OtherLookup): { readonly cost: number; readonly share: number } {
  const ranges = Math.max(1, Math.ceil(heap.pages / RANGE));
  const least = Math.ceil(ranges * found);
  const order = Math.abs(correlation);
  const touched = order < 1e-6 ? ranges : Math.min(ranges, least / order);
  const revmap = Math.ceil(ranges / 1360);
  const read = revmap * UNITS.sequentialPage + Math.max(0, tree.pages - revmap) * UNITS.randomPage;
  return { cost: read + 0.1 * UNITS.operator * touched * RANGE, share: touched / ranges };
}

/** Descent and the pages that are found, each read at random (`genericcostestimate`). */
function generic({ tree, found, conditions, method }: OtherLookup): number {
  const rows = whole(found * tree.rows);
  const pages = Math.max(1, Math.ceil((rows * tree.pages) / Math.max(1, tree.rows)));
  const descent =
    method === 'gist' ? (tree.height + 1) * DESCENT + Math.ceil(Math.log2(Math.max(2, tree.rows))) * UNITS.operator : 0;
  return descent + pages * UNITS.randomPage + rows * (UNITS.indexRow + conditions * UNITS.operator);
}

/** Rows of a table by an index of another method, by way of a bitmap: the one way that all of them have. */
export function otherScan(lookup: OtherLookup): Cost {
  const { heap, tree, found, method } = lookup;
  if (method === 'brin') {
    const { cost, share } = brin(lookup);
    return bitmapHeap(lookup, whole(share * heap.rows), cost);
  }
  const rows = whole(found * tree.rows);
  const cost = method === 'gin' ? gin(lookup) : generic(lookup);
  return bitmapHeap(lookup, rows, cost + 0.1 * UNITS.operator * rows);
}
