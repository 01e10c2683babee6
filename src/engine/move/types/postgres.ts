import type { Common, ReadType, TypeUse, WrittenType } from './common.ts';
import { approximate, builtin, faithful, numberIn, UNBOUND_TEXT, varchar } from './common.ts';

const SPECIAL: Readonly<Record<string, Common>> = {
  inet: varchar(43),
  cidr: varchar(43),
  macaddr: varchar(17),
  macaddr8: varchar(23),
  tsvector: UNBOUND_TEXT,
  tsquery: UNBOUND_TEXT,
  hstore: { is: 'json', binary: true },
  ltree: UNBOUND_TEXT,
  pg_lsn: varchar(17),
  oid: { is: 'integer', bits: 32, unsigned: true },
  xid: { is: 'integer', bits: 32, unsigned: true },
  cid: { is: 'integer', bits: 32, unsigned: true },
  tid: varchar(20),
  xid8: { is: 'integer', bits: 64, unsigned: true },
  txid_snapshot: UNBOUND_TEXT,
  pg_snapshot: UNBOUND_TEXT,
  jsonpath: UNBOUND_TEXT,
  refcursor: UNBOUND_TEXT,
  aclitem: UNBOUND_TEXT,
  name: varchar(63),
  vector: UNBOUND_TEXT,
  cube: UNBOUND_TEXT,
  int2vector: UNBOUND_TEXT,
  oidvector: UNBOUND_TEXT,
};

const GEOMETRIC = new Set(['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle']);

const WORDS: Readonly<Record<string, Common>> = {
  smallint: { is: 'integer', bits: 16 },
  int2: { is: 'integer', bits: 16 },
  smallserial: { is: 'integer', bits: 16 },
  serial2: { is: 'integer', bits: 16 },
  integer: { is: 'integer', bits: 32 },
  int: { is: 'integer', bits: 32 },
  int4: { is: 'integer', bits: 32 },
  serial: { is: 'integer', bits: 32 },
  serial4: { is: 'integer', bits: 32 },
  bigint: { is: 'integer', bits: 64 },
  int8: { is: 'integer', bits: 64 },
  bigserial: { is: 'integer', bits: 64 },
  serial8: { is: 'integer', bits: 64 },
  boolean: { is: 'boolean' },
  bool: { is: 'boolean' },
  real: { is: 'float', bits: 32 },
  float4: { is: 'float', bits: 32 },
  'double precision': { is: 'float', bits: 64 },
  float8: { is: 'float', bits: 64 },
  money: { is: 'money', bits: 64 },
  text: UNBOUND_TEXT,
  bytea: { is: 'bytes' },
  date: { is: 'date' },
  uuid: { is: 'uuid' },
  json: { is: 'json' },
  jsonb: { is: 'json', binary: true },
  xml: { is: 'xml' },
  '"char"': { is: 'text', fixed: true, length: 1, unit: 'bytes' },
  citext: { is: 'text', unit: 'characters', caseless: true },
};

/** A type of PostgreSQL by its usual or its catalog name; `dims` are the caller's. */
export function readPostgresType(name: string, args: readonly string[] = []): ReadType {
  const word = name.toLowerCase();
  const first = numberIn(args[0]);
  if (word === 'numeric' || word === 'decimal') {
    if (first === undefined) return { common: { is: 'decimal' } };
    return { common: { is: 'decimal', precision: first, scale: Number(args[1] ?? 0) } };
  }
  if (word === 'float') return { common: { is: 'float', bits: first !== undefined && first <= 24 ? 32 : 64 } };
  if (word === 'varchar' || word === 'character varying') return { common: first === undefined ? UNBOUND_TEXT : varchar(first) };
  if (word === 'bpchar' && first === undefined) return { common: UNBOUND_TEXT, note: 'Trailing blanks no longer go unnoticed.' };
  if (word === 'char' || word === 'character' || word === 'bpchar')
    return { common: { is: 'text', fixed: true, length: first ?? 1, unit: 'characters' } };
  if (word === 'bit') return { common: { is: 'bits', length: first ?? 1 } };
  if (word === 'varbit' || word === 'bit varying')
    return { common: { is: 'bits', varying: true, ...(first === undefined ? {} : { length: first }) } };
  if (word === 'interval' || word.startsWith('interval ')) {
    const fields = word.slice('interval '.length);
    return {
      common: { is: 'interval', ...(fields === '' ? {} : { fields }), ...(/^(year|month)/.test(fields) ? { months: true } : {}) },
    };
  }
  const precision = first === undefined ? {} : { precision: first };
  if (word === 'timetz' || word === 'time with time zone') return { common: { is: 'time', zone: true, ...precision } };
  if (word === 'time' || word === 'time without time zone') return { common: { is: 'time', ...precision } };
  if (word === 'timestamptz' || word === 'timestamp with time zone')
    return { common: { is: 'timestamp', zone: 'local', ...precision } };
  if (word === 'timestamp' || word === 'timestamp without time zone') return { common: { is: 'timestamp', ...precision } };
  if (Object.hasOwn(WORDS, word)) return { common: WORDS[word] as Common };
  if (word === 'geometry' || word === 'geography')
    return {
      common: { is: 'spatial', name: (args[0] ?? 'geometry').toLowerCase(), ...(word === 'geography' ? { geography: true } : {}) },
    };
  if (GEOMETRIC.has(word)) return { common: { is: 'special', name: word, carried: UNBOUND_TEXT } };
  if (/range$/.test(word)) return { common: { is: 'special', name: word, carried: UNBOUND_TEXT } };
  if (word.startsWith('reg')) return { common: { is: 'special', name: word, carried: varchar(63) } };
  return { common: { is: 'special', name: word, carried: SPECIAL[word] ?? UNBOUND_TEXT } };
}

/** PostgreSQL counts microseconds. */
const MOST_FRACTION = 6;

function timed(name: string, precision: number | undefined): WrittenType {
  if (precision === undefined) return faithful(builtin(name));
  if (precision <= MOST_FRACTION) return faithful(builtin(name, precision));
  return approximate(builtin(name, MOST_FRACTION), `PostgreSQL keeps ${MOST_FRACTION} digits of a second, not ${precision}.`);
}

const CHECK_OR_NOT = [
  { id: 'check', label: 'with CHECK (>= 0)', reason: 'Negative numbers are refused as before.' },
  { id: 'plain', label: 'without a check', reason: 'Negative numbers are accepted.' },
];

function integer(common: Common & { is: 'integer' }, use: TypeUse): WrittenType {
  const { bits, unsigned } = common;
  const wide = unsigned === true ? bits * 2 : bits;
  const name = wide <= 16 ? 'smallint' : wide <= 48 && bits < 32 ? 'integer' : wide <= 32 ? 'integer' : 'bigint';
  const type = unsigned === true && bits === 64 && use.identity !== true ? builtin('numeric', 20, 0) : builtin(name);
  if (unsigned !== true) {
    return faithful(type, bits === 8 || bits === 24 ? 'The next wider integer: PostgreSQL has none of this size.' : undefined);
  }
  if (use.identity === true)
    return bits === 64
      ? approximate(type, 'The wider signed integer; it numbers rows up to 2^63 - 1, half of what was possible.')
      : faithful(type, 'The wider signed integer holds every value; it numbers rows from 1, so no check is needed.');
  if (use.chosen === 'plain')
    return approximate(type, 'The wider signed type holds every value, and negative ones too.', { options: CHECK_OR_NOT });
  return faithful(type, 'The wider signed type holds every value; a check refuses negative ones.', {
    checks: [{ is: 'not negative' }],
    options: CHECK_OR_NOT,
  });
}

const ENUM_FORMS = [
  {
    id: 'native',
    label: 'CREATE TYPE ... AS ENUM',
    reason: 'Short values, ordered as they are listed; changing the list is an ALTER TYPE.',
  },
  { id: 'check', label: 'varchar with CHECK', reason: 'Values can be removed too; they sort by their letters.' },
];

function longest(values: readonly string[]): number {
  return Math.max(1, ...values.map((value) => [...value].length));
}

function textual(common: Common & { is: 'text' }): WrittenType {
  const { length, fixed, unit, caseless } = common;
  if (caseless === true)
    return approximate(builtin('text'), 'Case matters now: compare lower(...), or take the citext extension or an ICU collation.');
  if (length === undefined) return faithful(builtin('text'), 'Text without a limit.');
  if (length > 10_485_760) return faithful(builtin('text'), 'Longer than varchar may be.');
  const reason = unit === 'bytes' ? 'The length counts characters now, not bytes: everything that fitted still fits.' : undefined;
  return faithful(builtin(fixed === true ? 'char' : 'varchar', length), reason);
}

/** How PostgreSQL says what a type holds. */
export function writePostgresType(common: Common, use: TypeUse): WrittenType {
  switch (common.is) {
    case 'integer':
      return integer(common, use);
    case 'boolean':
      return faithful(builtin('boolean'));
    case 'decimal': {
      const type = common.precision === undefined ? builtin('numeric') : builtin('numeric', common.precision, common.scale ?? 0);
      return common.unsigned === true
        ? faithful(type, 'A check refuses negative numbers.', { checks: [{ is: 'not negative' }] })
        : faithful(type);
    }
    case 'float':
      return faithful(builtin(common.bits === 32 ? 'real' : 'double precision'));
    case 'money':
      return faithful(
        builtin('numeric', common.bits === 32 ? 10 : 19, 4),
        'Exact, and free of the locale that PostgreSQL ties money to.',
      );
    case 'text':
      return textual(common);
    case 'bytes':
      return faithful(
        builtin('bytea'),
        common.length === undefined ? undefined : 'bytea has no length; longer values are accepted now.',
      );
    case 'bits':
      return common.varying === true ? faithful(builtin('varbit', common.length)) : faithful(builtin('bit', common.length ?? 1));
    case 'date':
      return faithful(builtin('date'));
    case 'time':
      return timed(common.zone === true ? 'timetz' : 'time', common.precision);
    case 'timestamp': {
      const written = timed(common.zone === undefined ? 'timestamp' : 'timestamptz', common.precision);
      if (common.zone === 'local' && written.verdict === 'faithful')
        return { ...written, reason: 'A moment on both sides, shown in the time zone of the session.' };
      if (common.zone !== 'kept') return written;
      return approximate(written.type, 'The moment is kept; the zone it was given in is not.');
    }
    case 'year':
      return faithful(builtin('smallint'), 'PostgreSQL has no type for years.');
    case 'interval':
      return faithful(common.fields === undefined ? builtin('interval') : builtin(`interval ${common.fields}`));
    case 'uuid':
      return faithful(builtin('uuid'));
    case 'json':
      return use.chosen === 'json'
        ? faithful(builtin('json'), 'The text is kept as it is.', { options: JSON_FORMS })
        : faithful(builtin('jsonb'), 'The values are kept; spaces and the order of keys are not.', { options: JSON_FORMS });
    case 'xml':
      return faithful(builtin('xml'));
    case 'enum':
      if (use.chosen === 'check')
        return approximate(builtin('varchar', longest(common.values)), 'A check lists the values; they sort by their letters.', {
          checks: [{ is: 'one of', values: common.values }],
          options: ENUM_FORMS,
        });
      return faithful(builtin('text'), 'A type of its own with the same values in the same order.', {
        enumValues: common.values,
        options: ENUM_FORMS,
      });
    case 'set':
      return approximate(
        { kind: 'builtin', name: 'text', dims: 1 },
        'An array of text: rows must be split at their commas, and the list of values is no longer enforced.',
      );
    case 'array': {
      const inner = writePostgresType(common.of, { to: use.to, version: use.version });
      return { ...inner, type: { ...inner.type, dims: (inner.type.dims ?? 0) + 1 } };
    }
    case 'spatial':
      return approximate(builtin('text'), 'Needs the PostGIS extension; the values are kept as text (WKT) until it is there.');
    case 'any':
      return approximate(builtin('text'), 'A column has one type: the values become text.');
    case 'rowversion':
      return approximate(builtin('bytea'), 'Nothing changes it by itself: use xmin, or a trigger.');
    case 'special':
      return special(common.name, common.carried, use);
  }
}

const JSON_FORMS = [
  { id: 'jsonb', label: 'jsonb', reason: 'Can be indexed and searched; does not keep spaces, key order or doubled keys.' },
  { id: 'json', label: 'json', reason: 'Keeps the text exactly as it is.' },
];

function special(name: string, carried: Common, use: TypeUse): WrittenType {
  const own: Readonly<Record<string, string>> = { inet6: 'inet', inet4: 'inet' };
  const kept = own[name];
  if (kept !== undefined) return faithful(builtin(kept));
  const inner = writePostgresType(carried, use);
  return approximate(
    inner.type,
    `PostgreSQL has no ${name}: the values are kept as ${'name' in inner.type ? inner.type.name : 'text'}.`,
  );
}
