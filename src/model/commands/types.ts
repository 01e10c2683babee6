import { recordIn } from '../collections.ts';
import type { ColumnType } from '../column-types.ts';
import type { Document, Id } from '../types.ts';
import { removeRecords } from './cascade.ts';
import { defineCommand } from './define.ts';
import { clampAt, draftOf, missing, nameOf, problem } from './lookup.ts';
import { recordCommands } from './record-commands.ts';

export const { add: addType, set: setType } = recordCommands({ collection: 'types', noun: 'type' });

/** A place in the document that names a custom type. */
export interface TypeUse {
  readonly record: Id;
  readonly part?: Id;
  readonly type: ColumnType;
}

/** Every column, attribute, domain and range that uses one of these types. */
export function usesOfTypes(document: Document, types: ReadonlySet<Id>): readonly TypeUse[] {
  const uses: TypeUse[] = [];
  const look = (type: ColumnType, record: Id, part?: Id) => {
    if (type.kind === 'custom' && types.has(type.type)) uses.push({ record, ...(part === undefined ? {} : { part }), type });
  };
  for (const table of Object.values(document.tables)) for (const column of table.columns) look(column.type, table.id, column.id);
  for (const type of Object.values(document.types)) {
    if (type.kind === 'domain') look(type.base, type.id);
    if (type.kind === 'range') look(type.subtype, type.id);
    if (type.kind === 'composite') for (const attribute of type.attributes) look(attribute.type, type.id, attribute.id);
  }
  return uses;
}

export interface RemoveTypesArgs {
  readonly ids: readonly Id[];
  /** What its users become; without it a type in use is not removed. */
  readonly replaceWith?: ColumnType;
}

export const removeTypes = defineCommand<RemoveTypesArgs>({
  label: (document, { ids }) => (ids.length === 1 ? `Remove type ${nameOf(document, ids[0] as Id)}` : `Remove ${ids.length} types`),
  run(draft, { ids, replaceWith }, context) {
    const { before } = context;
    const lost = ids.find((id) => recordIn(before, 'types', id) === undefined);
    if (lost !== undefined) return missing('type', lost);
    const gone = new Set(ids);
    const uses = usesOfTypes(before, gone).filter((use) => !gone.has(use.record));
    if (uses.length > 0 && replaceWith === undefined) {
      const where = [...new Set(uses.map((use) => nameOf(before, use.record)))].slice(0, 5).join(', ');
      return problem('type-in-use', `The type is used by ${where}: say which type takes its place.`);
    }
    if (replaceWith?.kind === 'custom' && gone.has(replaceWith.type)) return missing('type', replaceWith.type);
    for (const use of uses) {
      const dims = use.type.dims;
      const type = { ...(replaceWith as ColumnType), ...(dims === undefined ? {} : { dims }) } as never;
      const table = draftOf(draft, 'tables', use.record);
      const other = draftOf(draft, 'types', use.record);
      const part = table?.columns.find((one) => one.id === use.part);
      if (part !== undefined) part.type = type;
      else if (other?.kind === 'domain') other.base = type;
      else if (other?.kind === 'range') other.subtype = type;
      else if (other?.kind === 'composite') {
        const attribute = other.attributes.find((one) => one.id === use.part);
        if (attribute !== undefined) attribute.type = type;
      }
    }
    removeRecords(draft, ids, context);
    return undefined;
  },
});

export interface SetEnumValueArgs {
  readonly id: Id;
  /** The value to change; absent = a new one. */
  readonly from?: string;
  /** What it becomes; absent = it is removed. */
  readonly to?: string;
  /** Position it has afterwards. */
  readonly at?: number;
}

/** Adds, renames, moves or removes one value of an enum. */
export const setEnumValue = defineCommand<SetEnumValueArgs>({
  label(document, { id, from, to }) {
    const name = nameOf(document, id);
    if (from === undefined) return `Add value ${to ?? ''} to ${name}`;
    if (to === undefined) return `Remove value ${from} of ${name}`;
    return from === to ? `Move value ${from} of ${name}` : `Rename value ${from} of ${name} to ${to}`;
  },
  run(draft, { id, from, to, at }) {
    const type = draftOf(draft, 'types', id);
    if (type?.kind !== 'enum') return missing('enum', id);
    const old = from === undefined ? -1 : type.values.indexOf(from);
    if (from !== undefined && old < 0) return problem('no-value', `${type.name} has no value ${from}.`);
    if (to !== undefined && to !== from && type.values.includes(to)) {
      return problem('value-twice', `${type.name} already has the value ${to}.`);
    }
    if (from !== undefined) type.values.splice(old, 1);
    if (to !== undefined) type.values.splice(clampAt(at ?? (old < 0 ? undefined : old), type.values.length), 0, to);
    return undefined;
  },
});
