import type { PgParser } from '../../sql/parser-port.ts';

/** Stands where functions of PostgreSQL want its parser: no text of another dialect is ever given to it. */
export const NO_PARSER: PgParser = {
  parse: () => ({ ok: false, message: 'This is not PostgreSQL.', position: 0 }),
  scan: () => [],
};
