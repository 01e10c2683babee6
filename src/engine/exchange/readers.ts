import { catalogReader } from './catalog/read.ts';
import { dbmlReader } from './dbml/format.ts';
import type { ExchangeReader } from './exchange.ts';
import { mermaidReader } from './mermaid/read.ts';
import { prismaReader } from './prisma/read.ts';

/** Languages that are read beside SQL. */
export const EXCHANGE_READERS: readonly ExchangeReader[] = [dbmlReader, mermaidReader, prismaReader, catalogReader];

/** Text at the beginning that is looked at, to tell what it is. */
const SAMPLE = 20_000;

const extensionOf = (name: string) => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The reader of a file that is not SQL: by its name, or else by what it holds. Undefined for SQL and all else. */
export function exchangeReaderOf({ name, text }: { readonly name: string; readonly text: string }): ExchangeReader | undefined {
  const extension = extensionOf(name);
  const named = EXCHANGE_READERS.find((reader) => reader.extensions.includes(extension));
  if (named !== undefined) return named;
  // An ending that means SQL is believed.
  if (/^(?:ddl|psql|pgsql|mysql|tsql|pls)$/.test(extension)) return undefined;
  const sample = text.slice(0, SAMPLE).replace(/^\ufeff/, '');
  return EXCHANGE_READERS.find((reader) => reader.sniff(sample));
}
