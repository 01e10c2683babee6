import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlName, DdlType } from '../../base/read/ddl.ts';

/** Types that SQL Server has by itself, by the name its catalog gives them. */
export const MSSQL_TYPES: ReadonlySet<string> = new Set(
  (
    'bigint binary bit char cursor date datetime datetime2 datetimeoffset decimal float geography geometry hierarchyid image int ' +
    'json money nchar ntext numeric nvarchar real rowversion smalldatetime smallint smallmoney sql_variant sysname text time ' +
    'tinyint uniqueidentifier varbinary varchar vector xml'
  ).split(' '),
);

/** Other names of the same types. `timestamp` is the old name of `rowversion`: it holds no time. */
const SYNONYMS: Readonly<Record<string, string>> = {
  character: 'char',
  dec: 'decimal',
  integer: 'int',
  timestamp: 'rowversion',
  'char varying': 'varchar',
  'character varying': 'varchar',
  'binary varying': 'varbinary',
  'double precision': 'float',
  'national char': 'nchar',
  'national character': 'nchar',
  'national char varying': 'nvarchar',
  'national character varying': 'nvarchar',
  'national text': 'ntext',
};

/** Words that stand after the first one of a type's name. */
function longName(cursor: Cursor, first: string): string {
  let name = first;
  if (name === 'national') {
    const next = cursor.takeAny('CHAR', 'CHARACTER', 'TEXT');
    if (next !== undefined) name += ` ${next.toLowerCase()}`;
  }
  if (/(?:^|\s)(?:char|character|binary)$/.test(name) && cursor.take('VARYING')) name += ' varying';
  if (name === 'double' && cursor.take('PRECISION')) name += ' precision';
  return name;
}

/** The name of a type by itself, for {@link readType} and for types that a name alone stands for. */
function typeOfName(name: DdlName, args: readonly string[]): DdlType {
  const lower = name.name.toLowerCase();
  const plain = Object.hasOwn(SYNONYMS, lower) ? (SYNONYMS[lower] as string) : lower;
  const held = args.length === 0 ? {} : { args };
  const own = name.schema === undefined || name.schema.toLowerCase() === 'sys';
  if (own && MSSQL_TYPES.has(plain)) return { name: plain, ...held };
  return { name: name.name, custom: true, ...(name.schema === undefined ? {} : { schema: name.schema }), ...held };
}

/** Arguments of a type: numbers, `max`, and for `xml` a collection of schemas. */
function readArgs(cursor: Cursor): string[] {
  if (!cursor.is('(')) return [];
  return cursor.list(() => {
    const text = cursor.until();
    return /^max$/i.test(text) ? 'max' : text;
  });
}

/** A type, with names in brackets or quotes, of the schema or of SQL Server itself. */
export function readType(cursor: Cursor): DdlType {
  if (!cursor.isName()) {
    cursor.fail('a type was expected');
    return { name: '' };
  }
  const { kind, text } = cursor.peek();
  if (kind !== 'word' || cursor.word(1) === '.') return typeOfName(cursor.qualified(), readArgs(cursor));
  cursor.next();
  const long = longName(cursor, text.toLowerCase());
  return typeOfName({ name: long.includes(' ') ? long : text }, readArgs(cursor));
}
