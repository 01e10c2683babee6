import type { Id, View } from '#model/types.ts';
import type { MutableTable } from '../../../postgres/read/state.ts';
import type { Writable } from '../../../postgres/read/writable.ts';
import { nameKey, TRAITS } from '../../traits.ts';
import type { DdlName } from '../ddl.ts';
import type { Folding } from './folding.ts';

export interface FoundPart {
  readonly table: MutableTable;
  readonly list: 'keys' | 'indexes' | 'checks';
  readonly id: Id;
}

/** The number in a name that MySQL or MariaDB made up. */
function numberOf({ dialect }: Folding, name: string, pattern: RegExp): number | undefined {
  const found = TRAITS[dialect].namesIndexesByColumn ? pattern.exec(name)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}

/** A key, index or check of a table by name. */
export function partNamed(folding: Folding, table: MutableTable, name: string): FoundPart | undefined {
  const wanted = nameKey(name, folding.dialect);
  for (const list of ['keys', 'indexes', 'checks'] as const) {
    const parts: readonly { readonly id: Id; readonly name?: string | undefined }[] = table[list];
    const found = parts.find((one) => one.name !== undefined && nameKey(one.name, folding.dialect) === wanted);
    if (found !== undefined) return { table, list, id: found.id };
  }
  // `CONSTRAINT_1` of MariaDB and `t_chk_1` of MySQL: checks without a name are numbered.
  const number = numberOf(folding, name, /^(?:constraint_|.*_chk_)(\d+)$/i);
  const unnamed = number === undefined ? undefined : table.checks.filter((one) => one.name === undefined)[number - 1];
  return unnamed === undefined ? undefined : { table, list: 'checks', id: unnamed.id };
}

/** A foreign key of a table by name. */
export function foreignKeyNamed(folding: Folding, table: MutableTable, name: string): Id | undefined {
  const wanted = nameKey(name, folding.dialect);
  const keys = [...folding.state.relationshipsOf(table.id)];
  const found = keys.find((one) => one.name !== undefined && nameKey(one.name, folding.dialect) === wanted);
  // `t_ibfk_1`: foreign keys without a name are numbered.
  const number = numberOf(folding, name, /_ibfk_(\d+)$/i);
  return (found ?? (number === undefined ? undefined : keys.filter((one) => one.name === undefined)[number - 1]))?.id;
}

/** An index by name: of the table given, or of any table of its schema. */
export function indexNamed(folding: Folding, name: DdlName, on: DdlName | undefined): FoundPart | undefined {
  const { state } = folding;
  if (on !== undefined) {
    const table = state.table(on);
    return table === undefined ? undefined : partNamed(folding, table, name.name);
  }
  const schema = state.targetSchema(name).id;
  for (const table of state.records.tables.values()) {
    const found = table.schema === schema ? partNamed(folding, table, name.name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Takes a part out of its table. */
export function removePart({ table, list, id }: FoundPart): void {
  if (list === 'keys') table.keys = table.keys.filter((one) => one.id !== id);
  else if (list === 'indexes') table.indexes = table.indexes.filter((one) => one.id !== id);
  else table.checks = table.checks.filter((one) => one.id !== id);
}

export function partOf({ table, list, id }: FoundPart): { name?: string; comment?: string } | undefined {
  return table[list].find((one) => one.id === id) as { name?: string; comment?: string } | undefined;
}

export function triggerNamed(folding: Folding, name: string, on: DdlName | undefined): Id | undefined {
  const wanted = nameKey(name, folding.dialect);
  const owner = on === undefined ? undefined : folding.state.relation(on)?.id;
  return [...folding.state.records.triggers.values()].find(
    (one) => nameKey(one.name, folding.dialect) === wanted && (owner === undefined || one.on === owner),
  )?.id;
}

export function routineNamed(folding: Folding, name: DdlName): Id | undefined {
  const schema = folding.state.targetSchema(name).id;
  const wanted = nameKey(name.name, folding.dialect);
  return [...folding.state.records.routines.values()].find(
    (one) => one.schema === schema && nameKey(one.name, folding.dialect) === wanted,
  )?.id;
}

/** A table or view by name. */
export function relationNamed({ state }: Folding, name: DdlName): MutableTable | Writable<View> | undefined {
  return state.table(name) ?? state.view(name);
}
