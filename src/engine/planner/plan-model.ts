import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { expressionBySpelling, parseBySpelling } from '../dialects/base/queries/statement.ts';
import { ident } from '../dialects/postgres/quote.ts';
import { withIndexNames } from '../indexes/advise/present.ts';
import { candidatesFor } from '../indexes/candidates/candidates.ts';
import { analyseWith } from '../workload/analyse.ts';
import type { Predicate } from '../workload/facts.ts';
import type { PlanNode } from './plan.ts';

/** An index of the model that a plan names. */
export interface PlanIndex {
  readonly table: Id;
  /** Of the index, or of the key that it is of. */
  readonly part: Id;
  readonly name: string;
  /** Its columns in order, where they are columns. */
  readonly columns: readonly Id[];
}

/** An index that would serve what a node tests. */
export interface PlanCandidate {
  readonly table: Id;
  readonly columns: readonly Id[];
  /** `orders (status, created_at)`. */
  readonly text: string;
  /** An index that is there and begins alike. */
  readonly like?: string;
}

const READER = {
  parse: (sql: string) => parseBySpelling(sql, 'postgresql'),
  expression: (sql: string) => expressionBySpelling(sql, 'postgresql'),
};

/** Longer conditions are not looked into: a list of thousands of values is no shape of its own. */
const LONGEST = 20_000;

/** Finds what plans name in a document of PostgreSQL. */
export class PlanModel {
  readonly document: Document;
  private readonly indexes: ReadonlyMap<string, readonly PlanIndex[]>;

  constructor(document: Document) {
    this.document = withIndexNames(document);
    const indexes = new Map<string, PlanIndex[]>();
    const add = (table: Id, part: Id, name: string | undefined, columns: readonly Id[]) => {
      if (name !== undefined) indexes.set(name, [...(indexes.get(name) ?? []), { table, part, name, columns }]);
    };
    for (const table of Object.values(this.document.tables)) {
      for (const { id, name, columns } of table.keys) add(table.id, id, name, columns);
      for (const { id, name, elements } of table.indexes)
        add(
          table.id,
          id,
          name,
          elements.flatMap((one) => one.column ?? []),
        );
    }
    this.indexes = indexes;
  }

  /** The table that a node reads; of a partition that one. */
  table({ relation, schema }: PlanNode): Table | undefined {
    if (relation === undefined) return undefined;
    const named = Object.values(this.document.tables).filter((table) => table.name === relation);
    const there = named.find(
      (table) => (recordIn(this.document, 'schemas', table.schema)?.name ?? 'public') === (schema ?? 'public'),
    );
    return there ?? (schema === undefined && named.length === 1 ? named[0] : undefined);
  }

  /** The index that a node reads. */
  index(node: PlanNode): PlanIndex | undefined {
    if (node.index === undefined) return undefined;
    const found = this.indexes.get(node.index) ?? [];
    const table = this.table(node);
    return found.find((one) => table === undefined || one.table === table.id);
  }

  columnName(table: Id, column: Id): string {
    const record = recordIn(this.document, 'tables', table);
    return (record === undefined ? undefined : columnsOf(this.document, record).find((one) => one.id === column)?.name) ?? '?';
  }

  /** The foreign key of a name; without one it has the name that PostgreSQL gives. */
  foreignKey(name: string): Relationship | undefined {
    const given = ({ child, childColumns }: Relationship) =>
      [recordIn(this.document, 'tables', child)?.name, ...childColumns.map((id) => this.columnName(child, id)), 'fkey'].join('_');
    return Object.values(this.document.relationships).find((one) => (one.name ?? given(one)) === name);
  }

  /** What a table is partitioned by, in words of SQL. */
  partitionKey(table: Id): string {
    const elements = recordIn(this.document, 'tables', table)?.partitioning?.elements ?? [];
    return elements
      .map((one) => (one.column === undefined ? `(${one.expression})` : this.columnName(table, one.column)))
      .join(', ');
  }

  private condition(node: PlanNode, whats: readonly string[]): { readonly table: Table; readonly sql: string } | undefined {
    const table = this.table(node);
    const texts = node.conditions.filter((one) => whats.includes(one.what)).map((one) => one.text);
    if (table === undefined || texts.length === 0) return undefined;
    const schema = recordIn(this.document, 'schemas', table.schema)?.name ?? 'public';
    const from = `${ident(schema)}.${ident(table.name)} AS ${ident(node.alias ?? table.name)}`;
    const sql = `SELECT 1 FROM ${from} WHERE ${texts.join(' AND ')}`;
    return sql.length > LONGEST ? undefined : { table, sql };
  }

  private facts(node: PlanNode, whats: readonly string[]) {
    const condition = this.condition(node, whats);
    if (condition === undefined) return undefined;
    const facts = analyseWith(this.document, { sql: condition.sql }, 'postgresql', READER);
    return facts.uses.length === 0 ? undefined : { table: condition.table, facts };
  }

  /** What a node tests of its table, as far as it can be read. @param whats names of conditions, such as `Filter` */
  predicates(node: PlanNode, whats: readonly string[]): readonly Predicate[] {
    const found = this.facts(node, whats);
    return found?.facts.uses.find((use) => use.table === found.table.id)?.predicates ?? [];
  }

  /** The plain index that serves most of what a node tests. */
  candidate(node: PlanNode, whats: readonly string[]): PlanCandidate | undefined {
    const found = this.facts(node, whats);
    if (found === undefined) return undefined;
    const { value } = candidatesFor(this.document, [{ id: 'plan', facts: found.facts }], {});
    const plain = value.filter(
      ({ table, index }) =>
        table === found.table.id &&
        index.where === undefined &&
        index.include === undefined &&
        (index.method ?? 'btree') === 'btree',
    );
    const [best] = [...plain].sort((a, b) => b.parts.length - a.parts.length);
    if (best === undefined) return undefined;
    const columns = best.parts.flatMap(({ term }) => term.column ?? []);
    const parts = best.parts.map(({ term }) =>
      term.column === undefined ? `(${term.expression})` : this.columnName(best.table, term.column),
    );
    const [leading] = columns;
    const like = [...this.indexes.values()].flat().find((one) => one.table === best.table && one.columns[0] === leading);
    return {
      table: best.table,
      columns,
      text: `${found.table.name} (${parts.join(', ')})`,
      ...(like === undefined || best.parts[0]?.term.column === undefined ? {} : { like: like.name }),
    };
  }

  /** Tables that are partitions of the one that this one is of, itself among them. */
  siblings(table: Table): readonly Table[] {
    const parent = table.partitionOf?.parent;
    return parent === undefined ? [] : Object.values(this.document.tables).filter((one) => one.partitionOf?.parent === parent);
  }
}
