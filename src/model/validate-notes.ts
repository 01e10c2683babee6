import { recordIn } from './collections.ts';
import type { ColumnType } from './column-types.ts';
import type { Collection, Document, Id } from './types.ts';

/** A broken invariant of the document's structure: what no command, import or file may leave behind. */
export interface Defect {
  readonly code: string;
  readonly collection: Collection;
  readonly record: Id;
  /** Where inside the record, such as `keys[0].columns[1]`. */
  readonly path: string;
  readonly message: string;
}

/** Notes a defect of the record being looked at. */
export type Note = (code: string, path: string, message: string) => void;

/** Why a name cannot be one in any database, or undefined when it can. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'A name cannot be empty.';
  if (name.includes('\0')) return 'A name cannot contain a NUL character; no database stores it.';
  if (/[\ud800-\udfff]/u.test(name)) return 'A name cannot contain half of a surrogate pair; it has no UTF-8 form.';
  return undefined;
}

/** Notes a reference that is in none of the collections. */
export function mustExist(document: Document, note: Note, path: string, id: Id, ...where: Collection[]): void {
  if (!where.some((collection) => recordIn(document, collection, id) !== undefined)) {
    note('dangling', path, `${id} is not among the ${where.join(' or ')}.`);
  }
}

/** Notes a custom type that is nowhere in the document. */
export function checkType(document: Document, note: Note, path: string, type: ColumnType): void {
  if (type.kind === 'custom') mustExist(document, note, path, type.type, 'types', 'tables', 'views');
}

/** Notes ids that occur twice in a list. */
export function uniqueIds(parts: readonly { readonly id: Id }[], path: string, note: Note, seen: Set<Id> = new Set()): void {
  parts.forEach((part, at) => {
    if (seen.has(part.id)) note('id-twice', `${path}[${at}].id`, `${part.id} occurs twice.`);
    seen.add(part.id);
  });
}
