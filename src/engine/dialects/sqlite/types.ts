import { lexSql, tokenName } from '../base/lex.ts';

/** A declared type as SQLite's catalog gives it: one in quotes loses them. */
export function unquotedType(type: string): string {
  if (!/^["'`[]/.test(type)) return type;
  const { tokens } = lexSql(type, 'sqlite');
  const [only] = tokens;
  return tokens.length === 1 && only !== undefined ? tokenName(only, 'sqlite') : type;
}

/**
 * What a column of a declared type does with values, and the type that `CREATE TABLE ... AS` declares for it
 * (https://sqlite.org/datatype3.html#determination_of_column_affinity).
 */
export function affinityType(declared: string): 'INT' | 'TEXT' | '' | 'REAL' | 'NUM' {
  const type = declared.toUpperCase();
  if (type.includes('INT')) return 'INT';
  if (/CHAR|CLOB|TEXT/.test(type)) return 'TEXT';
  if (type === '' || type.includes('BLOB')) return '';
  return /REAL|FLOA|DOUB/.test(type) ? 'REAL' : 'NUM';
}
