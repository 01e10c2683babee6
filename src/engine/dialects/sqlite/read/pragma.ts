import type { Cursor } from '../../base/read/cursor.ts';
import type { Ddl } from '../../base/read/ddl.ts';

/** Settings that the database file itself keeps: what an application's schema version or a file's layout is. */
const KEPT = new Set(['user_version', 'application_id', 'auto_vacuum', 'page_size', 'encoding', 'journal_mode']);

/** Settings that change what later definitions mean, and touch no file. */
const OBEYED = new Set(['legacy_alter_table', 'foreign_keys', 'user_version', 'application_id']);

export interface Pragma {
  readonly name: string;
  /** As written; absent when the setting is only asked for. */
  readonly value?: string;
}

/** `PRAGMA name = value`, `PRAGMA name(value)`, `PRAGMA name` (https://sqlite.org/pragma.html). */
export function pragmaOf(cursor: Cursor): Pragma {
  cursor.expect('PRAGMA');
  const { name } = cursor.qualified();
  const key = name.toLowerCase();
  if (cursor.take('=')) return { name: key, value: cursor.rest() };
  return cursor.is('(') ? { name: key, value: cursor.bracketed() } : { name: key };
}

/** Whether a setting is made where definitions are executed. Its value is one plain word or number. */
export function isObeyed({ name, value }: Pragma): boolean {
  return value !== undefined && OBEYED.has(name) && /^[+-]?\w+$/.test(value);
}

/** What a model makes of a setting: kept as text when the file keeps it, else nothing. */
export function readPragma(cursor: Cursor): Ddl {
  const { name, value } = pragmaOf(cursor);
  cursor.rest();
  if (value !== undefined && KEPT.has(name)) return { kind: 'keep', words: 'PRAGMA', first: true };
  return { kind: 'skip', reason: value === undefined ? 'it asks for a setting' : 'a setting of the connection' };
}
