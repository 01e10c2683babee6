import type { ColumnType } from '#model/column-types.ts';
import type { Tree } from './tree.ts';

/** Types of MySQL and SQLite by the PostgreSQL type that holds the same values. */
const TYPES: Readonly<Record<string, string>> = {
  TINYINT: 'smallint',
  SMALLINT: 'smallint',
  MEDIUMINT: 'integer',
  INT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  DECIMAL: 'numeric',
  NUMERIC: 'numeric',
  FLOAT: 'real',
  DOUBLE: 'double precision',
  REAL: 'double precision',
  BOOL: 'boolean',
  BOOLEAN: 'boolean',
  CHAR: 'char',
  NCHAR: 'char',
  VARCHAR: 'varchar',
  NVARCHAR: 'varchar',
  TINYTEXT: 'text',
  TEXT: 'text',
  MEDIUMTEXT: 'text',
  LONGTEXT: 'text',
  SET: 'text',
  TINYBLOB: 'bytea',
  BLOB: 'bytea',
  MEDIUMBLOB: 'bytea',
  LONGBLOB: 'bytea',
  BINARY: 'bytea',
  VARBINARY: 'bytea',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'timestamp',
  TIMESTAMP: 'timestamptz',
  YEAR: 'smallint',
  JSON: 'jsonb',
  BIT: 'bit',
  UUID: 'uuid',
};

/** Types that keep their length or precision. */
const SIZED = new Set(['numeric', 'char', 'varchar', 'bit', 'time', 'timestamp', 'timestamptz']);

/** Unsigned types need the next larger one. */
const UNSIGNED: Readonly<Record<string, string>> = { smallint: 'integer', integer: 'bigint', bigint: 'numeric' };

/** @returns the type, and what of the original it does not keep. */
export function readType(definition: Tree): { type: ColumnType; lost?: string } {
  const written = String(definition['dataType'] ?? 'TEXT').toUpperCase();
  const suffix = Array.isArray(definition['suffix']) ? definition['suffix'].map(String) : [];
  const { length, scale } = definition;
  if (written === 'TINYINT' && length === 1) return { type: { kind: 'builtin', name: 'boolean' } };
  const known = Object.hasOwn(TYPES, written) ? TYPES[written] : undefined;
  if (known === undefined)
    return { type: { kind: 'other', name: written.toLowerCase() }, lost: `type ${written} is kept by name only` };
  const unsigned = suffix.some((one) => one.toUpperCase() === 'UNSIGNED');
  const name = unsigned ? (UNSIGNED[known] ?? known) : known;
  if (name === 'numeric' && known === 'bigint') return { type: { kind: 'builtin', name, args: ['20'] } };
  const args = SIZED.has(name) ? [length, scale].flatMap((one) => (typeof one === 'number' ? [String(one)] : [])) : [];
  return { type: { kind: 'builtin', name, ...(args.length === 0 ? {} : { args }) } };
}
