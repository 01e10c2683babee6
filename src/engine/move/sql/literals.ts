import type { ColumnType } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';
import type { Expr } from './tree.ts';

/** A string literal of the target. */
export function literalFor(value: string, dialect: Dialect): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  if (dialect === 'mysql' || dialect === 'mariadb') return quoted.replaceAll('\\', '\\\\');
  if (dialect === 'postgresql') return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
  // Letters beyond the code page of the database would become question marks.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII is what matters
  return dialect === 'mssql' && /[^\x00-\x7f]/.test(value) ? `N${quoted}` : quoted;
}

/** What a literal means where a boolean is expected. */
export function truthOf(expr: Expr & ({ is: 'number' } | { is: 'string' })): boolean | undefined {
  const text = (expr.is === 'number' ? expr.text : expr.value).toLowerCase();
  if (['1', 't', 'true', 'y', 'yes', 'on'].includes(text)) return true;
  return ['0', 'f', 'false', 'n', 'no', 'off', '\0', ''].includes(text) ? false : undefined;
}

/** The type as a cast of the target may name it. */
export function typeText(type: ColumnType): string {
  if (type.kind !== 'builtin') return type.kind === 'other' ? type.name : '';
  const [first, ...rest] = type.name.split(' ');
  const args = type.args === undefined || type.args.length === 0 ? '' : `(${type.args.join(', ')})`;
  return [`${first}${args}`, ...rest].join(' ') + '[]'.repeat(type.dims ?? 0);
}
