import { stringValue } from '../../dialects/base/lex.ts';
import type { Common, ReadType, TypeUse, WrittenType } from './common.ts';
import { approximate, builtin, faithful, numberIn, varchar } from './common.ts';

const BITS: Readonly<Record<string, 8 | 16 | 24 | 32 | 64>> = {
  tinyint: 8,
  int1: 8,
  smallint: 16,
  int2: 16,
  mediumint: 24,
  int3: 24,
  middleint: 24,
  int: 32,
  int4: 32,
  integer: 32,
  bigint: 64,
  int8: 64,
};

/** Most bytes of each (MySQL 8.4 manual, 13.7 Data Type Storage Requirements). */
const TIERS: Readonly<Record<string, number>> = { tiny: 255, '': 65_535, medium: 16_777_215, long: 4_294_967_295 };

const SPATIAL = new Set([
  'geometry',
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
  'geomcollection',
]);

function integer(word: string, bits: 8 | 16 | 24 | 32 | 64, args: readonly string[]): ReadType {
  const unsigned = /\b(?:unsigned|zerofill)\b/.test(word);
  const common: Common = { is: 'integer', bits, ...(unsigned ? { unsigned } : {}) };
  const note = word.includes('zerofill') ? 'Leading zeros are no longer shown.' : undefined;
  if (bits === 8 && !unsigned && args[0] === '1') {
    return {
      common: { is: 'boolean' },
      options: [
        { id: 'boolean', label: 'boolean', reason: 'By convention tinyint(1) holds 0 and 1.', common: { is: 'boolean' } },
        { id: 'integer', label: 'small integer', reason: 'Other numbers than 0 and 1 are kept.', common },
      ],
    };
  }
  return { common, ...(note === undefined ? {} : { note }) };
}

function datetime(precision: number | undefined): ReadType {
  const of = precision === undefined ? { precision: 0 } : { precision };
  const plain: Common = { is: 'timestamp', ...of };
  return {
    common: plain,
    options: [
      { id: 'timestamp', label: 'without time zone', reason: 'The same clock reading wherever it is read.', common: plain },
      {
        id: 'timestamptz',
        label: 'with time zone',
        reason: 'A moment: the readings are taken to be of one zone, which the load must set.',
        common: { is: 'timestamp', zone: 'local', ...of },
      },
    ],
  };
}

function values(args: readonly string[]): string[] {
  return args.map((one) => stringValue(one, 'mysql'));
}

function textual(word: string, first: number | undefined): ReadType | undefined {
  const base = word.replace(/^national /, '').replace(/\b(?:character )?varying\b/, 'varchar');
  if (base === 'char' || base === 'character' || base === 'nchar')
    return { common: { is: 'text', fixed: true, length: first ?? 1, unit: 'characters' } };
  if (/^n?varchar\b/.test(base) || base === 'varcharacter') return { common: varchar(first ?? 255) };
  const text = /^(tiny|medium|long|)text$/.exec(base);
  if (text !== null) return { common: { is: 'text', unit: 'bytes', max: TIERS[text[1] ?? ''] ?? 65_535 } };
  const blob = /^(tiny|medium|long|)blob$/.exec(base);
  if (blob !== null) return { common: { is: 'bytes', max: TIERS[blob[1] ?? ''] ?? 65_535 } };
  if (base === 'long' || base === 'long varchar') return { common: { is: 'text', unit: 'bytes', max: 16_777_215 } };
  if (base === 'binary') return { common: { is: 'bytes', fixed: true, length: first ?? 1 } };
  return base === 'varbinary' ? { common: { is: 'bytes', length: first ?? 255 } } : undefined;
}

/** A type of MySQL or MariaDB, in lower case. */
export function readMysqlType(name: string, args: readonly string[] = []): ReadType {
  const word = name.toLowerCase();
  const base = word.split(' ')[0] as string;
  const first = numberIn(args[0]);
  const unsigned = /\b(?:unsigned|zerofill)\b/.test(word) ? { unsigned: true } : {};
  if (BITS[base] !== undefined) return integer(word, BITS[base], args);
  if (base === 'bool' || base === 'boolean') return integer('tinyint', 8, ['1']);
  if (base === 'serial') return { common: { is: 'integer', bits: 64, unsigned: true } };
  if (['decimal', 'numeric', 'dec', 'fixed'].includes(base))
    return { common: { is: 'decimal', precision: first ?? 10, scale: Number(args[1] ?? 0), ...unsigned } };
  if (base === 'float')
    return { common: { is: 'float', bits: args.length < 2 && first !== undefined && first > 24 ? 64 : 32, ...unsigned } };
  if (base === 'double' || base === 'real') return { common: { is: 'float', bits: 64, ...unsigned } };
  if (base === 'bit') {
    if ((first ?? 1) > 1) return { common: { is: 'bits', length: first ?? 1 } };
    return {
      common: { is: 'boolean' },
      options: [
        { id: 'boolean', label: 'boolean', reason: 'One bit holds true or false.', common: { is: 'boolean' } },
        { id: 'bit', label: 'bit', reason: 'A string of one bit.', common: { is: 'bits', length: 1 } },
      ],
    };
  }
  if (base === 'date') return { common: { is: 'date' } };
  if (base === 'datetime') return datetime(first);
  if (base === 'timestamp') return { common: { is: 'timestamp', zone: 'local', precision: first ?? 0 } };
  if (base === 'time')
    return { common: { is: 'time', precision: first ?? 0 }, note: 'Hours beyond 24 and negative times do not fit.' };
  if (base === 'year') return { common: { is: 'year' } };
  if (base === 'enum') return { common: { is: 'enum', values: values(args) } };
  if (base === 'set') return { common: { is: 'set', values: values(args) } };
  if (base === 'json') return { common: { is: 'json', binary: true } };
  if (base === 'uuid') return { common: { is: 'uuid' } };
  if (base === 'inet6' || base === 'inet4') return { common: { is: 'special', name: base, carried: varchar(43) } };
  if (SPATIAL.has(base)) return { common: { is: 'spatial', name: base } };
  return textual(word, first) ?? { common: { is: 'special', name: word, carried: { is: 'text', unit: 'characters' } } };
}

/** Characters of `utf8mb4` that fit into what is left of InnoDB's 3072 bytes of a key, if a few columns share it. */
const KEYED_LENGTH = 191;
/** A row holds 65535 bytes, all its varchar columns together; longer ones become text. */
const LONGEST_VARCHAR = 4000;

const TEXT_FORMS = [
  { id: 'longtext', label: 'longtext', reason: 'Up to 4 GB: as good as without limit.' },
  { id: 'text', label: 'text', reason: 'Up to 64 KB.' },
  { id: 'varchar', label: 'varchar(255)', reason: 'Short texts, which can be indexed whole.' },
];

function textType({ length, fixed, max, caseless }: Common & { is: 'text' }, use: TypeUse): WrittenType {
  const verdict = caseless === true ? 'Its collation ignores case, as the type did.' : undefined;
  if (length !== undefined && length <= LONGEST_VARCHAR) {
    return fixed === true && length <= 255 ? faithful(builtin('char', length)) : faithful(builtin('varchar', length), verdict);
  }
  if (use.keyed === true)
    return approximate(
      builtin('varchar', KEYED_LENGTH),
      `A key needs a length: ${KEYED_LENGTH} characters. Longer texts are refused; choose a length that fits.`,
    );
  const limit = length === undefined ? max : length * 4;
  if (limit !== undefined && limit <= 65_535) return faithful(builtin('text'));
  if (limit !== undefined && limit <= 16_777_215) return faithful(builtin('mediumtext'));
  if (limit !== undefined) return faithful(builtin('longtext'));
  if (use.chosen === 'text' || use.chosen === 'varchar') {
    const type = use.chosen === 'text' ? builtin('text') : builtin('varchar', 255);
    return approximate(type, 'Longer texts are refused.', { options: TEXT_FORMS });
  }
  return faithful(builtin('longtext'), verdict ?? 'Up to 4 GB.', { options: TEXT_FORMS });
}

function bytesType({ length, fixed, max }: Common & { is: 'bytes' }, use: TypeUse): WrittenType {
  if (length !== undefined && length <= LONGEST_VARCHAR)
    return faithful(fixed === true && length <= 255 ? builtin('binary', length) : builtin('varbinary', length));
  if (use.keyed === true)
    return approximate(builtin('varbinary', 767), 'A key needs a length: 767 bytes. Longer values are refused.');
  const limit = length ?? max;
  return faithful(builtin(limit === undefined || limit > 16_777_215 ? 'longblob' : limit > 65_535 ? 'mediumblob' : 'blob'));
}

function fraction(name: string, precision: number | undefined): WrittenType {
  const digits = Math.min(precision ?? 6, 6);
  const type = digits === 0 ? builtin(name) : builtin(name, digits);
  return precision !== undefined && precision > 6
    ? approximate(type, `6 digits of a second are kept, not ${precision}.`)
    : faithful(type);
}

const MOMENT_FORMS = [
  { id: 'datetime', label: 'datetime', reason: 'Any year; the application must keep to one zone, best UTC.' },
  { id: 'timestamp', label: 'timestamp', reason: 'A moment, shown in the session zone, but only from 1970 to 2038.' },
];

function moment(precision: number | undefined, use: TypeUse): WrittenType {
  const chosen = use.chosen === 'timestamp' ? 'timestamp' : 'datetime';
  const { type } = fraction(chosen, precision);
  const reason =
    chosen === 'timestamp'
      ? 'A moment as before, but only from 1970 to 2038.'
      : 'The clock reading without its zone: store UTC. The type `timestamp` would end in 2038.';
  return approximate(type, reason, { options: MOMENT_FORMS });
}

const UUID_FORMS = [
  { id: 'char', label: 'char(36)', reason: 'Readable as it is.' },
  { id: 'binary', label: 'binary(16)', reason: 'Half the size; read and written by BIN_TO_UUID and UUID_TO_BIN.' },
];

function uuid(use: TypeUse): WrittenType {
  if (use.to === 'mariadb' && (use.version >= 11 || use.version === 10)) return faithful(builtin('uuid'));
  if (use.chosen === 'binary')
    return approximate(builtin('binary', 16), '16 bytes; nothing checks that it is a UUID.', { options: UUID_FORMS });
  return approximate(builtin('char', 36), 'Text of 36 characters; nothing checks that it is a UUID.', { options: UUID_FORMS });
}

function decimal({ precision, scale }: Common & { is: 'decimal' }): WrittenType {
  if (precision === undefined)
    return approximate(
      builtin('decimal', 38, 10),
      'MySQL needs a precision: 38 digits, 10 of them after the point. Choose what the values need.',
    );
  if (precision <= 65 && (scale ?? 0) <= 30 && (scale ?? 0) >= 0 && (scale ?? 0) <= precision)
    return faithful(builtin('decimal', precision, scale ?? 0));
  return approximate(
    builtin('decimal', 65, Math.max(0, Math.min(scale ?? 0, 30))),
    'MySQL keeps 65 digits, 30 of them after the point.',
  );
}

const INTEGERS = { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' } as const;

/** How MySQL or MariaDB says what a type holds. */
export function writeMysqlType(common: Common, use: TypeUse): WrittenType {
  switch (common.is) {
    case 'integer':
      return faithful(builtin(`${INTEGERS[common.bits]}${common.unsigned === true ? ' unsigned' : ''}`));
    case 'boolean':
      return faithful(builtin('tinyint', 1), "MySQL's own boolean: 0 and 1, and any other small number.");
    case 'decimal':
      return decimal(common);
    case 'float':
      return faithful(builtin(common.bits === 32 ? 'float' : 'double'));
    case 'money':
      return faithful(builtin('decimal', common.bits === 32 ? 10 : 19, 4), 'Exact; amounts are no longer shown with a currency.');
    case 'text':
      return textType(common, use);
    case 'bytes':
      return bytesType(common, use);
    case 'bits':
      if (common.length !== undefined && common.length <= 64) return faithful(builtin('bit', common.length));
      return approximate(
        builtin('varchar', Math.min(common.length ?? 255, LONGEST_VARCHAR)),
        'MySQL keeps at most 64 bits: the digits become text.',
      );
    case 'date':
      return faithful(builtin('date'));
    case 'time':
      return common.zone === true
        ? approximate(fraction('time', common.precision).type, 'The offset from UTC is lost.')
        : fraction('time', common.precision);
    case 'timestamp':
      return common.zone === undefined ? fraction('datetime', common.precision) : moment(common.precision, use);
    case 'year':
      return faithful(builtin('year'));
    case 'interval':
      return approximate(builtin('varchar', 64), 'MySQL has no intervals: the text (ISO 8601) is kept, without arithmetic.');
    case 'uuid':
      return uuid(use);
    case 'json':
      return faithful(builtin('json'), use.to === 'mariadb' ? 'MariaDB keeps the text and checks that it is JSON.' : undefined);
    case 'xml':
      return approximate(builtin('longtext'), 'The text is kept; nothing checks that it is XML.');
    case 'enum':
      return faithful(
        { kind: 'builtin', name: 'enum', args: common.values.map(mysqlLiteral) },
        'The same values in the same order.',
      );
    case 'set':
      return faithful({ kind: 'builtin', name: 'set', args: common.values.map(mysqlLiteral) });
    case 'array':
      return approximate(builtin('json'), 'MySQL has no arrays: a JSON array holds the values, whose type is no longer enforced.');
    case 'spatial':
      return faithful(builtin(common.name === 'geography' ? 'geometry' : common.name.replace(/(?:zm|z|m)$/, '')));
    case 'any':
      return approximate(
        use.keyed === true ? builtin('varchar', KEYED_LENGTH) : builtin('longtext'),
        'A column has one type: the values become text.',
      );
    case 'rowversion':
      return approximate(builtin('binary', 8), 'Nothing changes it by itself: set it in a trigger.');
    case 'special': {
      if (use.to === 'mariadb' && (common.name === 'inet' || common.name === 'inet6'))
        return approximate(builtin('inet6'), 'Addresses only, no network masks.');
      const inner = writeMysqlType(common.carried, use);
      return approximate(inner.type, `MySQL has no ${common.name}: the values are kept, without its operators.`);
    }
  }
}

function mysqlLiteral(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
