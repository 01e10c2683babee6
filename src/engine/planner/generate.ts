import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { ident, literal } from '../dialects/postgres/quote.ts';
import type { KnownColumn, KnownTable } from '../facts/known.ts';
import { relationName } from './statistics.ts';
import { numberedValue, typeSql } from './values.ts';

/**
 * Rows that are like those of production in what the planner looks at: distinct values, NULLs, common values, ranges, the
 * order of values in the table, and references that find their row. PostgreSQL makes them itself, by `generate_series`.
 */

/** What fills one table. */
export interface Filling {
  readonly table: Id;
  readonly rows: number;
  readonly sql: string;
}

export interface GenerateOptions {
  /** Share of each table's rows, 0 to 1. */
  readonly share: number;
  /** No table gets fewer, if it has as many. */
  readonly atLeast: number;
  /** All tables together get no more. */
  readonly atMost: number;
}

export interface Generated {
  /** Parents before children. */
  readonly fillings: readonly Filling[];
  /** Tables that cannot be filled, with the reason. */
  readonly left: readonly { readonly table: Id; readonly reason: string }[];
}

/** Names a value that is drawn anew for each row. @param sql of the value */
type Draw = (sql: string) => string;

/** How the rows of a table are numbered from 1, and what its columns are in row number `j`. */
class Filler {
  private readonly document: Document;
  private readonly facts: ReadonlyMap<Id, KnownTable>;
  private readonly rows: ReadonlyMap<Id, number>;
  private readonly links = new Map<Id, Relationship[]>();

  constructor(document: Document, facts: ReadonlyMap<Id, KnownTable>, rows: ReadonlyMap<Id, number>) {
    this.document = document;
    this.facts = facts;
    this.rows = rows;
    for (const link of Object.values(document.relationships)) {
      if (link.childColumns.length === 0) continue;
      this.links.set(link.child, [...(this.links.get(link.child) ?? []), link]);
    }
  }

  private known(table: Id, column: Id): KnownColumn | undefined {
    return this.facts.get(table)?.columns.find((one) => one.id === column);
  }

  private rowsOf(table: Id): number {
    return Math.max(1, this.rows.get(table) ?? 1);
  }

  /** Different values that a column may have in so many rows. */
  private values(table: Id, column: Id): number {
    const rows = this.rowsOf(table);
    const known = this.known(table, column);
    if (known === undefined) return rows;
    const all = known.distinct < 0 ? -known.distinct * rows : Math.min(known.distinct, rows);
    return Math.max(1, Math.round(all));
  }

  private linkOf(table: Id, column: Id): Relationship | undefined {
    return this.links.get(table)?.find((link) => link.childColumns.includes(column) && link.parent !== table);
  }

  /** The number of a key column's value in row `j`; undefined for columns that follow no rule. */
  private numberInKey(table: Table, column: Id, j: string): string | undefined {
    const rows = this.rowsOf(table.id);
    const single = table.keys.some((key) => key.columns.length === 1 && key.columns[0] === column);
    if (single) return j;
    const key = table.keys.find((one) => one.columns.includes(column));
    if (key === undefined) return undefined;
    const [first, ...others] = key.columns;
    const groups = Math.min(rows, this.values(table.id, first as Id));
    const group = `((${j} - 1) * ${groups} / ${rows})`;
    if (column === first) return `(1 + ${group})`;
    // Its place in the group, and from there the digits of a number in mixed radix; groups begin at different values.
    const place = `((${j} - 1) - (${group} * ${rows} + ${groups - 1}) / ${groups})`;
    const radix = others.map((id) => this.values(table.id, id));
    const at = others.indexOf(column);
    const below = radix.slice(0, at).reduce((all, one) => all * one, 1);
    const shift = at === 0 && others.length === 1 ? ` + ${group} * 7919` : '';
    return `(1 + (${place} / ${below}${shift}) % ${radix[at] ?? 1})`;
  }

  /** A column's value in row `j` where that is a rule: keys, and what refers to keys. */
  private atRow(table: Table, column: Id, j: string, depth = 0): string | undefined {
    const number = this.numberInKey(table, column, j);
    if (number === undefined || depth > 8) return undefined;
    const link = this.linkOf(table.id, column);
    const parent = link === undefined ? undefined : recordIn(this.document, 'tables', link.parent);
    const referred = link?.parentColumns[link.childColumns.indexOf(column)];
    if (parent !== undefined && referred !== undefined) {
      const within = `(1 + (${number} - 1) % ${this.rowsOf(parent.id)})`;
      return this.atRow(parent, referred, within, depth + 1);
    }
    const own = columnOf(this.document, table, column);
    return own === undefined ? undefined : this.numbered(table, own, number);
  }

  private numbered(table: Table, column: Column, number: string): string | undefined {
    const known = this.known(table.id, column.id);
    return numberedValue(this.document, column.type, number, {
      values: this.values(table.id, column.id),
      // A guessed range is of all rows: keys of a part of them are counted, so that what refers to them finds them.
      ...(known?.min === undefined || known.max === undefined || known.guesses.max !== undefined
        ? {}
        : { min: known.min, max: known.max }),
      width: known?.averageWidth ?? 16,
    });
  }

  /** A column's value in row `i`, or why there is none. */
  private column(table: Table, column: Column, picks: ReadonlyMap<Id, string>, draw: Draw): string | undefined {
    const inKey = this.atRow(table, column.id, 'i');
    if (inKey !== undefined) return inKey;
    const known = this.known(table.id, column.id);
    const link = this.linkOf(table.id, column.id);
    const parent = link === undefined ? undefined : recordIn(this.document, 'tables', link.parent);
    const referred = link?.parentColumns[link.childColumns.indexOf(column.id)];
    const pick = link === undefined ? undefined : picks.get(link.id);
    let value: string | undefined;
    if (parent !== undefined && referred !== undefined && pick !== undefined) value = this.atRow(parent, referred, pick);
    value ??= this.free(table, column, draw);
    if (value === undefined || known === undefined || known.nullFraction === 0 || !column.nullable) return value;
    return known.nullFraction >= 1 ? 'NULL' : `CASE WHEN random() < ${known.nullFraction} THEN NULL ELSE ${value} END`;
  }

  /** A value of a column that is in no key and refers to nothing. */
  private free(table: Table, column: Column, draw: Draw): string | undefined {
    const known = this.known(table.id, column.id);
    // Common values are some of those that there are.
    const values = Math.max(1, this.values(table.id, column.id) - (known?.common?.length ?? 0));
    const rows = this.rowsOf(table.id);
    const ordered = Math.abs(known?.correlation ?? 0) > 0.5;
    const number = ordered ? `(1 + (i - 1) * ${values} / ${rows})` : draw(`1 + floor(random() * ${values})::bigint`);
    const other = this.numbered(table, column, number);
    const common = known?.common ?? [];
    if (common.length === 0) return other;
    // Shares are of all rows; NULLs are put in around this.
    const filled = Math.max(1e-9, 1 - (known?.nullFraction ?? 0));
    const type = typeSql(this.document, column.type);
    const text = (value: string) => `${literal(value)}::${type}`;
    const shares = common.map((one) => one.share / filled);
    const whole = shares.reduce((all, one) => all + one, 0) > 0.999 || other === undefined;
    const dice = draw('random()');
    let sum = 0;
    const cases = common.map(({ value }, at) => {
      sum += shares[at] as number;
      return `WHEN ${dice} < ${sum} THEN ${text(value)}`;
    });
    const last = whole ? text(common.at(-1)?.value ?? '') : other;
    return `CASE ${cases.join(' ')} ELSE ${last} END`;
  }

  /** The row of the parent that each reference of a row finds, numbered. */
  private picks(table: Table, draw: Draw): ReadonlyMap<Id, string> {
    const picks = new Map<Id, string>();
    for (const link of this.links.get(table.id) ?? []) {
      const rows = this.rowsOf(link.parent);
      const [only] = link.childColumns;
      const known = link.childColumns.length === 1 && only !== undefined ? this.known(table.id, only) : undefined;
      const some = Math.min(rows, known === undefined ? rows : this.values(table.id, known.id));
      const ordered = Math.abs(known?.correlation ?? 0) > 0.5;
      picks.set(
        link.id,
        ordered ? `(1 + (i - 1) * ${some} / ${this.rowsOf(table.id)})` : draw(`1 + floor(random() * ${some})::bigint`),
      );
    }
    return picks;
  }

  filling(table: Table): Filling | string {
    const rows = this.rowsOf(table.id);
    // What is drawn for a row is drawn once, and has a name.
    const drawn: string[] = [];
    const draw: Draw = (sql) => `d${drawn.push(sql)}`;
    const picks = this.picks(table, draw);
    const columns = columnsOf(this.document, table).filter((one) => one.generated === undefined);
    const values: string[] = [];
    for (const column of columns) {
      const value = this.column(table, column, picks, draw);
      if (value === undefined && !column.nullable)
        return `no values are known for ${column.name} of type ${typeSql(this.document, column.type)}`;
      values.push(value ?? 'NULL');
    }
    const schema = recordIn(this.document, 'schemas', table.schema)?.name ?? 'public';
    const draws = drawn.map((sql, at) => `, ${sql} AS d${at + 1}`).join('');
    const into = `${relationName({ schema, name: table.name })} (${columns.map((one) => ident(one.name)).join(', ')})`;
    const sql = `INSERT INTO ${into} OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} FROM (SELECT i${draws} FROM generate_series(1::bigint, ${rows}) AS i) AS row ON CONFLICT DO NOTHING`;
    return { table: table.id, rows, sql };
  }
}

/** Rows of each table in the sample. */
function sampleSizes(tables: readonly Table[], facts: ReadonlyMap<Id, KnownTable>, { share, atLeast, atMost }: GenerateOptions) {
  const wanted = tables.map((table) => {
    const rows = facts.get(table.id)?.rows ?? 0;
    return Math.min(rows, Math.max(atLeast, Math.ceil(rows * share)));
  });
  const sum = wanted.reduce((all, one) => all + one, 0);
  const less = sum > atMost ? atMost / sum : 1;
  return new Map(tables.map((table, at) => [table.id, Math.max(1, Math.floor((wanted[at] as number) * less))]));
}

/** Parents before children, circles as they come. */
function inOrder(document: Document, tables: readonly Table[]): readonly Table[] {
  const done = new Set<Id>();
  const order: Table[] = [];
  const parents = new Map<Id, Id[]>();
  for (const { child, parent } of Object.values(document.relationships))
    parents.set(child, [...(parents.get(child) ?? []), parent]);
  const visit = (id: Id) => {
    if (done.has(id)) return;
    done.add(id);
    for (const parent of parents.get(id) ?? []) visit(parent);
    const table = tables.find((one) => one.id === id);
    if (table !== undefined) order.push(table);
  };
  for (const table of tables) visit(table.id);
  return order;
}

/**
 * Statements that fill the tables of a document of PostgreSQL with rows that are like what is known of them. Rows that a
 * key refuses are left out. Partitions are filled by way of the table they are of.
 */
export function generateRows(document: Document, facts: ReadonlyMap<Id, KnownTable>, options: GenerateOptions): Generated {
  const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
  const filler = new Filler(document, facts, sampleSizes(tables, facts, options));
  const fillings: Filling[] = [];
  const left: { table: Id; reason: string }[] = [];
  for (const table of inOrder(document, tables)) {
    const made = filler.filling(table);
    if (typeof made === 'string') left.push({ table: table.id, reason: made });
    else fillings.push(made);
  }
  return { fillings, left };
}
