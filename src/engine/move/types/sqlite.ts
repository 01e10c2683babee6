import type { Common, ReadType, WrittenType } from './common.ts';
import { approximate, builtin, faithful, numberIn } from './common.ts';
import { readMysqlType } from './mysql.ts';
import { readPostgresType } from './postgres.ts';

const NUMBERS = /^(?:tiny|small|medium|big)?int(?:eger)?\d?$|^unsigned big int$/;

/**
 * What a declared type of SQLite says. Only its affinity binds (datatype3.html, 3.1): the declared words are taken at
 * their usual meaning elsewhere where there is one.
 */
export function readSqliteType(name: string, args: readonly string[] = []): ReadType {
  // The text may stand as declared, with its arguments.
  const inside = /^([^(]*)\(([^)]*)\)(.*)$/s.exec(name);
  if (inside !== null) return readSqliteType(`${inside[1]} ${inside[3]}`.trim(), (inside[2] ?? '').split(','));
  const word = name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const first = numberIn(args[0]);
  if (word === '') return { common: { is: 'any' } };
  if (word === 'tinyint' && first === 1) return readMysqlType('tinyint', ['1']);
  if (NUMBERS.test(word.replace(/ unsigned$/, ''))) return integer(word);
  if (word === 'boolean' || word === 'bool') return { common: { is: 'boolean' } };
  if (/^(?:numeric|decimal|dec|number)$/.test(word)) {
    if (first === undefined) return { common: { is: 'decimal' } };
    return { common: { is: 'decimal', precision: first, scale: numberIn(args[1]) ?? 0 } };
  }
  if (/^(?:real|double|double precision|float)$/.test(word)) return { common: { is: 'float', bits: 64 } };
  if (word === 'datetime' || word === 'smalldatetime' || word === 'datetime2') return { common: { is: 'timestamp' } };
  if (word === 'timestamp') return { common: { is: 'timestamp' } };
  if (word === 'date') return { common: { is: 'date' } };
  if (word === 'time') return { common: { is: 'time' } };
  if (word === 'money') return { common: { is: 'money', bits: 64 } };
  if (word === 'uuid' || word === 'guid' || word === 'uniqueidentifier') return { common: { is: 'uuid' } };
  if (/^jsonb?$/.test(word)) return { common: { is: 'json', binary: true } };
  if (/^(?:timestamptz|timestamp with time zone)$/.test(word)) return readPostgresType('timestamptz', args);
  return byAffinity(word, first);
}

function integer(word: string): ReadType {
  const narrow = /^smallint|^int2$/.test(word) ? 16 : 64;
  const common: Common = { is: 'integer', bits: narrow };
  return narrow === 64
    ? {
        common,
        options: [
          { id: 'bigint', label: '64 bits', reason: 'SQLite keeps integers of up to 64 bits whatever they are called.', common },
          {
            id: 'integer',
            label: '32 bits',
            reason: 'Half the size; larger numbers are refused.',
            common: { is: 'integer', bits: 32 },
          },
        ],
      }
    : { common };
}

/** The rules of affinity, in their order. */
function byAffinity(word: string, length: number | undefined): ReadType {
  if (word.includes('int')) return integer('integer');
  if (/char|clob|text/.test(word)) {
    const fixed = /^(?:n?char|character|native character)$/.test(word) && length !== undefined ? { fixed: true } : {};
    return { common: { is: 'text', unit: 'characters', ...fixed, ...(length === undefined ? {} : { length }) } };
  }
  if (word.includes('blob') || /binary|bytea|image/.test(word)) return { common: { is: 'bytes' } };
  if (/real|floa|doub/.test(word)) return { common: { is: 'float', bits: 64 } };
  if (word === 'any') return { common: { is: 'any' } };
  return { common: { is: 'decimal' }, note: `SQLite gives the word ${word} no meaning but numeric affinity.` };
}

/** How SQLite says it: a declared type that reads well and has the right affinity. It enforces neither lengths nor kinds. */
export function writeSqliteType(common: Common): WrittenType {
  const loose = 'SQLite does not enforce it: the name stands for people and tools.';
  switch (common.is) {
    case 'integer':
      return common.unsigned === true
        ? faithful(builtin('INTEGER'), 'Up to 64 bits; a check refuses negative numbers.', { checks: [{ is: 'not negative' }] })
        : faithful(builtin('INTEGER'), 'Up to 64 bits, whatever was declared.');
    case 'boolean':
      return faithful(builtin('BOOLEAN'), 'Kept as 0 and 1; a check says so.', { checks: [{ is: 'zero or one' }] });
    case 'decimal':
      return approximate(
        common.precision === undefined ? builtin('NUMERIC') : builtin(`NUMERIC(${common.precision},${common.scale ?? 0})`),
        'Kept as an integer or a 64-bit float: about 15 digits are exact.',
      );
    case 'float':
      return faithful(builtin('REAL'), 'Always 64 bits.');
    case 'money':
      return approximate(
        builtin(`NUMERIC(${common.bits === 32 ? 10 : 19},4)`),
        'Kept as a 64-bit float: about 15 digits are exact.',
      );
    case 'text':
      if (common.length === undefined) return faithful(builtin('TEXT'));
      return approximate(
        builtin(`${common.fixed === true ? 'CHAR' : 'VARCHAR'}(${common.length})`),
        `${loose} Longer texts are accepted.`,
      );
    case 'bytes':
      return faithful(builtin('BLOB'));
    case 'bits':
      return approximate(builtin('TEXT'), 'The bits become a text of digits.');
    case 'date':
      return approximate(builtin('TEXT'), 'An ISO 8601 text, which sorts and compares as a date does.');
    case 'time':
      return approximate(builtin('TEXT'), 'An ISO 8601 text, which sorts and compares as a time does.');
    case 'timestamp':
      return approximate(
        builtin('TEXT'),
        common.zone === undefined
          ? 'An ISO 8601 text, which sorts and compares as a timestamp does.'
          : 'An ISO 8601 text: write all in UTC, so that they sort.',
      );
    case 'year':
      return faithful(builtin('INTEGER'));
    case 'interval':
      return approximate(builtin('TEXT'), 'SQLite has no intervals: the text (ISO 8601) is kept, without arithmetic.');
    case 'uuid':
      return approximate(builtin('TEXT'), 'Text of 36 characters; nothing checks that it is a UUID.');
    case 'json':
      return approximate(builtin('TEXT'), 'The text is kept; a check says that it is JSON.', { checks: [{ is: 'json' }] });
    case 'xml':
      return approximate(builtin('TEXT'), 'The text is kept; nothing checks that it is XML.');
    case 'enum':
      return approximate(builtin('TEXT'), 'A check lists the values; they sort by their letters.', {
        checks: [{ is: 'one of', values: common.values }],
      });
    case 'set':
      return approximate(builtin('TEXT'), 'The values stand in one text, with commas; the list is no longer enforced.');
    case 'array':
      return approximate(builtin('TEXT'), 'SQLite has no arrays: a JSON array holds the values.', { checks: [{ is: 'json' }] });
    case 'spatial':
      return approximate(builtin('BLOB'), 'Needs SpatiaLite; the values are kept as WKB.');
    case 'any':
      return faithful(builtin(''), 'A column without a declared type takes any value.');
    case 'rowversion':
      return approximate(builtin('BLOB'), 'Nothing changes it by itself: set it in a trigger.');
    case 'special':
      return approximate(
        writeSqliteType(common.carried).type,
        `SQLite has no ${common.name}: the values are kept, without its operators.`,
      );
  }
}
