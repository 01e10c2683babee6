import type { Dialect } from '#model/types.ts';

/** A type as a list of suggestions shows it. */
export interface ListedType {
  /** As the model stores it. */
  readonly name: string;
  readonly group: string;
  /** What it is, in a few words. */
  readonly note: string;
  /** Other spellings, lower case. */
  readonly aliases?: readonly string[];
}

type Line = readonly [name: string, note: string, ...aliases: string[]];

function group(name: string, lines: readonly Line[]): readonly ListedType[] {
  return lines.map(([type, note, ...aliases]) => ({ name: type, group: name, note, ...(aliases.length === 0 ? {} : { aliases }) }));
}

/** MySQL 8.4 Reference Manual, chapter 13. */
const MYSQL: readonly ListedType[] = [
  ...group('Number', [
    ['int', '4 bytes, up to 2.1 × 10⁹', 'integer', 'int4'],
    ['bigint', '8 bytes, up to 9.2 × 10¹⁸', 'int8'],
    ['int unsigned', '4 bytes, from 0 to 4.2 × 10⁹'],
    ['bigint unsigned', '8 bytes, from 0 to 1.8 × 10¹⁹'],
    ['smallint', '2 bytes, up to 32,767', 'int2'],
    ['smallint unsigned', '2 bytes, from 0 to 65,535'],
    ['mediumint', '3 bytes, up to 8,388,607', 'int3'],
    ['mediumint unsigned', '3 bytes, from 0'],
    ['tinyint', '1 byte, up to 127; tinyint(1) is a truth value', 'int1', 'bool', 'boolean'],
    ['tinyint unsigned', '1 byte, from 0 to 255'],
    ['decimal', 'exact; (precision, scale)', 'numeric', 'dec', 'fixed'],
    ['double', '8 bytes, inexact', 'double precision', 'float8'],
    ['float', '4 bytes, inexact', 'float4'],
    ['bit', '(n) bits, up to 64'],
  ]),
  ...group('Text', [
    ['varchar', 'at most (n) characters'],
    ['char', 'padded to (n) characters'],
    ['text', 'up to 64 kB'],
    ['mediumtext', 'up to 16 MB'],
    ['longtext', 'up to 4 GB'],
    ['tinytext', 'up to 255 bytes'],
    ['enum', "one of ('a','b')"],
    ['set', "some of ('a','b')"],
  ]),
  ...group('Date and time', [
    ['datetime', 'date and time as written; (digits of a second)'],
    ['timestamp', 'a moment, kept in UTC; until 2038'],
    ['date', 'a calendar day'],
    ['time', 'a time or span of up to 838 hours'],
    ['year', 'four digits'],
  ]),
  ...group('Binary', [
    ['blob', 'up to 64 kB'],
    ['mediumblob', 'up to 16 MB'],
    ['longblob', 'up to 4 GB'],
    ['tinyblob', 'up to 255 bytes'],
    ['varbinary', 'at most (n) bytes'],
    ['binary', 'padded to (n) bytes; binary(16) holds a UUID'],
  ]),
  ...group('Document', [['json', 'JSON, checked and indexable through generated columns']]),
  ...group('Geometry', [
    ['geometry', 'any shape'],
    ['point', 'one position'],
    ['linestring', 'a line'],
    ['polygon', 'an area'],
    ['multipoint', 'several positions'],
    ['multilinestring', 'several lines'],
    ['multipolygon', 'several areas'],
    ['geometrycollection', 'several shapes', 'geomcollection'],
  ]),
];

/** MariaDB documentation, Data Types: MySQL's, and its own. */
const MARIADB: readonly ListedType[] = [
  ...MYSQL,
  ...group('Identifier', [
    ['uuid', '16 bytes, unique anywhere (10.7)'],
    ['inet6', 'an IPv6 or IPv4 address (10.5)'],
    ['inet4', 'an IPv4 address (10.10)'],
  ]),
];

/** https://sqlite.org/datatype3.html: what is declared decides the affinity only. */
const SQLITE: readonly ListedType[] = [
  ...group('Affinity', [
    ['INTEGER', 'whole numbers; as the primary key it is the row id', 'int'],
    ['TEXT', 'text of any length'],
    ['REAL', '8 bytes, inexact', 'double', 'float'],
    ['BLOB', 'bytes as they are'],
    ['NUMERIC', 'a number, text where it is none'],
    ['ANY', 'any value, kept as it is in STRICT tables'],
  ]),
  ...group('As other databases say it', [
    ['VARCHAR(255)', 'text; the length is not kept', 'varchar'],
    ['BOOLEAN', 'numeric: 0 and 1', 'bool'],
    ['DATETIME', 'numeric; text by convention'],
    ['DATE', 'numeric; text by convention'],
    ['TIMESTAMP', 'numeric; text by convention'],
    ['DECIMAL(10,2)', 'numeric; not exact', 'decimal'],
    ['BIGINT', 'integer'],
    ['JSON', 'numeric by its name; text by convention'],
  ]),
];

/** Transact-SQL reference, Data types. */
const MSSQL: readonly ListedType[] = [
  ...group('Number', [
    ['int', '4 bytes, up to 2.1 × 10⁹', 'integer'],
    ['bigint', '8 bytes, up to 9.2 × 10¹⁸'],
    ['smallint', '2 bytes, up to 32,767'],
    ['tinyint', '1 byte, from 0 to 255'],
    ['bit', '0, 1 or null'],
    ['decimal', 'exact; (precision, scale)', 'numeric', 'dec'],
    ['money', '8 bytes, four decimals'],
    ['smallmoney', '4 bytes, four decimals'],
    ['float', '8 bytes, inexact', 'double precision'],
    ['real', '4 bytes, inexact'],
  ]),
  ...group('Text', [
    ['nvarchar', 'Unicode, at most (n) characters, or (max)', 'national character varying'],
    ['varchar', 'at most (n) bytes, or (max)', 'character varying'],
    ['nchar', 'Unicode, padded to (n)', 'national character'],
    ['char', 'padded to (n) bytes', 'character'],
    ['ntext', 'deprecated: nvarchar(max)'],
    ['text', 'deprecated: varchar(max)'],
    ['sysname', 'an identifier: nvarchar(128)'],
  ]),
  ...group('Date and time', [
    ['datetime2', 'date and time; (digits of a second)'],
    ['datetimeoffset', 'a moment with its offset'],
    ['date', 'a calendar day'],
    ['time', 'time of day'],
    ['datetime', 'to 3 ms; datetime2 is better'],
    ['smalldatetime', 'to the minute'],
  ]),
  ...group('Identifier', [
    ['uniqueidentifier', '16 bytes, unique anywhere'],
    ['rowversion', 'a number that changes with the row', 'timestamp'],
    ['hierarchyid', 'a place in a tree'],
  ]),
  ...group('Binary', [
    ['varbinary', 'at most (n) bytes, or (max)', 'binary varying'],
    ['binary', 'padded to (n) bytes'],
    ['image', 'deprecated: varbinary(max)'],
  ]),
  ...group('Document', [
    ['xml', 'an XML document'],
    ['json', 'JSON (2025)'],
    ['sql_variant', 'a value of nearly any type'],
  ]),
  ...group('Geometry', [
    ['geography', 'shapes on the earth'],
    ['geometry', 'shapes on a plane'],
  ]),
];

/** Oracle Database SQL Language Reference, Data Types. */
const ORACLE: readonly ListedType[] = [
  ...group('Number', [
    ['number', 'exact; (precision, scale)', 'numeric', 'decimal', 'dec'],
    ['integer', 'number(38)', 'int', 'smallint'],
    ['binary_double', '8 bytes, inexact'],
    ['binary_float', '4 bytes, inexact'],
    ['float', 'a number by binary digits'],
    ['boolean', 'true or false (23)'],
  ]),
  ...group('Text', [
    ['varchar2', 'at most (n) bytes, or (n char)', 'varchar'],
    ['nvarchar2', 'Unicode, at most (n) characters'],
    ['char', 'padded to (n)', 'character'],
    ['nchar', 'Unicode, padded to (n)'],
    ['clob', 'text of any length'],
    ['nclob', 'Unicode text of any length'],
    ['long', 'deprecated: clob'],
  ]),
  ...group('Date and time', [
    ['date', 'a day with its time, to the second'],
    ['timestamp', 'date and time; (digits of a second)'],
    ['timestamp with time zone', 'a moment with its zone'],
    ['timestamp with local time zone', 'a moment, shown in the session’s zone'],
    ['interval year to month', 'a span of years and months'],
    ['interval day to second', 'a span of days and seconds'],
  ]),
  ...group('Binary', [
    ['blob', 'bytes of any length'],
    ['raw', 'at most (n) bytes; raw(16) holds a UUID'],
    ['long raw', 'deprecated: blob'],
    ['bfile', 'a file outside the database'],
  ]),
  ...group('Document', [
    ['json', 'JSON, parsed (21)'],
    ['xmltype', 'an XML document'],
  ]),
  ...group('System', [
    ['rowid', 'where a row is'],
    ['urowid', 'where a row is, of any table'],
  ]),
  ...group('Geometry', [['sdo_geometry', 'a shape']]),
];

/** Types to suggest, the usual ones of each group first. PostgreSQL's are listed where they are read. */
export const TYPE_LISTS: Readonly<Partial<Record<Dialect, readonly ListedType[]>>> = {
  mysql: MYSQL,
  mariadb: MARIADB,
  sqlite: SQLITE,
  mssql: MSSQL,
  oracle: ORACLE,
};

type Defaults = readonly (readonly [types: RegExp, values: readonly string[]])[];

const MYSQL_DEFAULTS: Defaults = [
  [/^(?:timestamp|datetime)/, ['CURRENT_TIMESTAMP']],
  [/^date$/, ['(CURRENT_DATE)']],
  [/^(?:binary|char|varchar|uuid)/, ['(uuid())', "''"]],
  [/^json/, ["('{}')", '(JSON_OBJECT())']],
  [/^tinyint/, ['0', '1']],
  [/int|decimal|double|float|bit/, ['0', '1']],
];

/** Defaults worth offering for a type, by the beginning of its name. The first line that fits counts. */
const DEFAULTS: Readonly<Partial<Record<Dialect, Defaults>>> = {
  mysql: MYSQL_DEFAULTS,
  mariadb: [[/^uuid/, ['uuid()']], [/^date$/, ['curdate()']], ...MYSQL_DEFAULTS],
  sqlite: [
    [/date|time/i, ['CURRENT_TIMESTAMP', "(datetime('now'))", 'CURRENT_DATE']],
    [/int|real|num|dec|bool|double|float/i, ['0', '1']],
    [/char|text|clob/i, ["''", '(lower(hex(randomblob(16))))']],
  ],
  mssql: [
    [/^(?:datetime|smalldatetime|datetime2)/, ['getdate()', 'sysutcdatetime()']],
    [/^datetimeoffset/, ['sysdatetimeoffset()']],
    [/^date$/, ['CAST(getdate() AS date)']],
    [/^uniqueidentifier/, ['newid()', 'newsequentialid()']],
    [/^(?:n?varchar|n?char)/, ["N''"]],
    [/int|bit|decimal|numeric|money|float|real/, ['0', '1']],
  ],
  oracle: [
    [/^date$/, ['SYSDATE']],
    [/^timestamp/, ['SYSTIMESTAMP', 'CURRENT_TIMESTAMP']],
    [/^raw/, ['SYS_GUID()']],
    [/^boolean/, ['FALSE', 'TRUE']],
    [/number|integer|float|binary_/, ['0', '1']],
    [/char|clob/, ["' '", 'USER']],
  ],
};

/** Defaults worth offering for a type of a dialect; none for PostgreSQL, whose are listed where they are read. */
export function listedDefaults(dialect: Dialect, type: string): readonly string[] {
  return DEFAULTS[dialect]?.find(([types]) => types.test(type))?.[1] ?? [];
}
