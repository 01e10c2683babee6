import type { Document, Id, Table } from '#model/types.ts';

/** Partitions of a table, in order of their names; a default partition last. */
export function partitionsOf(document: Document, table: Id): readonly Table[] {
  const isDefault = (one: Table) => /^\s*default\s*$/i.test(one.partitionOf?.bound ?? '');
  return Object.values(document.tables)
    .filter((one) => one.partitionOf?.parent === table)
    .sort((a, b) => Number(isDefault(a)) - Number(isDefault(b)) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** What a bound of the table's strategy looks like. */
export function usualBound(table: Table): string {
  switch (table.partitioning?.strategy) {
    case 'list':
      return "FOR VALUES IN ('eu', 'ch')";
    case 'hash':
      return 'FOR VALUES WITH (MODULUS 4, REMAINDER 0)';
    default:
      return "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')";
  }
}

/** A name for a new partition: the table's, and the first free number. */
export function partitionName(table: Table, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = `${table.name}_p${number}`;
    if (!taken.has(name)) return name;
  }
}
