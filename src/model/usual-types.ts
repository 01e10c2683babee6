import type { Column, ColumnType, Identity } from './column-types.ts';
import type { Dialect, Document, Sql } from './types.ts';

/** What people mean by a column before they have chosen its type. */
export type UsualKind =
  | 'text'
  | 'code'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'double'
  | 'boolean'
  | 'date'
  | 'moment'
  | 'uuid'
  | 'json'
  | 'inet';

/** How a dialect says what commands, rules and forms add of themselves. */
export interface Usual {
  readonly types: Readonly<Record<UsualKind, ColumnType>>;
  /** Ways in which a column numbers its own rows; none where a key of whole numbers does so by itself. */
  readonly identity: readonly Identity['mode'][];
  /** A table has one such column at most. */
  readonly oneIdentity: boolean;
  /** Makes a value for a column of the type uuid. */
  readonly newUuid: Sql;
  readonly now: Sql;
  /** Who is connected; absent where nobody is. */
  readonly user?: Sql;
  readonly no: Sql;
  /** A condition that a column of the type boolean says no. @param name the column, quoted where it needs it. */
  readonly isNo: (name: Sql) => Sql;
  /** A unique key can say that nulls are equal. */
  readonly equalNulls?: true;
  /** How a column has one of a few texts: by a type of its own, by a type in the column, or by none. */
  readonly enums: 'type' | 'column' | 'none';
}

function type(name: string, ...args: readonly string[]): ColumnType {
  return { kind: 'builtin', name, ...(args.length === 0 ? {} : { args: [...args] }) };
}

const MYSQL: Usual = {
  types: {
    text: type('varchar', '255'),
    code: type('varchar', '64'),
    integer: type('int'),
    bigint: type('bigint'),
    decimal: type('decimal', '12', '2'),
    double: type('double'),
    boolean: type('tinyint', '1'),
    date: type('date'),
    moment: type('datetime'),
    uuid: type('char', '36'),
    json: type('json'),
    inet: type('varchar', '45'),
  },
  identity: ['by default'],
  oneIdentity: true,
  newUuid: '(uuid())',
  now: 'CURRENT_TIMESTAMP',
  user: '(current_user())',
  no: '0',
  isNo: (name) => `${name} = 0`,
  enums: 'column',
};

/** PostgreSQL: 8; MySQL 8.4: 11, 11.6; MariaDB: Data Types; SQLite: datatype3, autoinc; T-SQL: Data types; Oracle SQL: 2. */
export const USUAL: Readonly<Record<Dialect, Usual>> = {
  postgresql: {
    types: {
      text: type('text'),
      code: type('text'),
      integer: type('integer'),
      bigint: type('bigint'),
      decimal: type('numeric', '12', '2'),
      double: type('double precision'),
      boolean: type('boolean'),
      date: type('date'),
      moment: type('timestamptz'),
      uuid: type('uuid'),
      json: type('jsonb'),
      inet: type('inet'),
    },
    identity: ['by default', 'always'],
    oneIdentity: false,
    newUuid: 'gen_random_uuid()',
    now: 'now()',
    user: 'CURRENT_USER',
    equalNulls: true,
    no: 'false',
    isNo: (name) => `NOT ${name}`,
    enums: 'type',
  },
  mysql: MYSQL,
  mariadb: {
    ...MYSQL,
    types: { ...MYSQL.types, uuid: type('uuid'), inet: type('inet6') },
    newUuid: 'uuid()',
    user: 'current_user()',
  },
  sqlite: {
    types: {
      text: type('TEXT'),
      code: type('TEXT'),
      integer: type('INTEGER'),
      bigint: type('INTEGER'),
      // STRICT tables know no others (SQLite: stricttables).
      decimal: type('REAL'),
      double: type('REAL'),
      boolean: type('INTEGER'),
      date: type('TEXT'),
      moment: type('TEXT'),
      uuid: type('TEXT'),
      json: type('TEXT'),
      inet: type('TEXT'),
    },
    identity: [],
    oneIdentity: true,
    newUuid: '(lower(hex(randomblob(16))))',
    now: 'CURRENT_TIMESTAMP',
    no: '0',
    isNo: (name) => `${name} = 0`,
    enums: 'none',
  },
  mssql: {
    types: {
      text: type('nvarchar', '255'),
      code: type('nvarchar', '64'),
      integer: type('int'),
      bigint: type('bigint'),
      decimal: type('decimal', '12', '2'),
      double: type('float'),
      boolean: type('bit'),
      date: type('date'),
      moment: type('datetimeoffset'),
      uuid: type('uniqueidentifier'),
      json: type('nvarchar', 'max'),
      inet: type('varchar', '45'),
    },
    identity: ['always'],
    oneIdentity: true,
    newUuid: 'newid()',
    now: 'SYSDATETIMEOFFSET()',
    user: 'SUSER_SNAME()',
    no: '0',
    isNo: (name) => `${name} = 0`,
    enums: 'none',
  },
  oracle: {
    types: {
      text: type('varchar2', '255'),
      code: type('varchar2', '64'),
      integer: type('number', '10'),
      bigint: type('number', '19'),
      decimal: type('number', '12', '2'),
      double: type('binary_double'),
      boolean: type('number', '1'),
      date: type('date'),
      moment: type('timestamp with time zone'),
      uuid: type('raw', '16'),
      json: type('clob'),
      inet: type('varchar2', '45'),
    },
    identity: ['by default', 'always'],
    oneIdentity: true,
    newUuid: 'SYS_GUID()',
    now: 'SYSTIMESTAMP',
    user: 'USER',
    no: '0',
    isNo: (name) => `${name} = 0`,
    enums: 'none',
  },
};

/** How the document's dialect says what is added. */
export function usualOf(document: Document): Usual {
  return USUAL[document.settings['settings']?.dialect ?? 'postgresql'];
}

/** A key column that makes its own values. @param wanted how it numbers rows, where the dialect lets one choose. */
export function surrogateOf(
  { types, identity, newUuid }: Usual,
  kind: 'identity' | 'uuid',
  id: string,
  name: string,
  wanted: Identity['mode'] = 'by default',
): Column {
  const column = { id, name, type: kind === 'uuid' ? types.uuid : types.bigint, nullable: false };
  if (kind === 'uuid') return { ...column, default: { kind: 'expression', sql: newUuid } };
  const mode = identity.includes(wanted) ? wanted : identity[0];
  return mode === undefined ? column : { ...column, identity: { mode } };
}
