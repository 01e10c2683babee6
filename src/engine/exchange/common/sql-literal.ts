import type { Dialect } from '#model/types.ts';
import { LEXING } from '../../sql/lexing.ts';

/** A text as a string literal of a dialect, for a default that another language gives as a text. */
export function sqlLiteral(text: string, dialect: Dialect): string {
  const quoted = text.replaceAll('\0', '\ufffd').replaceAll("'", "''");
  if (LEXING[dialect].backslashes) return `'${quoted.replaceAll('\\', '\\\\')}'`;
  return dialect === 'postgresql' && quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

/** A truth value as the dialect writes it. */
export function sqlBoolean(value: boolean, dialect: Dialect): string {
  if (dialect === 'mssql' || dialect === 'oracle') return value ? '1' : '0';
  return value ? 'true' : 'false';
}
