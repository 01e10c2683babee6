import { recordIn } from '#model/collections.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Cardinality, Document, Id, Relationship, Table } from '#model/types.ts';
import { type Losses, pathOf } from '../common/losses.ts';

/** Ends of a line, as they stand at its left and at its right. Source: Mermaid's documentation of ER diagrams. */
export const LEFT_END: Readonly<Record<Cardinality, string>> = { '0..1': '|o', '1': '||', '0..n': '}o', '1..n': '}|' };
export const RIGHT_END: Readonly<Record<Cardinality, string>> = { '0..1': 'o|', '1': '||', '0..n': 'o{', '1..n': '|{' };

/** An entity's name as schema and table: what stands before the first dot is the schema. */
export function splitPath(path: string): { readonly schema: string | undefined; readonly name: string } {
  const dot = path.indexOf('.');
  const several = dot > 0 && dot < path.length - 1;
  return several ? { schema: path.slice(0, dot), name: path.slice(dot + 1) } : { schema: undefined, name: path };
}

/** What a line is called that has no name: Mermaid asks for a word. */
export const UNNAMED = 'relates';

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

/** Whether a foreign key leads to the other table's primary key, in its order, as a line between two tables is read. */
export function leadsToPrimary(document: Document, one: Relationship): boolean {
  if (one.childColumns.length === 0) return true;
  const primary = recordIn(document, 'tables', one.parent)?.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  return primary.length === one.parentColumns.length && primary.every((id, at) => id === one.parentColumns[at]);
}

/** Says of unique keys over several columns that they are lost: a mark stands at one column. */
export function sayWideKeys(document: Document, table: Table, losses: Losses, label: string): void {
  for (const { kind, name, columns } of table.keys)
    if (kind === 'unique' && columns.length > 1)
      losses.say(
        `unique key ${name ?? '(unnamed)'} of ${pathOf(document, table)}`,
        'unique key',
        `${label} marks one column as unique, not several together.`,
      );
}
