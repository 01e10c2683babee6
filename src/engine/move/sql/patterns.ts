import type { Printer } from './print.ts';
import type { Expr } from './tree.ts';

type Like = Expr & { is: 'like' };

function regular(printer: Printer, { op, not, of, pattern }: Like): string {
  const { to } = printer;
  if (pattern.is !== 'string') return printer.fail('a regular expression that is no literal');
  const caseless = op === 'iregexp' || (op === 'regexp' && (printer.from === 'mysql' || printer.from === 'mariadb'));
  printer.notes.add('Regular expressions differ between products in their finer points.');
  const value = printer.value(of, 6);
  const said = printer.value(pattern);
  if (to === 'postgresql') return `${value} ${not ? '!' : ''}~${caseless ? '*' : ''} ${said}`;
  if (to === 'oracle') return `${not ? 'NOT ' : ''}REGEXP_LIKE(${value}, ${said}, '${caseless ? 'i' : 'c'}')`;
  if (to === 'mariadb' || to === 'mysql') {
    // Both libraries (PCRE, ICU) take the flag inside; REGEXP_LIKE is MySQL's alone.
    const flagged = printer.value({ is: 'string', value: `(?${caseless ? '' : '-'}i)${pattern.value}` });
    return `${value} ${not ? 'NOT ' : ''}REGEXP ${flagged}`;
  }
  return printer.fail('regular expressions');
}

/** In PostgreSQL and MySQL a backslash escapes in a pattern unless told otherwise. */
function escapes(dialect: Printer['to']): boolean {
  return dialect === 'postgresql' || dialect === 'mysql' || dialect === 'mariadb';
}

/** LIKE and its relatives, with what differs in escapes and case. */
export function printPattern(printer: Printer, expr: Like): string {
  const { op, not, of, pattern, escape: escaped } = expr;
  if (op === 'regexp' || op === 'iregexp') return regular(printer, expr);
  if (op === 'similar' || op === 'glob') return printer.fail(op === 'glob' ? 'GLOB' : 'SIMILAR TO');
  const text = pattern.is === 'string' ? pattern.value : '';
  if ((printer.from === 'mssql') !== (printer.to === 'mssql') && text.includes('['))
    return printer.fail('brackets in a pattern of LIKE');
  if (!escapes(printer.from) && escapes(printer.to) && text.includes('\\') && escaped === undefined)
    return printer.fail('a backslash in a pattern of LIKE');
  const needsEscape = escapes(printer.from) && !escapes(printer.to) && text.includes('\\') && escaped === undefined;
  const tail = needsEscape ? " ESCAPE '\\'" : escaped === undefined ? '' : ` ESCAPE ${printer.value(escaped)}`;
  const lower = op === 'ilike' && printer.to !== 'postgresql';
  const [left, right] = lower
    ? [`LOWER(${printer.value(of)})`, `LOWER(${printer.value(pattern)})`]
    : [printer.value(of, 6), printer.value(pattern, 6)];
  if (op === 'like')
    printer.notes.add('Whether LIKE regards case follows the target: its collation, in SQLite never for ASCII letters.');
  return `${left} ${not ? 'NOT ' : ''}${op === 'ilike' && !lower ? 'ILIKE' : 'LIKE'} ${right}${tail}`;
}

/** `IS JSON`, which others say by a function of texts. */
export function jsonTest(printer: Printer, of: Expr, not: boolean): string {
  const { to, version } = printer;
  const value = printer.value(of, 6);
  if (to === 'oracle' || (to === 'postgresql' && version >= 16)) return `${value} IS ${not ? 'NOT ' : ''}JSON`;
  if (printer.kind(of) !== 'text' || to === 'postgresql') return printer.fail('IS JSON');
  if (to === 'mssql') return `ISJSON(${value}) = ${not ? 0 : 1}`;
  return `${not ? 'NOT ' : ''}json_valid(${value})`;
}
