import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { nameFault } from '#model/validate-notes.ts';
import type { Target } from './targets.ts';

/** A name that would change. */
export interface Proposal extends Target {
  readonly to: string;
}

/** PostgreSQL keeps this many bytes of a name. */
const BYTES = 63;

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Namespaces of what a document holds: in each, a name stands once. */
interface Names {
  /** Who has a name in a namespace. */
  readonly holders: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly spacesOf: ReadonlyMap<string, readonly string[]>;
}

class Spaces {
  readonly #holders = new Map<string, Map<string, string[]>>();
  readonly #spacesOf = new Map<string, string[]>();
  readonly #names: ReadonlyMap<string, string>;

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** Notes who has a name there; what is to be renamed has its new one. */
  add(space: string, key: string, name: string | undefined): void {
    if (name === undefined) return;
    const now = this.#names.get(key) ?? name;
    const holders = this.#holders.get(space) ?? new Map<string, string[]>();
    this.#holders.set(space, holders);
    const same = holders.get(now);
    if (same === undefined) holders.set(now, [key]);
    else same.push(key);
    const spaces = this.#spacesOf.get(key);
    if (spaces === undefined) this.#spacesOf.set(key, [space]);
    else spaces.push(space);
  }

  done(): Names {
    return { holders: this.#holders, spacesOf: this.#spacesOf };
  }
}

function addTable(document: Document, spaces: Spaces, table: Table): void {
  const relations = `relations ${table.schema}`;
  const own = (part: Id) => `${table.id}/${part}`;
  spaces.add(relations, `${table.id}/`, table.name);
  const mine = new Set(table.columns.map((column) => column.id));
  for (const column of columnsOf(document, table)) {
    // Inherited columns are renamed where they are defined; here they only take up a name.
    if (mine.has(column.id)) spaces.add(`columns ${table.id}`, own(column.id), column.name);
  }
  for (const part of [...table.keys, ...table.checks, ...table.exclusions])
    spaces.add(`constraints ${table.id}`, own(part.id), part.name);
  for (const part of [...table.keys, ...table.exclusions, ...table.indexes]) spaces.add(relations, own(part.id), part.name);
}

function namesAfter(document: Document, proposals: readonly Proposal[]): Names {
  const spaces = new Spaces(new Map(proposals.map((one) => [one.key, one.to])));
  for (const table of Object.values(document.tables)) addTable(document, spaces, table);
  for (const collection of ['views', 'sequences'] as const) {
    for (const one of Object.values(document[collection])) spaces.add(`relations ${one.schema}`, `${one.id}/`, one.name);
  }
  for (const link of Object.values(document.relationships)) spaces.add(`constraints ${link.child}`, `${link.id}/`, link.name);
  return spaces.done();
}

/** What stands against a new name by itself. */
function unusable(name: string): string | undefined {
  if (name.trim() === '') return 'the name would be empty';
  if (name !== name.trim()) return 'it would begin or end with a blank';
  return nameFault(name) ?? (bytes(name) > BYTES ? `PostgreSQL keeps ${BYTES} bytes of a name` : undefined);
}

/**
 * Why proposals cannot be, by key. Names are compared as they are after all chosen ones have changed, so that they can be
 * exchanged; of two that would meet both are told.
 * @param chosen keys of the proposals that are to be done.
 */
export function conflictsOf(
  document: Document,
  proposals: readonly Proposal[],
  chosen: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const one of proposals) {
    const why = unusable(one.to);
    if (why !== undefined) found.set(one.key, why);
  }
  const applied = proposals.filter((one) => chosen.has(one.key) && !found.has(one.key));
  const names = namesAfter(document, applied);
  const byKey = new Map(proposals.map((one) => [one.key, one]));
  for (const one of proposals) {
    if (found.has(one.key)) continue;
    for (const space of names.spacesOf.get(one.key) ?? []) {
      const holders = names.holders.get(space)?.get(one.to) ?? [];
      const other = holders.find((key) => key !== one.key);
      if (other === undefined) continue;
      const rival = byKey.get(other);
      found.set(
        one.key,
        rival !== undefined && chosen.has(other) ? `${rival.name} would be called ${one.to} too` : `${one.to} is there already`,
      );
      break;
    }
  }
  return found;
}
