import type { PgParser } from '../../../sql/parser-port.ts';
import type { QueryPort } from '../../../workload/resolving.ts';
import type { Parsed } from '../../../workload/tree.ts';
import { sourceOf } from '../expressions/source.ts';
import { expressionOf, statementOf } from './statements.ts';

const BEFORE = 'SELECT (';

function parse(parser: PgParser, sql: string): Parsed {
  const source = sourceOf(parser, sql);
  if (source === undefined) {
    const parsed = parser.parse(sql);
    const [message, position] = parsed.ok ? ['it cannot be read', 0] : [parsed.message, parsed.position];
    const token = parser.scan(sql).find((one) => one.start >= position);
    return { ok: false, message, at: { start: position, end: token?.end ?? Math.min(sql.length, position + 1) } };
  }
  const second = source.tree.stmts[1];
  if (second !== undefined) {
    const start = second.stmt_location ?? 0;
    return { ok: false, message: 'Only one statement belongs here.', at: { start, end: sql.length } };
  }
  return { ok: true, statement: statementOf(source) };
}

/** PostgreSQL's statements, read by its own grammar. */
export function postgresQueries(parser: PgParser): QueryPort {
  return {
    parse: (sql) => parse(parser, sql),
    expression: (sql) => {
      const source = sourceOf(parser, `${BEFORE}${sql}\n)`);
      return source === undefined ? undefined : expressionOf(source);
    },
  };
}
