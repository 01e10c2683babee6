import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Document, Id, Sql, Table } from '#model/types.ts';
import type { KnownColumn, KnownTable } from '../../facts/known.ts';
import { normalSql } from '../../rules/index-facts.ts';
import { surroundingsOf } from '../../rules/indexes/redundant.ts';
import { typeFacts } from '../../rules/type-facts.ts';
import type { Term } from '../../workload/facts.ts';
import { type Distribution, distinctOf } from '../cost/selectivity.ts';
import type { KindOf } from '../redundancy/implication.ts';
import type { Engine, Organisation } from './engines.ts';

const WHOLE = new Set(['smallint', 'integer', 'bigint', 'int', 'mediumint', 'tinyint', 'number']);

/** An expression as its tokens, so that an index and a query that say the same are seen to. */
export function expressionKey(sql: Sql): string {
  return `(${normalSql(sql.replaceAll(/["`[\]]/g, '')).toLowerCase()})`;
}

/** The name that keys of indexes and conditions of queries use for what they are about. */
export function nameOfTerm({ column, expression }: Pick<Term, 'column' | 'expression'>): string {
  return column ?? expressionKey(expression ?? '');
}

/** The same for a part of an index. */
export function nameOfElement({ column, expression, columnName }: IndexElement): string {
  return column ?? expressionKey(expression ?? columnName ?? '');
}

/** What the analytic model knows of one table. */
export class KnownValues {
  readonly document: Document;
  readonly table: Table;
  readonly known: KnownTable;
  readonly columns: readonly Column[];
  readonly organisation: Organisation;
  readonly kindOf: KindOf;
  private readonly byId: ReadonlyMap<Id, KnownColumn>;
  private readonly byName: ReadonlyMap<string, Column>;

  constructor(document: Document, table: Table, known: KnownTable, engine: Engine) {
    this.document = document;
    this.table = table;
    this.known = known;
    this.columns = columnsOf(document, table);
    this.organisation = engine.organisation(document, table);
    this.kindOf = surroundingsOf({ document, table, columns: this.columns }).kindOf;
    this.byId = new Map(known.columns.map((column) => [column.id, column]));
    this.byName = new Map(this.columns.map((column) => [column.name.toLowerCase(), column]));
  }

  column(id: Id | undefined): Column | undefined {
    return this.columns.find((one) => one.id === id);
  }

  named(name: string): Column | undefined {
    return this.byName.get(name.toLowerCase());
  }

  facts(id: Id | undefined): KnownColumn | undefined {
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** How values of a column are distributed. Counted keys without a range are taken to run from 1. */
  distribution(id: Id): Distribution {
    const known = this.byId.get(id);
    if (known === undefined) return { distinct: -0.1, nullFraction: 0 };
    const { distinct, nullFraction, common, min, max, bounds } = known;
    const column = this.column(id);
    const counted =
      min === undefined && distinct === -1 && column !== undefined && WHOLE.has(typeFacts(this.document, column.type).name);
    return {
      distinct,
      nullFraction,
      ...(common === undefined ? {} : { common }),
      ...(bounds === undefined ? {} : { bounds }),
      ...(counted ? { min: '1', max: String(Math.max(1, Math.round(this.known.rows))) } : {}),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    };
  }

  /**
   * Of a term: its column's own, or what is taken of an expression: as many values as its one column has, of which nothing
   * else is known.
   */
  distributionOf({ column, columns }: Pick<Term, 'column' | 'columns'>): Distribution {
    if (column !== undefined) return this.distribution(column);
    const [only] = columns;
    if (columns.length !== 1 || only === undefined) return { distinct: 200, nullFraction: 0 };
    const { distinct, nullFraction } = this.distribution(only);
    return { distinct, nullFraction };
  }

  /** Different values of a term. */
  distinct(term: Pick<Term, 'column' | 'columns'>): number {
    return distinctOf(this.distributionOf(term), this.known.rows);
  }

  correlation(id: Id): number {
    const { clusteredBy } = this.organisation;
    return clusteredBy?.[0] === id ? 1 : (this.byId.get(id)?.correlation ?? 0);
  }
}
