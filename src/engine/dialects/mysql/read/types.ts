import { stringValue } from '../../base/lex.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlType } from '../../base/read/ddl.ts';
import { literal } from '../quote.ts';

/** A column's type with what else stands in it. */
export interface ReadType {
  readonly type: DdlType;
  readonly charset?: string;
  readonly collation?: string;
  /** `SERIAL`: NOT NULL, AUTO_INCREMENT and a key of its own. */
  readonly serial?: true;
  /** Words that stand right after the type and that the model has no field for: `BINARY`, `COMPRESSED`. */
  readonly residue?: readonly string[];
}

/** Other spellings of types, by what the catalog calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  INTEGER: 'int',
  INT1: 'tinyint',
  INT2: 'smallint',
  INT3: 'mediumint',
  MIDDLEINT: 'mediumint',
  INT4: 'int',
  INT8: 'bigint',
  DEC: 'decimal',
  NUMERIC: 'decimal',
  FIXED: 'decimal',
  NUMBER: 'decimal',
  FLOAT4: 'float',
  FLOAT8: 'double',
  REAL: 'double',
  CHARACTER: 'char',
  VARCHARACTER: 'varchar',
  VARCHAR2: 'varchar',
  RAW: 'varbinary',
  CLOB: 'longtext',
  GEOMCOLLECTION: 'geometrycollection',
};

const NUMERIC = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double', 'real']);
const TEXTUAL = new Set(['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set']);

/** `LONG`, `LONG VARCHAR`, `LONG CHAR VARYING`, `LONG VARBINARY`. */
function readLong(cursor: Cursor): string {
  if (cursor.take('VARBINARY')) return 'mediumblob';
  if (cursor.take('CHAR', 'VARYING') || cursor.take('CHARACTER', 'VARYING')) return 'mediumtext';
  cursor.takeAny('VARCHAR', 'VARCHARACTER', 'CHAR', 'CHARACTER');
  return 'mediumtext';
}

/** The name of the type that stands here, as the catalog has it, and whether it is a national one. */
function readName(cursor: Cursor): { name: string; national: boolean } {
  if (!cursor.isName()) {
    cursor.fail('a type was expected');
    return { name: '', national: false };
  }
  const national = cursor.take('NATIONAL');
  const word = cursor.next().text.toUpperCase();
  const varying =
    (word === 'CHAR' || word === 'CHARACTER' || word === 'NCHAR') && cursor.takeAny('VARYING', 'VARCHAR') !== undefined;
  switch (word) {
    case 'NCHAR':
    case 'NVARCHAR':
    case 'NVARCHAR2':
      return { name: varying || word !== 'NCHAR' ? 'varchar' : 'char', national: true };
    case 'LONG':
      return { name: readLong(cursor), national };
    case 'DOUBLE':
      cursor.take('PRECISION');
      return { name: 'double', national };
    default: {
      const plain = Object.hasOwn(ALIASES, word) ? (ALIASES[word] as string) : word.toLowerCase();
      return { name: varying ? 'varchar' : plain, national };
    }
  }
}

/** What stands in the brackets after the type: numbers, or the values of ENUM and SET as literals. */
function readArgs(cursor: Cursor, values: boolean): string[] {
  if (!cursor.is('(')) return [];
  return cursor.list(() => {
    const { kind, text } = cursor.peek();
    if (values && kind === 'string' && text.startsWith('"')) {
      cursor.next();
      return literal(stringValue(text, cursor.dialect));
    }
    return cursor.until();
  });
}

/** `CHARACTER SET x`, `CHARSET x`, `COLLATE x`, `ASCII`, `UNICODE`, `BINARY` in any order, right after the type. */
function readCharset(cursor: Cursor): { charset?: string; collation?: string; binary: boolean } {
  let charset: string | undefined;
  let collation: string | undefined;
  let binary = false;
  for (;;) {
    if (cursor.take('CHARACTER', 'SET') || cursor.take('CHAR', 'SET') || cursor.take('CHARSET')) {
      cursor.take('=');
      charset = cursor.name().toLowerCase();
    } else if (cursor.take('COLLATE')) {
      cursor.take('=');
      collation = cursor.name().toLowerCase();
    } else if (cursor.take('ASCII')) charset = 'latin1';
    else if (cursor.take('UNICODE')) charset = 'ucs2';
    else if (cursor.take('BINARY')) binary = true;
    else break;
  }
  return { ...(charset === undefined ? {} : { charset }), ...(collation === undefined ? {} : { collation }), binary };
}

/** `UNSIGNED`, `SIGNED` and `ZEROFILL`, which brings UNSIGNED along, as words of the type's name. */
function readSign(cursor: Cursor): string {
  let unsigned = false;
  let zerofill = false;
  for (let word = cursor.takeAny('UNSIGNED', 'SIGNED', 'ZEROFILL'); word !== undefined; ) {
    if (word !== 'SIGNED') unsigned = true;
    if (word === 'ZEROFILL') zerofill = true;
    word = cursor.takeAny('UNSIGNED', 'SIGNED', 'ZEROFILL');
  }
  return `${unsigned ? ' unsigned' : ''}${zerofill ? ' zerofill' : ''}`;
}

/** Reads a type as it stands in a column's definition. */
export function readType(cursor: Cursor): ReadType {
  if (cursor.is('SERIAL')) {
    cursor.next();
    return { type: { name: 'bigint unsigned' }, serial: true };
  }
  const { name, national } = readName(cursor);
  if (name === 'bool' || name === 'boolean') return { type: { name: 'tinyint', args: ['1'] } };
  const given = readArgs(cursor, name === 'enum' || name === 'set');
  const args = given.length === 0 ? {} : { args: given };
  const residue: string[] = [];
  // MariaDB: `COMPRESSED[=method]`.
  if (cursor.take('COMPRESSED')) residue.push(cursor.take('=') ? `COMPRESSED=${cursor.name()}` : 'COMPRESSED');
  if (NUMERIC.has(name)) return { type: { name: `${name}${readSign(cursor)}`, ...args } };
  if (name === 'char' && cursor.take('BYTE')) return { type: { name: 'binary', ...args } };
  if (!TEXTUAL.has(name)) return { type: { name, ...args }, ...(residue.length === 0 ? {} : { residue }) };
  const { charset = national ? 'utf8' : undefined, collation, binary } = readCharset(cursor);
  // BINARY means the binary collation of the character set: known only where that is said.
  if (binary && charset === undefined) residue.unshift('BINARY');
  const collated = collation ?? (binary && charset !== undefined ? `${charset}_bin` : undefined);
  return {
    type: { name, ...args },
    ...(charset === undefined ? {} : { charset }),
    ...(collated === undefined ? {} : { collation: collated }),
    ...(residue.length === 0 ? {} : { residue }),
  };
}
