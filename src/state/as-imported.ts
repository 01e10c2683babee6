import type { AsImported } from '#engine/sql/as-imported.ts';
import { err, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { Jobs } from '#worker/jobs-client.ts';

let runner: Jobs['runAsImported'] | undefined;
let running: AbortController | undefined;

/** Called once at start-up by whoever owns the worker that writes. */
export function provideAsImportedRunner(given: Jobs['runAsImported']): void {
  runner = given;
}

/** The document as the files it was imported from, with what changed since. Nothing when it was asked again meanwhile. */
export async function askAsImported(document: Document): Promise<Result<AsImported> | undefined> {
  running?.abort();
  if (runner === undefined) return err('writer-absent', 'The studio is still starting. Try again in a moment.');
  const mine = new AbortController();
  running = mine;
  const result = await runner(document, mine.signal);
  return running === mine ? result : undefined;
}
