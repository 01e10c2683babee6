import type { Column } from '#model/column-types.ts';
import { isWeak } from '#model/derive/chen.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { uniqueSets } from '#model/derive/ends.ts';
import { columnsInRows, keyRows, shownColumns } from '#model/derive/geometry.ts';
import { linksOf } from '#model/derive/links.ts';
import { type Look, lookOf } from '#model/derive/look.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Table, View } from '#model/types.ts';

/** The sign before a column's name: the strongest thing it takes part in. */
export type RowMark = 'primary' | 'foreign' | 'unique' | 'index' | 'none';

export interface FaceRow {
  readonly id: Id;
  readonly name: string;
  /** With `?` after it when the column may be null; empty where the diagram shows no types. */
  readonly type: string;
  readonly nullable: boolean;
  readonly mark: RowMark;
  /** A character that the notation puts before the name, instead of a mark. */
  readonly sign?: string;
  /** What the notation puts behind the name, such as `(FK)` or `{PK}`. */
  readonly after?: string;
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
  /** How many of the rows stand in the key's area above a line (IDEF1X). */
  readonly keyRows?: number;
  /** It cannot identify its rows without another table's: drawn with round corners or a double border. */
  readonly dependent: boolean;
  readonly look: Look;
}

interface Known {
  readonly types: unknown;
  /** What inherited columns came from. */
  readonly tables: unknown;
  readonly foreign: string;
  readonly partitions: number;
  readonly look: Look;
  readonly dependent: boolean;
  readonly attributes: unknown;
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

interface Roles {
  readonly primary: ReadonlySet<Id>;
  readonly foreign: ReadonlySet<Id>;
  readonly unique: ReadonlySet<Id>;
  readonly indexed: ReadonlySet<Id>;
  /** Columns of which one thing may have several. */
  readonly several: ReadonlySet<Id>;
  /** Alternate keys, counted from 1, that a column belongs to. */
  readonly alternates: (id: Id) => readonly number[];
}

function rolesOf(document: Document, table: Table, foreign: ReadonlySet<Id>): Roles {
  const sets = uniqueSets(table);
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  const others = sets.filter((set) => set.length !== primary.size || !set.every((id) => primary.has(id)));
  return {
    primary,
    foreign,
    unique: new Set(sets.flat()),
    indexed: new Set(table.indexes.flatMap((index) => index.elements.flatMap((element) => element.column ?? []))),
    several: new Set(Object.values(document.attributes).flatMap((one) => (one.entity === table.id ? [one.column] : []))),
    alternates: (id) => others.flatMap((set, at) => (set.includes(id) ? [at + 1] : [])),
  };
}

function markOf(id: Id, roles: Roles): RowMark {
  if (roles.primary.has(id)) return 'primary';
  if (roles.foreign.has(id)) return 'foreign';
  if (roles.unique.has(id)) return 'unique';
  return roles.indexed.has(id) ? 'index' : 'none';
}

/** What stands behind the name in IDEF1X: roles in keys, and `(O)` where there may be no value. */
function idef1xAfter(id: Id, nullable: boolean, roles: Roles): string {
  const said = [
    ...(roles.foreign.has(id) ? ['(FK)'] : []),
    ...roles.alternates(id).map((number) => `(AK${number})`),
    ...(nullable ? ['(O)'] : []),
  ];
  return said.join(' ');
}

function umlAfter(id: Id, roles: Roles): string {
  const said = [
    ...(roles.primary.has(id) ? ['PK'] : []),
    ...(roles.foreign.has(id) ? ['FK'] : []),
    ...roles.alternates(id).map((number) => `AK${number}`),
  ];
  return said.length === 0 ? '' : `{${said.join(', ')}}`;
}

/** What the notation adds to a column's name, at this level. */
function signsOf({ level, notation }: Look, id: Id, nullable: boolean, roles: Roles): Pick<FaceRow, 'sign' | 'after'> {
  const several = level === 'conceptual' && roles.several.has(id) ? '[*]' : '';
  if (notation === 'barker') {
    const sign = roles.primary.has(id) ? '#' : nullable ? 'o' : '*';
    return { sign, ...(several === '' ? {} : { after: several }) };
  }
  if (level === 'conceptual') return several === '' ? {} : { after: several };
  const after = notation === 'idef1x' ? idef1xAfter(id, nullable, roles) : notation === 'uml' ? umlAfter(id, roles) : '';
  return after === '' ? {} : { after };
}

function typeText(document: Document, column: Column, nullable: boolean, { level, notation }: Look): string {
  if (level === 'conceptual') return '';
  const type = typeName(document, column.type);
  if (notation === 'uml') return `: ${type}${nullable ? ' [0..1]' : ''}`;
  return nullable && notation !== 'idef1x' && notation !== 'barker' ? `${type}?` : type;
}

/** Notations that say with words what others say with a sign before the name. */
const WORDS: ReadonlySet<string> = new Set(['idef1x', 'uml', 'barker', 'chen']);

function rowOf(document: Document, column: Column, roles: Roles, look: Look): FaceRow {
  const { id, name } = column;
  const nullable = column.nullable && !roles.primary.has(id);
  const mark = look.level === 'conceptual' ? 'none' : markOf(id, roles);
  const also = mark === 'primary' && roles.foreign.has(id) ? ', foreign key' : '';
  const said = [
    `${SAYS[mark]}${also}`,
    roles.several.has(id) ? 'several values' : '',
    nullable ? 'may be null' : 'not null',
  ].filter((part) => part !== '');
  return {
    id,
    name,
    type: typeText(document, column, nullable, look),
    nullable,
    mark: WORDS.has(look.notation) ? 'none' : mark,
    ...signsOf(look, id, nullable, roles),
    says: look.level === 'conceptual' ? 'attribute' : said.join(', '),
  };
}

function build(document: Document, table: Table, foreign: ReadonlySet<Id>, partitions: number, dependent: boolean): Face {
  const look = lookOf(document);
  const all = columnsInRows(document, table);
  const roles = rolesOf(document, table, foreign);
  const rows = shownColumns(all).map((column) => rowOf(document, column, roles, look));
  const footer = footerOf(table, partitions);
  const inKey = keyRows(document, table, columnsOf(document, table));
  return {
    rows,
    columns: columnsOf(document, table).length,
    more: all.length - rows.length,
    dependent,
    look,
    ...(footer === undefined ? {} : { footer }),
    ...(inKey === undefined ? {} : { keyRows: inKey }),
  };
}

/** The face of a table; computed again only when the table, a type, its foreign keys or its partitions change. */
export function faceOf(document: Document, table: Table): Face {
  const foreign = new Set((linksOf(document).byChild.get(table.id) ?? []).flatMap((one) => one.childColumns));
  const key = [...foreign].join(' ');
  const partitions = table.partitioning === undefined ? 0 : (partitionCounts(document).get(table.id) ?? 0);
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  const tables = inherits ? document.tables : undefined;
  const look = lookOf(document);
  const dependent = isWeak(document, table);
  const known = memo.get(table);
  const same =
    known?.types === document.types &&
    known.tables === tables &&
    known.attributes === document.attributes &&
    known.look.level === look.level &&
    known.look.notation === look.notation &&
    known.look.detail === look.detail;
  if (same && known.foreign === key && known.partitions === partitions && known.dependent === dependent) return known.face;
  const face = build(document, table, foreign, partitions, dependent);
  const { types, attributes } = document;
  memo.set(table, { types, tables, foreign: key, partitions, look, dependent, attributes, face });
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
