import { type Token, tokenName } from '../../base/lex.ts';
import type { Cursor } from '../../base/read/cursor.ts';
import type { DdlName } from '../../base/read/ddl.ts';

/** The name that a token means. */
export function localName(token: Token): string {
  return tokenName(token, 'sqlite');
}

/** A name that may say its database. */
export interface PlacedName {
  readonly name: DdlName;
  /** It is in the database of temporary objects. */
  readonly temporary: boolean;
}

/** `name`, `main.name`, `temp.name` or the name of an attached database before the dot. */
export function readPlacedName(cursor: Cursor): PlacedName {
  const name = cursor.qualified();
  const database = name.schema?.toLowerCase();
  if (database === undefined || database === 'main') return { name: { name: name.name }, temporary: false };
  return database === 'temp' ? { name: { name: name.name }, temporary: true } : { name, temporary: false };
}
