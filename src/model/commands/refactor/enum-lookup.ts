import { castDraft, type Draft } from 'mutative';
import { recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import { emptyTable } from '../../create.ts';
import { ancestorsOf } from '../../derive/columns.ts';
import { linksOf } from '../../derive/links.ts';
import type { Document, EnumType, Id, Relationship, Sql, Table } from '../../types.ts';
import { usualOf } from '../../usual-types.ts';
import { removeRecords } from '../cascade.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { applyRewrites, draftOf, missing, nameOf, nameProblem, problem, put, type Rewrites, takeId } from '../lookup.ts';
import { type Place, place } from '../tables.ts';
import { usesOfTypes } from '../types.ts';
import { since } from './transfer.ts';

export interface EnumToLookupArgs {
  readonly type: Id;
  /** Name of the table. */
  readonly name: string;
  readonly id?: Id;
  /** The statement that fills the table: the model itself holds no rows. */
  readonly seed?: Sql;
  /** The type stays although no column has it: SQL names it. */
  readonly keepType?: boolean;
  readonly rewrites?: Rewrites;
  readonly place?: Place;
}

/** Columns of exactly this type (not arrays of it), each in the table that defines it. */
export function columnsOfType(document: Document, type: Id): readonly { readonly table: Table; readonly column: Column }[] {
  return Object.values(document.tables).flatMap((table) =>
    table.columns.flatMap((column) =>
      column.type.kind === 'custom' && column.type.type === type && column.type.dims === undefined ? [{ table, column }] : [],
    ),
  );
}

/** Columns for the values in their order: the code is what stands in the rows of others, the position keeps the order. */
function lookupTable(type: EnumType, args: EnumToLookupArgs, id: Id, { before, ids }: CommandContext): Table {
  const { types } = usualOf(before);
  const code: Column = { id: ids.next('col', 'code'), name: 'code', type: types.code, nullable: false };
  const position: Column = {
    id: ids.next('col', 'position'),
    name: 'position',
    type: types.integer,
    nullable: false,
  };
  return {
    ...emptyTable(id, type.schema, args.name),
    ...(type.owner === undefined ? {} : { owner: type.owner }),
    ...(type.comment === undefined ? {} : { comment: type.comment }),
    columns: [code, position],
    keys: [
      { id: ids.next('key', 'primary'), kind: 'primary', columns: [code.id] },
      { id: ids.next('key', 'position'), kind: 'unique', columns: [position.id] },
    ],
  };
}

/** Makes the values of an enum the rows of a table, and the columns of the type foreign keys to it. */
export const enumToLookup = defineCommand<EnumToLookupArgs>({
  label: (document, args) => `Convert ${nameOf(document, args.type)} to table ${args.name}`,
  run(draft, args, context) {
    applyRewrites(draft, args.rewrites);
    const { before, ids } = context;
    const type = recordIn(before, 'types', args.type);
    if (type?.kind !== 'enum') return missing('enum', args.type);
    const taken = nameProblem(before, 'tables', args.name, type.schema);
    if (taken !== undefined) return taken;
    const id = takeId(before, args.id, () => ids.next('tbl', args.name));
    const lookup = lookupTable(type, args, id, context);
    put(draft, 'tables', castDraft(lookup));
    if (args.seed !== undefined) {
      const seed = takeId(before, undefined, () => ids.next('raw', `seed_${args.name}`));
      put(draft, 'verbatim', { id: seed, kind: 'DO', sql: args.seed, about: id, place: 'with', order: 0 });
    }
    const code = (lookup.columns[0] as Column).id;
    for (const { table, column } of columnsOfType(before, type.id)) {
      const target = draftOf(draft, 'tables', table.id)?.columns.find((one) => one.id === column.id);
      if (target === undefined) continue;
      target.type = castDraft(usualOf(before).types.code);
      // Partitions and heirs that override a column have the parent's foreign key, or none.
      if (table.partitionOf !== undefined || ancestorsOf(table).length > 0) continue;
      const link = takeId(before, undefined, () => ids.next('rel', `${table.name}_${column.name}`));
      const ends = { child: table.id, parent: id, childColumns: [column.id], parentColumns: [code] };
      put(draft, 'relationships', { id: link, ...ends, onUpdate: 'cascade' });
    }
    const now = since(draft, context);
    const used = usesOfTypes(now.before, new Set([type.id])).length > 0;
    if (!used && args.keepType !== true) removeRecords(draft, [type.id], now);
    return args.place === undefined ? undefined : place(draft, id, args.place);
  },
});

export interface LookupToEnumArgs {
  readonly table: Id;
  /** Name of the type. */
  readonly name: string;
  /** In their order. */
  readonly values: readonly string[];
  readonly id?: Id;
}

const TEXTUAL = new Set(['text', 'varchar', 'char', 'name']);

/** The foreign keys that make a table a lookup, or why it is none. */
export function lookupLinks(document: Document, table: Table): readonly Relationship[] | string {
  const { byParent } = linksOf(document);
  const links = (byParent.get(table.id) ?? []).filter((one) => one.parentColumns.length > 0);
  const target = links[0]?.parentColumns[0];
  const column = table.columns.find((one) => one.id === target);
  if (column === undefined) return `No table refers to ${table.name}: nothing would have the type.`;
  if (links.some((one) => one.parentColumns.length !== 1 || one.parentColumns[0] !== target)) {
    return `${table.name} is referred to by more than one key: an enum has one value for each row.`;
  }
  if (column.type.kind !== 'builtin' || !TEXTUAL.has(column.type.name)) {
    return `Its key ${column.name} is no text: what its rows are called would be lost. Refer to the table by a text first.`;
  }
  const passedOn = links.find((link) =>
    (byParent.get(link.child) ?? []).some((one) => one.parentColumns.some((id) => link.childColumns.includes(id))),
  );
  if (passedOn !== undefined) {
    return `${nameOf(document, passedOn.child)} passes the code on to tables that refer to it, which would keep another type.`;
  }
  return links;
}

/** A default without the cast to text that no enum takes. */
function plainDefault(column: Draft<Column>): void {
  const sql = column.default?.sql;
  const literal =
    sql === undefined ? undefined : /^\s*('(?:[^']|'')*')\s*::\s*(?:text|varchar|character varying|char|name)\b/i.exec(sql)?.[1];
  if (column.default !== undefined && literal !== undefined) column.default.sql = literal;
}

/** Makes the rows of a lookup table the values of an enum: what refers to the table has the type, and the table ends. */
export const lookupToEnum = defineCommand<LookupToEnumArgs>({
  label: (document, args) => `Convert ${nameOf(document, args.table)} to enum ${args.name}`,
  run(draft, args, context) {
    const { before, ids } = context;
    const table = recordIn(before, 'tables', args.table);
    if (table === undefined) return missing('table', args.table);
    if (usualOf(before).enums !== 'type') {
      return problem(
        'no-enums',
        'The dialect of this document has no enum types: keep the table, or check the column for its values.',
      );
    }
    const links = lookupLinks(before, table);
    if (typeof links === 'string') return problem('no-lookup', links);
    if (args.values.length === 0) return problem('no-values', 'Say which values the type has: the model holds no rows.');
    const twice = args.values.find((value, at) => args.values.indexOf(value) !== at);
    if (twice !== undefined) return problem('value-twice', `The value ${twice} stands there twice: an enum has each once.`);
    const taken = nameProblem(before, 'types', args.name, table.schema);
    if (taken !== undefined) return taken;
    const id = takeId(before, args.id, () => ids.next('typ', args.name));
    const { owner, comment } = table;
    put(draft, 'types', {
      id,
      kind: 'enum',
      schema: table.schema,
      name: args.name,
      values: [...args.values],
      ...(owner === undefined ? {} : { owner }),
      ...(comment === undefined ? {} : { comment }),
    });
    for (const link of links) {
      const target = draftOf(draft, 'tables', link.child)?.columns.find((one) => one.id === link.childColumns[0]);
      if (target === undefined) continue;
      target.type = { kind: 'custom', type: id };
      delete target.collation;
      plainDefault(target);
    }
    removeRecords(draft, [table.id], since(draft, context));
    return undefined;
  },
});
