import type { Column } from '#model/column-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { type TypeFacts, typeFacts } from '../../rules/type-facts.ts';
import type { Predicate } from '../../workload/facts.ts';
import { mysqlSpecials, postgresSpecials, type Special, type SpecialInput, sqliteSpecials } from './specials.ts';

/** How a key column must be written, or that the engine takes no such column. */
export type Keyed = { readonly ok: true; readonly length?: number } | { readonly ok: false };

/** What a dialect's indexes can be. */
export interface IndexKind {
  /** Columns beside the key (INCLUDE); where there is none, they are appended to the key. */
  readonly include: boolean;
  readonly expressions: boolean;
  /** NULLS FIRST and LAST can be said. */
  readonly saysNulls: boolean;
  /** `<=>` finds rows by an index. */
  readonly nullSafeEqual: boolean;
  /** Most columns of a key. */
  readonly maxColumns: number;
  /** A secondary index holds the primary key anyway. */
  readonly holdsPrimaryKey: boolean;
  /** Whether a predicate may stand in the WHERE of an index. */
  where(predicate: Predicate): boolean;
  keyed(type: TypeFacts, column: Column | undefined): Keyed;
  /** Operator class that LIKE 'a%' needs. */
  prefixClass(type: TypeFacts | undefined, column: Column | undefined): string | undefined;
  /** Indexes that are no plain B-trees. */
  specials(input: SpecialInput): readonly Special[];
}

const YES: Keyed = { ok: true };
const NO: Keyed = { ok: false };

/** Types without a B-tree operator class (PostgreSQL's `pg_opclass`), and those whose order means nothing. */
const NO_BTREE = new Set(
  'json jsonb xml point line lseg box path polygon circle tsvector tsquery geometry geography raster hstore jsonpath vector'.split(
    ' ',
  ),
);

/** A B-tree entry holds at most a third of a page: 2,704 bytes (`BTMaxItemSize`). */
const POSTGRES_BYTES = 2704;

const PATTERN_CLASS: Readonly<Record<string, string>> = {
  text: 'text_pattern_ops',
  varchar: 'varchar_pattern_ops',
  char: 'bpchar_pattern_ops',
};

function isC(collation: string | undefined): boolean {
  return collation !== undefined && /^(?:pg_catalog\.)?"?(?:C|POSIX|ucs_basic)"?$/.test(collation);
}

const postgres: IndexKind = {
  include: true,
  expressions: true,
  saysNulls: true,
  nullSafeEqual: false,
  maxColumns: 32,
  holdsPrimaryKey: false,
  where: () => true,
  keyed: (type, column) => {
    if (type.isArray || NO_BTREE.has(type.name)) return NO;
    return (column?.facts?.averageWidth ?? 0) > POSTGRES_BYTES ? NO : YES;
  },
  prefixClass: (type, column) =>
    isC(column?.collation)
      ? undefined
      : (PATTERN_CLASS[type?.name ?? 'text'] ?? (type === undefined ? 'text_pattern_ops' : undefined)),
  specials: postgresSpecials,
};

const SIZED = /^(?:var)?(?:char|binary)$|^n?varchar2?$|^nchar$/;

/** InnoDB: 3,072 bytes for a key, four for a character of utf8mb4; texts and blobs need a length. */
const INNODB_BYTES = 3072;

const mysql: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: true,
  maxColumns: 16,
  holdsPrimaryKey: true,
  where: () => false,
  keyed: (type) => {
    if (/json|geometry|point|polygon|linestring/.test(type.name)) return NO;
    if (/text|blob/.test(type.name)) return { ok: true, length: 191 };
    const size = Number(type.args[0] ?? 1) * (/char/.test(type.name) ? 4 : 1);
    return SIZED.test(type.name) && size > INNODB_BYTES ? { ok: true, length: 191 } : YES;
  },
  prefixClass: () => undefined,
  specials: mysqlSpecials,
};

const sqlite: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: true,
  maxColumns: 32,
  holdsPrimaryKey: false,
  where: () => true,
  keyed: () => YES,
  prefixClass: () => undefined,
  specials: sqliteSpecials,
};

const mssql: IndexKind = {
  include: true,
  expressions: false,
  saysNulls: false,
  nullSafeEqual: false,
  maxColumns: 32,
  holdsPrimaryKey: true,
  // Filters compare columns with constants; OR, LIKE, BETWEEN and functions are refused (CREATE INDEX, filter_predicate).
  where: ({ test, term, operator }) =>
    term.column !== undefined &&
    (test === 'equal' || test === 'in' || test === 'null' || test === 'not null' || (test === 'differs' && operator === '<>')),
  keyed: (type) => {
    if (/^(?:n?text|image|xml|geography|geometry|json|sql_variant)$/.test(type.name) || type.args[0]?.toLowerCase() === 'max')
      return NO;
    // 1,700 bytes for a nonclustered key.
    const size = Number(type.args[0] ?? 1) * (/^n/.test(type.name) ? 2 : 1);
    return SIZED.test(type.name) && size > 1700 ? NO : YES;
  },
  prefixClass: () => undefined,
  specials: () => [],
};

const oracle: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: false,
  maxColumns: 32,
  holdsPrimaryKey: false,
  where: () => false,
  keyed: (type) => (/^(?:n?clob|blob|bfile|long|xmltype|json|sdo_geometry)/.test(type.name) ? NO : YES),
  prefixClass: () => undefined,
  specials: () => [],
};

export const INDEX_KINDS: Readonly<Record<Dialect, IndexKind>> = {
  postgresql: postgres,
  mysql,
  mariadb: { ...mysql, expressions: false },
  sqlite,
  mssql,
  oracle,
};

export function columnType(document: Document, column: Column | undefined): TypeFacts | undefined {
  return column === undefined ? undefined : typeFacts(document, column.type);
}
