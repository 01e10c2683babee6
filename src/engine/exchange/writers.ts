import { writeDbml } from './dbml/write.ts';
import type { ExchangeWriter } from './exchange.ts';
import type { ExchangeId } from './formats.ts';

/** The writer of each format: takes a document of any dialect and never fails. */
export const EXCHANGE_WRITERS: Readonly<Record<ExchangeId, ExchangeWriter>> = {
  dbml: writeDbml,
};
