/** How well a text answers what a person typed, and where. */
export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same needle. */
  readonly score: number;
  /** Matched UTF-16 ranges of the text, `[start, end)`, in order. */
  readonly ranges: readonly (readonly [number, number])[];
}

const START = 12;
const CONSECUTIVE = 8;
const PLAIN = 1;
const WHOLE = 40;

function isStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  const here = text[at] ?? '';
  return /[\s_.\-/]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(here));
}

/** Greedy walk from one start: each needle character at the next word start if there is one, else at the next place. */
function walk(needle: string, lower: string, text: string, from: number): FuzzyMatch | undefined {
  const ranges: [number, number][] = [];
  let score = 0;
  let at = from;
  for (let i = 0; i < needle.length; i++) {
    const wanted = needle[i] as string;
    const next = lower[at] === wanted ? at : lower.indexOf(wanted, at);
    if (next < 0) return undefined;
    const last = ranges.at(-1);
    const consecutive = last !== undefined && last[1] === next;
    score += consecutive ? CONSECUTIVE : isStart(text, next) ? START : PLAIN;
    if (!consecutive && last !== undefined) score -= Math.min(6, next - last[1]);
    if (consecutive) last[1] = next + 1;
    else ranges.push([next, next + 1]);
    at = next + 1;
  }
  return { score, ranges };
}

/**
 * Matches the characters of the needle in order, case ignored, blanks in the needle skipped. Runs and starts of words
 * count more, distance and length of the text less. An empty needle matches everything with score 0.
 * @returns undefined when the characters are not all there. Time: needle length x starts of the text.
 */
export function fuzzyMatch(needle: string, text: string): FuzzyMatch | undefined {
  const wanted = needle.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return { score: 0, ranges: [] };
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return undefined;
  const direct = lower.indexOf(wanted);
  let best: FuzzyMatch | undefined;
  for (let at = lower.indexOf(wanted[0] as string); at >= 0; at = lower.indexOf(wanted[0] as string, at + 1)) {
    const found = walk(wanted, lower, text, at);
    if (found === undefined) break;
    if (best === undefined || found.score > best.score) best = found;
  }
  if (best === undefined) return undefined;
  const bonus = (direct >= 0 ? CONSECUTIVE : 0) + (lower === wanted ? WHOLE : 0);
  return { score: best.score + bonus - text.length / 16, ranges: best.ranges };
}
