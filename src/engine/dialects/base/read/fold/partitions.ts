import type { Partition, Partitioning } from '#model/table-parts.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import { copyOf, type Writable } from '../../../postgres/read/writable.ts';
import { nameKey } from '../../traits.ts';
import type { DdlPartitionAction } from '../ddl.ts';
import type { Folding } from './folding.ts';

/** Adds partitions of a hash, or takes the last ones away: they are listed by name, or only counted. */
function recount(given: Writable<Partitioning>, more: number): void {
  const { parts } = given;
  if (parts === undefined || parts.length === 0) {
    given.count = Math.max(1, (given.count ?? 1) + more);
    return;
  }
  const count = Math.max(1, parts.length + more);
  // The server numbers the ones that it makes from 0.
  const added = Array.from({ length: Math.max(0, more) }, (_, i) => ({ name: `p${parts.length + i}` }));
  given.parts = [...parts.slice(0, count), ...added];
}

/**
 * Changes the partitions that a table lists (MySQL manual, "Partition Management").
 * @returns why it cannot be done to the table as the text has it; undefined when it was.
 */
export function changePartitions(folding: Folding, table: MutableTable, action: DdlPartitionAction): string | undefined {
  const { partitioning } = table;
  if (partitioning === undefined) return `table ${table.name} has no partitions that the model lists`;
  if (action.more !== undefined) {
    recount(partitioning, action.more);
    return undefined;
  }
  const key = (name: string) => nameKey(name, folding.dialect);
  const parts: readonly Partition[] = partitioning.parts ?? [];
  const gone = new Set((action.drop ?? []).map(key));
  const missing = (action.drop ?? []).filter((name) => !parts.some((part) => key(part.name) === key(name)));
  if (missing.length > 0 && action.ifExists !== true) return `table ${table.name} has no partition ${missing.join(', ')}`;
  const first = parts.findIndex((part) => gone.has(key(part.name)));
  const at = first < 0 ? parts.length : first;
  const rest = parts.filter((part) => !gone.has(key(part.name)));
  partitioning.parts = copyOf([...rest.slice(0, at), ...(action.into ?? []), ...rest.slice(at)]);
  return undefined;
}
