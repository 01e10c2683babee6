import { columnsOf } from '#model/derive/columns.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
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
    for (const { schema, name, indexes, keys, exclusions } of Object.values(document.tables)) {
      const names = this.taken.get(schema) ?? new Set();
      for (const one of [name, ...[...indexes, ...keys, ...exclusions].map((part) => part.name)])
        if (one !== undefined) names.add(one.toLowerCase());
      this.taken.set(schema, names);
    }
  }

  give(table: Table, { elements }: Pick<Index, 'elements'>): string {
    const { document, convention } = this;
    const { nameLimit } = TRAITS[document.settings['settings']?.dialect ?? 'postgresql'];
    const measure = nameLimit.unit === 'bytes' ? utf8Length : (text: string) => [...text].length;
    const columns = columnsOf(document, table);
    const parts = elementNames(elements, (id) => columns.find((column) => column.id === id)?.name);
    const taken = this.taken.get(table.schema) ?? new Set();
    this.taken.set(table.schema, taken);
    for (let number = 0; ; number++) {
      const after = `${convention.after}${number === 0 ? '' : number}`;
      const room = nameLimit.size - measure(convention.before) - measure(after);
      const name = `${convention.before}${cut([table.name, ...parts].join('_'), room, measure)}${after}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  }
}
