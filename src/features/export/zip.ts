import { strToU8, zipSync } from 'fflate';
import type { TextFile } from '#engine/documents/set.ts';

/** A zip of text files. Times are fixed, so that the same files give the same bytes. */
export function zipFiles(files: readonly TextFile[]): Uint8Array<ArrayBuffer> {
  const entries = Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)]));
  return new Uint8Array(zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) }));
}
