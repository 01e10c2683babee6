import type { Common, ReadType, TypeUse, WrittenType } from './common.ts';
import { approximate, builtin, faithful, numberIn, UNBOUND_TEXT, varchar } from './common.ts';

const WORDS: Readonly<Record<string, Common>> = {
  tinyint: { is: 'integer', bits: 8, unsigned: true },
  smallint: { is: 'integer', bits: 16 },
  int: { is: 'integer', bits: 32 },
  integer: { is: 'integer', bits: 32 },
  bigint: { is: 'integer', bits: 64 },
  bit: { is: 'boolean' },
  real: { is: 'float', bits: 32 },
  money: { is: 'money', bits: 64 },
  smallmoney: { is: 'money', bits: 32 },
  text: { is: 'text', unit: 'bytes' },
  ntext: UNBOUND_TEXT,
  image: { is: 'bytes' },
  date: { is: 'date' },
  uniqueidentifier: { is: 'uuid' },
  xml: { is: 'xml' },
  json: { is: 'json', binary: true },
  geometry: { is: 'spatial', name: 'geometry' },
  geography: { is: 'spatial', name: 'geography', geography: true },
  sql_variant: { is: 'any' },
  rowversion: { is: 'rowversion' },
  timestamp: { is: 'rowversion' },
  hierarchyid: { is: 'special', name: 'hierarchyid', carried: varchar(892) },
  sysname: varchar(128),
};

function plainTimestamp(precision: number): ReadType {
  const common: Common = { is: 'timestamp', precision };
  return {
    common,
    options: [
      { id: 'timestamp', label: 'without time zone', reason: 'The same clock reading wherever it is read.', common },
      {
        id: 'timestamptz',
        label: 'with time zone',
        reason: 'A moment: the readings are taken to be of one zone, which the load must set.',
        common: { is: 'timestamp', precision, zone: 'local' },
      },
    ],
  };
}

/** A type of SQL Server, in lower case. */
export function readMssqlType(name: string, args: readonly string[] = []): ReadType {
  const word = name
    .toLowerCase()
    .replace(/^national (?:char|character)/, 'nchar')
    .replace(/\bcharacter\b/, 'char')
    .replace(/ varying$/, 'varying');
  const first = numberIn(args[0]);
  const max = args[0]?.toLowerCase() === 'max';
  if (Object.hasOwn(WORDS, word)) return { common: WORDS[word] as Common };
  if (word === 'decimal' || word === 'numeric' || word === 'dec')
    return { common: { is: 'decimal', precision: first ?? 18, scale: Number(args[1] ?? 0) } };
  if (word === 'float' || word === 'double precision')
    return { common: { is: 'float', bits: first !== undefined && first <= 24 ? 32 : 64 } };
  if (word === 'nvarchar' || word === 'ncharvarying') return { common: max ? UNBOUND_TEXT : varchar(first ?? 1) };
  if (word === 'varchar' || word === 'charvarying')
    return { common: max ? { is: 'text', unit: 'bytes' } : { is: 'text', unit: 'bytes', length: first ?? 1 } };
  if (word === 'nchar') return { common: { is: 'text', fixed: true, length: first ?? 1, unit: 'characters' } };
  if (word === 'char') return { common: { is: 'text', fixed: true, length: first ?? 1, unit: 'bytes' } };
  if (word === 'varbinary') return { common: max ? { is: 'bytes' } : { is: 'bytes', length: first ?? 1 } };
  if (word === 'binary') return { common: { is: 'bytes', fixed: true, length: first ?? 1 } };
  if (word === 'datetime2') return plainTimestamp(first ?? 7);
  if (word === 'datetime') return plainTimestamp(3);
  if (word === 'smalldatetime') return plainTimestamp(0);
  if (word === 'datetimeoffset') return { common: { is: 'timestamp', zone: 'kept', precision: first ?? 7 } };
  if (word === 'time') return { common: { is: 'time', precision: first ?? 7 } };
  return { common: { is: 'special', name: word, carried: UNBOUND_TEXT } };
}

/** The most characters of an nvarchar that is not `max`; a key holds 900 bytes (1700 of an index). */
const NVARCHAR = 4000;
const KEYED_LENGTH = 450;

function textType({ length, fixed, unit }: Common & { is: 'text' }, use: TypeUse): WrittenType {
  const prefix = unit === 'bytes' ? '' : 'n';
  const most = unit === 'bytes' ? 8000 : NVARCHAR;
  if (length !== undefined && length <= most) return faithful(builtin(`${prefix}${fixed === true ? 'char' : 'varchar'}`, length));
  if (use.keyed === true)
    return approximate(
      builtin('nvarchar', KEYED_LENGTH),
      `A key needs a length: ${KEYED_LENGTH} characters. Longer texts are refused.`,
    );
  return faithful(builtin(`${prefix}varchar`, 'max'), 'Up to 2 GB.');
}

function fraction(name: string, precision: number | undefined): WrittenType {
  return faithful(builtin(name, Math.min(precision ?? 6, 7)));
}

function integer({ bits, unsigned }: Common & { is: 'integer' }, use: TypeUse): WrittenType {
  if (unsigned !== true) {
    const name = bits <= 16 ? 'smallint' : bits <= 32 ? 'int' : 'bigint';
    return faithful(
      builtin(name),
      bits === 8 || bits === 24 ? 'The next wider integer: SQL Server has no signed one of this size.' : undefined,
    );
  }
  if (bits === 8) return faithful(builtin('tinyint'));
  const type = bits <= 24 ? builtin('int') : bits === 32 || use.identity === true ? builtin('bigint') : builtin('decimal', 20, 0);
  return use.identity === true
    ? faithful(type, 'The wider signed integer.')
    : faithful(type, 'The wider signed type holds every value; a check refuses negative ones.', {
        checks: [{ is: 'not negative' }],
      });
}

/** How SQL Server says what a type holds. */
export function writeMssqlType(common: Common, use: TypeUse): WrittenType {
  switch (common.is) {
    case 'integer':
      return integer(common, use);
    case 'boolean':
      return faithful(builtin('bit'));
    case 'decimal': {
      const { precision, scale } = common;
      if (precision === undefined)
        return approximate(builtin('decimal', 38, 10), 'SQL Server needs a precision: 38 digits, 10 of them after the point.');
      if (precision > 38 || (scale ?? 0) > precision || (scale ?? 0) < 0)
        return approximate(builtin('decimal', 38, Math.max(0, Math.min(scale ?? 0, 38))), 'SQL Server keeps 38 digits.');
      return faithful(builtin('decimal', precision, scale ?? 0));
    }
    case 'float':
      return faithful(common.bits === 32 ? builtin('real') : builtin('float'));
    case 'money':
      return faithful(builtin(common.bits === 32 ? 'smallmoney' : 'money'));
    case 'text':
      return textType(common, use);
    case 'bytes': {
      const { length, fixed } = common;
      if (length !== undefined && length <= 8000) return faithful(builtin(fixed === true ? 'binary' : 'varbinary', length));
      return use.keyed === true
        ? approximate(builtin('varbinary', 900), 'A key needs a length: 900 bytes. Longer values are refused.')
        : faithful(builtin('varbinary', 'max'));
    }
    case 'bits':
      return approximate(
        builtin('varchar', Math.min(common.length ?? 256, 8000)),
        'SQL Server has no bit strings: the digits become text.',
      );
    case 'date':
      return faithful(builtin('date'));
    case 'time':
      return common.zone === true
        ? approximate(fraction('time', common.precision).type, 'The offset from UTC is lost.')
        : fraction('time', common.precision);
    case 'timestamp':
      return common.zone === undefined
        ? fraction('datetime2', common.precision)
        : faithful(fraction('datetimeoffset', common.precision).type, 'The moment, and the zone it is given in.');
    case 'year':
      return faithful(builtin('smallint'));
    case 'interval':
      return approximate(builtin('varchar', 64), 'SQL Server has no intervals: the text (ISO 8601) is kept, without arithmetic.');
    case 'uuid':
      return faithful(builtin('uniqueidentifier'), 'The same values; SQL Server sorts them by other bytes first.');
    case 'json':
      return approximate(builtin('nvarchar', 'max'), 'The text is kept; a check says that it is JSON.', {
        checks: [{ is: 'json' }],
      });
    case 'xml':
      return faithful(builtin('xml'));
    case 'enum':
      return approximate(
        builtin('nvarchar', Math.max(1, ...common.values.map((value) => value.length))),
        'A check lists the values; they sort by their letters.',
        {
          checks: [{ is: 'one of', values: common.values }],
        },
      );
    case 'set':
      return approximate(
        builtin('nvarchar', Math.min(NVARCHAR, common.values.join(',').length || 1)),
        'The values stand in one text, with commas; the list is no longer enforced.',
      );
    case 'array':
      return approximate(builtin('nvarchar', 'max'), 'SQL Server has no arrays: a JSON array holds the values.', {
        checks: [{ is: 'json' }],
      });
    case 'spatial':
      return faithful(builtin(common.geography === true ? 'geography' : 'geometry'), 'The kind of shape is no longer enforced.');
    case 'any':
      return use.keyed === true
        ? approximate(builtin('nvarchar', KEYED_LENGTH), 'The values become text.')
        : approximate(builtin('nvarchar', 'max'), 'A column has one type: the values become text.');
    case 'rowversion':
      return faithful(builtin('rowversion'));
    case 'special': {
      if (common.name === 'hierarchyid') return faithful(builtin('hierarchyid'));
      return approximate(
        writeMssqlType(common.carried, use).type,
        `SQL Server has no ${common.name}: the values are kept, without its operators.`,
      );
    }
  }
}
