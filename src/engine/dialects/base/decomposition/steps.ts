import type { ChangeStep } from '#model/change-types.ts';
import type { Column } from '#model/column-types.ts';
import type { Id, Table } from '#model/types.ts';

/** A step, or none when there is nothing to do. */
export function step(phase: ChangeStep['phase'], note: string, sql: readonly string[]): ChangeStep[] {
  const texts = sql.filter((one) => one !== '');
  return texts.length === 0 ? [] : [{ phase, note, sql: texts.join('\n\n') }];
}

/** What is said of a step that takes columns away which SQL still names. */
export function warned(broken: readonly string[]): string {
  return broken.length === 0 ? '' : ` Before it, change what names columns that leave: ${broken.join('; ')}.`;
}

/** Columns that are in the first table and not in the second; what is computed from a column goes before it. */
export function columnsGone(table: Table, now: Table): readonly Column[] {
  const left = table.columns.filter(({ id }) => !now.columns.some((column) => column.id === id));
  return left.toSorted((a, b) => Number(b.generated !== undefined) - Number(a.generated !== undefined));
}

/** Parts that one list has and the other has not. */
export function missingIn<T extends { readonly id: Id }>(list: readonly T[], other: readonly T[]): readonly T[] {
  return list.filter((one) => !other.some(({ id }) => id === one.id));
}

/** Columns that take no NULL in the second table and did in the first, keys aside. */
export function stricterIn(table: Table, now: Table): readonly Column[] {
  const key = now.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
  return now.columns.filter(
    (column) => !column.nullable && !key.includes(column.id) && table.columns.find(({ id }) => id === column.id)?.nullable === true,
  );
}
