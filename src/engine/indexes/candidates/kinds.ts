import type { Column } from '#model/column-types.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
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
  /** Most bytes of a whole key; absent: no limit that a key of a few columns meets. */
  readonly keyBytes?: number;
  /** What is included counts against them, too. */
  readonly limitsEntry?: true;
  /** Bytes that a key must have room for, of one column. */
  bytes(type: TypeFacts, column: Column | undefined): number;
  /** Whether a predicate may stand in the WHERE of an index. */
  where(predicate: Predicate): boolean;
  keyed(type: TypeFacts, column: Column | undefined, table: Table): Keyed;
  /** Whether a column may stand beside the key, where an index has such columns (`include`). */
  included(type: TypeFacts, column: Column): boolean;
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

/** Widest column, on average, that is held beside a key. */
const MAX_INCLUDED_WIDTH = 512;
/** Of a text without a length that is wider than this on average, some do not fit into an entry. */
const SHORT_TEXT = 128;
/** Names of texts that people write at length. */
const LONG_TEXT =
  /(?:^|_)(?:body|contents?|text|descr(?:iption)?|message|comments?|notes?|remarks?|bio|biography|about|summary|abstract|details|payload|html|markdown|raw|data|document|article|transcript|script|stack_?trace|traceback|stdout|stderr|request|response|headers|query|sql)$/i;

/**
 * A text that an entry may have no room for: a row that holds a longer one is refused (`index row size exceeds btree maximum`).
 * By its declared length, by what is known of its width, else by its name.
 */
function mayBeLong({ name, args }: TypeFacts, { name: called, facts }: Column): boolean {
  if (name !== 'text' && name !== 'citext' && name !== 'varchar') return false;
  const length = name === 'varchar' ? Number(args[0]) : Number.NaN;
  if (!Number.isNaN(length)) return length > POSTGRES_BYTES;
  if (facts?.averageWidth !== undefined) return facts.averageWidth > SHORT_TEXT;
  return LONG_TEXT.test(called.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_'));
}

const postgres: IndexKind = {
  include: true,
  expressions: true,
  saysNulls: true,
  nullSafeEqual: false,
  maxColumns: 32,
  // What values are wide on average: their declared length is seldom reached, and an entry is of the values.
  keyBytes: POSTGRES_BYTES,
  limitsEntry: true,
  bytes: (_, column) => column?.facts?.averageWidth ?? 0,
  where: () => true,
  keyed: (type, column) => {
    if (type.isArray || NO_BTREE.has(type.name)) return NO;
    return (column?.facts?.averageWidth ?? 0) > POSTGRES_BYTES ? NO : YES;
  },
  included: (type, column) =>
    (column.facts?.averageWidth ?? 0) < MAX_INCLUDED_WIDTH &&
    !/^(?:json|xml|bytea|geometry|image)/.test(type.name) &&
    !mayBeLong(type, column),
  prefixClass: (type, column) =>
    isC(column?.collation)
      ? undefined
      : (PATTERN_CLASS[type?.name ?? 'text'] ?? (type === undefined ? 'text_pattern_ops' : undefined)),
  specials: postgresSpecials,
};

const SIZED = /^(?:var)?(?:char|binary)$|^n?varchar2?$|^nchar$/;

/** Bytes of a value of a type with a length, as it is declared; of others what numbers and times take at most. */
function declaredBytes({ name, args }: TypeFacts, ofCharacter: number): number {
  return SIZED.test(name) ? Number(args[0] ?? 1) * ofCharacter : 9;
}

/**
 * InnoDB: 3,072 bytes for a key and for each of its columns, four for a character of utf8mb4; 767 for a column in the older row
 * formats; texts and blobs need a length (MySQL Reference Manual, 17.21 "InnoDB Limits").
 */
const INNODB_BYTES = 3072;
const INNODB_OLD_BYTES = 767;
/** Characters that fit into both. */
const INNODB_CHARACTERS = 191;

const innodbBytes = (type: TypeFacts) =>
  /text|blob/.test(type.name) ? 4 * INNODB_CHARACTERS : declaredBytes(type, /char/.test(type.name) ? 4 : 1);

function isOldFormat(table: Table): boolean {
  const format = table.parameters?.find(({ name }) => name.toUpperCase() === 'ROW_FORMAT')?.value;
  return format !== undefined && /^(?:COMPACT|REDUNDANT)$/i.test(format);
}

const mysql: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: true,
  maxColumns: 16,
  keyBytes: INNODB_BYTES,
  bytes: innodbBytes,
  where: () => false,
  keyed: (type, _, table) => {
    if (/json|geometry|point|polygon|linestring/.test(type.name)) return NO;
    if (/text|blob/.test(type.name)) return { ok: true, length: INNODB_CHARACTERS };
    const most = isOldFormat(table) ? INNODB_OLD_BYTES : INNODB_BYTES;
    return innodbBytes(type) > most ? { ok: true, length: INNODB_CHARACTERS } : YES;
  },
  included: () => false,
  prefixClass: () => undefined,
  specials: mysqlSpecials,
};

const sqlite: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: true,
  maxColumns: 32,
  bytes: () => 0,
  where: () => true,
  keyed: () => YES,
  included: () => false,
  prefixClass: () => undefined,
  specials: sqliteSpecials,
};

const MSSQL_BYTES = 1700;
const mssqlBytes = (type: TypeFacts) => declaredBytes(type, /^n/.test(type.name) ? 2 : 1);

const mssql: IndexKind = {
  include: true,
  expressions: false,
  saysNulls: false,
  nullSafeEqual: false,
  maxColumns: 32,
  // 1,700 bytes for a nonclustered key, 900 for a clustered one, which is not proposed.
  keyBytes: MSSQL_BYTES,
  bytes: mssqlBytes,
  // Filters compare columns with constants; OR, LIKE, BETWEEN and functions are refused (CREATE INDEX, filter_predicate).
  where: ({ test, term, operator }) =>
    term.column !== undefined &&
    (test === 'equal' || test === 'in' || test === 'null' || test === 'not null' || (test === 'differs' && operator === '<>')),
  keyed: (type) => {
    if (/^(?:n?text|image|xml|geography|geometry|json|sql_variant)$/.test(type.name) || type.args[0]?.toLowerCase() === 'max')
      return NO;
    return mssqlBytes(type) > MSSQL_BYTES ? NO : YES;
  },
  // ntext, text and image are refused; a (max) column is taken, and would copy what is kept outside of rows.
  included: (type, column) =>
    (column.facts?.averageWidth ?? 0) < MAX_INCLUDED_WIDTH &&
    !/^(?:n?text|image|xml|json|geometry|geography|sql_variant)$/.test(type.name) &&
    type.args[0]?.toLowerCase() !== 'max',
  prefixClass: () => undefined,
  specials: () => [],
};

const oracle: IndexKind = {
  include: false,
  expressions: true,
  saysNulls: false,
  nullSafeEqual: false,
  maxColumns: 32,
  // Three quarters of a block of 8 kB, its headers apart (ORA-01450).
  keyBytes: 6398,
  bytes: (type) => declaredBytes(type, 1),
  where: () => false,
  keyed: (type) => (/^(?:n?clob|blob|bfile|long|xmltype|json|sdo_geometry)/.test(type.name) ? NO : YES),
  included: () => false,
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

/** What indexes can be in a document's version of its dialect. */
export function indexKindOf(document: Document): IndexKind {
  const { dialect = 'postgresql', version = Number.POSITIVE_INFINITY } = document.settings['settings'] ?? {};
  const kind = INDEX_KINDS[dialect];
  const since = TRAITS[dialect].expressionIndexesSince;
  return kind.expressions && (since === undefined || version < since) ? { ...kind, expressions: false } : kind;
}

export function columnType(document: Document, column: Column | undefined): TypeFacts | undefined {
  return column === undefined ? undefined : typeFacts(document, column.type);
}
