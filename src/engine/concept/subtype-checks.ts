import type { Column } from '#model/column-types.ts';
import type { Hierarchy } from '#model/concept-types.ts';
import type { Document, Id, Sql, Table } from '#model/types.ts';
import { usualOf } from '#model/usual-types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { literal } from '../dialects/postgres/quote.ts';

/** The column that took a subtype's column over: of the same name, or with the subtype's name before it where that was taken. */
function takenOver(before: Table, after: Table, subtype: Table, name: string): string | undefined {
  const old = new Set(before.columns.map((column) => column.name));
  const fresh = after.columns.filter((column) => !old.has(column.name));
  const exact = fresh.find((column) => column.name === name) ?? fresh.find((column) => column.name === `${subtype.name}_${name}`);
  return exact?.name;
}

/** The column that says which subtype a row is, where that has no type of its own. */
function freshKind(before: Table, after: Table, { discriminator = 'kind', overlapping }: Hierarchy): Column | undefined {
  if (overlapping === true) return undefined;
  const old = new Set(before.columns.map((column) => column.name));
  const fresh = after.columns.filter(({ name }) => !old.has(name) && name.startsWith(discriminator));
  return fresh.at(-1);
}

/**
 * Conditions of the one table that a hierarchy was put into: rows of a subtype have what its own table asked for.
 * @param before the document with a table for each; after, the one with one table. @returns one condition for each subtype
 * that has mandatory columns of its own, as SQL; none for subtypes without.
 */
export function subtypeChecks(before: Document, after: Document, hierarchy: Hierarchy): { readonly expression: Sql }[] {
  const one = (document: Document, id: Id) => document.tables[id];
  const [old, now] = [one(before, hierarchy.supertype), one(after, hierarchy.supertype)];
  if (old === undefined || now === undefined) return [];
  const kinds = new Set(Object.values(after.types).flatMap((type) => (Object.hasOwn(before.types, type.id) ? [] : [type.id])));
  const { enums, isNo } = usualOf(after);
  const { dialect = 'postgresql' } = after.settings['settings'] ?? {};
  const ident = (name: string) => quotedName(name, dialect);
  const discriminator =
    enums === 'type'
      ? now.columns.find(({ type }) => type.kind === 'custom' && kinds.has(type.type))
      : freshKind(old, now, hierarchy);
  return hierarchy.subtypes.flatMap((id) => {
    const subtype = one(before, id);
    if (subtype === undefined) return [];
    const mandatory = subtype.columns.flatMap((column) => {
      const name = column.nullable ? undefined : takenOver(old, now, subtype, column.name);
      return name === undefined ? [] : [`${ident(name)} IS NOT NULL`];
    });
    const other =
      discriminator === undefined ? isNo(ident(`is_${subtype.name}`)) : `${ident(discriminator.name)} <> ${literal(subtype.name)}`;
    return mandatory.length === 0 ? [] : [{ expression: `${other} OR (${mandatory.join(' AND ')})` }];
  });
}
