/** How well a text answers what a person typed, and where. */
export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same needle. */
  readonly score: number;
  /** Matched UTF-16 ranges of the text, `[start, end)`, in order. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** A text made ready to be searched again and again. */
export interface FuzzyText {
  readonly text: string;
  /** Lower case, of the same length. */
  readonly lower: string;
  /** Bits of the characters in it: what a needle has and this has not cannot match. */
  readonly mask: number;
}

/** What was typed, made ready. */
export interface FuzzyNeedle {
  readonly wanted: string;
  readonly mask: number;
}

/** Points of a matched character: at the start of the text, of a word, right after the one before, or anywhere. */
const FIRST = 14;
const START = 12;
const CONSECUTIVE = 8;
const PLAIN = 1;
/** Points lost for each skipped character between two matched ones, and at most. */
const FARTHEST = 6;
const BEGINS = 10;
const WHOLE = 40;
/** Texts are searched to here. */
const LONGEST = 256;

function bitOf(code: number): number {
  if (code >= 97 && code <= 122) return 1 << (code - 97);
  if (code >= 48 && code <= 57) return 1 << (26 + (code & 1));
  return code === 46 ? 1 << 28 : code < 128 ? 1 << 29 : 1 << 30;
}

function maskOf(lower: string): number {
  let mask = 0;
  for (let at = 0; at < lower.length; at++) mask |= bitOf(lower.charCodeAt(at));
  return mask;
}

/** Lower case without a change of length: `İ` has a longer one and stays. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, at) => {
    const one = text.charAt(at).toLowerCase();
    return one.length === 1 ? one : text.charAt(at);
  }).join('');
}

export function fuzzyText(text: string): FuzzyText {
  const lower = lowered(text.length > LONGEST ? text.slice(0, LONGEST) : text);
  return { text, lower, mask: maskOf(lower) };
}

/** Case and white space of what was typed mean nothing. */
export function fuzzyNeedle(typed: string): FuzzyNeedle {
  const wanted = lowered(typed.replace(/\s+/g, ''));
  return { wanted, mask: maskOf(wanted) };
}

const isLower = (code: number) => code >= 97 && code <= 122;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Points of a character for where it stands: at a start of the text, of a word (`order_items`), of a hump (`orderItems`), in between. */
function standing(text: string, at: number): number {
  if (at === 0) return FIRST;
  const before = text.charCodeAt(at - 1);
  const here = text.charCodeAt(at);
  if (before < 128 && !isLower(before) && !isUpper(before) && !isDigit(before)) return START;
  if (isLower(before) && isUpper(here)) return START;
  return !isDigit(before) && isDigit(here) ? START - 4 : PLAIN;
}

function isSubsequence(wanted: string, lower: string): boolean {
  let at = -1;
  for (let i = 0; i < wanted.length; i++) {
    at = lower.indexOf(wanted.charAt(i), at + 1);
    if (at < 0) return false;
  }
  return true;
}

const NEVER = Number.NEGATIVE_INFINITY;
let rows: Float64Array[] = [];

function row(index: number, width: number): Float64Array {
  const known = rows[index];
  if (known !== undefined && known.length >= width) return known;
  const made = new Float64Array(Math.max(64, width));
  rows[index] = made;
  return made;
}

/** Fills `rows[i][j]`: the best score of the first i+1 characters of the needle with the last one at j. */
function fill(wanted: string, { text, lower }: FuzzyText): void {
  const width = lower.length;
  if (rows.length > 512) rows = [];
  for (let i = 0; i < wanted.length; i++) {
    const now = row(i, width);
    const last = i === 0 ? undefined : (rows[i - 1] as Float64Array);
    const code = wanted.charCodeAt(i);
    // The best earlier place less the distance to it, and the best of all less the most that distance costs.
    let near = NEVER;
    let far = NEVER;
    for (let j = 0; j < width; j++) {
      const straight = last === undefined || j === 0 ? NEVER : (last[j - 1] as number);
      if (last !== undefined && j >= 2) {
        const earlier = last[j - 2] as number;
        near = Math.max(near, earlier) - 1;
        far = Math.max(far, earlier - FARTHEST);
      }
      if (lower.charCodeAt(j) !== code) now[j] = NEVER;
      else if (last === undefined) now[j] = standing(text, j);
      else now[j] = Math.max(straight + CONSECUTIVE, Math.max(near, far) + standing(text, j));
    }
  }
}

function bestEnd(wanted: string, width: number): number {
  const last = rows[wanted.length - 1] as Float64Array;
  let best = 0;
  for (let j = 1; j < width; j++) if ((last[j] as number) > (last[best] as number)) best = j;
  return best;
}

function bonus(wanted: string, { text, lower }: FuzzyText): number {
  if (lower === wanted) return WHOLE + BEGINS + CONSECUTIVE - text.length / 16;
  const at = lower.indexOf(wanted);
  return (at === 0 ? BEGINS : 0) + (at >= 0 ? CONSECUTIVE : 0) - text.length / 16;
}

/**
 * How well a text answers a needle: the best of all ways to find its characters in order. Undefined when they are not all
 * there. Runs and starts of words count more, distance and length less. Time: length of needle x length of text, and next
 * to nothing for most texts that do not match.
 */
export function fuzzyScore({ wanted, mask }: FuzzyNeedle, text: FuzzyText): number | undefined {
  if (wanted === '') return 0;
  if ((mask & text.mask) !== mask || !isSubsequence(wanted, text.lower)) return undefined;
  fill(wanted, text);
  const end = bestEnd(wanted, text.lower.length);
  return ((rows[wanted.length - 1] as Float64Array)[end] as number) + bonus(wanted, text);
}

/** Where the needle is found in the way that {@link fuzzyScore} counts. */
export function fuzzyRanges({ wanted, mask }: FuzzyNeedle, text: FuzzyText): FuzzyMatch['ranges'] {
  if (wanted === '' || (mask & text.mask) !== mask || !isSubsequence(wanted, text.lower)) return [];
  fill(wanted, text);
  const places: number[] = [];
  let at = bestEnd(wanted, text.lower.length);
  for (let i = wanted.length - 1; i >= 0; i--) {
    places.unshift(at);
    if (i === 0) break;
    const now = (rows[i] as Float64Array)[at] as number;
    const last = rows[i - 1] as Float64Array;
    if ((last[at - 1] as number) + CONSECUTIVE === now) at -= 1;
    else {
      const stands = standing(text.text, at);
      let from = at - 2;
      while (from > 0 && (last[from] as number) - Math.min(FARTHEST, at - from - 1) + stands !== now) from -= 1;
      at = from;
    }
  }
  const ranges: [number, number][] = [];
  for (const place of places) {
    const open = ranges.at(-1);
    if (open?.[1] === place) open[1] = place + 1;
    else ranges.push([place, place + 1]);
  }
  return ranges;
}

/**
 * Matches the characters of the needle in order, case ignored, blanks in the needle skipped. An empty needle matches
 * everything with score 0. @returns undefined when the characters are not all there.
 */
export function fuzzyMatch(needle: string, text: string): FuzzyMatch | undefined {
  const wanted = fuzzyNeedle(needle);
  const ready = fuzzyText(text);
  const score = fuzzyScore(wanted, ready);
  return score === undefined ? undefined : { score, ranges: fuzzyRanges(wanted, ready) };
}
