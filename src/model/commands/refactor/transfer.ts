import { castDraft, current, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { type PartList, recordIn } from '../../collections.ts';
import type { Column } from '../../column-types.ts';
import { ancestorsOf, descendantsOf } from '../../derive/columns.ts';
import type { Index, IndexElement } from '../../table-parts.ts';
import type { Document, Id, Relationship, Table } from '../../types.ts';
import { removeRecords } from '../cascade.ts';
import { takeColumns } from '../columns.ts';
import type { CommandContext } from '../define.ts';
import { draftOf, missing, problem, put } from '../lookup.ts';

/** Columns on their way from one table to another, and what of the old table goes with them. */
export interface Transfer {
  readonly from: Id;
  readonly to: Id;
  readonly columns: readonly Id[];
  /** Columns that stay, and the column of the new table that holds the same value. */
  readonly aliases?: ReadonlyMap<Id, Id>;
  /** Parts with SQL text (checks, partial and expression indexes, exclusions) whose names are all in the new table. */
  readonly parts?: readonly Id[];
  /** Parts with SQL text that name a column on its way and cannot go along: they end. */
  readonly ends?: readonly Id[];
  /** A value may now stand in several rows: unique keys end, unique indexes become plain ones. */
  readonly repeats?: boolean;
  /** Where the columns go in the new table; absent = at its end. */
  readonly at?: number;
  readonly change?: (column: Column) => Column;
}

/** Why a table cannot give or take columns: it shares them with others. */
export function sharedColumns(document: Document, table: Table): Problem | undefined {
  const shares = ancestorsOf(table).length > 0 || descendantsOf(document, table.id).length > 0;
  if (!shares) return undefined;
  return problem(
    'shared-columns',
    `${table.name} shares its columns with partitions or inheriting tables: detach them first, or change the columns by hand.`,
  );
}

/** The context of a later step of the same command: it sees what the steps before it did. */
export function since(draft: Draft<Document>, context: CommandContext): CommandContext {
  return { ...context, before: current(draft) as Document };
}

type Known = (id: Id) => Id | undefined;

const textOf = (part: Partial<Index>): boolean =>
  part.where !== undefined || part.elements?.some((element) => element.expression !== undefined) === true;

/** What of a table goes along with its columns, under the ids of the new table. */
class Luggage {
  readonly moved: ReadonlySet<Id>;
  readonly parts: ReadonlySet<Id>;
  readonly known: Known;
  readonly repeats: boolean;

  constructor({ columns, aliases, parts, repeats }: Transfer) {
    this.moved = new Set(columns);
    this.parts = new Set(parts ?? []);
    this.known = (id) => (this.moved.has(id) ? id : aliases?.get(id));
    this.repeats = repeats === true;
  }

  /** Whether all these columns are in the new table, and one of them comes along. */
  fits(ids: readonly (Id | undefined)[]): boolean {
    const own = ids.filter((id) => id !== undefined);
    return own.every((id) => this.known(id) !== undefined) && own.some((id) => this.moved.has(id));
  }

  map(ids: readonly Id[]): Id[] {
    return ids.map((id) => this.known(id) ?? id);
  }

  include(part: { readonly include?: readonly Id[] }): { readonly include?: readonly Id[] } {
    return part.include === undefined ? {} : { include: this.map(part.include) };
  }

  elements<E extends IndexElement>(elements: readonly E[]): E[] {
    return elements.map((one) => (one.column === undefined ? one : { ...one, column: this.known(one.column) ?? one.column }));
  }

  /** An index or exclusion constraint goes with all its columns; one with SQL text only when it is known to fit. */
  indexed(part: Pick<Index, 'id' | 'elements' | 'include' | 'where'>): boolean {
    const ids = [...part.elements.map((element) => element.column), ...(part.include ?? [])];
    if (!textOf(part)) return this.fits(ids);
    return this.parts.has(part.id) && ids.every((id) => id === undefined || this.known(id) !== undefined);
  }

  of(table: Table): Pick<Table, Exclude<PartList, 'columns' | 'policies'>> {
    return {
      keys: table.keys
        .filter((key) => key.kind === 'unique' && !this.repeats && this.fits([...key.columns, ...(key.include ?? [])]))
        .map((key) => ({ ...key, columns: this.map(key.columns), ...this.include(key) })),
      exclusions: table.exclusions
        .filter((one) => !this.repeats && this.indexed(one))
        .map((one) => ({ ...one, elements: this.elements(one.elements), ...this.include(one) })),
      checks: table.checks.filter((check) => this.parts.has(check.id)),
      indexes: table.indexes
        .filter((one) => this.indexed(one))
        .map(({ unique, nullsNotDistinct, ...one }) => ({
          ...one,
          ...(unique === undefined || this.repeats ? {} : { unique }),
          ...(nullsNotDistinct === undefined || this.repeats ? {} : { nullsNotDistinct }),
          elements: this.elements(one.elements),
          ...this.include(one),
        })),
      dependencies: table.dependencies
        .filter((one) => this.fits([...one.determinant, ...one.dependent]))
        .map((one) => ({ ...one, determinant: this.map(one.determinant), dependent: this.map(one.dependent) })),
    };
  }
}

const LISTS = ['keys', 'exclusions', 'checks', 'indexes', 'dependencies'] as const;

function followRelationship(one: Relationship, transfer: Transfer, luggage: Luggage): Relationship | undefined {
  let next = one;
  if (one.child === transfer.from && one.childColumns.some((id) => luggage.moved.has(id))) {
    if (!luggage.fits(one.childColumns)) return undefined;
    const { onDeleteColumns } = one;
    next = {
      ...next,
      child: transfer.to,
      childColumns: luggage.map(one.childColumns),
      ...(onDeleteColumns === undefined ? {} : { onDeleteColumns: luggage.map(onDeleteColumns) }),
    };
  }
  if (one.parent === transfer.from && one.parentColumns.some((id) => luggage.moved.has(id))) {
    if (luggage.repeats || !luggage.fits(one.parentColumns)) return undefined;
    next = { ...next, parent: transfer.to, parentColumns: luggage.map(one.parentColumns) };
  }
  return next;
}

/** Foreign keys follow the columns of either end; one that would be torn in two ends. */
function followRelationships(draft: Draft<Document>, transfer: Transfer, luggage: Luggage, context: CommandContext): void {
  const ends: Id[] = [];
  for (const { id } of Object.values(context.before.relationships)) {
    const one = draftOf(draft, 'relationships', id) as Relationship | undefined;
    if (one === undefined) continue;
    const next = followRelationship(one, transfer, luggage);
    if (next === undefined) ends.push(id);
    else if (next !== one) put(draft, 'relationships', next);
  }
  if (ends.length > 0) removeRecords(draft, ends, context);
}

/** Sequences stay with the columns they belong to. */
function followSequences(draft: Draft<Document>, { from, to }: Transfer, gone: ReadonlySet<Id>, before: Document): void {
  for (const one of Object.values(before.sequences)) {
    if (one.ownedBy?.table !== from || !gone.has(one.ownedBy.column)) continue;
    const sequence = draftOf(draft, 'sequences', one.id);
    if (sequence !== undefined) sequence.ownedBy = { table: to, column: one.ownedBy.column };
  }
}

/** Waivers and comments of the text stay with the columns and parts they are about. */
function followMarks(draft: Draft<Document>, transfer: Transfer, gone: ReadonlySet<Id>, before: Document): void {
  const { from, to } = transfer;
  for (const waiver of Object.values(before.waivers)) {
    const { record, part } = waiver.at;
    if (record === from && part !== undefined && gone.has(part)) put(draft, 'waivers', { ...waiver, at: { record: to, part } });
  }
  const source = draftOf(draft, 'tables', from);
  const target = draftOf(draft, 'tables', to);
  const remarks = recordIn(before, 'tables', from)?.remarks ?? [];
  if (source === undefined || target === undefined || !remarks.some((one) => gone.has(one.at))) return;
  const rest = remarks.filter((one) => !gone.has(one.at));
  if (rest.length === 0) delete source.remarks;
  else source.remarks = castDraft(rest);
  target.remarks = castDraft([...(target.remarks ?? []), ...remarks.filter((one) => gone.has(one.at))]);
}

/**
 * Moves columns from one table to another with everything that stands on them alone: constraints, indexes, dependencies,
 * foreign keys of either end, owned sequences, waivers. What would be torn in two ends. Both tables exist in the draft.
 * @returns a problem when the columns cannot leave or arrive.
 */
export function transferColumns(draft: Draft<Document>, transfer: Transfer, context: CommandContext): Problem | undefined {
  const { before } = context;
  const old = recordIn(before, 'tables', transfer.from);
  const source = draftOf(draft, 'tables', transfer.from);
  const target = draftOf(draft, 'tables', transfer.to);
  if (old === undefined || source === undefined) return missing('table', transfer.from);
  if (target === undefined) return missing('table', transfer.to);
  const moving = old.columns.filter((column) => transfer.columns.includes(column.id));
  const clash = moving.find((column) => target.columns.some((other) => other.name === column.name));
  if (clash !== undefined) {
    return problem('name-taken', `${target.name} already has a column ${clash.name}: rename one of them first.`);
  }
  const luggage = new Luggage(transfer);
  const along = luggage.of({ ...(source as Table), dependencies: old.dependencies });
  const gone = new Set([...moving.map(({ id }) => id), ...LISTS.flatMap((list) => along[list].map(({ id }) => id))]);
  const ends = new Set(transfer.ends ?? []);
  for (const list of LISTS) {
    const left = (source[list] as { id: Id }[]).filter(({ id }) => !gone.has(id) && !ends.has(id));
    if (left.length < source[list].length) Object.assign(source, { [list]: left });
    (target[list] as unknown[]).push(...castDraft(along[list] as readonly object[]));
  }
  followRelationships(draft, transfer, luggage, context);
  const change = transfer.change ?? ((column: Column) => column);
  target.columns.splice(transfer.at ?? target.columns.length, 0, ...castDraft(moving.map(change)));
  followSequences(draft, transfer, gone, before);
  const failed = takeColumns(draft, transfer.from, transfer.columns, context);
  if (failed !== undefined) return failed;
  followMarks(draft, transfer, gone, before);
  return undefined;
}
