import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import type { MeasuredProof } from '#engine/indexes/advise/proof.ts';
import type { Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { aVerifier } from './verifier.ts';

/**
 * Runs the queries of an advice on generated rows: with the indexes there are, as advised, and with the closest losers. In a
 * worker of its own, which ends with it: rows take memory, and the planner that plans with none stays open.
 */
export async function proveOnRows(
  document: Document,
  advice: IndexAdvice,
  watched: { readonly onProgress: (done: number, what: string) => void; readonly signal: AbortSignal },
): Promise<Result<MeasuredProof>> {
  const verifier = aVerifier();
  try {
    return await verifier.measureIndexes({ document, advice, ...watched });
  } finally {
    verifier.close();
  }
}
