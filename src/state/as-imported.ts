import type { AsImported } from '#engine/sql/as-imported.ts';
import { err, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { service } from './services.ts';

let running: AbortController | undefined;

/** The document as the files it was imported from, with what changed since. Nothing when it was asked again meanwhile. */
export async function askAsImported(document: Document): Promise<Result<AsImported> | undefined> {
  running?.abort();
  const runner = service('asImported');
  if (runner === undefined) return err('writer-absent', 'The studio is still starting. Try again in a moment.');
  const mine = new AbortController();
  running = mine;
  const result = await runner(document, mine.signal);
  return running === mine ? result : undefined;
}
