import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { PART_PREFIX, type PartList, recordIn } from '../collections.ts';
import { copyTable } from '../copy.ts';
import { emptyTable } from '../create.ts';
import { descendantsOf } from '../derive/columns.ts';
import { MAIN_DIAGRAM, placementId, wholePixel } from '../layout-types.ts';
import { applyPatch, type Patch, withoutUndefined } from '../patch.ts';
import type { Document, Id, Table } from '../types.ts';
import { inheritColumns } from './column-refs.ts';
import { type CommandContext, defineCommand } from './define.ts';
import {
  applyRewrites,
  defaultSchema,
  draftOf,
  freeName,
  missing,
  nameOf,
  nameProblem,
  problem,
  put,
  type Rewrites,
  takeId,
} from './lookup.ts';
import { removeCommand } from './record-commands.ts';

/** Where a new object is put on a diagram. */
export interface Place {
  readonly diagram?: Id;
  readonly x: number;
  readonly y: number;
}

export function place(draft: Draft<Document>, object: Id, at: Place): Problem | undefined {
  const diagram = at.diagram ?? MAIN_DIAGRAM;
  if (draftOf(draft, 'diagrams', diagram) === undefined) return missing('diagram', diagram);
  const id = placementId(diagram, object);
  put(draft, 'placements', { id, diagram, object, x: wholePixel(at.x), y: wholePixel(at.y) });
  return undefined;
}

export interface AddTableArgs {
  /** Absent schema = the default one; absent parts = none. Parts bring ids of their own. */
  readonly table: Partial<Omit<Table, 'name'>> & { readonly name: string };
  readonly place?: Place;
}

export const addTable = defineCommand<AddTableArgs>({
  label: (_document, args) => `Add table ${args.table.name}`,
  run(draft, args, { before, ids }) {
    const schema = args.table.schema ?? defaultSchema(before);
    if (schema === undefined) return problem('no-schema', 'The model has no schema: add one first.');
    const taken = nameProblem(before, 'tables', args.table.name, schema);
    if (taken !== undefined) return taken;
    const id = takeId(before, args.table.id, () => ids.next('tbl', args.table.name));
    put(
      draft,
      'tables',
      castDraft(withoutUndefined({ ...emptyTable(id, schema, args.table.name), ...args.table, id, schema })) as Table,
    );
    return args.place === undefined ? undefined : place(draft, id, args.place);
  },
});

/** What {@link setTable} may change: everything but the parts, which have commands of their own. */
export type TableFields = Omit<Table, PartList>;

export interface SetTableArgs {
  readonly id: Id;
  readonly patch: Patch<TableFields>;
  readonly rewrites?: Rewrites;
}

export const setTable = defineCommand<SetTableArgs>({
  label(document, { id, patch }) {
    const name = nameOf(document, id);
    return patch.name !== undefined && patch.name !== name ? `Rename table ${name} to ${patch.name}` : `Change table ${name}`;
  },
  run(draft, args, context) {
    applyRewrites(draft, args.rewrites);
    const { before } = context;
    const table = draftOf(draft, 'tables', args.id);
    const old = recordIn(before, 'tables', args.id);
    if (table === undefined || old === undefined) return missing('table', args.id);
    const { partitionOf, inherits, ...patch } = args.patch as Patch<Table>;
    if (Object.keys(patch).some((key) => Object.hasOwn(PART_PREFIX, key))) {
      return problem('parts-apart', 'Columns, keys and other parts of a table have commands of their own.');
    }
    applyPatch(table, patch);
    if (table.name !== old.name || table.schema !== old.schema) {
      const taken = nameProblem(before, 'tables', table.name, table.schema, old.id);
      if (taken !== undefined) return taken;
    }
    if (table.partitioning === undefined && descendantsOf(before, old.id).some((one) => one.partitionOf?.parent === old.id)) {
      return problem('has-partitions', `${old.name} has partitions: remove or detach them before making it a plain table.`);
    }
    return setAncestors(
      draft,
      old,
      { ...(partitionOf === undefined ? {} : { partitionOf }), ...(inherits === undefined ? {} : { inherits }) },
      context,
    );
  },
});

/** Attaches to or detaches from a partitioned parent or inherited tables; what is no longer inherited becomes own columns. */
function setAncestors(
  draft: Draft<Document>,
  old: Table,
  patch: { partitionOf?: Table['partitionOf'] | null; inherits?: Table['inherits'] | null },
  context: CommandContext,
): Problem | undefined {
  const table = draftOf(draft, 'tables', old.id);
  if (table === undefined) return missing('table', old.id);
  const { partitionOf, inherits } = patch;
  const stays = partitionOf !== null && partitionOf !== undefined && partitionOf.parent === old.partitionOf?.parent;
  const leavesParent = old.partitionOf !== undefined && partitionOf !== undefined && !stays;
  const kept = inherits ?? [];
  const leavesSome = inherits !== undefined && (old.inherits ?? []).some((id) => !kept.includes(id));
  if (leavesParent || leavesSome) {
    inheritColumns(draft, old.id, leavesParent ? [] : (old.inherits ?? []).filter((id) => kept.includes(id)), context);
  }
  if (partitionOf !== undefined && partitionOf !== null) table.partitionOf = castDraft(partitionOf);
  if (inherits !== undefined && inherits !== null && inherits.length > 0) table.inherits = [...inherits];
  return undefined;
}

export const removeTables = removeCommand('tables', 'table');

export interface DuplicateTableArgs {
  readonly id: Id;
  /** Absent = the old name with `_copy`. */
  readonly name?: string;
  readonly place?: Place;
}

/** Copies a table with its parts, under new ids; constraints lose the names that must be unique. */
export const duplicateTable = defineCommand<DuplicateTableArgs>({
  label: (document, args) => `Duplicate table ${nameOf(document, args.id)}`,
  run(draft, args, { before, ids }) {
    const table = recordIn(before, 'tables', args.id);
    if (table === undefined) return missing('table', args.id);
    const used = (name: string) => nameProblem(before, 'tables', name, table.schema) !== undefined;
    const name = args.name ?? freeName(`${table.name}_copy`, used);
    if (used(name)) return nameProblem(before, 'tables', name, table.schema);
    const id = takeId(before, undefined, () => ids.next('tbl', name));
    const { table: copy } = copyTable(table, id, name, ids);
    put(draft, 'tables', copy);
    return args.place === undefined ? undefined : place(draft, id, args.place);
  },
});
