import { NAME_BYTES } from './quote.ts';

/** Names PostgreSQL invents for constraints and indexes that were given none. */

export type InventedLabel = 'pkey' | 'key' | 'fkey' | 'check' | 'excl' | 'idx' | 'not_null' | 'seq';

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Length of a text in bytes of UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) bytes += bytesOf(char.codePointAt(0) as number);
  return bytes;
}

function clip(text: string, limit: number): string {
  let bytes = 0;
  let out = '';
  for (const char of text) {
    bytes += bytesOf(char.codePointAt(0) as number);
    if (bytes > limit) break;
    out += char;
  }
  return out;
}

/** A name as PostgreSQL keeps it: cut to 63 bytes at a character boundary. */
export function keptName(name: string): string {
  return clip(name, NAME_BYTES);
}

/**
 * The name PostgreSQL gives an unnamed constraint or index (`makeObjectName` in `src/backend/commands/indexcmds.c`), when
 * that name is still free.
 * @param columns column names in order; none for a primary key. An expression counts as the column `expr`.
 */
export function inventedName(table: string, columns: readonly string[], label: InventedLabel): string {
  const middle = clip(columns.join('_'), NAME_BYTES);
  const overhead = label.length + 1 + (columns.length > 0 ? 1 : 0);
  let first = utf8Length(keptName(table));
  let second = utf8Length(middle);
  while (first + second + overhead > NAME_BYTES) {
    if (first > second) first--;
    else second--;
  }
  const parts = [clip(table, first), ...(columns.length > 0 ? [clip(middle, second)] : []), label];
  return parts.join('_');
}
