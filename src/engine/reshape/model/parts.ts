import type { IdSource } from '#lib/ids.ts';
import { err, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { emptyTable } from '#model/create.ts';
import { foreignKeyName, referencingType } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { columnsNamedByParts } from '../../dialects/postgres/expressions/moving.ts';
import type { PgParser } from '../../sql/parser-port.ts';

/** What a reshaping does to the model: commands in order, and the ids of what they make. */
export interface Modelled {
  readonly label: string;
  readonly calls: readonly CommandCall[];
  readonly made: readonly Id[];
}

export interface Tools {
  readonly document: Document;
  readonly parser: PgParser;
  readonly ids: IdSource;
}

export const gone = (): Result<never> => err('not-found', 'The model has changed since: look at the problem again.');

/** Columns of a table by id; undefined when one is gone. */
export function columnsBy(table: Table, ids: readonly Id[]): readonly Column[] | undefined {
  const found = ids.flatMap((id) => table.columns.find((one) => one.id === id) ?? []);
  return found.length === ids.length ? found : undefined;
}

/** The column with a new id and name, with what it is and without what makes its values. */
export function likeColumn(column: Column, id: Id, name: string, nullable: boolean): Column {
  const { collation, charset, comment, classification } = column;
  return {
    id,
    name,
    type: referencingType(column.type),
    nullable,
    ...(collation === undefined ? {} : { collation }),
    ...(charset === undefined ? {} : { charset }),
    ...(comment === undefined ? {} : { comment }),
    ...(classification === undefined ? {} : { classification }),
  };
}

/** Makes names that differ from each other, as a table's columns must. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  free(wanted: string): string {
    const name = freeName(wanted, (one) => this.#taken.has(one.toLowerCase()));
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

/** A child table of a parent: its key is the parent's and a position among the parent's rows. */
export function childTable(
  { ids }: Tools,
  parent: Table,
  name: string,
  position: { readonly name: string; readonly type: Column['type'] },
  values: readonly { readonly name: string; readonly make: (id: Id, name: string) => Column }[],
): { readonly table: Table; readonly calls: readonly CommandCall[]; readonly values: readonly Id[] } | undefined {
  const key = parent.keys.find(({ kind }) => kind === 'primary');
  const parentColumns = columnsBy(parent, key?.columns ?? []);
  if (parentColumns === undefined || parentColumns.length === 0) return undefined;
  const names = new Names();
  const links = parentColumns.map((column) => {
    const own = names.free(foreignKeyName(parent.name, column.name));
    return likeColumn(column, ids.next('col', own), own, false);
  });
  const place: Column = {
    id: ids.next('col', position.name),
    name: names.free(position.name),
    type: position.type,
    nullable: false,
  };
  const columns = values.map(({ name: wanted, make }) => {
    const own = names.free(wanted);
    return make(ids.next('col', own), own);
  });
  const id = ids.next('tbl', name);
  const { owner } = parent;
  const bare = links.map(({ comment: _, ...column }) => column);
  const table: Table = {
    ...emptyTable(id, parent.schema, name),
    ...(owner === undefined ? {} : { owner }),
    columns: [...bare, place, ...columns],
    keys: [{ id: ids.next('key', 'primary'), kind: 'primary', columns: [...bare.map((one) => one.id), place.id] }],
  };
  const calls: CommandCall[] = [
    { name: 'addTable', args: { table } },
    {
      name: 'addRelationship',
      args: {
        relationship: {
          id: ids.next('rel', name),
          child: id,
          parent: parent.id,
          childColumns: bare.map((one) => one.id),
          parentColumns: parentColumns.map((one) => one.id),
          onDelete: 'cascade',
        },
      },
    },
  ];
  return { table, calls, values: columns.map((one) => one.id) };
}

/**
 * Takes columns out of a table with the parts whose SQL text names them.
 * @returns a problem when a policy names one: leaving it out would open the rows.
 */
export function takeOut({ document, parser }: Tools, table: Table, columns: readonly Id[]): Result<readonly CommandCall[]> {
  const leaves = new Set(columns);
  const ends = [...columnsNamedByParts(document, parser, table)].flatMap(([part, named]) =>
    [...named.columns].some((id) => leaves.has(id)) ? [part] : [],
  );
  const policy = table.policies.find(({ id }) => ends.includes(id));
  if (policy !== undefined)
    return err('policy-names-column', `Policy ${policy.name} of ${table.name} names a column that would leave: change it first.`);
  const computed = table.columns.find(({ id }) => ends.includes(id) && !leaves.has(id));
  if (computed !== undefined)
    return err('generated-apart', `${computed.name} is generated from a column that would leave: change it first.`);
  const of = (list: readonly { readonly id: Id }[]) => list.flatMap(({ id }) => (ends.includes(id) ? [id] : []));
  const calls: CommandCall[] = [];
  const [checks, indexes, exclusions] = [of(table.checks), of(table.indexes), of(table.exclusions)];
  if (checks.length > 0) calls.push({ name: 'removeChecks', args: { table: table.id, ids: checks } });
  if (indexes.length > 0) calls.push({ name: 'removeIndexes', args: { table: table.id, ids: indexes } });
  if (exclusions.length > 0) calls.push({ name: 'removeExclusions', args: { table: table.id, ids: exclusions } });
  return { ok: true, value: [...calls, { name: 'removeColumns', args: { table: table.id, ids: columns } }] };
}

export function tableIn(document: Document, id: Id): Table | undefined {
  return recordIn(document, 'tables', id);
}
