import type { IdSource } from '#lib/ids.ts';
import { PART_PREFIX, type PartList } from './collections.ts';
import type { IndexElement } from './table-parts.ts';
import type { Id, Remark, Table } from './types.ts';

/** A table under new ids, and what became of each part's id. */
export interface CopiedTable {
  readonly table: Table;
  readonly ids: ReadonlyMap<Id, Id>;
}

/** Whether a constraint or index of the copy may have the name of the original's. `list` says which kind it is. */
export type KeepName = (list: PartList, name: string) => boolean;

/**
 * Copies a table with its parts. Names of constraints and indexes, unique in a schema, are left to the engine unless
 * `keep` says that they are free; columns it inherits keep their ids, as the copy inherits them too.
 */
export function copyTable(table: Table, id: Id, name: string, source: IdSource, keep: KeepName = () => false): CopiedTable {
  const ids = new Map<Id, Id>();
  for (const list of Object.keys(PART_PREFIX) as PartList[]) {
    for (const part of table[list]) ids.set(part.id, source.next(PART_PREFIX[list], 'name' in part ? (part.name ?? list) : list));
  }
  const to = (old: Id): Id => ids.get(old) ?? old;
  const unnamed =
    (list: PartList) =>
    <T extends { readonly id: Id; readonly name?: string }>({ name: given, ...part }: T): Omit<T, 'name'> => ({
      ...part,
      id: to(part.id),
      ...(given !== undefined && keep(list, given) ? { name: given } : {}),
    });
  const elements = <E extends IndexElement>(list: readonly E[]): E[] =>
    list.map((one) => (one.column === undefined ? one : { ...one, column: to(one.column) }));
  const include = (part: { readonly include?: readonly Id[] }) =>
    part.include === undefined ? {} : { include: part.include.map(to) };
  const copy: Table = {
    ...table,
    id,
    name,
    columns: table.columns.map(({ notNullName, ...column }) => ({
      ...column,
      id: to(column.id),
      ...(notNullName !== undefined && keep('columns', notNullName) ? { notNullName } : {}),
    })),
    keys: table.keys.map((key) => ({ ...unnamed('keys')(key), columns: key.columns.map(to), ...include(key) })),
    exclusions: table.exclusions.map((one) => ({
      ...unnamed('exclusions')(one),
      elements: elements(one.elements),
      ...include(one),
    })),
    checks: table.checks.map(unnamed('checks')),
    indexes: table.indexes.map(({ attachedTo: _, ...index }) => ({
      ...unnamed('indexes')(index),
      elements: elements(index.elements),
      ...include(index),
    })),
    policies: table.policies.map((policy) => ({ ...policy, id: to(policy.id) })),
    dependencies: table.dependencies.map((one) => ({
      ...one,
      id: to(one.id),
      determinant: one.determinant.map(to),
      dependent: one.dependent.map(to),
    })),
    ...(table.partitioning === undefined
      ? {}
      : {
          partitioning: {
            ...table.partitioning,
            elements: table.partitioning.elements.map((one) =>
              one.column === undefined ? one : { ...one, column: to(one.column) },
            ),
          },
        }),
    ...(table.remarks === undefined ? {} : { remarks: table.remarks.map((one): Remark => ({ ...one, at: to(one.at) })) }),
  };
  return { table: copy, ids };
}
