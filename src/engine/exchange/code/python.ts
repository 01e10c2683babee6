import type { Column } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { pythonString } from '../common/escape.ts';
import { snakeCase } from '../common/names.ts';
import { isCounted } from '../common/portable.ts';
import { ownsSequence, type PlannedTable } from './plan.ts';

/** Words of Python that are no names. */
export const PYTHON_WORDS: ReadonlySet<string> = new Set(
  'false none true and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type print self cls'.split(
    ' ',
  ),
);

/** A column's name as a field: no word of Python, and without what Django reads something into (`__`, `_` at an end). */
export const pythonField = (name: string): string => snakeCase(name);

/** Arguments of a call. */
export const call = (name: string, args: readonly (string | undefined)[]): string =>
  `${name}(${args.filter((arg) => arg !== undefined).join(', ')})`;

export const keyword = (key: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${key}=${value}`;

export const listOf = (texts: readonly string[]): string => `[${texts.map(pythonString).join(', ')}]`;

/** A text as a docstring of one or more lines. */
export function docstring(text: string | undefined, indent: string): string {
  return text === undefined || text.trim() === '' ? '' : `${indent}${pythonString(text.trim())}\n`;
}

/** Whether the database counts a column by itself. */
export function counts(document: Document, { table }: PlannedTable, column: Column): boolean {
  return isCounted(column) || (ownsSequence(document, table, column) && column.default?.sql.includes('nextval') === true);
}
