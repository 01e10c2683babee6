import type { PgParser } from '../../../sql/parser-port.ts';
import type { QueryPort } from '../../../workload/resolving.ts';
import type { Parsed } from '../../../workload/tree.ts';
import { type Source, sourceOf } from '../expressions/source.ts';
import { expressionOf, statementOf } from './statements.ts';

const BEFORE = 'SELECT (';

/** `interval $1`, `date $1`: as which pg_stat_statements shows a literal with a type, and which is no SQL. */
const TYPED_PARAMETER = /\b(?:interval|date|time|timestamp|timestamptz)(?=\s+\$\d)/gi;

function parsedSource(parser: PgParser, sql: string): Source | undefined {
  const found = sourceOf(parser, sql);
  if (found !== undefined || !/\$\d/.test(sql)) return found;
  return sourceOf(
    parser,
    sql.replace(TYPED_PARAMETER, (word) => ' '.repeat(word.length)),
  );
}

function parse(parser: PgParser, sql: string): Parsed {
  const source = parsedSource(parser, sql);
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
