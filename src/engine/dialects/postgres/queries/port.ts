import type { PgParser } from '../../../sql/parser-port.ts';
import { nestsDeeper } from '../../../workload/depth.ts';
import type { QueryPort } from '../../../workload/resolving.ts';
import type { Parsed } from '../../../workload/tree.ts';
import { sourceOf } from '../expressions/source.ts';
import { expressionOf, statementOf } from './statements.ts';

/** Levels of a parse tree, some three for each operator of an expression, below what exhausts the stack. */
const MAX_LEVELS = 3000;

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
  if (nestsDeeper(source.tree, MAX_LEVELS))
    return { ok: false, message: 'The statement is nested too deep to be looked at.', at: { start: 0, end: sql.length } };
  return { ok: true, statement: statementOf(source) };
}

/** PostgreSQL's statements, read by its own grammar. */
export function postgresQueries(parser: PgParser): QueryPort {
  return {
    parse: (sql) => parse(parser, sql),
    expression: (sql) => {
      const source = sourceOf(parser, `${BEFORE}${sql}\n)`);
      return source === undefined || nestsDeeper(source.tree, MAX_LEVELS) ? undefined : expressionOf(source);
    },
  };
}
