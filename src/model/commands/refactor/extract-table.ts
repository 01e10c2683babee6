import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../../collections.ts';
import type { Column, ColumnType } from '../../column-types.ts';
import { emptyTable } from '../../create.ts';
import { foreignKeyName, referencingType, singular } from '../../derive/foreign-key-columns.ts';
import type { New } from '../../patch.ts';
import type { Policy } from '../../table-parts.ts';
import type { Document, Id, Relationship, Table } from '../../types.ts';
import { surrogateOf, usualOf } from '../../usual-types.ts';
import { type CommandContext, defineCommand } from '../define.ts';
import { applyRewrites, draftOf, freeName, missing, nameOf, nameProblem, problem, put, type Rewrites, takeId } from '../lookup.ts';
import { type Place, place } from '../tables.ts';
import { sharedColumns, transferColumns } from './transfer.ts';

/** How the rows of the old and the new table belong together. */
export type ExtractShape =
  /** Each row has at most one row of the new table, under the same key. */
  | { readonly kind: 'one-to-one' }
  /** Many rows share one of the new table, found by a number or uuid of its own. `unique`: each combination stands once. */
  | { readonly kind: 'lookup'; readonly surrogate: 'identity' | 'uuid'; readonly unique?: boolean }
  /** Many rows share one of the new table, found by some of the columns: they stay, and the others follow from them. */
  | { readonly kind: 'natural'; readonly key: readonly Id[] };

export interface ExtractTableArgs {
  readonly table: Id;
  readonly columns: readonly Id[];
  /** Name of the new table. */
  readonly name: string;
  readonly shape: ExtractShape;
  /** Id of the new table, when the caller wants to know it. */
  readonly id?: Id;
  /** Absent = that of the old table. */
  readonly schema?: Id;
  /** Parts with SQL text that go along, and those that end: see {@link transferColumns}. */
  readonly parts?: readonly Id[];
  readonly ends?: readonly Id[];
  /** Policies of the new table; it is guarded by row security when the old one is. */
  readonly policies?: readonly New<Policy>[];
  readonly rewrites?: Rewrites;
  readonly place?: Place;
}

interface Joint {
  /** The new table's columns beside those that are moved. */
  readonly columns: readonly Column[];
  readonly primary: readonly Id[];
  /** Columns of the old table by the new table's that hold the same. */
  readonly aliases: ReadonlyMap<Id, Id>;
  readonly moving: readonly Id[];
  readonly link: Pick<Relationship, 'child' | 'parent' | 'childColumns' | 'parentColumns' | 'onDelete'>;
  /** A column that the old table gets, to find the new one's row. */
  readonly pointer?: Column;
}

/** A column of another table that holds a key column's value: its type, and nothing that makes values of its own. */
export function standIn(column: Column, id: Id, name: string, nullable: boolean): Column {
  const { collation } = column;
  return { id, name, type: referencingType(column.type), nullable, ...(collation === undefined ? {} : { collation }) };
}

/** Why a table cannot get another column that numbers its rows; undefined where it can. */
export function secondIdentity(document: Document, table: Table): Problem | undefined {
  const column = usualOf(document).oneIdentity ? table.columns.find((one) => one.identity !== undefined) : undefined;
  if (column === undefined) return undefined;
  return problem(
    'second-identity',
    `${table.name} numbers its rows in ${column.name}, and has one such column at most: choose uuid.`,
  );
}

function copies(columns: readonly Column[], context: CommandContext): { copied: Column[]; aliases: Map<Id, Id> } {
  const copied = columns.map((column) => standIn(column, context.ids.next('col', column.name), column.name, false));
  return { copied, aliases: new Map(columns.map((column, at) => [column.id, (copied[at] as Column).id])) };
}

function jointOf(
  table: Table,
  chosen: readonly Column[],
  args: ExtractTableArgs,
  id: Id,
  context: CommandContext,
): Joint | Problem {
  const { shape } = args;
  const moving = chosen.map((column) => column.id);
  if (shape.kind === 'one-to-one') {
    const primary = table.keys.find((key) => key.kind === 'primary');
    const own = primary?.columns.flatMap((key) => table.columns.find((column) => column.id === key) ?? []) ?? [];
    if (own.length === 0) {
      return problem('no-primary-key', `${table.name} has no primary key for the new table to share: give it one first.`);
    }
    const { copied, aliases } = copies(own, context);
    const childColumns = copied.map((column) => column.id);
    const link = {
      child: id,
      parent: table.id,
      childColumns,
      parentColumns: own.map((one) => one.id),
      onDelete: 'cascade' as const,
    };
    return { columns: copied, primary: childColumns, aliases, moving, link };
  }
  if (shape.kind === 'natural') {
    const key = shape.key.flatMap((one) => chosen.find((column) => column.id === one) ?? []);
    const rest = moving.filter((one) => !shape.key.includes(one));
    if (key.length === 0) return problem('no-key', 'Say which of the chosen columns identify a row of the new table.');
    if (rest.length === 0) return problem('nothing-follows', 'Choose at least one column that follows from the key.');
    const { copied, aliases } = copies(key, context);
    const parentColumns = copied.map((column) => column.id);
    const link = { child: table.id, parent: id, childColumns: key.map((one) => one.id), parentColumns };
    return { columns: copied, primary: parentColumns, aliases, moving: rest, link };
  }
  const own = surrogateOf(
    usualOf(context.before),
    shape.surrogate,
    context.ids.next('col', 'id'),
    freeName('id', (one) => chosen.some((c) => c.name === one)),
  );
  const left = table.columns.filter((column) => !moving.includes(column.id));
  const wanted = freeName(foreignKeyName(args.name, own.name), (one) => left.some((column) => column.name === one));
  const pointer = standIn(
    own,
    context.ids.next('col', wanted),
    wanted,
    chosen.every((column) => column.nullable),
  );
  const link = { child: table.id, parent: id, childColumns: [pointer.id], parentColumns: [own.id] };
  return { columns: [own], primary: [own.id], aliases: new Map(), moving, link, pointer };
}

/** Types whose values no index can put in order, so that no key can hold them. */
const UNORDERED = new Set([
  'json',
  'xml',
  'jsonpath',
  'point',
  'line',
  'lseg',
  'box',
  'path',
  'polygon',
  'circle',
  'txid_snapshot',
  'pg_snapshot',
]);

/** Whether no key can hold values of a type, because nothing puts them in order. */
export function holdsNoKey(document: Document, type: ColumnType): boolean {
  if (type.kind === 'builtin') return UNORDERED.has(type.name);
  const custom = type.kind === 'custom' ? recordIn(document, 'types', type.type) : undefined;
  if (custom?.kind === 'domain') return holdsNoKey(document, custom.base);
  return custom?.kind === 'composite' && custom.attributes.some((attribute) => holdsNoKey(document, attribute.type));
}

/** A column of the new key, or of what should stand once, that no key can hold. */
function keyless(before: Document, chosen: readonly Column[], { shape }: ExtractTableArgs): Problem | undefined {
  const keyed =
    shape.kind === 'natural'
      ? chosen.filter((column) => shape.key.includes(column.id))
      : shape.kind === 'lookup' && shape.unique === true
        ? chosen
        : [];
  const odd = keyed.find((column) => holdsNoKey(before, column.type));
  if (odd === undefined) return undefined;
  return problem('key-type', `${odd.name} has a type that no key can hold: leave it out of the key, or let combinations repeat.`);
}

function unfit(before: Document, table: Table, chosen: readonly Column[], args: ExtractTableArgs): Problem | undefined {
  if (chosen.length === 0) return problem('no-columns', 'Choose the columns that the new table should have.');
  const primary = table.keys.find((key) => key.kind === 'primary');
  const own = chosen.find((column) => primary?.columns.includes(column.id) === true);
  if (own !== undefined) {
    return problem('key-column', `${own.name} is part of the primary key of ${table.name}, which stays: choose other columns.`);
  }
  if (chosen.length === table.columns.length) {
    return problem('all-columns', `Nothing of ${table.name} would be left: choose fewer columns, or rename the table.`);
  }
  return (
    keyless(before, chosen, args) ??
    sharedColumns(before, table) ??
    nameProblem(before, 'tables', args.name, args.schema ?? table.schema)
  );
}

/** The new table as it is before the columns arrive. */
function newTable(table: Table, joint: Joint, args: ExtractTableArgs, id: Id, { ids }: CommandContext): Table {
  const { owner, persistence, rowSecurity } = table;
  return {
    ...emptyTable(id, args.schema ?? table.schema, args.name),
    ...(owner === undefined ? {} : { owner }),
    ...(persistence === undefined ? {} : { persistence }),
    ...(rowSecurity === undefined ? {} : { rowSecurity }),
    columns: joint.columns,
    keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: joint.primary }],
    policies: (args.policies ?? []).map((policy) => ({ ...policy, id: ids.next('pol', policy.name) })),
  };
}

/** Each combination of the moved columns stands once in the table that many rows share. */
function uniqueness(
  draft: Draft<Document>,
  chosen: readonly Column[],
  args: ExtractTableArgs,
  id: Id,
  context: CommandContext,
): void {
  const table = draftOf(draft, 'tables', id);
  if (table === undefined || args.shape.kind !== 'lookup' || args.shape.unique !== true) return;
  const ids = chosen.map((column) => column.id);
  if (table.keys.some((key) => key.columns.every((one) => ids.includes(one)))) return;
  const settings = Object.values(context.before.settings)[0];
  const nulls =
    usualOf(context.before).equalNulls === true && chosen.some((column) => column.nullable) && (settings?.version ?? 18) >= 15;
  table.keys.push({
    id: context.ids.next('key', 'unique'),
    kind: 'unique',
    columns: ids,
    ...(nulls ? { nullsNotDistinct: true } : {}),
  });
}

/**
 * Makes chosen columns of a table a table of their own, with a foreign key in place. Constraints, indexes, dependencies
 * and foreign keys that stand on these columns (and the shared key) alone go along.
 */
export const extractTable = defineCommand<ExtractTableArgs>({
  label: (document, args) => `Extract ${args.name} from ${nameOf(document, args.table)}`,
  run(draft, args, context) {
    applyRewrites(draft, args.rewrites);
    const { before, ids } = context;
    const table = recordIn(before, 'tables', args.table);
    if (table === undefined) return missing('table', args.table);
    const chosen = table.columns.filter((column) => args.columns.includes(column.id));
    const refused = unfit(before, table, chosen, args);
    if (refused !== undefined) return refused;
    const id = takeId(before, args.id, () => ids.next('tbl', args.name));
    const joint = jointOf(table, chosen, args, id, context);
    if ('code' in joint) return joint;
    put(draft, 'tables', castDraft(newTable(table, joint, args, id, context)));
    if (joint.pointer !== undefined) {
      const at = table.columns.findIndex((column) => column.id === joint.moving[0]);
      draftOf(draft, 'tables', table.id)?.columns.splice(at, 0, castDraft(joint.pointer));
    }
    const failed = transferColumns(
      draft,
      {
        from: table.id,
        to: id,
        columns: joint.moving,
        aliases: joint.aliases,
        parts: args.parts ?? [],
        ends: args.ends ?? [],
      },
      context,
    );
    if (failed !== undefined) return failed;
    uniqueness(draft, chosen, args, id, context);
    const name = `${table.name}_${singular(args.name)}`;
    put(draft, 'relationships', { ...joint.link, id: takeId(before, undefined, () => ids.next('rel', name)) });
    return args.place === undefined ? undefined : place(draft, id, args.place);
  },
});
