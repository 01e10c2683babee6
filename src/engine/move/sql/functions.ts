import type { Dialect } from '#model/types.ts';

/** What a value is, as far as spelling it depends on it. */
export type Kind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'bytes' | 'json' | 'other';

type Family = 'pg' | 'my' | 'lite' | 'ms' | 'ora';

export const FAMILY: Readonly<Record<Dialect, Family>> = {
  postgresql: 'pg',
  mysql: 'my',
  mariadb: 'my',
  sqlite: 'lite',
  mssql: 'ms',
  oracle: 'ora',
};

/** A function that several dialects have. Names: the first is written, all are read. `print`: where it is no plain call. */
interface Shared {
  readonly id: string;
  /** `first`: of its first argument. */
  readonly kind: Kind | 'first';
  readonly least: number;
  readonly most: number;
  readonly names: Readonly<Partial<Record<Family, string>>>;
  readonly print?: Readonly<Partial<Record<Family, string>>>;
  readonly note?: Readonly<Partial<Record<Family, string>>>;
}

const everywhere = (names: string): Shared['names'] => ({ pg: names, my: names, lite: names, ms: names, ora: names });

function same(name: string, kind: Shared['kind'], least: number, most = least): Shared {
  return { id: name, kind, least, most, names: everywhere(name) };
}

const MANY = 99;

/** From the function chapters of PostgreSQL 18, MySQL 8.4, SQLite, SQL Server 2022 and Oracle 23. */
const SHARED: readonly Shared[] = [
  { ...same('lower', 'text', 1), names: { ...everywhere('lower'), my: 'lower lcase' } },
  { ...same('upper', 'text', 1), names: { ...everywhere('upper'), my: 'upper ucase' } },
  same('ltrim', 'text', 1),
  same('rtrim', 'text', 1),
  same('trim', 'text', 1),
  same('replace', 'text', 3),
  same('coalesce', 'first', 1, MANY),
  same('nullif', 'first', 2),
  same('abs', 'first', 1),
  same('sign', 'integer', 1),
  same('sqrt', 'number', 1),
  same('exp', 'number', 1),
  same('sum', 'first', 1),
  same('min', 'first', 1),
  same('max', 'first', 1),
  same('avg', 'number', 1),
  same('count', 'integer', 1),
  same('row_number', 'integer', 0),
  same('rank', 'integer', 0),
  same('dense_rank', 'integer', 0),
  same('lag', 'first', 1, 3),
  same('lead', 'first', 1, 3),
  same('first_value', 'first', 1),
  { id: 'round', kind: 'number', least: 1, most: 2, names: everywhere('round'), print: { ms: 'round($1, $2|0)' } },
  { id: 'floor', kind: 'integer', least: 1, most: 1, names: everywhere('floor') },
  {
    id: 'ceil',
    kind: 'integer',
    least: 1,
    most: 1,
    names: { pg: 'ceil ceiling', my: 'ceil ceiling', lite: 'ceil ceiling', ms: 'ceiling', ora: 'ceil' },
  },
  {
    id: 'power',
    kind: 'number',
    least: 2,
    most: 2,
    names: { pg: 'power pow', my: 'power pow', lite: 'power pow', ms: 'power', ora: 'power' },
  },
  {
    id: 'mod',
    kind: 'integer',
    least: 2,
    most: 2,
    names: { pg: 'mod', my: 'mod', lite: 'mod', ora: 'mod' },
    print: { lite: '($1 % $2)', ms: '($1 % $2)' },
  },
  { id: 'ln', kind: 'number', least: 1, most: 1, names: { pg: 'ln', my: 'ln log', lite: 'ln', ms: 'log', ora: 'ln' } },
  {
    id: 'char_length',
    kind: 'integer',
    least: 1,
    most: 1,
    names: {
      pg: 'char_length length character_length',
      my: 'char_length character_length',
      lite: 'length',
      ms: 'len',
      ora: 'length',
    },
    note: { ms: 'LEN does not count trailing blanks.' },
  },
  {
    id: 'octet_length',
    kind: 'integer',
    least: 1,
    most: 1,
    names: { pg: 'octet_length', my: 'octet_length length', ms: 'datalength', ora: 'lengthb' },
    print: { lite: 'length(CAST($1 AS BLOB))' },
  },
  {
    id: 'substr',
    kind: 'text',
    least: 2,
    most: 3,
    names: { pg: 'substr substring', my: 'substr substring mid', lite: 'substr substring', ms: 'substring', ora: 'substr' },
    print: { ms: 'substring($1, $2, $3|8000)' },
  },
  {
    id: 'left',
    kind: 'text',
    least: 2,
    most: 2,
    names: { pg: 'left', my: 'left', ms: 'left' },
    print: { lite: 'substr($1, 1, $2)', ora: 'substr($1, 1, $2)' },
  },
  {
    id: 'right',
    kind: 'text',
    least: 2,
    most: 2,
    names: { pg: 'right', my: 'right', ms: 'right' },
    print: { lite: 'substr($1, -($2))', ora: 'substr($1, -($2))' },
  },
  { id: 'lpad', kind: 'text', least: 3, most: 3, names: { pg: 'lpad', my: 'lpad', ora: 'lpad' } },
  { id: 'rpad', kind: 'text', least: 3, most: 3, names: { pg: 'rpad', my: 'rpad', ora: 'rpad' } },
  { id: 'reverse', kind: 'text', least: 1, most: 1, names: { pg: 'reverse', my: 'reverse', ms: 'reverse' } },
  { id: 'repeat', kind: 'text', least: 2, most: 2, names: { pg: 'repeat', my: 'repeat', ms: 'replicate' } },
  {
    id: 'ascii',
    kind: 'integer',
    least: 1,
    most: 1,
    names: { pg: 'ascii', my: 'ascii', ms: 'ascii', ora: 'ascii' },
    print: { lite: 'unicode($1)' },
  },
  { id: 'md5', kind: 'text', least: 1, most: 1, names: { pg: 'md5', my: 'md5' } },
  /** (text, part) */
  {
    id: 'position',
    kind: 'integer',
    least: 2,
    most: 2,
    names: { pg: 'strpos', my: 'instr', lite: 'instr', ora: 'instr' },
    print: { ms: 'charindex($2, $1)' },
  },
  {
    id: 'greatest',
    kind: 'first',
    least: 2,
    most: MANY,
    names: { pg: 'greatest', my: 'greatest', lite: 'max', ms: 'greatest', ora: 'greatest' },
  },
  { id: 'least', kind: 'first', least: 2, most: MANY, names: { pg: 'least', my: 'least', lite: 'min', ms: 'least', ora: 'least' } },
  {
    id: 'uuid',
    kind: 'other',
    least: 0,
    most: 0,
    names: { pg: 'gen_random_uuid uuid_generate_v4', my: 'uuid', ms: 'newid newsequentialid', ora: 'sys_guid' },
    print: {
      lite: "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
      ora: 'SYS_GUID()',
    },
    note: { my: 'UUID() makes time-based UUIDs.', ora: 'SYS_GUID() gives 16 bytes that are not random.' },
  },
  {
    id: 'random',
    kind: 'number',
    least: 0,
    most: 0,
    names: { pg: 'random', my: 'rand', ms: 'rand' },
    print: { ora: 'DBMS_RANDOM.VALUE' },
  },
  {
    id: 'now',
    kind: 'time',
    least: 0,
    most: 1,
    names: {
      pg: 'now current_timestamp localtimestamp transaction_timestamp statement_timestamp clock_timestamp',
      my: 'current_timestamp now localtimestamp localtime sysdate',
      lite: 'current_timestamp',
      ms: 'sysdatetime getdate current_timestamp sysdatetimeoffset',
      ora: 'systimestamp sysdate current_timestamp localtimestamp',
    },
    print: {
      pg: 'CURRENT_TIMESTAMP',
      my: 'CURRENT_TIMESTAMP',
      lite: 'CURRENT_TIMESTAMP',
      ms: 'SYSDATETIME()',
      ora: 'SYSTIMESTAMP',
    },
    note: { lite: 'CURRENT_TIMESTAMP is a text in UTC, in seconds.' },
  },
  {
    id: 'utc now',
    kind: 'time',
    least: 0,
    most: 1,
    names: { my: 'utc_timestamp', ms: 'sysutcdatetime getutcdate' },
    print: {
      pg: "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
      my: 'UTC_TIMESTAMP()',
      lite: 'CURRENT_TIMESTAMP',
      ora: 'SYS_EXTRACT_UTC(SYSTIMESTAMP)',
    },
  },
  {
    id: 'today',
    kind: 'date',
    least: 0,
    most: 0,
    names: { pg: 'current_date', my: 'current_date curdate', lite: 'current_date', ora: 'current_date' },
    print: {
      pg: 'CURRENT_DATE',
      my: 'CURRENT_DATE',
      lite: 'CURRENT_DATE',
      ms: 'CAST(SYSDATETIME() AS date)',
      ora: 'TRUNC(CURRENT_DATE)',
    },
  },
  {
    id: 'time of day',
    kind: 'time',
    least: 0,
    most: 0,
    names: { pg: 'current_time localtime', my: 'current_time curtime', lite: 'current_time' },
    print: { pg: 'LOCALTIME', my: 'CURRENT_TIME', lite: 'CURRENT_TIME', ms: 'CAST(SYSDATETIME() AS time)' },
  },
  {
    id: 'user',
    kind: 'text',
    least: 0,
    most: 0,
    names: {
      pg: 'current_user user session_user',
      my: 'current_user user session_user',
      ms: 'current_user user suser_sname user_name',
      ora: 'user',
    },
    print: { pg: 'CURRENT_USER', my: 'CURRENT_USER()', ms: 'CURRENT_USER', ora: 'USER' },
  },
];

/** Functions that may be called without parentheses. */
const WITHOUT_BRACKETS = new Set([
  'current_timestamp',
  'localtimestamp',
  'localtime',
  'current_date',
  'current_time',
  'current_user',
  'session_user',
  'user',
  'sysdate',
  'systimestamp',
  'utc_timestamp',
]);

function byName(family: Family): ReadonlyMap<string, readonly Shared[]> {
  const map = new Map<string, Shared[]>();
  for (const one of SHARED) {
    for (const name of (one.names[family] ?? '').split(' ')) {
      if (name !== '') map.set(name, [...(map.get(name) ?? []), one]);
    }
  }
  return map;
}

const NAMES: Readonly<Record<Family, ReadonlyMap<string, readonly Shared[]>>> = {
  pg: byName('pg'),
  my: byName('my'),
  lite: byName('lite'),
  ms: byName('ms'),
  ora: byName('ora'),
};

/** The shared function that a call of a dialect means; undefined when only that dialect has it. */
export function sharedFunction(name: string, count: number, dialect: Dialect): Shared | undefined {
  // A call that was put another way already says what it means.
  if (name.startsWith('#')) return SHARED.find((one) => one.id === name.slice(1));
  return NAMES[FAMILY[dialect]].get(name)?.find((one) => count >= one.least && count <= one.most);
}

/** Whether a word without parentheses is a call of the dialect. */
export function isBareCall(name: string, dialect: Dialect): boolean {
  return WITHOUT_BRACKETS.has(name) && sharedFunction(name, 0, dialect) !== undefined;
}

/** The call as the target writes it; undefined when it has no such function. */
export function printShared(one: Shared, args: readonly string[], dialect: Dialect): string | undefined {
  const family = FAMILY[dialect];
  const template = one.print?.[family];
  if (template !== undefined)
    return template.replaceAll(
      /\$(\d)(?:\|(\w+))?/g,
      (_all, at: string, other: string | undefined) => args[Number(at) - 1] ?? other ?? '',
    );
  const name = one.names[family]?.split(' ')[0];
  return name === undefined || name === '' ? undefined : `${name.toUpperCase()}(${args.join(', ')})`;
}

export function noteOf(one: Shared, dialect: Dialect): string | undefined {
  return one.note?.[FAMILY[dialect]];
}
