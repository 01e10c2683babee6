import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';

const USUAL =
  'bigint integer smallint text varchar(255) boolean timestamptz date time numeric(12,2) real uuid jsonb bytea inet interval'.split(
    ' ',
  );

/** Types that a text may become: this document's own and the usual ones that contain it. */
export function typeChoices(document: Document, typed: string): string[] {
  const own = Object.values(document.types).map((type) => type.name);
  const wanted = typed.toLowerCase();
  return [...own, ...USUAL].filter((name) => name.toLowerCase().includes(wanted)).slice(0, 8);
}

/** Reads `name(args)[]`. */
export function readTypeCell(document: Document, text: string): Result<ColumnType> {
  const found = /^\s*([\w ."]+?)\s*(?:\(([^()]*)\))?\s*((?:\[\])*)\s*$/.exec(text);
  const name = found?.[1];
  if (found === null || name === undefined) return err('type', `“${text}” is no type: write one such as varchar(255) or text[].`);
  const dims = (found[3] ?? '').length / 2;
  const own = Object.values(document.types).find((type) => type.name === name);
  const array = dims === 0 ? {} : { dims };
  if (own !== undefined) return ok({ kind: 'custom', type: own.id, ...array });
  const args = found[2] === undefined ? {} : { args: found[2].split(',').map((one) => one.trim()) };
  return ok({ kind: 'builtin', name: name.toLowerCase(), ...args, ...array });
}
