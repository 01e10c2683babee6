import type { Index, Key } from '#model/table-parts.ts';
import type { Id, Relationship, View } from '#model/types.ts';
import { checkNames, elementNames, notNullName } from '../invented.ts';
import { inventedName } from '../names.ts';
import type { QualifiedName } from './ast.ts';
import type { MutableTable, ReadState } from './state.ts';
import type { Writable } from './writable.ts';

/** Name of a column by id, for invented names. */
function columnName(state: ReadState, table: MutableTable, id: Id): string {
  return state.columnById(table, id)?.name ?? 'expr';
}

function namesOf(state: ReadState, table: MutableTable, ids: readonly Id[]): string[] {
  return ids.map((id) => columnName(state, table, id));
}

/** The name PostgreSQL knows a key by: its own, or the one it invents. */
export function keyName(state: ReadState, table: MutableTable, key: Writable<Key>): string {
  if (key.name !== undefined) return key.name;
  return key.kind === 'primary'
    ? inventedName(table.name, [], 'pkey')
    : inventedName(table.name, namesOf(state, table, key.columns), 'key');
}

/** The name PostgreSQL knows an index by. */
export function indexNameOf(state: ReadState, owner: MutableTable | Writable<View>, index: Writable<Index>): string {
  if (index.name !== undefined) return index.name;
  const table = state.get('tables', owner.id);
  const columns = elementNames(index.elements, (id) => (table === undefined ? undefined : columnName(state, table, id)));
  return inventedName(owner.name, columns, 'idx');
}

export type FoundIndex =
  | { readonly owner: MutableTable | Writable<View>; readonly index: Writable<Index>; readonly key?: undefined }
  | { readonly owner: MutableTable; readonly key: Writable<Key>; readonly index?: undefined };

/** The index of a name: one of its own, or that of a key. */
export function findIndex(state: ReadState, name: QualifiedName): FoundIndex | undefined {
  for (const candidate of state.candidates(name)) {
    const schema = state.findSchema(candidate.schema ?? 'public');
    if (schema === undefined) continue;
    const found = state.indexNames.find(state, schema, name.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The index of an owner by name. */
export function indexOf(state: ReadState, owner: MutableTable | Writable<View>, name: string): FoundIndex | undefined {
  const index = owner.indexes.find((one) => indexNameOf(state, owner, one) === name);
  if (index !== undefined) return { owner, index };
  const table = state.get('tables', owner.id);
  const key = table?.keys.find((one) => keyName(state, table, one) === name);
  return table === undefined || key === undefined ? undefined : { owner: table, key };
}

/** Which relation has the index of a name: told when one is made, found out again after names have changed. */
export class IndexNames {
  private readonly owners = new Map<string, Id>();
  private stale = true;

  /** Names have changed in a way that {@link add} did not tell. */
  forget(): void {
    this.stale = true;
  }

  add(schema: Id, name: string, owner: Id): void {
    this.owners.set(`${schema}\n${name}`, owner);
  }

  find(state: ReadState, schema: Id, name: string): FoundIndex | undefined {
    const found = this.known(state, schema, name);
    if (found !== undefined || !this.stale) return found;
    this.scan(state);
    return this.known(state, schema, name);
  }

  private known(state: ReadState, schema: Id, name: string): FoundIndex | undefined {
    const id = this.owners.get(`${schema}\n${name}`);
    const owner = id === undefined ? undefined : (state.get('tables', id) ?? state.get('views', id));
    return owner === undefined || owner.schema !== schema ? undefined : indexOf(state, owner, name);
  }

  private scan(state: ReadState): void {
    this.stale = false;
    this.owners.clear();
    for (const owner of [...state.records.tables.values(), ...state.records.views.values()]) {
      for (const index of owner.indexes) this.add(owner.schema, indexNameOf(state, owner, index), owner.id);
    }
    for (const table of state.records.tables.values()) {
      for (const key of table.keys) this.add(table.schema, keyName(state, table, key), table.id);
    }
  }
}

/** A constraint of a table by name, invented names included. */
export type FoundConstraint =
  | { readonly kind: 'keys' | 'checks' | 'exclusions'; readonly id: Id }
  | { readonly kind: 'relationship'; readonly relationship: Writable<Relationship> }
  | { readonly kind: 'notNull'; readonly column: Id };

export function findConstraint(state: ReadState, table: MutableTable, name: string): FoundConstraint | undefined {
  const key = table.keys.find((one) => keyName(state, table, one) === name);
  if (key !== undefined) return { kind: 'keys', id: key.id };
  const invented = checkNames(table);
  const check = table.checks.find((one) => invented.get(one.id) === name);
  if (check !== undefined) return { kind: 'checks', id: check.id };
  const exclusion = table.exclusions.find((one) => {
    if (one.name !== undefined) return one.name === name;
    const columns = elementNames(one.elements, (id) => columnName(state, table, id));
    return inventedName(table.name, columns, 'excl') === name;
  });
  if (exclusion !== undefined) return { kind: 'exclusions', id: exclusion.id };
  const relationship = state.relationshipsOf(table.id).find((one) => {
    if (one.name !== undefined) return one.name === name;
    return inventedName(table.name, namesOf(state, table, one.childColumns), 'fkey') === name;
  });
  if (relationship !== undefined) return { kind: 'relationship', relationship };
  const column = table.columns.find((one) => {
    return !one.nullable && notNullName(table.name, one) === name;
  });
  return column === undefined ? undefined : { kind: 'notNull', column: column.id };
}
