import { expect } from 'vitest';
import type { Document, Id, Table } from '#model/types.ts';

type Named = { readonly id: Id; readonly name?: string };
const LISTS = ['columns', 'keys', 'checks', 'exclusions', 'indexes', 'policies'] as const;

/** Ids of parts with a name, by list and name. */
function partIds(table: Table): Map<string, Id> {
  return new Map(
    LISTS.flatMap((list) =>
      (table[list] as readonly Named[]).flatMap(({ name, id }) => (name === undefined ? [] : [[`${list} ${name}`, id] as const])),
    ),
  );
}

/** What has the same name after an edit is the same: records and the parts of tables. */
export function expectIdsKept(before: Document, after: Document): void {
  for (const now of Object.values(after.tables)) {
    const was = Object.hasOwn(before.tables, now.id) ? before.tables[now.id] : undefined;
    const same = Object.values(before.tables).find((one) => one.schema === now.schema && one.name === now.name);
    if (same !== undefined) expect(now.id).toBe(same.id);
    if (was === undefined) continue;
    const old = partIds(was);
    for (const [name, id] of partIds(now)) if (old.has(name)) expect([name, id]).toEqual([name, old.get(name)]);
  }
}
