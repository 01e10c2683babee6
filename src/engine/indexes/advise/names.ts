import { columnsOf } from '#model/derive/columns.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { elementNames } from '../../dialects/postgres/invented.ts';
import { utf8Length } from '../../dialects/postgres/names.ts';

/** How indexes of a project are named: what stands before and after the names of table and columns. */
interface Convention {
  readonly before: string;
  readonly after: string;
}

/** What people use; the first is what PostgreSQL itself gives. */
const CONVENTIONS: readonly Convention[] = [
  { before: '', after: '_idx' },
  { before: 'idx_', after: '' },
  { before: 'ix_', after: '' },
  { before: 'IX_', after: '' },
  { before: 'IDX_', after: '' },
  { before: 'i_', after: '' },
  { before: '', after: '_index' },
  { before: '', after: '_ix' },
];

/** The convention that most names of plain indexes follow. */
function conventionOf(document: Document): Convention {
  const names = Object.values(document.tables).flatMap(({ indexes }) =>
    indexes.flatMap(({ name, unique }) => (unique ? [] : (name ?? []))),
  );
  const follows = ({ before, after }: Convention) => names.filter((name) => name.startsWith(before) && name.endsWith(after)).length;
  return CONVENTIONS.reduce((best, one) => (follows(one) > follows(best) ? one : best));
}

/** Cut to a number of bytes or characters, at a character. */
function cut(text: string, size: number, measure: (text: string) => number): string {
  let kept = text;
  while (measure(kept) > size) kept = [...kept].slice(0, -1).join('');
  return kept;
}

/**
 * Names for new indexes: in the way that the project names those it has, or `table_columns_idx`; as long as its dialect
 * allows, and none twice in a schema.
 */
export class IndexNames {
  private readonly document: Document;
  private readonly convention: Convention;
  private readonly taken = new Map<Id, Set<string>>();

  constructor(document: Document) {
    this.document = document;
    this.convention = conventionOf(document);
    const { tables, views, sequences } = document;
    for (const table of Object.values(tables)) this.take(table.schema, table, table.indexes, table.keys, table.exclusions);
    for (const view of Object.values(views)) this.take(view.schema, view, view.indexes);
    for (const sequence of Object.values(sequences)) this.take(sequence.schema, sequence);
  }

  private take(
    schema: Id,
    { name }: { readonly name: string },
    ...parts: readonly (readonly { readonly name?: string }[])[]
  ): void {
    const names = this.takenIn(schema);
    for (const one of [name, ...parts.flat().map((part) => part.name)]) if (one !== undefined) names.add(one.toLowerCase());
  }

  private takenIn(schema: Id): Set<string> {
    const names = this.taken.get(schema) ?? new Set();
    this.taken.set(schema, names);
    return names;
  }

  /** The name as it is, or with a number where something in the schema has it. From then on it is taken. */
  free(schema: Id, wish: string): string {
    return this.first(schema, '', wish, '');
  }

  private first(schema: Id, before: string, middle: string, end: string): string {
    const { nameLimit } = TRAITS[this.document.settings['settings']?.dialect ?? 'postgresql'];
    const measure = nameLimit.unit === 'bytes' ? utf8Length : (text: string) => [...text].length;
    const taken = this.takenIn(schema);
    for (let number = 0; ; number++) {
      const after = `${end}${number === 0 ? '' : number}`;
      const room = nameLimit.size - measure(before) - measure(after);
      const name = `${before}${cut(middle, room, measure)}${after}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  }

  /** @param table what it stands on: a table, or a materialized view, whose indexes say columns by name */
  give(table: Table | View, { elements }: Pick<Index, 'elements'>): string {
    const columns = 'query' in table ? [] : columnsOf(this.document, table);
    const parts = elementNames(elements, (id) => columns.find((column) => column.id === id)?.name);
    const { before, after } = this.convention;
    return this.first(table.schema, before, [table.name, ...parts].join('_'), after);
  }
}
