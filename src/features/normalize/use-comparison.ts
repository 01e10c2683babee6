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

/** The decompositions of a table, worked out in the worker; leaving the dialog stops it. */
export function useComparison(document: Document, table: Id): Comparing {
  const [comparing, setComparing] = useState(BEGIN);
  useEffect(() => {
    const control = new AbortController();
    const compare = theComparer();
    if (compare === undefined) {
      setComparing({ ...BEGIN, result: err('not-ready', 'The studio is still starting. Try again in a moment.') });
      return;
    }
    setComparing(BEGIN);
    const progress = (done: number, what: string) => {
      if (!control.signal.aborted) setComparing({ done, what });
    };
    void compare(document, table, progress, control.signal).then((result) => {
      if (!control.signal.aborted) setComparing({ done: 1, what: '', result });
    });
    return () => control.abort();
  }, [document, table]);
  return comparing;
}
