import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import type { Portable } from '../common/portable.ts';

export type Provider = 'postgresql' | 'mysql' | 'sqlite' | 'sqlserver';

/** The provider of a dialect; Oracle has none. */
export const PROVIDERS: Readonly<Record<Dialect, Provider>> = {
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  mssql: 'sqlserver',
  oracle: 'postgresql',
};

export type Scalar = 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'Boolean' | 'String' | 'DateTime' | 'Json' | 'Bytes';

export interface PrismaType {
  readonly scalar: Scalar;
  /** What stands behind `@db.`; absent where it is the provider's own choice. */
  readonly native?: string;
}

const call = (name: string, ...args: readonly (number | undefined)[]) => {
  const given = args.filter((arg) => arg !== undefined);
  return given.length === 0 ? name : `${name}(${given.join(', ')})`;
};

function postgres(type: Portable, name: string): PrismaType | undefined {
  const string = (native: string): PrismaType => ({ scalar: 'String', native });
  if (name === 'citext') return string('Citext');
  if (name === 'inet') return string('Inet');
  if (name === 'oid') return { scalar: 'Int', native: 'Oid' };
  if (/^(?:name|"char"|xid8|cidr|bpchar)$/.test(name)) return undefined;
  switch (type.kind) {
    case 'integer':
      if (type.bits <= 16) return { scalar: 'Int', native: 'SmallInt' };
      return { scalar: type.bits === 64 ? 'BigInt' : 'Int' };
    case 'decimal':
      return {
        scalar: 'Decimal',
        native: call('Decimal', type.precision, type.precision === undefined ? undefined : (type.scale ?? 0)),
      };
    case 'money':
      return { scalar: 'Decimal', native: 'Money' };
    case 'float':
      return type.bits === 32 ? { scalar: 'Float', native: 'Real' } : { scalar: 'Float' };
    case 'boolean':
      return { scalar: 'Boolean' };
    case 'char':
      return string(call('Char', type.length));
    case 'varchar':
      return string(call('VarChar', type.length));
    case 'text':
      return { scalar: 'String' };
    case 'date':
      return { scalar: 'DateTime', native: 'Date' };
    case 'time':
      return { scalar: 'DateTime', native: call(type.zone ? 'Timetz' : 'Time', type.precision ?? 6) };
    case 'timestamp':
      return { scalar: 'DateTime', native: call(type.zone ? 'Timestamptz' : 'Timestamp', type.precision ?? 6) };
    case 'uuid':
      return string('Uuid');
    case 'json':
      return type.binary ? { scalar: 'Json' } : { scalar: 'Json', native: 'Json' };
    case 'xml':
      return string('Xml');
    case 'binary':
      return { scalar: 'Bytes' };
    case 'bits':
      return string(call(name === 'bit' ? 'Bit' : 'VarBit', type.length));
    default:
      return undefined;
  }
}

const MYSQL_INTEGERS = { 8: 'TinyInt', 16: 'SmallInt', 24: 'MediumInt', 32: 'Int', 64: 'BigInt' } as const;
const MYSQL_NAMED: Readonly<Record<string, PrismaType>> = {
  year: { scalar: 'Int', native: 'Year' },
  tinytext: { scalar: 'String', native: 'TinyText' },
  text: { scalar: 'String', native: 'Text' },
  mediumtext: { scalar: 'String', native: 'MediumText' },
  longtext: { scalar: 'String', native: 'LongText' },
  tinyblob: { scalar: 'Bytes', native: 'TinyBlob' },
  blob: { scalar: 'Bytes', native: 'Blob' },
  mediumblob: { scalar: 'Bytes', native: 'MediumBlob' },
  longblob: { scalar: 'Bytes', native: 'LongBlob' },
};

function mysql(type: Portable, name: string): PrismaType | undefined {
  if (Object.hasOwn(MYSQL_NAMED, name)) return MYSQL_NAMED[name];
  switch (type.kind) {
    case 'integer': {
      const native = `${type.unsigned === true ? 'Unsigned' : ''}${MYSQL_INTEGERS[type.bits]}`;
      return { scalar: type.bits === 64 ? 'BigInt' : 'Int', ...(native === 'Int' || native === 'BigInt' ? {} : { native }) };
    }
    case 'decimal':
      return { scalar: 'Decimal', native: call('Decimal', type.precision ?? 10, type.scale ?? 0) };
    case 'float':
      return name.startsWith('float') ? { scalar: 'Float', native: 'Float' } : { scalar: 'Float' };
    case 'boolean':
      return name === 'bit' ? { scalar: 'Boolean', native: 'Bit(1)' } : { scalar: 'Boolean' };
    case 'bits':
      return { scalar: 'Bytes', native: call('Bit', type.length ?? 1) };
    case 'char':
      return { scalar: 'String', native: call('Char', type.length ?? 1) };
    case 'varchar':
      return { scalar: 'String', native: call('VarChar', type.length ?? 191) };
    case 'date':
      return { scalar: 'DateTime', native: 'Date' };
    case 'time':
      return { scalar: 'DateTime', native: call('Time', type.precision ?? 0) };
    case 'timestamp':
      return { scalar: 'DateTime', native: call(type.zone ? 'Timestamp' : 'DateTime', type.precision ?? 0) };
    case 'json':
      return { scalar: 'Json' };
    case 'binary':
      return { scalar: 'Bytes', native: call(name === 'binary' ? 'Binary' : 'VarBinary', type.length ?? 1) };
    default:
      return undefined;
  }
}

const MSSQL_TEXT: Readonly<Record<string, string>> = { char: 'Char', nchar: 'NChar', varchar: 'VarChar', nvarchar: 'NVarChar' };

function sqlserver(type: Portable, name: string, args: readonly string[]): PrismaType | undefined {
  if (name === 'timestamp' || name === 'rowversion') return undefined;
  if (Object.hasOwn(MSSQL_TEXT, name)) {
    const size = /^max$/i.test(args[0] ?? '') ? 'Max' : (args[0] ?? '1');
    return { scalar: 'String', native: `${MSSQL_TEXT[name]}(${size})` };
  }
  if (name === 'varbinary' || name === 'binary') {
    const size = /^max$/i.test(args[0] ?? '') ? 'Max' : (args[0] ?? '1');
    return { scalar: 'Bytes', native: `${name === 'binary' ? 'Binary' : 'VarBinary'}(${size})` };
  }
  const named: Readonly<Record<string, PrismaType>> = {
    text: { scalar: 'String', native: 'Text' },
    ntext: { scalar: 'String', native: 'NText' },
    image: { scalar: 'Bytes', native: 'Image' },
    money: { scalar: 'Float', native: 'Money' },
    smallmoney: { scalar: 'Float', native: 'SmallMoney' },
    datetime: { scalar: 'DateTime', native: 'DateTime' },
    smalldatetime: { scalar: 'DateTime', native: 'SmallDateTime' },
    datetimeoffset: { scalar: 'DateTime', native: 'DateTimeOffset' },
    datetime2: { scalar: 'DateTime' },
    date: { scalar: 'DateTime', native: 'Date' },
    time: { scalar: 'DateTime', native: 'Time' },
    uniqueidentifier: { scalar: 'String', native: 'UniqueIdentifier' },
    xml: { scalar: 'String', native: 'Xml' },
    real: { scalar: 'Float', native: 'Real' },
  };
  if (Object.hasOwn(named, name)) return named[name];
  if (type.kind === 'integer') {
    const native = { 8: 'TinyInt', 16: 'SmallInt', 24: undefined, 32: undefined, 64: undefined }[type.bits];
    return { scalar: type.bits === 64 ? 'BigInt' : 'Int', ...(native === undefined ? {} : { native }) };
  }
  if (type.kind === 'decimal') return { scalar: 'Decimal', native: call('Decimal', type.precision ?? 18, type.scale ?? 0) };
  if (type.kind === 'float') return { scalar: 'Float', ...(type.bits === 32 ? { native: 'Real' } : {}) };
  return type.kind === 'boolean' ? { scalar: 'Boolean' } : undefined;
}

const SQLITE: { readonly [K in Portable['kind']]?: Scalar } = {
  decimal: 'Decimal',
  money: 'Decimal',
  float: 'Float',
  boolean: 'Boolean',
  char: 'String',
  varchar: 'String',
  text: 'String',
  date: 'DateTime',
  timestamp: 'DateTime',
  uuid: 'String',
  json: 'Json',
  xml: 'String',
  binary: 'Bytes',
};

/** What SQLite's types are written as when Prisma makes the table itself. */
const SQLITE_OWN = new Set(['integer', 'bigint', 'real', 'decimal', 'boolean', 'text', 'datetime', 'jsonb', 'blob']);

/**
 * A column's type in Prisma's words for a provider.
 * @param type without its array. @returns undefined for what has to be `Unsupported`.
 */
export function prismaType(type: Portable, column: ColumnType, provider: Provider): PrismaType | undefined {
  const own = column.kind === 'custom' ? '' : column.name.toLowerCase();
  const args = column.kind === 'custom' ? [] : (column.args ?? []);
  if (provider === 'postgresql') return postgres(type, own);
  if (provider === 'mysql') return mysql(type, own.replace(/ (?:unsigned|zerofill)/g, ''));
  if (provider === 'sqlserver') return sqlserver(type, own, args);
  if (type.kind === 'integer') return { scalar: type.bits === 64 && /big/i.test(own) ? 'BigInt' : 'Int' };
  const scalar = SQLITE[type.kind];
  return scalar === undefined ? undefined : { scalar };
}

/** Whether SQLite's declared type is the one that Prisma would declare. */
export function isSqliteOwn(name: string): boolean {
  return SQLITE_OWN.has(name.toLowerCase());
}

interface Defaults {
  readonly types: Readonly<Record<Scalar, string>>;
}

/** What a scalar without `@db.` is in a database that Prisma makes. Source: Prisma's connector documentation. */
export const SCALAR_TYPES: Readonly<Record<Provider, Defaults['types']>> = {
  postgresql: {
    Int: 'integer',
    BigInt: 'bigint',
    Float: 'double precision',
    Decimal: 'numeric(65,30)',
    Boolean: 'boolean',
    String: 'text',
    DateTime: 'timestamp(3)',
    Json: 'jsonb',
    Bytes: 'bytea',
  },
  mysql: {
    Int: 'int',
    BigInt: 'bigint',
    Float: 'double',
    Decimal: 'decimal(65,30)',
    Boolean: 'tinyint(1)',
    String: 'varchar(191)',
    DateTime: 'datetime(3)',
    Json: 'json',
    Bytes: 'longblob',
  },
  sqlite: {
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Float: 'REAL',
    Decimal: 'DECIMAL',
    Boolean: 'BOOLEAN',
    String: 'TEXT',
    DateTime: 'DATETIME',
    Json: 'JSONB',
    Bytes: 'BLOB',
  },
  sqlserver: {
    Int: 'int',
    BigInt: 'bigint',
    Float: 'float(53)',
    Decimal: 'decimal(32,16)',
    Boolean: 'bit',
    String: 'nvarchar(1000)',
    DateTime: 'datetime2',
    Json: 'nvarchar(max)',
    Bytes: 'varbinary(max)',
  },
};

/** Native types whose SQL is not just their name in small letters. */
const NATIVE_SQL: Readonly<Record<string, string>> = {
  doubleprecision: 'double precision',
  unsignedtinyint: 'tinyint unsigned',
  unsignedsmallint: 'smallint unsigned',
  unsignedmediumint: 'mediumint unsigned',
  unsignedint: 'int unsigned',
  unsignedbigint: 'bigint unsigned',
};

/** The SQL type behind `@db.VarChar(40)`. */
export function nativeSql(name: string, args: readonly string[]): string {
  const plain = name.toLowerCase();
  const base = Object.hasOwn(NATIVE_SQL, plain) ? (NATIVE_SQL[plain] as string) : plain;
  if (args.length === 0) return base;
  const space = base.indexOf(' ');
  const list = `(${args.map((arg) => arg.toLowerCase()).join(',')})`;
  return space < 0 ? `${base}${list}` : `${base.slice(0, space)}${list}${base.slice(space)}`;
}
