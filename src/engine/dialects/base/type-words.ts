import { nearest } from '#lib/edit-distance.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import { MSSQL_TYPES } from '../mssql/read/types.ts';
import { BUILTIN_TYPES } from '../oracle/types.ts';
import { TRAITS } from './traits.ts';

/** "MySQL 9 Reference Manual", Data Types, by the names the catalog gives them. */
const MYSQL =
  'bit tinyint smallint mediumint int bigint decimal float double real date time datetime timestamp year char varchar binary ' +
  'varbinary tinyblob blob mediumblob longblob tinytext text mediumtext longtext enum set json vector geometry point linestring ' +
  'polygon multipoint multilinestring multipolygon geometrycollection';

/** Types that a dialect has by itself, where nothing else can be a type unless the schema defines it. */
const TYPES: Partial<Readonly<Record<Dialect, ReadonlySet<string>>>> = {
  mysql: new Set(MYSQL.split(' ')),
  mariadb: new Set(`${MYSQL} inet4 inet6 uuid xmltype`.split(' ')),
  mssql: MSSQL_TYPES,
  oracle: new Set(BUILTIN_TYPES.values()),
};

/** Dialects whose types are all their own: a schema cannot define any. */
const CLOSED: ReadonlySet<Dialect> = new Set<Dialect>(['mysql', 'mariadb']);

/** Words that declare a type in SQLite as in any other dialect. */
const USUAL = new Set(
  'int integer bigint smallint tinyint text varchar char real float double numeric decimal blob date datetime boolean'.split(' '),
);

/** `a int b int`: SQLite takes all that follows the name for one type. */
function twoTypes(declared: string): { word: string; message: string } | undefined {
  const words = declared.replace(/\(.*$/s, '').trim().toLowerCase().split(/\s+/);
  const [first = '', name = ''] = words;
  if (words.length !== 3 || !USUAL.has(first) || USUAL.has(name) || name === 'sub_type' || !USUAL.has(words[2] ?? ''))
    return undefined;
  const message = `SQLite takes ${declared} for one type. If ${name} begins another column, put a comma before it.`;
  return { word: name, message };
}

/** What a type word nearly is, where the dialect knows no such type; undefined when there is nothing to say. */
export function strangeType(dialect: Dialect, type: ColumnType): { readonly word: string; readonly message: string } | undefined {
  if (type.kind === 'custom' || ('schema' in type && type.schema !== undefined)) return undefined;
  if (dialect === 'sqlite') return twoTypes(type.name);
  const known = TYPES[dialect];
  const word = type.name.split(' ')[0] ?? '';
  if (known === undefined || word === '' || (type.kind === 'builtin' && !CLOSED.has(dialect)) || known.has(word.toLowerCase()))
    return undefined;
  const [like] = nearest(word, known, 1);
  // Where a schema may define types, one that looks like nothing may come from elsewhere.
  if (like === undefined && !CLOSED.has(dialect)) return undefined;
  const todo = like === undefined ? 'Write one of its types.' : `Did you mean ${like}?`;
  return { word, message: `${TRAITS[dialect].label} has no type ${word}, and nothing here defines it. ${todo}` };
}
