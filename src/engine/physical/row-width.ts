import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import { type TypeFacts, typeFacts } from '../rules/type-facts.ts';

/**
 * Fixed sizes and alignments in bytes, from PostgreSQL's catalog (`pg_type.typlen`, `typalign`); see its documentation,
 * chapter "Data Types" and section "Database Page Layout".
 */
const FIXED: Readonly<Record<string, readonly [size: number, align: number]>> = {
  boolean: [1, 1],
  smallint: [2, 2],
  integer: [4, 4],
  bigint: [8, 8],
  real: [4, 4],
  'double precision': [8, 8],
  money: [8, 8],
  oid: [4, 4],
  date: [4, 4],
  time: [8, 8],
  timetz: [12, 8],
  timestamp: [8, 8],
  timestamptz: [8, 8],
  interval: [16, 8],
  uuid: [16, 1],
  name: [64, 1],
  macaddr: [6, 4],
  macaddr8: [8, 4],
  point: [16, 8],
  line: [24, 8],
  lseg: [32, 8],
  box: [32, 8],
  circle: [24, 8],
  pg_lsn: [8, 8],
};

/** Bytes assumed for the content of types without a fixed size, where no average was declared: guesses, and said to be. */
const ASSUMED: Readonly<Record<string, number>> = {
  text: 32,
  varchar: 32,
  citext: 32,
  bytea: 64,
  json: 128,
  jsonb: 128,
  xml: 256,
  tsvector: 256,
  inet: 7,
  cidr: 7,
  numeric: 8,
};
const OTHERWISE = 32;
/** Elements assumed in an array. */
const ELEMENTS = 4;

/** Bytes of the tuple header (23) padded, and of the line pointer that finds it. */
const HEADER = 23;
const POINTER = 4;

const align = (at: number, to: number) => Math.ceil(at / to) * to;

interface Width {
  readonly bytes: number;
  readonly align: number;
  /** Not known from the type: assumed. */
  readonly assumed: boolean;
}

/** A value of variable length: up to 126 bytes have a header of one byte and no alignment, longer ones four and alignment 4. */
function variable(content: number, assumed: boolean): Width {
  return content <= 126 ? { bytes: content + 1, align: 1, assumed } : { bytes: content + 4, align: 4, assumed };
}

function declaredLength({ name, args }: TypeFacts): number | undefined {
  const given = Number(args[0]);
  if (!Number.isFinite(given) || given <= 0) return undefined;
  if (name === 'char') return given;
  // Half of what may be: a limit is seldom reached.
  if (name === 'varchar') return Math.min(ASSUMED['varchar'] as number, Math.ceil(given / 2));
  if (name === 'numeric') return 3 + 2 * Math.ceil(given / 4);
  if (name === 'bit' || name === 'varbit') return 4 + Math.ceil(given / 8);
  if (name === 'vector') return 4 + 4 * given;
  return undefined;
}

function valueWidth(document: Document, column: Column): Width {
  const type = typeFacts(document, column.type);
  const average = column.facts?.averageWidth;
  const fixed = Object.hasOwn(FIXED, type.name) ? FIXED[type.name] : undefined;
  if (!type.isArray && fixed !== undefined) return { bytes: fixed[0], align: fixed[1], assumed: false };
  if (average !== undefined) return { bytes: average, align: average > 126 ? 4 : 1, assumed: false };
  if (type.isArray) return variable(24 + ELEMENTS * (fixed?.[0] ?? OTHERWISE), true);
  if (column.type.kind === 'custom' && Object.hasOwn(document.types, type.name) && document.types[type.name]?.kind === 'enum') {
    return { bytes: 4, align: 4, assumed: false };
  }
  const length = declaredLength(type);
  if (length !== undefined) return variable(length, type.name !== 'char');
  return variable(Object.hasOwn(ASSUMED, type.name) ? (ASSUMED[type.name] as number) : OTHERWISE, true);
}

/** Bytes of a column's value, and whether that is assumed. */
export function valueBytes(document: Document, column: Column): { readonly bytes: number; readonly assumed: boolean } {
  return valueWidth(document, column);
}

/** How PostgreSQL keeps values of a column: their bytes, -1 = varying, and the boundary they start at (`pg_attribute`). */
export function valueLayout(document: Document, column: Column): { readonly length: number; readonly align: number } {
  const { name, isArray } = typeFacts(document, column.type);
  const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
  if (!isArray && fixed !== undefined) return { length: fixed[0], align: fixed[1] };
  const isEnum = !isArray && Object.hasOwn(document.types, name) && document.types[name]?.kind === 'enum';
  return isEnum ? { length: 4, align: 4 } : { length: -1, align: 4 };
}

export interface RowWidth {
  /** Bytes a row takes in its page: header, null bitmap, values with their alignment, line pointer. */
  readonly bytes: number;
  /** Number of columns whose width is a guess, as neither type nor facts tell it. */
  readonly assumed: number;
}

const memo = new WeakMap<Table, { readonly types: unknown; readonly tables: unknown; readonly width: RowWidth }>();

/**
 * The expected width of a row of a table as PostgreSQL stores it, in bytes. Columns lie in their order, each at its
 * alignment; a column's declared share of nulls takes nothing. Values that PostgreSQL would compress or move out of line
 * are counted whole. Remembered by the table's identity.
 */
export function rowWidth(document: Document, table: Table): RowWidth {
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  const tables = inherits ? document.tables : undefined;
  const known = memo.get(table);
  if (known !== undefined && known.types === document.types && known.tables === tables) return known.width;
  const columns = columnsOf(document, table).filter((column) => column.generated === undefined || column.generated.stored);
  const nulls = columns.some((column) => column.nullable) ? Math.ceil(columns.length / 8) : 0;
  let at = align(HEADER + nulls, 8);
  let assumed = 0;
  for (const column of columns) {
    const width = valueWidth(document, column);
    const there = 1 - (column.nullable ? (column.facts?.nullFraction ?? 0) : 0);
    at += there * (align(at, width.align) - at + width.bytes);
    if (width.assumed) assumed += 1;
  }
  const width = { bytes: align(Math.round(at), 8) + POINTER, assumed };
  memo.set(table, { types: document.types, tables, width });
  return width;
}
