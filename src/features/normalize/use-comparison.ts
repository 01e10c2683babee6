import { useEffect, useState } from 'react';
import type { Comparison } from '#engine/decompose/comparison-types.ts';
import { err, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import { theComparer } from '#state/decomposition.ts';

export interface Comparing {
  readonly result?: Result<Comparison>;
  readonly done: number;
  readonly what: string;
}

const BEGIN: Comparing = { done: 0, what: 'Starting' };

let last: { readonly document: Document; readonly table: Id; readonly result: Result<Comparison> } | undefined;

function known(document: Document, table: Id): Comparing | undefined {
  return last?.document === document && last.table === table ? { done: 1, what: '', result: last.result } : undefined;
}

/**
 * The decompositions of a table, worked out in the worker; leaving them stops it. While the model changes those from before
 * stand until the new ones are there.
 */
export function useComparison(document: Document, table: Id): Comparing {
  const [comparing, setComparing] = useState<Comparing>(() => known(document, table) ?? BEGIN);
  useEffect(() => {
    const there = known(document, table);
    if (there !== undefined) return setComparing(there);
    const control = new AbortController();
    const compare = theComparer();
    if (compare === undefined) {
      setComparing({ ...BEGIN, result: err('not-ready', 'The studio is still starting. Try again in a moment.') });
      return;
    }
    if (last?.table !== table) setComparing(BEGIN);
    const progress = (done: number, what: string) => {
      if (!control.signal.aborted) setComparing((before) => ({ ...before, done, what }));
    };
    void compare(document, table, progress, control.signal).then((result) => {
      if (control.signal.aborted) return;
      last = { document, table, result };
      setComparing({ done: 1, what: '', result });
    });
    return () => control.abort();
  }, [document, table]);
  return comparing;
}
