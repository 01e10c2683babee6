import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { typeText } from '../sql/literals.ts';
import { TYPE_MAPS } from './maps.ts';

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

/** Every built-in type of each dialect, by its own manual's chapter on data types; arguments after `|`. */
const BUILTIN: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: [
    'smallint integer bigint smallserial serial bigserial numeric numeric|10,2 real money text name varchar varchar|40 char char|3 bpchar',
    'bytea bit bit|8 varbit varbit|16 boolean date time time|3 timetz timestamp timestamp|0 timestamptz interval uuid json jsonb xml',
    'inet cidr macaddr macaddr8 point line lseg box path polygon circle tsvector tsquery int4range int8range numrange tsrange tstzrange',
    'daterange int4multirange tstzmultirange oid regclass regtype pg_lsn xid xid8 txid_snapshot pg_snapshot jsonpath refcursor citext hstore',
  ],
  mysql: [
    'tinyint tinyint|1 smallint mediumint int bigint int|11 decimal decimal|10,2 numeric|5 float double real bit bit|1 bit|8 bool boolean',
    "char char|3 varchar|40 binary|16 varbinary|40 tinytext text mediumtext longtext tinyblob blob mediumblob longblob enum|'a','b' set|'a','b'",
    'date time time|3 datetime datetime|6 timestamp timestamp|6 year json geometry point linestring polygon multipoint multipolygon serial',
  ],
  mariadb: ['uuid inet4 inet6 json int bigint varchar|40 longtext datetime|6 year geometry'],
  sqlite: [
    'INTEGER INT BIGINT TINYINT|1 TEXT BLOB REAL NUMERIC NUMERIC|10,2 VARCHAR|40 NVARCHAR|160 CHAR|2 BOOLEAN DATE DATETIME TIMESTAMP JSON CLOB DOUBLE ANY STRING',
  ],
  mssql: [
    'bit tinyint smallint int bigint decimal decimal|10,2 numeric|5 money smallmoney float float|24 real char|3 varchar|40 varchar|max text nchar|3',
    'nvarchar|40 nvarchar|max ntext binary|8 varbinary|40 varbinary|max image date time time|3 datetime smalldatetime datetime2 datetime2|3',
    'datetimeoffset uniqueidentifier xml json sql_variant rowversion timestamp hierarchyid geometry geography sysname',
  ],
  oracle: [
    'number number|10 number|10,2 number|1 number|19 number|*,0 integer float binary_float binary_double varchar2|40 varchar2|40_char nvarchar2|40 char|3',
    'nchar|3 clob nclob blob bfile long long_raw raw|16 raw|40 date timestamp timestamp|3 timestamp_with_time_zone timestamp_with_local_time_zone',
    'interval_year_to_month interval_day_to_second boolean json xmltype rowid urowid',
  ],
};

/** Long names that stand for several words above. */
function parts(text: string): { name: string; args: string[] } {
  const [name = '', args] = text.split('|');
  return {
    name: name
      .replaceAll('_', ' ')
      .replace(/^binary (float|double)$/, 'binary_$1')
      .replace(/^sql variant$/, 'sql_variant')
      .replace(/^pg (lsn|snapshot)$/, 'pg_$1')
      .replace('txid snapshot', 'txid_snapshot'),
    args: args === undefined ? [] : args.replaceAll('_', ' ').split(','),
  };
}

const all = (dialect: Dialect) => BUILTIN[dialect].flatMap((line) => line.split(' ')).map(parts);

/** Names of types that each target has; SQLite takes any word. */
const KNOWN: Readonly<Record<Dialect, RegExp>> = {
  postgresql:
    /^(?:smallint|integer|bigint|numeric|real|double precision|text|varchar|char|bytea|bit|varbit|boolean|date|time|timetz|timestamp|timestamptz|interval|uuid|json|jsonb|xml|inet)\b/,
  mysql:
    /^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|bit|char|varchar|binary|varbinary|text|mediumtext|longtext|blob|mediumblob|longblob|enum|set|date|time|datetime|timestamp|year|json|geometry|point|linestring|polygon|multi\w+)\b/,
  mariadb:
    /^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|bit|char|varchar|binary|varbinary|text|mediumtext|longtext|blob|mediumblob|longblob|enum|set|date|time|datetime|timestamp|year|json|geometry|point|linestring|polygon|multi\w+|uuid|inet6)\b/,
  sqlite: /^(?:INTEGER|TEXT|REAL|BLOB|NUMERIC|BOOLEAN|VARCHAR|CHAR|)(?:\(|$)/,
  mssql:
    /^(?:bit|tinyint|smallint|int|bigint|decimal|money|smallmoney|float|real|n?char|n?varchar|binary|varbinary|date|time|datetime2|datetimeoffset|uniqueidentifier|xml|rowversion|hierarchyid|geometry|geography)\b/,
  oracle:
    /^(?:number|binary_float|binary_double|varchar2|char|clob|blob|bfile|raw|date|timestamp|interval|boolean|json|xmltype|rowid|urowid|SDO_GEOMETRY)\b/,
};

for (const from of DIALECTS) {
  for (const to of DIALECTS.filter((one) => one !== from)) {
    it(`gives every type of ${from} one that ${to} knows, with a reason`, () => {
      for (const { name, args } of all(from)) {
        const { common, options } = TYPE_MAPS[from].read(name, args);
        for (const held of [common, ...(options ?? []).map((one) => one.common)]) {
          const written = TYPE_MAPS[to].write(held, { to, version: DEFAULT_VERSION[to] });
          expect(typeText(written.type), `${from} ${name} -> ${to}`).toMatch(KNOWN[to]);
          expect(written.reason.length, `${from} ${name} -> ${to}`).toBeGreaterThan(5);
          for (const option of written.options ?? []) {
            const chosen = TYPE_MAPS[to].write(held, { to, version: DEFAULT_VERSION[to], chosen: option.id });
            expect(typeText(chosen.type), `${from} ${name} -> ${to} as ${option.id}`).toMatch(KNOWN[to]);
          }
        }
      }
    });
  }
}

/** source type, target, what it becomes, verdict */
const CASES: readonly (readonly [Dialect, string, Dialect, string, string])[] = [
  ['mysql', 'tinyint|1', 'postgresql', 'boolean', 'faithful'],
  ['mysql', 'tinyint', 'postgresql', 'smallint', 'faithful'],
  ['mysql', 'int unsigned', 'postgresql', 'bigint', 'faithful'],
  ['mysql', 'bigint unsigned', 'postgresql', 'numeric(20, 0)', 'faithful'],
  ['mysql', 'mediumint unsigned', 'postgresql', 'integer', 'faithful'],
  ['mysql', 'smallint unsigned', 'postgresql', 'integer', 'faithful'],
  ['mysql', 'year', 'postgresql', 'smallint', 'faithful'],
  ['mysql', 'datetime', 'postgresql', 'timestamp(0)', 'faithful'],
  ['mysql', 'timestamp|6', 'postgresql', 'timestamptz(6)', 'faithful'],
  ['mysql', "set|'a','b'", 'postgresql', 'text[]', 'approximate'],
  ['mysql', 'bit|8', 'postgresql', 'bit(8)', 'faithful'],
  ['mysql', 'bit|1', 'postgresql', 'boolean', 'faithful'],
  ['mysql', 'double', 'postgresql', 'double precision', 'faithful'],
  ['oracle', 'number|10', 'postgresql', 'bigint', 'faithful'],
  ['oracle', 'number|9', 'postgresql', 'integer', 'faithful'],
  ['oracle', 'number|38', 'postgresql', 'numeric(38, 0)', 'faithful'],
  ['oracle', 'number', 'postgresql', 'numeric', 'faithful'],
  ['oracle', 'number|8,2', 'postgresql', 'numeric(8, 2)', 'faithful'],
  ['oracle', 'varchar2|40 char', 'postgresql', 'varchar(40)', 'faithful'],
  ['oracle', 'date', 'postgresql', 'timestamp(0)', 'faithful'],
  ['oracle', 'clob', 'postgresql', 'text', 'faithful'],
  ['oracle', 'timestamp with time zone|6', 'postgresql', 'timestamptz(6)', 'approximate'],
  ['oracle', 'timestamp with local time zone|6', 'postgresql', 'timestamptz(6)', 'faithful'],
  ['mssql', 'datetime2', 'postgresql', 'timestamp(6)', 'approximate'],
  ['mssql', 'bit', 'postgresql', 'boolean', 'faithful'],
  ['mssql', 'tinyint', 'postgresql', 'smallint', 'faithful'],
  ['mssql', 'nvarchar|max', 'postgresql', 'text', 'faithful'],
  ['mssql', 'uniqueidentifier', 'postgresql', 'uuid', 'faithful'],
  ['mssql', 'money', 'postgresql', 'numeric(19, 4)', 'faithful'],
  ['sqlite', 'INTEGER', 'postgresql', 'bigint', 'faithful'],
  ['sqlite', 'NVARCHAR(160)', 'postgresql', 'varchar(160)', 'faithful'],
  ['postgresql', 'boolean', 'mysql', 'tinyint(1)', 'faithful'],
  ['postgresql', 'numeric', 'mysql', 'decimal(38, 10)', 'approximate'],
  ['postgresql', 'timestamptz', 'mysql', 'datetime(6)', 'approximate'],
  ['postgresql', 'uuid', 'mysql', 'char(36)', 'approximate'],
  ['postgresql', 'uuid', 'mariadb', 'uuid', 'faithful'],
  ['postgresql', 'text', 'mysql', 'longtext', 'faithful'],
  ['postgresql', 'interval', 'mysql', 'varchar(64)', 'approximate'],
  ['postgresql', 'jsonb', 'mssql', 'nvarchar(max)', 'approximate'],
  ['postgresql', 'timestamptz', 'mssql', 'datetimeoffset(6)', 'faithful'],
  ['postgresql', 'integer', 'oracle', 'number(10, 0)', 'faithful'],
  ['postgresql', 'text', 'oracle', 'clob', 'approximate'],
  ['postgresql', 'timestamptz', 'oracle', 'timestamp(6) with local time zone', 'faithful'],
  ['postgresql', 'date', 'sqlite', 'TEXT', 'approximate'],
  ['postgresql', 'numeric|10,2', 'sqlite', 'NUMERIC(10,2)', 'approximate'],
  ['mysql', 'int unsigned', 'oracle', 'number(10, 0)', 'faithful'],
  ['mysql', "enum|'a','b'", 'mssql', 'nvarchar(1)', 'approximate'],
];

describe('single conversions', () => {
  it.each(CASES)('%s %s -> %s: %s', (from, text, to, expected, verdict) => {
    const [name = '', args] = text.split('|');
    const { common } = TYPE_MAPS[from].read(name, args?.split(','));
    const written = TYPE_MAPS[to].write(common, { to, version: DEFAULT_VERSION[to] });
    expect(`${typeText(written.type)} ${written.verdict}`).toBe(`${expected} ${verdict}`);
  });

  it('refuses negative numbers by a check where the target has no unsigned type', () => {
    const { common } = TYPE_MAPS.mysql.read('int unsigned');
    const write = (more: object) => TYPE_MAPS.postgresql.write(common, { to: 'postgresql', version: 18, ...more }).checks;
    expect(write({})).toEqual([{ is: 'not negative' }]);
    expect(write({ chosen: 'plain' })).toBeUndefined();
    expect(write({ identity: true })).toBeUndefined();
  });

  it('keeps texts in keys within what the target can index', () => {
    const { common } = TYPE_MAPS.postgresql.read('text');
    expect(typeText(TYPE_MAPS.mysql.write(common, { to: 'mysql', version: 8, keyed: true }).type)).toBe('varchar(191)');
    expect(typeText(TYPE_MAPS.mssql.write(common, { to: 'mssql', version: 2022, keyed: true }).type)).toBe('nvarchar(450)');
    expect(typeText(TYPE_MAPS.oracle.write(common, { to: 'oracle', version: 23, keyed: true }).type)).toBe('varchar2(1000 char)');
  });

  it('follows the version: Oracle before 23 has no boolean, before 21 no JSON', () => {
    const at = (version: number, name: string) =>
      typeText(TYPE_MAPS.oracle.write(TYPE_MAPS.postgresql.read(name).common, { to: 'oracle', version }).type);
    expect([at(23, 'boolean'), at(19, 'boolean'), at(21, 'jsonb'), at(19, 'jsonb')]).toEqual([
      'boolean',
      'number(1, 0)',
      'json',
      'clob',
    ]);
  });
});
