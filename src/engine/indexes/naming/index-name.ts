import { hash32 } from '#lib/ids.ts';
import { recordIn } from '#model/collections.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { nameKey, TRAITS } from '../../dialects/base/traits.ts';
import { utf8Length } from '../../dialects/postgres/names.ts';

/** How the names of a model's indexes are built from its table and what the index holds. */
type Convention = (table: string, parts: readonly string[]) => string;

/** Ways that are common, the one that PostgreSQL itself follows first: it wins where nobody follows any. */
const CONVENTIONS: readonly Convention[] = [
  (table, parts) => [table, ...parts, 'idx'].join('_'),
  (table, parts) => ['idx', table, ...parts].join('_'),
  (table, parts) => ['ix', table, ...parts].join('_'),
  (table, parts) => ['IX', table, ...parts].join('_'),
  (table, parts) => ['IDX', table, ...parts].join('_'),
  (table, parts) => [table, ...parts, 'ix'].join('_'),
  (table, parts) => [table, ...parts, 'index'].join('_'),
  (table, parts) => `index_${table}_on_${parts.join('_and_')}`,
  (table, parts) => ['i', table, ...parts].join('_'),
  (_table, parts) => ['idx', ...parts].join('_'),
];

/** Names of columns; an expression counts by the columns that it could be about, or as `expr`. */
function partsOf(table: Table, { elements }: Pick<Index, 'elements'>): readonly string[] {
  return elements.map(({ column, columnName, expression }) => {
    const found = table.columns.find((one) => one.id === column)?.name ?? columnName;
    if (found !== undefined) return found;
    const named = table.columns.find(({ name }) => new RegExp(`\\b${name.replaceAll(/\W/g, '.')}\\b`, 'i').test(expression ?? ''));
    return named?.name ?? 'expr';
  });
}

/** The way in which most of the named indexes are called that any way here explains. */
function conventionOf(document: Document): Convention {
  const votes = CONVENTIONS.map(() => 0);
  for (const table of Object.values(document.tables)) {
    for (const index of table.indexes) {
      if (index.name === undefined) continue;
      const parts = partsOf(table, index);
      const at = CONVENTIONS.findIndex((one) => one(table.name, parts) === index.name);
      if (at >= 0) votes[at] = (votes[at] ?? 0) + 1;
    }
  }
  return CONVENTIONS[votes.indexOf(Math.max(...votes))] as Convention;
}

/** Gives names to indexes to be: as the model's other indexes are called, within the dialect's limit, each only once. */
export class IndexNamer {
  private readonly document: Document;
  private readonly convention: Convention;
  private readonly taken: Set<string>;
  private readonly key: (name: string) => string;
  private readonly limit: { readonly size: number; readonly unit: 'bytes' | 'characters' };

  constructor(document: Document) {
    const dialect = document.settings['settings']?.dialect ?? 'postgresql';
    this.document = document;
    this.convention = conventionOf(document);
    this.key = (name) => nameKey(name, dialect);
    this.limit = TRAITS[dialect].nameLimit;
    const names = [
      ...Object.values(document.tables).flatMap((table) => [table, ...table.indexes, ...table.keys, ...table.exclusions]),
      ...Object.values(document.views).flatMap((view) => [view, ...view.indexes]),
      ...Object.values(document.sequences),
    ].flatMap(({ name }) => (name === undefined ? [] : [this.key(name)]));
    this.taken = new Set(names);
  }

  private fits(name: string): boolean {
    const { size, unit } = this.limit;
    return (unit === 'bytes' ? utf8Length(name) : name.length) <= size;
  }

  /** Cut to the limit, with a hash of the whole so that two long names stay two. */
  private cut(name: string, end: string): string {
    if (this.fits(name + end)) return name + end;
    const tail = `_${hash32(name).toString(36)}${end}`;
    const head = [...name];
    while (head.length > 1 && !this.fits(head.join('') + tail)) head.pop();
    return head.join('') + tail;
  }

  /** The wished name, with a number where another object has it. From then on it is taken. */
  free(wish: string): string {
    let name = this.cut(wish, '');
    for (let next = 2; this.taken.has(this.key(name)); next++) name = this.cut(wish, `_${next}`);
    this.taken.add(this.key(name));
    return name;
  }

  /** A name for an index of a table, which nobody has. */
  next(table: Id, index: Pick<Index, 'elements'>): string {
    const found = recordIn(this.document, 'tables', table);
    return this.free(found === undefined ? 'idx' : this.convention(found.name, partsOf(found, index)));
  }
}
