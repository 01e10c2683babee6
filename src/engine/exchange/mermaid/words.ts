import { linksOf } from '#model/derive/links.ts';
import type { Cardinality, Document, Id, Table } from '#model/types.ts';

/** Ends of a line, as they stand at its left and at its right. Source: Mermaid's documentation of ER diagrams. */
export const LEFT_END: Readonly<Record<Cardinality, string>> = { '0..1': '|o', '1': '||', '0..n': '}o', '1..n': '}|' };
export const RIGHT_END: Readonly<Record<Cardinality, string>> = { '0..1': 'o|', '1': '||', '0..n': 'o{', '1..n': '|{' };

/** An attribute's type: one word of letters, digits and `_-[](),`, not beginning with a digit. */
export function attributeType(value: string): string {
  const cleaned = value.replace(/[^A-Za-z0-9_\-[\](),]/g, '_');
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `x${cleaned}`;
}

/** An attribute's name: a type without brackets. */
export function attributeName(value: string): string {
  return attributeType(value).replace(/[[\](),]/g, '_');
}

/** Which keys a column is part of: `PK`, `FK`, `UK`. */
export function keyMarks(document: Document, table: Table, column: Id): readonly string[] {
  const marks: string[] = [];
  if (table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column))) marks.push('PK');
  const links = linksOf(document).byChild.get(table.id);
  if (links?.some((one) => one.childColumns.includes(column)) === true) marks.push('FK');
  if (table.keys.some((key) => key.kind === 'unique' && key.columns.length === 1 && key.columns[0] === column)) marks.push('UK');
  return marks;
}
