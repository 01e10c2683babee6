import type { Dialect } from '#model/types.ts';
import type { PgParser } from '../sql/parser-port.ts';
import type { QueryPort } from '../workload/resolving.ts';
import { expressionBySpelling, parseBySpelling } from './base/queries/statement.ts';
import { postgresQueries } from './postgres/queries/port.ts';

const NO_PARSER: QueryPort = {
  parse: (sql) => ({
    ok: false,
    message: 'PostgreSQL’s parser could not be loaded. Reload the page to try again.',
    at: { start: 0, end: sql.length },
  }),
  expression: () => undefined,
};

/** How statements of a dialect are read as queries of a workload. @param parser PostgreSQL's own. */
export function queryPort(dialect: Dialect, parser: PgParser | undefined): QueryPort {
  if (dialect === 'postgresql') return parser === undefined ? NO_PARSER : postgresQueries(parser);
  return { parse: (sql) => parseBySpelling(sql, dialect), expression: (sql) => expressionBySpelling(sql, dialect) };
}
