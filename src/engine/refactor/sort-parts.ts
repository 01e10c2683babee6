import type { Problem } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { New } from '#model/patch.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { columnsNamedByParts, requalified } from '../dialects/postgres/expressions/moving.ts';
import type { PgParser } from '../sql/parser-port.ts';

interface Work {
  readonly document: Document;
  readonly parser: PgParser;
}

interface Sorted {
  /** Parts that go along, those that end. */
  readonly parts: readonly Id[];
  readonly ends: readonly Id[];
  readonly problem?: Problem;
}

/** Which parts with SQL text can go along with columns, and which cannot stay without them. */
export function sortParts({ document, parser }: Work, tableId: Id, moving: readonly Id[], known: ReadonlySet<Id>): Sorted {
  const table = recordIn(document, 'tables', tableId);
  if (table === undefined) return { parts: [], ends: [] };
  const named = columnsNamedByParts(document, parser, table);
  const goes = new Set(moving);
  const parts: Id[] = [];
  const ends: Id[] = [];
  const policies = new Set(table.policies.map((policy) => policy.id));
  for (const [part, { columns, unclear }] of named) {
    const column = table.columns.find((one) => one.id === part);
    if (column !== undefined) {
      if (column.generated === undefined) continue;
      const others = [...columns].filter((id) => goes.has(id) !== goes.has(part) && !(goes.has(part) && known.has(id)));
      if (others.length === 0) continue;
      const name = (id: Id | undefined) => table.columns.find((one) => one.id === id)?.name ?? '';
      const message = `${column.name} is generated from ${others.map(name).join(', ')}: they have to be in one table, so choose both or neither.`;
      return { parts, ends, problem: { code: 'generated-apart', message } };
    }
    // Policies guard the rows of the table they are on; leaving one out would open it.
    if (policies.has(part)) continue;
    const touches = [...columns].some((id) => goes.has(id));
    const index = [...table.indexes, ...table.exclusions].find((one) => one.id === part);
    const own = index === undefined ? [] : index.elements.flatMap((element) => element.column ?? []);
    const all = [...columns, ...own];
    if (!all.some((id) => goes.has(id))) continue;
    if (!unclear && all.every((id) => known.has(id))) parts.push(part);
    else if (touches) ends.push(part);
  }
  return { parts, ends };
}

/** The table with the texts of parts that go along saying the other table's name, as what a command takes along. */
export function rewritesFor(work: Work, tableId: Id, parts: readonly Id[], name: string) {
  const table = recordIn(work.document, 'tables', tableId);
  if (table === undefined || parts.length === 0) return {};
  const record = requalified(work.document, work.parser, table, new Set(parts), name);
  return record === table ? {} : { rewrites: [{ collection: 'tables' as const, record }] };
}

/** Policies that a new table needs as well: those that name only columns it has, saying its name. */
export function policiesFor({ document, parser }: Work, table: Table, known: ReadonlySet<Id>, name: string): New<Policy>[] {
  const named = columnsNamedByParts(document, parser, table);
  const guards = table.policies.filter((policy) => {
    const one = named.get(policy.id);
    return one === undefined || (!one.unclear && [...one.columns].every((id) => known.has(id)));
  });
  const said = requalified(document, parser, table, new Set(guards.map((one) => one.id)), name);
  return said.policies.filter((one) => guards.some((other) => other.id === one.id)).map(({ id: _, ...policy }) => policy);
}

/** Policies that have nothing left to say of a table's rows: all columns that they name leave it together. */
export function policiesThatMove({ document, parser }: Work, table: Table, moving: readonly Id[]): readonly Id[] {
  if (table.policies.length === 0) return [];
  const named = columnsNamedByParts(document, parser, table);
  return table.policies.flatMap(({ id }) => {
    const one = named.get(id);
    return one === undefined || one.unclear || one.columns.size === 0 || ![...one.columns].every((of) => moving.includes(of))
      ? []
      : id;
  });
}
