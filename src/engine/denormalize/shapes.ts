import { recordIn } from '#model/collections.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { CopyShape, CounterShape, RedundancyWords, SqlLink, SqlName, SqlTable } from '../dialects/base/redundancy/shapes.ts';
import { REDUNDANCY } from '../dialects/redundancy.ts';
import { dialectOf } from './weigh.ts';

/** The document's tables and columns as SQL names. */
export class Naming {
  readonly document: Document;
  readonly words: RedundancyWords;

  constructor(document: Document) {
    this.document = document;
    this.words = REDUNDANCY[dialectOf(document)];
  }

  ident(name: string): string {
    return this.words.ident(name);
  }

  /** A name of an object in a schema; the usual schema is not said. */
  object(schemaId: Id, name: string): string {
    const schema = recordIn(this.document, 'schemas', schemaId);
    const said = schema === undefined || schema.implicit === true || this.words.namesAlone === true;
    return said ? this.ident(name) : `${this.ident(schema.name)}.${this.ident(name)}`;
  }

  table(table: Table): SqlTable {
    const primary = table.keys.find(({ kind }) => kind === 'primary')?.columns ?? [];
    return {
      id: table.id,
      sql: this.object(table.schema, table.name),
      alone: this.ident(table.name),
      key: primary.map((id) => this.column(table, id)),
    };
  }

  column(table: Table, id: Id): SqlName {
    return { id, sql: this.ident(table.columns.find((column) => column.id === id)?.name ?? '') };
  }

  link(link: Relationship, child: Table, parent: Table): SqlLink {
    return {
      child: this.table(child),
      parent: this.table(parent),
      pairs: link.childColumns.map((id, at) => ({
        child: this.column(child, id),
        parent: this.column(parent, link.parentColumns[at] ?? ''),
      })),
      onDelete: link.onDelete ?? 'no action',
      onUpdate: link.onUpdate ?? 'no action',
    };
  }
}

/** Why triggers cannot keep such a value in the dialect, before it is made; undefined when they can. */
export function refusal(naming: Naming, kind: 'counter' | 'copy' | 'snapshot', link: SqlLink): string | undefined {
  const probe = { id: '', sql: 'x' };
  const shape: CounterShape | CopyShape =
    kind === 'counter'
      ? { kind, name: 'x', link, numbers: [{ column: probe }] }
      : { kind, name: 'x', link, copies: [{ from: probe, to: probe }] };
  const made = naming.words.triggers(shape);
  return typeof made === 'string' ? made : undefined;
}
