import type { Dialect } from '#model/types.ts';
import type { Grammar } from './base/read/grammar.ts';
import { SQLITE_GRAMMAR } from './sqlite/read/grammar.ts';

/** The dialects that are read by grammars of our own. PostgreSQL is read by its server's. */
export const GRAMMARS: Partial<Readonly<Record<Dialect, Grammar>>> = { sqlite: SQLITE_GRAMMAR };
