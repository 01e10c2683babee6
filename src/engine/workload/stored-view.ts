import type { Column, ColumnType } from '#model/column-types.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Id, Table, View } from '#model/types.ts';

/**
 * A materialized view as a table: its rows are stored, so that queries read it, and indexes stand on it, as on one. It has the
 * view's id.
 */
export interface StoredView extends Table {
  readonly view: View;
}

/** Whether a table is a materialized view that is looked at as one. */
export function isStoredView(table: Table): table is StoredView {
  return Object.hasOwn(table, 'view');
}

/** A column of a materialized view, which has no record of it: its name follows from the id alone. */
export function storedColumnId(view: Id, name: string): Id {
  return `${view}/${name}`;
}

/** The name of a column of a materialized view; undefined for ids of anything else. */
export function storedColumnName(view: Id, column: Id): string | undefined {
  return column.startsWith(`${view}/`) ? column.slice(view.length + 1) : undefined;
}

/** A column that a view's query gives, with what is known of it. */
export interface StoredColumn extends Pick<Column, 'name' | 'facts'> {
  /** Absent where it cannot be told. */
  readonly type?: ColumnType;
  readonly nullable: boolean;
}

/** Values of a type that cannot be told take a word's room and are compared like one. */
const UNTOLD: ColumnType = { kind: 'builtin', name: 'text' };

/**
 * A materialized view with the columns that its query gives, as a table with its indexes.
 * @param rows how many it holds, where that can be guessed
 */
export function storedViewOf(view: View, columns: readonly StoredColumn[], rows: number | undefined): StoredView {
  const made = columns.map(({ name, type = UNTOLD, nullable, facts }): Column => {
    const id = storedColumnId(view.id, name);
    return { id, name, type, nullable, ...(facts === undefined ? {} : { facts }) };
  });
  const ids = new Map(made.map(({ name, id }) => [name, id]));
  const element = ({ columnName, ...rest }: IndexElement): IndexElement => {
    const column = ids.get(columnName ?? '');
    return column === undefined ? { ...rest, ...(columnName === undefined ? {} : { columnName }) } : { ...rest, column };
  };
  const index = ({ elements, include, ...rest }: Index): Index => ({
    ...rest,
    elements: elements.map(element),
    ...(include === undefined ? {} : { include: include.flatMap((name) => ids.get(name) ?? []) }),
  });
  return {
    id: view.id,
    schema: view.schema,
    name: view.name,
    ...(view.owner === undefined ? {} : { owner: view.owner }),
    columns: made,
    keys: [],
    exclusions: [],
    checks: [],
    indexes: view.indexes.map(index),
    policies: [],
    dependencies: [],
    ...(rows === undefined ? {} : { facts: { rows } }),
    view,
  };
}

/** An index on a {@link StoredView} as the view's own record holds it: columns by their names. */
export function indexOfView<T extends Omit<Index, 'id'>>(view: Id, { elements, include, ...rest }: T) {
  return {
    ...rest,
    elements: elements.map(({ column, ...element }): IndexElement => {
      const columnName = column === undefined ? undefined : storedColumnName(view, column);
      return columnName === undefined ? element : { ...element, columnName };
    }),
    ...(include === undefined ? {} : { include: include.flatMap((id) => storedColumnName(view, id) ?? []) }),
  };
}

/**
 * A materialized view as a table with those columns only that its indexes name, where its query is not read: enough to say
 * what these indexes are.
 */
export function indexedView(view: View): StoredView {
  const names = view.indexes.flatMap(({ elements, include = [] }) => [
    ...elements.flatMap((one) => one.columnName ?? []),
    ...include,
  ]);
  return storedViewOf(
    view,
    [...new Set(names)].map((name) => ({ name, nullable: true })),
    undefined,
  );
}
