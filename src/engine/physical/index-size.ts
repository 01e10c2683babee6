/**
 * Sizes of indexes of PostgreSQL as CREATE INDEX makes them, before any write. B-trees by the code of `nbtsort.c` and
 * `nbtdedup.c` of PostgreSQL 13 and later: leaf pages are filled to the fill factor, equal keys share posting lists.
 */

/** Blocks of a relation's file, in bytes (PostgreSQL's default and PGlite's). */
export const BLOCK = 8192;

/** Page header (24) and the space a B-tree keeps at the end of each page (16). */
const USABLE = BLOCK - 40;
const POINTER = 4;
/** `IndexTupleData`: row address and flags. */
const TUPLE_HEADER = 8;
const ADDRESS = 6;
/** Inner pages are filled to 70 %. */
const INNER_FILL = 0.7;
/** Longest posting list of a build: a tenth of a page, aligned, without its pointer. */
const MAX_POSTING = Math.floor(BLOCK / 10 / 8) * 8 - POINTER;

const align8 = (bytes: number) => Math.ceil(bytes / 8) * 8;

export interface BtreeShape {
  readonly rows: number;
  /** Different keys among the rows. */
  readonly distinct: number;
  /** Bytes of a key's values with the alignment between them (INCLUDE columns too), headers left out. */
  readonly keyBytes: number;
  /** Some key holds NULL: tuples carry a bitmap. */
  readonly nulls?: boolean;
  /** Equal keys share a posting list: not in unique indexes, with INCLUDE, or of types whose equal values look different. */
  readonly deduplicates: boolean;
  /** Percent; 90 unless set. */
  readonly fillFactor?: number;
}

export interface IndexPages {
  /** Blocks of 8192 bytes, the meta page included. */
  readonly pages: number;
  readonly leaves: number;
  /** Levels above the leaves. */
  readonly height: number;
}

/** Bytes on leaf pages, and of one tuple in the middle, for all rows of a key that `count` rows have. */
function groupBytes(count: number, base: number, deduplicates: boolean): { readonly bytes: number; readonly tuples: number } {
  const alone = align8(base) + POINTER;
  if (!deduplicates || count <= 1) return { bytes: count * alone, tuples: count };
  const most = Math.max(1, Math.floor((MAX_POSTING - base) / ADDRESS));
  const full = Math.floor(count / most);
  const rest = count - full * most;
  const posting = (rows: number) => (rows <= 1 ? alone : align8(base + rows * ADDRESS) + POINTER);
  return { bytes: full * posting(most) + (rest > 0 ? posting(rest) : 0), tuples: full + (rest > 0 ? 1 : 0) };
}

/**
 * Pages of a B-tree right after it was built.
 * @returns whole blocks; at least the meta page and a root.
 */
export function btreePages({ rows, distinct, keyBytes, nulls = false, deduplicates, fillFactor = 90 }: BtreeShape): IndexPages {
  if (rows < 1) return { pages: 1, leaves: 0, height: 0 };
  const base = align8(TUPLE_HEADER + (nulls ? 4 : 0)) + keyBytes;
  const groups = Math.max(1, Math.min(distinct, rows));
  const mean = rows / groups;
  // A mean between two whole numbers is a mix of both.
  const low = groupBytes(Math.floor(mean), base, deduplicates);
  const high = groupBytes(Math.ceil(mean), base, deduplicates);
  const share = mean - Math.floor(mean);
  const bytes = groups * (low.bytes * (1 - share) + high.bytes * share);
  const tuples = groups * (low.tuples * (1 - share) + high.tuples * share);
  const tuple = bytes / tuples;
  const single = align8(base) + POINTER;
  // A page ends when less than what the fill factor leaves is free, counting what the last tuple's posting list will give
  // back when it becomes the high key; that tuple then begins the next page (`_bt_buildadd`).
  const free = USABLE - POINTER;
  const kept = Math.floor((BLOCK * (100 - fillFactor)) / 100);
  const full = Math.floor((free - kept + Math.max(0, tuple - single)) / tuple) + 1;
  const perLeaf = Math.max(2, Math.min(full, Math.floor(free / tuple)) - 1);
  const leaves = Math.ceil(tuples / perLeaf);
  const fanOut = Math.max(2, Math.floor((USABLE * INNER_FILL) / single));
  let pages = leaves + 1;
  let height = 0;
  for (let level = leaves; level > 1; height++) {
    level = Math.ceil(level / fanOut);
    pages += level;
  }
  return { pages, leaves, height };
}

/** Bytes of a heap page that rows can use: without its header. */
const HEAP_USABLE = BLOCK - 24;

/** Pages of a table without gaps. @param rowBytes with header, alignment and line pointer */
export function heapPages(rows: number, rowBytes: number, fillFactor = 100): number {
  const perPage = Math.max(1, Math.floor((HEAP_USABLE * fillFactor) / 100 / rowBytes));
  return Math.ceil(rows / perPage);
}

/** Pages of a hash index: entries of 20 bytes on pages filled to 75 % ("Hash Indexes" of the manual), buckets by powers of two. */
export function hashPages(rows: number): number {
  const perPage = Math.floor((USABLE * 0.75) / 20);
  const buckets = Math.max(2, Math.ceil(rows / perPage));
  // Buckets are made in quarters of a power of two from the tenth doubling on.
  const power = 2 ** Math.floor(Math.log2(buckets));
  const step = power >= 512 ? power / 4 : power;
  return Math.ceil(buckets / step) * step + 3;
}

/** Pages of a BRIN index: one summary of a range of pages each. @param summaryBytes of one range: two values */
export function brinPages(heap: number, summaryBytes: number, pagesPerRange = 128): number {
  const ranges = Math.max(1, Math.ceil(heap / pagesPerRange));
  // Meta page; the map from ranges to summaries (1,360 to a page); the summaries.
  return 1 + Math.ceil(ranges / 1360) + Math.ceil((ranges * (align8(8 + summaryBytes) + POINTER)) / USABLE);
}

/**
 * Pages of a GIN index, roughly: a B-tree of the keys and, of each key, a compressed list of rows.
 * @param keysPerRow elements, words or trigrams of one value
 * @param distinctKeys different ones in the table
 */
export function ginPages(rows: number, keysPerRow: number, distinctKeys: number, keyBytes: number): number {
  const entries = rows * keysPerRow;
  const keys = Math.max(1, Math.min(distinctKeys, entries));
  const tree = btreePages({ rows: keys, distinct: keys, keyBytes, deduplicates: false }).pages;
  // Row addresses are stored as differences in one to six bytes; frequent keys take fewer.
  const perKey = Math.max(1, entries / keys);
  const gap = Math.max(1, rows / perKey);
  const bytes = Math.min(6, Math.max(1, Math.ceil(Math.log2(gap * 32) / 7)));
  return tree + Math.ceil((entries * bytes) / USABLE);
}

/** Pages of a GiST index, roughly: half filled pages of keys with their bounding keys above. */
export function gistPages(rows: number, keyBytes: number): number {
  const perPage = Math.max(2, Math.floor((USABLE * 0.6) / (align8(TUPLE_HEADER + keyBytes) + POINTER)));
  let pages = 0;
  for (let level = Math.max(1, Math.ceil(rows / perPage)); ; level = Math.ceil(level / perPage)) {
    pages += level;
    if (level <= 1) return pages;
  }
}
