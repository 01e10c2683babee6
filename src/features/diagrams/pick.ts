import { fuzzyMatch } from '#lib/fuzzy.ts';

/** Something that can be picked from a list. */
export interface Pickable {
  readonly id: string;
  readonly label: string;
  /** Quiet words behind it, by which it is found too. */
  readonly hint?: string;
}

/** What answers the typed letters, the best first; everything, in its order, when nothing is typed. */
export function found<T extends Pickable>(items: readonly T[], typed: string): readonly T[] {
  if (typed.trim() === '') return items;
  const scored = items.flatMap((item) => {
    const own = fuzzyMatch(typed, item.label)?.score;
    const hint = item.hint?.toLowerCase().includes(typed.trim().toLowerCase()) === true ? 0 : undefined;
    const score = own ?? hint;
    return score === undefined ? [] : [{ item, score }];
  });
  return scored.sort((a, b) => b.score - a.score).map((one) => one.item);
}
