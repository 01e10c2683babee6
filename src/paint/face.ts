import { columnsOf } from '#model/derive/columns.ts';
import { uniqueSets } from '#model/derive/ends.ts';
import { shownColumns } from '#model/derive/geometry.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Table, View } from '#model/types.ts';

/** The sign before a column's name: the strongest thing it takes part in. */
export type RowMark = 'primary' | 'foreign' | 'unique' | 'index' | 'none';

export interface FaceRow {
  readonly id: Id;
  readonly name: string;
  /** With `?` after it when the column may be null. */
  readonly type: string;
  readonly nullable: boolean;
  readonly mark: RowMark;
  /** Said to people who cannot see the sign. */
  readonly says: string;
}

/** What a table's node shows, as plain text: the same for the canvas, pictures and screen readers. */
export interface Face {
  readonly rows: readonly FaceRow[];
  readonly columns: number;
  /** Columns that are not shown. */
  readonly more: number;
  /** Such as `3 indexes · 1 check`; absent when there is nothing to count. */
  readonly footer?: string;
}

interface Known {
  readonly types: unknown;
  /** What inherited columns came from. */
  readonly tables: unknown;
  readonly foreign: string;
  readonly partitions: number;
  readonly face: Face;
}

const memo = new WeakMap<Table, Known>();

const counts = new WeakMap<Document['tables'], ReadonlyMap<Id, number>>();

/** How many partitions each partitioned table has. */
function partitionCounts(document: Document): ReadonlyMap<Id, number> {
  let known = counts.get(document.tables);
  if (known === undefined) {
    const sum = new Map<Id, number>();
    for (const table of Object.values(document.tables)) {
      const parent = table.partitionOf?.parent;
      if (parent !== undefined) sum.set(parent, (sum.get(parent) ?? 0) + 1);
    }
    known = sum;
    counts.set(document.tables, known);
  }
  return known;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function footerOf(table: Table, partitions: number): string | undefined {
  const parts: string[] = [];
  if (table.indexes.length > 0) parts.push(counted(table.indexes.length, 'index', 'indexes'));
  if (table.checks.length > 0) parts.push(counted(table.checks.length, 'check'));
  if (table.policies.length > 0) parts.push(counted(table.policies.length, 'policy', 'policies'));
  if (table.partitioning !== undefined) parts.push(counted(partitions, 'partition'));
  return parts.length === 0 ? undefined : parts.join(' · ');
}

const SAYS: Record<RowMark, string> = {
  primary: 'primary key',
  foreign: 'foreign key',
  unique: 'unique',
  index: 'indexed',
  none: '',
};

function build(document: Document, table: Table, foreign: ReadonlySet<Id>, partitions: number): Face {
  const all = columnsOf(document, table);
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  const unique = new Set(uniqueSets(table).flat());
  const indexed = new Set(table.indexes.flatMap((index) => index.elements.flatMap((element) => element.column ?? [])));
  const rows = shownColumns(all).map((column): FaceRow => {
    const mark: RowMark = primary.has(column.id)
      ? 'primary'
      : foreign.has(column.id)
        ? 'foreign'
        : unique.has(column.id)
          ? 'unique'
          : indexed.has(column.id)
            ? 'index'
            : 'none';
    const nullable = column.nullable && !primary.has(column.id);
    const also = mark === 'primary' && foreign.has(column.id) ? ', foreign key' : '';
    const type = `${typeName(document, column.type)}${nullable ? '?' : ''}`;
    const said = [`${SAYS[mark]}${also}`, nullable ? 'may be null' : 'not null'].filter((part) => part !== '');
    return { id: column.id, name: column.name, type, nullable, mark, says: said.join(', ') };
  });
  const footer = footerOf(table, partitions);
  return { rows, columns: all.length, more: all.length - rows.length, ...(footer === undefined ? {} : { footer }) };
}

/** The face of a table; computed again only when the table, a type, its foreign keys or its partitions change. */
export function faceOf(document: Document, table: Table): Face {
  const foreign = new Set((linksOf(document).byChild.get(table.id) ?? []).flatMap((one) => one.childColumns));
  const key = [...foreign].join(' ');
  const partitions = table.partitioning === undefined ? 0 : (partitionCounts(document).get(table.id) ?? 0);
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  const tables = inherits ? document.tables : undefined;
  const known = memo.get(table);
  const same = known?.types === document.types && known.tables === tables;
  if (same && known.foreign === key && known.partitions === partitions) return known.face;
  const face = build(document, table, foreign, partitions);
  memo.set(table, { types: document.types, tables, foreign: key, partitions, face });
  return face;
}

/** The line under a view's name. */
export function viewLine(view: View): string {
  return view.materialized === true ? 'materialized view' : 'view';
}

const TINTS = 6;

/** Tint index, 0 to 5, of each schema: in the document's order, so that a schema keeps its colour while others are edited. */
export function tintOf(document: Document, schema: Id): number {
  const at = Object.keys(document.schemas).indexOf(schema);
  return at < 0 ? 0 : at % TINTS;
}
