import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { holdsNoKey } from '#model/commands/refactor/extract-table.ts';
import type { Id, Table } from '#model/types.ts';
import type { Carried, NullPolicy, Rejoining } from '../../../decompose/types.ts';
import { type CarrierWords, listOf } from './words.ts';

/** A table of the decomposition as its SQL needs it. Columns have the same names in every table. */
export interface Shaped {
  readonly id: Id;
  /** SQL name. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  /** What follows from the key. */
  readonly rest: readonly Column[];
  /** Columns whose old values come from here. */
  readonly gives: readonly Column[];
  readonly policy: NullPolicy | undefined;
  readonly nullable: readonly Column[];
  /** Some column has no order, so that DISTINCT cannot compare it. */
  readonly unordered: boolean;
}

export interface Shape {
  /** SQL name of the table that is decomposed. */
  readonly table: string;
  readonly columns: readonly Column[];
  /** The remainder first. */
  readonly tables: readonly Shaped[];
  /** Those that are new, in the order in which the one refers to the next. */
  readonly fresh: readonly Shaped[];
  readonly rest: Shaped;
  readonly repeats: boolean;
  /** How the old rows come back, after the rest. */
  readonly joins: readonly { readonly part: Shaped; readonly on: readonly Column[]; readonly byKey: boolean }[];
}

export function shapeOf({ before, after, table, proposal, settled, tableIds }: Carried, words: CarrierWords): Shape {
  const column = (id: Id) => table.columns.find((one) => one.id === id) as Column;
  const tables = proposal.tables.map((one, at): Shaped => {
    const id = tableIds[at] as Id;
    const now = recordIn(after, 'tables', id) as Table;
    const columns = one.columns.map(column);
    return {
      id,
      name: words.objectName(after, now.schema, now.name),
      columns,
      key: one.key.map(column),
      rest: one.columns.filter((each) => !one.key.includes(each)).map(column),
      gives: (proposal.joins.find((join) => join.table === at)?.gives ?? []).map(column),
      policy: settled.nulls?.[at],
      nullable: one.nullable.map(column),
      unordered: columns.some(({ type }) => holdsNoKey(before, type)),
    };
  });
  return {
    table: words.objectName(before, table.schema, table.name),
    columns: table.columns,
    tables,
    fresh: tables.slice(1),
    rest: tables[0] as Shaped,
    repeats: proposal.repeats,
    joins: proposal.joins.map((join) => ({ part: tables[join.table] as Shaped, on: join.on.map(column), byKey: join.byKey })),
  };
}

interface Joined {
  /** FROM, with a name for each table: `r`, `p1`, `p2` ... */
  readonly from: string;
  /** SQL of each old column by name. */
  readonly values: ReadonlyMap<string, string>;
}

/** Two columns hold the same value. Where NULL counts as a value, or may stand on both sides, it equals itself. */
function equal(words: CarrierWords, left: string, right: string, column: Column, part: Shaped): string {
  const apart = part.policy === 'keep' && part.key.includes(column);
  const filled = !column.nullable && !part.nullable.includes(column);
  return apart || filled ? `${left} = ${right}` : words.same(left, right);
}

/** The tables joined on what they share, the remainder first. */
export function joined(shape: Shape, words: CarrierWords): Joined {
  const { ident, as } = words;
  const values = new Map(shape.rest.columns.map(({ name }) => [name, `r.${ident(name)}`]));
  const source = shape.repeats
    ? `(SELECT DISTINCT ${listOf(words, shape.rest.columns)} FROM ${shape.table})${as}r`
    : `${shape.table}${as}r`;
  let from = source;
  for (const [n, { part, on, byKey }] of shape.joins.entries()) {
    const alias = `p${n + 1}`;
    const terms = on.map((column) =>
      equal(words, `${alias}.${ident(column.name)}`, values.get(column.name) as string, column, part),
    );
    // Combinations are filtered by the pairs that there are; a key only adds what follows from it.
    const how = !byKey || (shape.repeats && part.rest.length === 0) ? 'JOIN' : 'LEFT JOIN';
    from += `\n  ${how} ${part.name}${as}${alias} ON ${terms.length === 0 ? '1 = 1' : terms.join(' AND ')}`;
    for (const { name } of part.gives) values.set(name, `${alias}.${ident(name)}`);
  }
  return { from, values };
}

/** How the old rows come back: the tables joined, columns under their old names. */
export function rejoining(shape: Shape, words: CarrierWords): Rejoining {
  const { ident } = words;
  const { from, values } = joined(shape, words);
  const select = shape.columns.map(({ name }) => {
    const value = values.get(name) ?? 'NULL';
    return `${value} AS ${ident(name)}`;
  });
  return {
    query: `SELECT ${select.join(', ')}\n  FROM ${from}`,
    columns: shape.columns.map(({ name }) => ident(name)),
    table: shape.table,
    row: words.rowText(shape.columns, ''),
  };
}
