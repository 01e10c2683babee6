import { recordIn } from '#model/collections.ts';
import { columnsOfType, lookupLinks } from '#model/commands/refactor/enum-lookup.ts';
import { isKey } from '#model/commands/refactor/inline-table.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { Document, EnumType, Id, Ref, Relationship, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';

export type RefactorKind = 'extract' | 'inline' | 'move' | 'enumToLookup' | 'lookupToEnum' | 'surrogate' | 'standard';

/** What a refactoring is about, as the selection says it. */
export interface RefactorSubject {
  readonly kind: RefactorKind;
  readonly selection: readonly Ref[];
}

/** Selected tables and those that selected columns or relationships belong to, the focused one first. */
export function tablesOf(document: Document, selection: readonly Ref[]): readonly Table[] {
  const ids = selection.toReversed().flatMap((ref) => {
    const link = recordIn(document, 'relationships', ref.record);
    return link === undefined ? [ref.record] : [link.child, link.parent];
  });
  return [...new Set(ids)].flatMap((id) => recordIn(document, 'tables', id) ?? []);
}

/** The selected columns of a table, in its order. */
export function columnsOfSelection(document: Document, selection: readonly Ref[], table: Table): readonly Id[] {
  const ids = new Set(selection.flatMap((ref) => (ref.record === table.id && ref.part !== undefined ? [ref.part] : [])));
  return (recordIn(document, 'tables', table.id)?.columns ?? []).filter((column) => ids.has(column.id)).map((column) => column.id);
}

/** A way to fold a table into another along a foreign key. */
export interface Folding {
  readonly relationship: Id;
  readonly end: 'child' | 'parent';
  readonly label: string;
}

const hasColumns = (one: Relationship) => one.childColumns.length > 0;

function linksOfSelection(document: Document, selection: readonly Ref[]): readonly Relationship[] {
  const chosen = selection.flatMap((ref) => recordIn(document, 'relationships', ref.record) ?? []);
  const tables = new Set(selection.map((ref) => ref.record));
  const links =
    chosen.length > 0
      ? chosen
      : Object.values(document.relationships).filter((one) => tables.has(one.child) || tables.has(one.parent));
  return links.filter((one) => hasColumns(one) && one.child !== one.parent);
}

/** The foldings that what is selected allows; a selected table that disappears comes first. */
export function foldings(document: Document, selection: readonly Ref[]): readonly Folding[] {
  const tables = new Set(selection.map((ref) => ref.record));
  const found: (Folding & { readonly first: boolean })[] = [];
  for (const link of linksOfSelection(document, selection)) {
    const [child, parent] = [recordIn(document, 'tables', link.child), recordIn(document, 'tables', link.parent)];
    if (child === undefined || parent === undefined || ancestorsOf(child).length > 0 || ancestorsOf(parent).length > 0) continue;
    const others = Object.values(document.relationships).filter((one) => one.parent === parent.id && one.id !== link.id);
    if (isKey(child, link.childColumns)) {
      found.push({
        relationship: link.id,
        end: 'child',
        label: `Fold ${child.name} into ${parent.name}`,
        first: tables.has(child.id),
      });
    }
    if (others.length === 0) {
      found.push({
        relationship: link.id,
        end: 'parent',
        label: `Fold ${parent.name} into ${child.name}`,
        first: tables.has(parent.id),
      });
    }
  }
  return found.toSorted((a, b) => Number(b.first) - Number(a.first)).map(({ first: _, ...one }) => one);
}

/** A way that columns of a table can go along a foreign key. */
export interface Way {
  readonly relationship: Id;
  readonly to: 'child' | 'parent';
  readonly label: string;
}

/** Where the columns of a table can go. */
export function waysFrom(document: Document, table: Table): readonly Way[] {
  return Object.values(document.relationships).flatMap((link): Way[] => {
    if (!hasColumns(link) || link.child === link.parent) return [];
    const name = (id: Id) => recordIn(document, 'tables', id)?.name ?? id;
    const by = link.childColumns.map(
      (id) => recordIn(document, 'tables', link.child)?.columns.find((one) => one.id === id)?.name ?? '',
    );
    if (link.child === table.id)
      return [{ relationship: link.id, to: 'parent', label: `${name(link.parent)} (parent, by ${by.join(', ')})` }];
    if (link.parent === table.id)
      return [{ relationship: link.id, to: 'child', label: `${name(link.child)} (child, by ${by.join(', ')})` }];
    return [];
  });
}

/** The columns that can leave a table along a foreign key: those that do not hold the rows together. */
export function movableColumns(document: Document, table: Table, way: Way | undefined): readonly Id[] {
  const link = way === undefined ? undefined : recordIn(document, 'relationships', way.relationship);
  const own = link === undefined ? [] : way?.to === 'parent' ? link.childColumns : link.parentColumns;
  const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  return table.columns.map((column) => column.id).filter((id) => !own.includes(id) && !primary.includes(id));
}

/** Enums: those selected or of selected columns first. */
export function enumsOf(document: Document, selection: readonly Ref[]): readonly EnumType[] {
  const wanted = new Set(selection.map((ref) => ref.record));
  for (const ref of selection) {
    const type = recordIn(document, 'tables', ref.record)?.columns.find((one) => one.id === ref.part)?.type;
    if (type?.kind === 'custom') wanted.add(type.type);
  }
  const inTables = (type: EnumType) => columnsOfType(document, type.id).some(({ table }) => wanted.has(table.id));
  const enums = Object.values(document.types).filter((type) => type.kind === 'enum');
  const rank = (type: EnumType) => (wanted.has(type.id) ? 0 : inTables(type) ? 1 : 2);
  return enums.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** Tables that can become enums: those that others refer to by one text. */
export function lookups(document: Document, selection: readonly Ref[]): readonly Table[] {
  if (usualOf(document).enums !== 'type') return [];
  const wanted = new Set(selection.map((ref) => ref.record));
  return Object.values(document.tables)
    .filter((table) => typeof lookupLinks(document, table) !== 'string')
    .toSorted((a, b) => Number(wanted.has(b.id)) - Number(wanted.has(a.id)) || (a.name < b.name ? -1 : 1));
}

/** Whether something selected allows the refactoring. */
export function canRefactor(document: Document, { kind, selection }: RefactorSubject): boolean {
  switch (kind) {
    case 'extract':
    case 'surrogate':
      return tablesOf(document, selection).length > 0;
    case 'standard':
      return Object.keys(document.tables).length > 0;
    case 'inline':
      return foldings(document, selection).length > 0;
    case 'move':
      return tablesOf(document, selection).some((table) => waysFrom(document, table).length > 0);
    case 'enumToLookup':
      return enumsOf(document, selection).length > 0;
    case 'lookupToEnum':
      return lookups(document, selection).length > 0;
  }
}
