import type { Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { PART_PREFIX, type PartList } from '../collections.ts';
import type { Key } from '../table-parts.ts';
import type { AnyRecord, Id, Table } from '../types.ts';
import { defineCommand } from './define.ts';
import { clampAt, draftOf, missing, nameOf, problem } from './lookup.ts';
import { partCommands, partsOf } from './part-commands.ts';

/** One primary key a table; its own columns do not hold NULL, as the database would have it. */
function settleKey(owner: Draft<AnyRecord>, key: Draft<Key>): Problem | undefined {
  if (key.kind !== 'primary') return undefined;
  const table = owner as Draft<Table>;
  if (table.keys.some((one) => one.kind === 'primary' && one.id !== key.id)) {
    return problem('primary-exists', `${table.name} already has a primary key: change that one, or make this one unique.`);
  }
  for (const column of table.columns) if (column.nullable && key.columns.includes(column.id)) column.nullable = false;
  return undefined;
}

export const keyCommands = partCommands({ list: 'keys', noun: 'key', hint: (key) => key.name ?? key.kind, settle: settleKey });
export const exclusionCommands = partCommands({ list: 'exclusions', noun: 'exclusion', hint: (one) => one.name ?? 'exclude' });
export const checkCommands = partCommands({ list: 'checks', noun: 'check', hint: (one) => one.name ?? 'check' });
export const indexCommands = partCommands({ list: 'indexes', noun: 'index', hint: (one) => one.name ?? 'index' });
export const policyCommands = partCommands({ list: 'policies', noun: 'policy', hint: (one) => one.name });
export const dependencyCommands = partCommands({ list: 'dependencies', noun: 'dependency', hint: () => 'dep' });

export interface SetPrimaryKeyArgs {
  readonly table: Id;
  /** In key order; empty = no primary key. */
  readonly columns: readonly Id[];
}

/** Makes exactly these columns the primary key: creates, changes or removes it. */
export const setPrimaryKey = defineCommand<SetPrimaryKeyArgs>({
  label: (document, args) => `${args.columns.length === 0 ? 'Remove' : 'Set'} primary key of ${nameOf(document, args.table)}`,
  run(draft, args, { ids }) {
    const table = draftOf(draft, 'tables', args.table);
    if (table === undefined) return missing('table', args.table);
    const at = table.keys.findIndex((key) => key.kind === 'primary');
    const primary = table.keys[at];
    if (args.columns.length === 0) {
      if (primary === undefined) return undefined;
      table.keys.splice(at, 1);
      for (const waiver of Object.values(draft.waivers)) {
        if (waiver.at.record === args.table && waiver.at.part === primary.id) delete draft.waivers[waiver.id];
      }
      return undefined;
    }
    const key: Draft<Key> = primary ?? { id: ids.next(PART_PREFIX.keys, 'primary'), kind: 'primary', columns: [] };
    // What is said of members by their position goes with them.
    const before = key.columns;
    const down = new Set((key.descending ?? []).map((i) => before[i]));
    const lengths = args.columns.map((id) => key.lengths?.[before.indexOf(id)] ?? null);
    const descending = args.columns.flatMap((id, i) => (down.has(id) ? [i] : []));
    if (lengths.every((one) => one === null)) delete key.lengths;
    else key.lengths = lengths;
    if (descending.length === 0) delete key.descending;
    else key.descending = descending;
    key.columns = [...args.columns];
    if (primary === undefined) table.keys.unshift(key);
    return settleKey(table, key);
  },
});

export interface MovePartArgs {
  readonly table: Id;
  readonly list: PartList;
  readonly id: Id;
  /** Position it has afterwards. */
  readonly to: number;
}

/** Moves a column or another part to another position in its list. */
export const movePart = defineCommand<MovePartArgs>({
  label: (document, args) => `Move ${args.list === 'columns' ? 'column' : 'part'} of ${nameOf(document, args.table)}`,
  run(draft, args) {
    const found = Object.hasOwn(PART_PREFIX, args.list) ? partsOf(draft, args.list, args.table) : undefined;
    const from = found?.parts.findIndex((one) => one.id === args.id) ?? -1;
    if (found === undefined || from < 0) return missing('part', args.id);
    const to = Math.min(clampAt(args.to, found.parts.length), found.parts.length - 1);
    if (to !== from) found.parts.splice(to, 0, ...found.parts.splice(from, 1));
    return undefined;
  },
});
