import { castDraft, type Draft } from 'mutative';
import { recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import { ancestorsOf, columnsOf } from '../../derive/columns.ts';
import type { New } from '../../patch.ts';
import type { Index, Key } from '../../table-parts.ts';
import type { Document, Id, Table } from '../../types.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { draftOf, missing, nameOf, nameProblem, problem, put, takeId } from '../lookup.ts';

export interface AddStandardColumnsArgs {
  readonly tables: readonly Id[];
  /** A table that has a column of the name keeps the one it has. */
  readonly columns: readonly New<Column>[];
  /** The column that says a row is deleted: unique keys that nothing refers to hold only for rows where it is null. */
  readonly uniqueWhileNull?: string;
  /** A trigger keeps this column at the time of the last change; `schema` and `name` are its function's. */
  readonly touch?: { readonly column: string; readonly schema: Id; readonly name: string };
}

function ident(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Unique keys that can be partial: nothing refers to them, and they have nothing that an index cannot say. */
export function partialKeys(document: Document, table: Table): readonly Key[] {
  const referred = Object.values(document.relationships).filter((one) => one.parent === table.id);
  const free = (key: Key) =>
    !referred.some((one) => one.parentColumns.length > 0 && one.parentColumns.every((id) => key.columns.includes(id)));
  return table.keys.filter(
    (key) => key.kind === 'unique' && key.deferral === undefined && key.withoutOverlaps !== true && free(key),
  );
}

function asIndex(key: Key, where: string): Index {
  const { id, kind: _, columns, deferral: __, withoutOverlaps: ___, ...rest } = key;
  return { ...rest, id, unique: true, elements: columns.map((column) => ({ column })), where };
}

/** Unique among the rows that are not deleted: keys become partial unique indexes, unique indexes partial. */
function makePartial(draft: Draft<Document>, table: Table, column: string, context: CommandContext): void {
  const target = draftOf(draft, 'tables', table.id);
  if (target === undefined) return;
  const where = `${ident(column)} IS NULL`;
  const keys = new Set(partialKeys(context.before, table).map((key) => key.id));
  const indexes = table.keys
    .filter((key) => keys.has(key.id))
    .map((key) => ({ ...asIndex(key, where), id: context.ids.next('idx', key.name ?? 'unique') }));
  for (const waiver of Object.values(context.before.waivers)) {
    const { record, part } = waiver.at;
    if (record === table.id && part !== undefined && keys.has(part)) delete draft.waivers[waiver.id];
  }
  target.keys = castDraft(table.keys.filter((key) => !keys.has(key.id)));
  target.indexes = castDraft([
    ...table.indexes.map((index) => (index.unique === true && index.where === undefined ? { ...index, where } : index)),
    ...indexes,
  ]);
}

/** The function that sets the column; one of that name which is there already is used. */
function touchFunction(draft: Draft<Document>, touch: NonNullable<AddStandardColumnsArgs['touch']>, context: CommandContext): void {
  const { before, ids } = context;
  const there = Object.values(before.routines).some((one) => one.schema === touch.schema && one.name === touch.name);
  if (there) return;
  const schema = recordIn(before, 'schemas', touch.schema)?.name ?? 'public';
  const definition = [
    `CREATE FUNCTION ${ident(schema)}.${ident(touch.name)}() RETURNS trigger`,
    '    LANGUAGE plpgsql',
    '    AS $$',
    'BEGIN',
    `    NEW.${ident(touch.column)} := now();`,
    '    RETURN NEW;',
    'END;',
    '$$',
  ].join('\n');
  const id = takeId(before, undefined, () => ids.next('fn', touch.name));
  put(draft, 'routines', { id, schema: touch.schema, name: touch.name, kind: 'function', signature: '', definition });
}

function touchTrigger(draft: Draft<Document>, table: Table, args: AddStandardColumnsArgs, context: CommandContext): void {
  const { before, ids } = context;
  const { touch } = args;
  if (touch === undefined) return;
  const schema = recordIn(before, 'schemas', touch.schema)?.name ?? 'public';
  const execute = `${ident(schema)}.${ident(touch.name)}()`;
  if (Object.values(before.triggers).some((one) => one.on === table.id && (one.name === touch.name || one.execute === execute)))
    return;
  put(draft, 'triggers', {
    id: takeId(before, undefined, () => ids.next('trg', `${table.name}_${touch.name}`)),
    name: touch.name,
    on: table.id,
    timing: 'before',
    events: ['update'],
    forEach: 'row',
    execute,
  });
}

/** Adds the same columns to many tables: who made and changed a row and when, and whether it is deleted. */
export const addStandardColumns = defineCommand<AddStandardColumnsArgs>({
  label: (document, { tables, columns }) =>
    `Add ${columns.map((column) => column.name).join(', ')} to ${tables.length === 1 ? nameOf(document, tables[0] as Id) : `${tables.length} tables`}`,
  run(draft, args, context) {
    const { before, ids } = context;
    if (args.tables.length === 0) return problem('no-tables', 'Choose the tables that should get the columns.');
    const { touch } = args;
    if (touch !== undefined && recordIn(before, 'schemas', touch.schema) === undefined) return missing('schema', touch.schema);
    const unusable = touch === undefined ? undefined : nameProblem(before, 'routines', touch.name, touch.schema);
    if (unusable !== undefined) return unusable;
    if (touch !== undefined) touchFunction(draft, touch, context);
    for (const id of new Set(args.tables)) {
      const table = recordIn(before, 'tables', id);
      const target = draftOf(draft, 'tables', id);
      if (table === undefined || target === undefined) return missing('table', id);
      // A partition has its parent's columns; an heir takes those of a chosen ancestor from it.
      if (table.partitionOf !== undefined || ancestorsOf(table).some((one) => args.tables.includes(one))) continue;
      const names = new Set(columnsOf(before, table).map((column) => column.name));
      for (const column of args.columns) {
        if (names.has(column.name)) continue;
        names.add(column.name);
        target.columns.push(castDraft({ ...column, id: ids.next('col', column.name) }));
      }
      if (args.uniqueWhileNull !== undefined && names.has(args.uniqueWhileNull))
        makePartial(draft, table, args.uniqueWhileNull, context);
      if (touch !== undefined && names.has(touch.column)) touchTrigger(draft, table, args, context);
    }
    return undefined;
  },
});
