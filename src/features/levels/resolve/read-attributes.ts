import { readType } from '#features/inspector/index.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';

export interface Attribute {
  readonly name: string;
  readonly type: ColumnType;
}

/** Attributes written one a line, a name and a type; without a type, text. */
export function readAttributes(document: Document, text: string): Result<readonly Attribute[]> {
  const found: Attribute[] = [];
  for (const line of text.split('\n')) {
    const [, name = '', said = ''] = /^\s*("[^"]+"|\S+)\s*(.*?),?\s*$/.exec(line) ?? [];
    if (name === '') continue;
    const type = said === '' ? undefined : readType(document, said);
    if (type !== undefined && !type.ok) return err('bad-type', `${line.trim()}: ${type.problem.message}`);
    const plain = name.replace(/^"|"$/g, '').replace(/,$/, '');
    found.push({ name: plain, type: type === undefined ? usualOf(document).types.text : type.value.type });
  }
  return ok(found);
}
