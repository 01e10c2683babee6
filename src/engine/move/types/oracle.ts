import type { Common, ReadType, TypeUse, WrittenType } from './common.ts';
import { approximate, builtin, digitsOf, faithful, integerFor, numberIn, UNBOUND_TEXT, varchar } from './common.ts';

/** `NUMBER` without precision: whole or not, only the data knows. */
function anyNumber(): ReadType {
  const common: Common = { is: 'decimal' };
  return {
    common,
    options: [
      { id: 'numeric', label: 'decimal', reason: 'Every number fits.', common },
      {
        id: 'bigint',
        label: '64-bit integer',
        reason: 'For keys and counts: smaller and faster, but whole numbers only.',
        common: { is: 'integer', bits: 64 },
      },
    ],
  };
}

function wholeNumber(precision: number): ReadType {
  const decimal: Common = { is: 'decimal', precision, scale: 0 };
  const integer = precision === 1 ? undefined : integerFor(precision);
  if (precision === 1)
    return {
      common: { is: 'integer', bits: 16 },
      options: [
        {
          id: 'integer',
          label: 'small integer',
          reason: 'The digits 0 to 9 and their negatives.',
          common: { is: 'integer', bits: 16 },
        },
        { id: 'boolean', label: 'boolean', reason: 'By convention NUMBER(1) often holds 0 and 1.', common: { is: 'boolean' } },
      ],
    };
  if (integer === undefined) return { common: decimal };
  return {
    common: integer,
    options: [
      {
        id: 'integer',
        label: 'integer',
        reason: `Holds every number of ${precision} digits; smaller and faster than a decimal.`,
        common: integer,
      },
      { id: 'decimal', label: 'decimal', reason: `Exactly ${precision} digits, as before.`, common: decimal },
    ],
  };
}

const DATE_FORMS = (): ReadType => {
  const common: Common = { is: 'timestamp', precision: 0 };
  return {
    common,
    options: [
      { id: 'timestamp', label: 'timestamp(0)', reason: "Oracle's DATE holds a time of day too, in seconds.", common },
      { id: 'date', label: 'date', reason: 'The time of day is cut off: for columns that hold days only.', common: { is: 'date' } },
    ],
  };
};

/** A length such as `40 char`, `40 byte` or `40`. */
function measured(args: readonly string[], fixed: boolean, national: boolean): Common {
  const length = numberIn(args[0]) ?? 1;
  const bytes = !national && !/char/i.test(args[0] ?? '');
  return { is: 'text', unit: bytes ? 'bytes' : 'characters', length, ...(fixed ? { fixed } : {}) };
}

/** A type of Oracle, in lower case. */
export function readOracleType(name: string, args: readonly string[] = []): ReadType {
  const word = name.toLowerCase();
  const first = numberIn(args[0]);
  if (['number', 'numeric', 'decimal', 'dec'].includes(word)) {
    if (args[0] === undefined) return word === 'number' ? anyNumber() : wholeNumber(38);
    const scale = Number(args[1] ?? 0);
    if (args[0].trim() === '*')
      return args[1] === undefined
        ? anyNumber()
        : scale === 0
          ? wholeNumber(38)
          : { common: { is: 'decimal', precision: 38, scale } };
    if (scale === 0) return wholeNumber(first ?? 38);
    return { common: { is: 'decimal', precision: Math.max(first ?? 38, scale), scale } };
  }
  if (['integer', 'int', 'smallint'].includes(word)) return wholeNumber(38);
  if (word === 'float' || word === 'double precision' || word === 'real') return { common: { is: 'float', bits: 64 } };
  if (word === 'binary_float') return { common: { is: 'float', bits: 32 } };
  if (word === 'binary_double') return { common: { is: 'float', bits: 64 } };
  if (word === 'varchar2' || word === 'varchar' || word === 'character varying' || word === 'char varying')
    return { common: measured(args, false, false) };
  if (word === 'nvarchar2' || word === 'nchar varying' || word.startsWith('national char varying'))
    return { common: measured(args, false, true) };
  if (word === 'char' || word === 'character') return { common: measured(args, true, false) };
  if (word === 'nchar' || word.startsWith('national char')) return { common: measured(args, true, true) };
  if (word === 'clob' || word === 'nclob') return { common: UNBOUND_TEXT };
  if (word === 'long') return { common: { is: 'text', unit: 'bytes' } };
  if (word === 'blob' || word === 'long raw') return { common: { is: 'bytes' } };
  if (word === 'bfile') return { common: { is: 'special', name: 'bfile', carried: varchar(4000) } };
  if (word === 'raw') {
    const common: Common = { is: 'bytes', length: first ?? 1 };
    if (first !== 16) return { common };
    return {
      common,
      options: [
        { id: 'bytes', label: 'bytes', reason: '16 bytes as they are.', common },
        { id: 'uuid', label: 'uuid', reason: 'RAW(16) often holds SYS_GUID() values.', common: { is: 'uuid' } },
      ],
    };
  }
  if (word === 'date') return DATE_FORMS();
  const precision = { precision: first ?? 6 };
  if (word === 'timestamp') return { common: { is: 'timestamp', ...precision } };
  if (word === 'timestamp with local time zone') return { common: { is: 'timestamp', zone: 'local', ...precision } };
  if (word === 'timestamp with time zone') return { common: { is: 'timestamp', zone: 'kept', ...precision } };
  if (word.startsWith('interval year')) return { common: { is: 'interval', fields: 'year to month', months: true } };
  if (word.startsWith('interval')) return { common: { is: 'interval', fields: 'day to second' } };
  if (word === 'boolean' || word === 'bool') return { common: { is: 'boolean' } };
  if (word === 'json') return { common: { is: 'json', binary: true } };
  if (word === 'xmltype' || word.endsWith('.xmltype')) return { common: { is: 'xml' } };
  if (word.endsWith('sdo_geometry')) return { common: { is: 'spatial', name: 'geometry' } };
  if (word === 'anydata' || word.endsWith('.anydata')) return { common: { is: 'any' } };
  if (word === 'rowid' || word === 'urowid') return { common: { is: 'special', name: word, carried: varchar(18) } };
  return { common: { is: 'special', name: word, carried: UNBOUND_TEXT } };
}

const UUID_FORMS = [
  { id: 'raw', label: 'raw(16)', reason: '16 bytes, as SYS_GUID() gives them.' },
  { id: 'char', label: 'varchar2(36)', reason: 'Readable as it is.' },
];

/** Most of a varchar2 (4000 bytes unless MAX_STRING_SIZE is extended). */
const LONGEST = 4000;

function textType({ length, fixed, unit }: Common & { is: 'text' }, use: TypeUse): WrittenType {
  const empty = 'An empty text is NULL in Oracle.';
  const most = unit === 'bytes' ? LONGEST : 1000;
  if (length !== undefined && length <= most) {
    const size = `${length} ${unit === 'bytes' ? 'byte' : 'char'}`;
    return fixed === true && length <= (unit === 'bytes' ? 2000 : 500)
      ? approximate(builtin('char', size), empty)
      : approximate(builtin('varchar2', size), empty);
  }
  if (length !== undefined && length <= LONGEST)
    return approximate(builtin('varchar2', `${length} char`), `${empty} At most 4000 bytes.`);
  if (use.keyed === true)
    return approximate(builtin('varchar2', '1000 char'), `${empty} A key needs a length: longer texts are refused.`);
  return approximate(builtin('clob'), `${empty} A CLOB cannot be compared, sorted or indexed as it is.`);
}

function truth(use: TypeUse): WrittenType {
  return use.version >= 23
    ? faithful(builtin('boolean'))
    : faithful(builtin('number', 1, 0), 'Oracle before 23 has no boolean: 0 and 1, which a check says.', {
        checks: [{ is: 'zero or one' }],
      });
}

function decimal(common: Common & { is: 'decimal' }): WrittenType {
  if (common.precision === undefined) return faithful(builtin('number'));
  if (common.precision > 38) return approximate(builtin('number', 38, Math.min(common.scale ?? 0, 38)), 'Oracle keeps 38 digits.');
  return faithful(builtin('number', common.precision, common.scale ?? 0));
}

function uuid(use: TypeUse): WrittenType {
  return use.chosen === 'char'
    ? approximate(builtin('varchar2', '36 byte'), 'Text of 36 characters; nothing checks that it is a UUID.', {
        options: UUID_FORMS,
      })
    : approximate(builtin('raw', 16), '16 bytes, as SYS_GUID() gives them; nothing checks that it is a UUID.', {
        options: UUID_FORMS,
      });
}

function json(use: TypeUse): WrittenType {
  return use.version >= 21
    ? faithful(builtin('json'))
    : approximate(builtin('clob'), 'Oracle before 21 has no JSON type: a check says that it is JSON.', {
        checks: [{ is: 'json' }],
      });
}

function interval(common: Common & { is: 'interval' }): WrittenType {
  return common.months === true
    ? faithful(builtin('interval year to month'))
    : approximate(
        builtin('interval day to second'),
        'Months and years are no longer in it: Oracle keeps them in a type of their own.',
      );
}

/** How Oracle says what a type holds. */
export function writeOracleType(common: Common, use: TypeUse): WrittenType {
  switch (common.is) {
    case 'integer': {
      const type = builtin('number', digitsOf(common), 0);
      return common.unsigned === true && use.identity !== true
        ? faithful(type, 'Every value fits; a check refuses negative ones.', { checks: [{ is: 'not negative' }] })
        : faithful(type);
    }
    case 'boolean':
      return truth(use);
    case 'decimal':
      return decimal(common);
    case 'float':
      return faithful(builtin(common.bits === 32 ? 'binary_float' : 'binary_double'));
    case 'money':
      return faithful(builtin('number', common.bits === 32 ? 10 : 19, 4), 'Exact; amounts are no longer shown with a currency.');
    case 'text':
      return textType(common, use);
    case 'bytes':
      if (common.length !== undefined && common.length <= 2000) return faithful(builtin('raw', common.length));
      return use.keyed === true
        ? approximate(builtin('raw', 2000), 'A key needs a length: 2000 bytes.')
        : faithful(builtin('blob'));
    case 'bits':
      return approximate(
        builtin('varchar2', `${Math.min(common.length ?? 256, LONGEST)} byte`),
        'Oracle has no bit strings: the digits become text.',
      );
    case 'date':
      return approximate(builtin('date'), "Oracle's DATE holds a time of day too: keep it at midnight (TRUNC).");
    case 'time':
      return approximate(
        builtin(`interval day(0) to second(${Math.min(common.precision ?? 6, 9)})`),
        'Oracle has no time of day: an interval within one day holds it.',
      );
    case 'timestamp': {
      const precision = Math.min(common.precision ?? 6, 9);
      if (common.zone === undefined) return faithful(builtin('timestamp', precision));
      return faithful(builtin(common.zone === 'kept' ? 'timestamp with time zone' : 'timestamp with local time zone', precision));
    }
    case 'year':
      return faithful(builtin('number', 4, 0));
    case 'interval':
      return interval(common);
    case 'uuid':
      return uuid(use);
    case 'json':
      return json(use);
    case 'xml':
      return faithful(builtin('xmltype'));
    case 'enum':
      return approximate(
        builtin('varchar2', `${Math.max(1, ...common.values.map((value) => value.length))} char`),
        'A check lists the values; they sort by their letters.',
        {
          checks: [{ is: 'one of', values: common.values }],
        },
      );
    case 'set':
      return approximate(
        builtin('varchar2', `${Math.min(1000, common.values.join(',').length || 1)} char`),
        'The values stand in one text, with commas; the list is no longer enforced.',
      );
    case 'array':
      return approximate(
        builtin(use.version >= 21 ? 'json' : 'clob'),
        'A JSON array holds the values; a nested table would be a type of its own.',
      );
    case 'spatial':
      return faithful({ kind: 'other', schema: 'MDSYS', name: 'SDO_GEOMETRY' }, 'The kind of shape is no longer enforced.');
    case 'any':
      return use.keyed === true
        ? approximate(builtin('varchar2', '1000 char'), 'The values become text.')
        : approximate(builtin('clob'), 'A column has one type: the values become text.');
    case 'rowversion':
      return approximate(builtin('raw', 8), 'Nothing changes it by itself: use ORA_ROWSCN, or a trigger.');
    case 'special': {
      if (common.name === 'bfile' || common.name === 'rowid' || common.name === 'urowid') return faithful(builtin(common.name));
      return approximate(
        writeOracleType(common.carried, use).type,
        `Oracle has no ${common.name}: the values are kept, without its operators.`,
      );
    }
  }
}
