import type { AsImported } from '#engine/sql/as-imported.ts';
import { err, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { Newest } from './newest.ts';
import { service } from './services.ts';

const running = new Newest();

/** The document as the files it was imported from, with what changed since. Nothing when it was asked again meanwhile. */
export async function askAsImported(document: Document): Promise<Result<AsImported> | undefined> {
  const runner = service('asImported');
  if (runner === undefined) return err('writer-absent', 'The studio is still starting. Try again in a moment.');
  const mine = running.begin();
  const result = await runner(document, mine.signal);
  return mine.counts() ? result : undefined;
}
