import { useDeferredValue, useMemo } from 'react';
import { knownFacts } from '#engine/facts/facts.ts';
import type { Document } from '#model/types.ts';

/** How many facts of a document's tables nobody told, and in how many tables. */
export function guessedFacts(document: Document): { readonly count: number; readonly tables: number } {
  let [count, tables] = [0, 0];
  for (const { rowsGuess, columns } of knownFacts(document).values()) {
    const guesses = columns.reduce((sum, one) => sum + Object.keys(one.guesses).length, rowsGuess === undefined ? 0 : 1);
    count += guesses;
    if (guesses > 0) tables += 1;
  }
  return { count, tables };
}

export function useGuessed(document: Document): { readonly count: number; readonly tables: number } {
  const settled = useDeferredValue(document);
  return useMemo(() => guessedFacts(settled), [settled]);
}
