import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { New } from '#model/patch.ts';
import type { Document } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';

export interface Standard {
  readonly column: New<Column>;
  readonly hint: string;
}

/** Who made, changed and deleted a row, and when, in the types of the document's dialect. */
export function standardColumns(document: Document): readonly Standard[] {
  const { types, now, user } = usualOf(document);
  const when = { type: types.moment, nullable: false, default: { kind: 'expression', sql: now } } as const;
  const who: Omit<New<Column>, 'name'> = {
    type: types.text,
    nullable: user === undefined,
    ...(user === undefined ? {} : { default: { kind: 'expression', sql: user } }),
  };
  const [moment, text] = [typeName(document, types.moment), typeName(document, types.text)];
  const whose = user === undefined ? `${text}, null` : `${text}, ${user}`;
  return [
    { column: { name: 'created_at', ...when }, hint: `${moment}, ${now}` },
    { column: { name: 'created_by', ...who }, hint: whose },
    { column: { name: 'updated_at', ...when }, hint: `${moment}, ${now}` },
    { column: { name: 'updated_by', ...who }, hint: whose },
    { column: { name: 'deleted_at', type: types.moment, nullable: true }, hint: `${moment}, null` },
  ];
}
