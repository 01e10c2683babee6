import type { Dialect } from '#model/types.ts';
import type { Grammar } from './base/read/grammar.ts';

/** The dialects that are read by grammars of our own. PostgreSQL is read by its server's. */
export const GRAMMARS: Partial<Readonly<Record<Dialect, Grammar>>> = {};
