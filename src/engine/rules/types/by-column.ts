import type { Column, ColumnType } from '#model/column-types.ts';
import { fix, type Said } from '../define.ts';
import type { TableContext } from '../table-context.ts';

/**
 * One finding a table for all of its columns that have the same flaw, so that a schema with one habit is not drowned in it.
 * @param to the type each column gets by the fix; undefined = no fix for it.
 */
export function sayColumns(
  at: TableContext,
  columns: readonly Column[],
  what: (names: string, several: boolean) => string,
  to?: (column: Column) => ColumnType | undefined,
): Said[] {
  if (columns.length === 0) return [];
  const names = columns.map((column) => column.name).join(', ');
  const calls = columns.flatMap((column) => {
    const type = to?.(column);
    return type === undefined ? [] : [{ name: 'setColumn', args: { table: at.table.id, id: column.id, patch: { type } } } as const];
  });
  const first = calls[0]?.args.patch.type;
  const label = first?.kind === 'builtin' ? `Change ${names} to ${first.name}` : `Change ${names}`;
  return [
    {
      at: columns.map((column) => at.ref(column.id)),
      what: what(names, columns.length > 1),
      fixes: calls.length === columns.length ? [fix(label, ...calls)] : [],
    },
  ];
}

/** The same type under another name, arrays and arguments kept. */
export function renamed(type: ColumnType, name: string, args: readonly string[] | undefined = argsOf(type)): ColumnType {
  return {
    kind: 'builtin',
    name,
    ...(args === undefined || args.length === 0 ? {} : { args }),
    ...(type.dims === undefined ? {} : { dims: type.dims }),
  };
}

function argsOf(type: ColumnType): readonly string[] | undefined {
  return type.kind === 'custom' ? undefined : type.args;
}

/** Columns of the table itself whose written type (not a domain's) has this usual name. */
export function columnsOfType(at: TableContext, ...names: readonly string[]): Column[] {
  return at.table.columns.filter(({ type }) => type.kind === 'builtin' && names.includes(type.name));
}
