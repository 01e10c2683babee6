import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { CustomType, Dialect, Document, EnumType } from '#model/types.ts';
import { stringValue } from '../../dialects/base/lex.ts';

/** What a type holds, whatever the dialect calls it; with the sizes that other languages ask for. */
export type Portable =
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly unsigned?: boolean }
  | { readonly kind: 'decimal'; readonly precision?: number; readonly scale?: number }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'money' | 'boolean' | 'text' | 'date' | 'interval' | 'uuid' | 'xml' }
  | { readonly kind: 'char' | 'varchar'; readonly length?: number }
  | { readonly kind: 'time' | 'timestamp'; readonly zone: boolean; readonly precision?: number }
  | { readonly kind: 'json'; readonly binary: boolean }
  | { readonly kind: 'binary'; readonly length?: number }
  | { readonly kind: 'bits'; readonly length?: number }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly type?: EnumType }
  | { readonly kind: 'set'; readonly values: readonly string[] }
  | { readonly kind: 'array'; readonly of: Portable }
  | { readonly kind: 'other'; readonly name: string };

/** What a name stands for: its usual meaning, as `kind` and size. */
function known(): ReadonlyMap<string, Portable> {
  const map = new Map<string, Portable>();
  const put = (names: string, type: Portable) => {
    for (const name of names.split('|')) map.set(name, type);
  };
  put('tinyint|int1', { kind: 'integer', bits: 8 });
  put('smallint|int2|smallserial|serial2|year', { kind: 'integer', bits: 16 });
  put('mediumint|int3|middleint', { kind: 'integer', bits: 24 });
  put('int|integer|int4|serial|serial4', { kind: 'integer', bits: 32 });
  put('bigint|int8|bigserial|serial8|oid|xid8', { kind: 'integer', bits: 64 });
  put('numeric|decimal|dec|number|fixed', { kind: 'decimal' });
  put('money|smallmoney', { kind: 'money' });
  put('real|float4|binary_float', { kind: 'float', bits: 32 });
  put('double precision|double|float8|float|binary_double|double real', { kind: 'float', bits: 64 });
  put('boolean|bool', { kind: 'boolean' });
  put('char|character|nchar|bpchar|"char"|national char|native character', { kind: 'char' });
  put('varchar|character varying|nvarchar|varchar2|nvarchar2|varying character|name|sysname', { kind: 'varchar' });
  put('text|citext|clob|nclob|ntext|tinytext|mediumtext|longtext|long', { kind: 'text' });
  put('date', { kind: 'date' });
  put('time|time without time zone', { kind: 'time', zone: false });
  put('timetz|time with time zone', { kind: 'time', zone: true });
  put('timestamp|timestamp without time zone|datetime|datetime2|smalldatetime', { kind: 'timestamp', zone: false });
  put('timestamptz|timestamp with time zone|timestamp with local time zone|datetimeoffset', { kind: 'timestamp', zone: true });
  put('uuid|uniqueidentifier', { kind: 'uuid' });
  put('json', { kind: 'json', binary: false });
  put('jsonb', { kind: 'json', binary: true });
  put('xml|xmltype', { kind: 'xml' });
  put('bytea|blob|tinyblob|mediumblob|longblob|image|raw|long raw|binary|varbinary|bfile|rowversion', { kind: 'binary' });
  put('bit|bit varying|varbit', { kind: 'bits' });
  return map;
}

const KNOWN = known();

/** Where a dialect means something else by a name. */
const OWN: { readonly [D in Dialect]?: ReadonlyMap<string, Portable> } = {
  mssql: new Map<string, Portable>([
    ['bit', { kind: 'boolean' }],
    ['timestamp', { kind: 'binary', length: 8 }],
    ['tinyint', { kind: 'integer', bits: 8, unsigned: true }],
  ]),
  mysql: new Map<string, Portable>([['timestamp', { kind: 'timestamp', zone: true }]]),
  mariadb: new Map<string, Portable>([['timestamp', { kind: 'timestamp', zone: true }]]),
  oracle: new Map<string, Portable>([['date', { kind: 'timestamp', zone: false, precision: 0 }]]),
};

const size = (args: readonly string[], at = 0): number | undefined => {
  const found = /^\s*(\d{1,9})/.exec(args[at] ?? '');
  return found === null ? undefined : Number(found[1]);
};

function withSize<T extends object, K extends string>(type: T, key: K, value: number | undefined): T {
  return value === undefined ? type : { ...type, [key]: value };
}

function sized(type: Portable, args: readonly string[], dialect: Dialect): Portable {
  if (type.kind === 'char' || type.kind === 'varchar' || type.kind === 'binary' || type.kind === 'bits') {
    if (/^max$/i.test(args[0] ?? '') && type.kind === 'varchar') return { kind: 'text' };
    return withSize(type, 'length', size(args));
  }
  if (type.kind === 'time' || type.kind === 'timestamp') return withSize(type, 'precision', size(args));
  if (type.kind === 'float' && dialect !== 'oracle') {
    const bits = size(args);
    return bits !== undefined && bits <= 24 && args.length === 1 ? { kind: 'float', bits: 32 } : type;
  }
  if (type.kind !== 'decimal') return type;
  return withSize(withSize(type, 'precision', size(args)), 'scale', size(args, 1));
}

/** SQLite takes any text for a type; what it holds follows from what the text contains (rules of affinity). */
function byAffinity(name: string): Portable {
  const text = name.toUpperCase();
  if (text.includes('INT')) return { kind: 'integer', bits: 64 };
  if (/CHAR|CLOB|TEXT/.test(text)) return { kind: 'text' };
  if (text.includes('BLOB')) return { kind: 'binary' };
  if (/REAL|FLOA|DOUB/.test(text)) return { kind: 'float', bits: 64 };
  return { kind: 'other', name };
}

function builtin(given: string, args: readonly string[], dialect: Dialect): Portable {
  const unsigned = /\bunsigned\b/.test(given.toLowerCase());
  const name = given
    .toLowerCase()
    .replace(/ (?:unsigned|zerofill|signed)\b/g, '')
    .trim();
  // SQLite keeps arguments in the name, as it keeps everything.
  const inName = /^([^(]*)\(([^)]*)\)(.*)$/.exec(name);
  if (inName !== null && args.length === 0)
    return builtin(`${inName[1]?.trim()}${inName[3]}`, (inName[2] ?? '').split(','), dialect);
  if (name === 'enum' || name === 'set') return { kind: name, values: args.map((one) => stringValue(one.trim(), dialect)) };
  if (name === 'tinyint' && args[0] === '1' && !unsigned && dialect !== 'mssql') return { kind: 'boolean' };
  if (name === 'bit' && (args.length === 0 || args[0] === '1') && dialect !== 'postgresql') return { kind: 'boolean' };
  if (name === 'number' && size(args, 1) === 0 && dialect === 'oracle') {
    const digits = size(args) ?? 38;
    if (digits <= 18) return { kind: 'integer', bits: digits <= 4 ? 16 : digits <= 9 ? 32 : 64 };
  }
  if (name.startsWith('interval')) return { kind: 'interval' };
  const found = OWN[dialect]?.get(name) ?? KNOWN.get(name);
  if (found === undefined) return dialect === 'sqlite' ? byAffinity(given) : { kind: 'other', name: given };
  if (found.kind === 'integer') return unsigned ? { ...found, unsigned } : found;
  return sized(found, args, dialect);
}

function ofCustom(document: Document, type: CustomType | undefined, name: string, depth: number): Portable {
  if (type?.kind === 'enum') return { kind: 'enum', values: type.values, type };
  // A domain over itself is no domain any engine accepts; a file may still say so.
  if (type?.kind === 'domain' && depth < 16) return portableType(document, type.base, depth + 1);
  return { kind: 'other', name };
}

/** What a column's type holds: names, synonyms and sizes of all dialects told apart; a domain is what it is made of. */
export function portableType(document: Document, type: ColumnType, depth = 0): Portable {
  const dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
  const base =
    type.kind === 'custom'
      ? ofCustom(document, recordIn(document, 'types', type.type), typeName(document, { ...type, dims: 0 }), depth)
      : type.kind === 'other' && type.name.toLowerCase() !== 'citext'
        ? ({ kind: 'other', name: typeName(document, { ...type, dims: 0 }) } as const)
        : builtin(type.name, type.args ?? [], dialect);
  let whole = base;
  for (let dims = type.dims ?? 0; dims > 0; dims--) whole = { kind: 'array', of: whole };
  return whole;
}

/** Whether a value of the column comes from a counter when none is given. */
export function isCounted(column: { readonly type: ColumnType; readonly identity?: unknown }): boolean {
  return column.identity !== undefined || (column.type.kind === 'builtin' && /^(?:small|big)?serial[248]?$/.test(column.type.name));
}
