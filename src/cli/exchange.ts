import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXCHANGE_FORMATS, type ExchangeId } from '#engine/exchange/formats.ts';
import { EXCHANGE_WRITERS } from '#engine/exchange/writers.ts';
import type { Loss } from '#engine/sql/receipt.ts';
import type { Document } from '#model/types.ts';
import { type Streams, UsageError } from './command.ts';

/** A language other than SQL by its name on the command line. */
export function formatOf(name: string | undefined): ExchangeId | undefined {
  return EXCHANGE_FORMATS.find(({ id }) => id === name)?.id;
}

/**
 * Writes a document in a language other than SQL: one file to the output; several, or all when a folder is named, as files.
 * @returns what the language cannot say.
 */
export function writeExchange(
  document: Document,
  format: ExchangeId,
  folder: string | undefined,
  streams: Streams,
): readonly Loss[] {
  const { files, losses } = EXCHANGE_WRITERS[format](document);
  if (folder === undefined && files.length > 1)
    throw new UsageError(`${format} is ${files.length} files: name a folder with --out.`);
  for (const { path, text } of files) {
    if (folder === undefined) streams.out(text);
    else {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  return losses;
}
