import type { Id, Table } from '#model/types.ts';

type PartTab = 'columns' | 'keys' | 'indexes' | 'dependencies' | 'security';

/** The tab where a part of a table is edited. */
export function tabOfPart(table: Table, part: Id): PartTab | undefined {
  const has = (parts: readonly { readonly id: Id }[]) => parts.some((one) => one.id === part);
  if (has(table.columns)) return 'columns';
  if (has(table.keys) || has(table.checks) || has(table.exclusions)) return 'keys';
  if (has(table.indexes)) return 'indexes';
  if (has(table.dependencies)) return 'dependencies';
  return has(table.policies) ? 'security' : undefined;
}
