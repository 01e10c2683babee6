import type { LanguageProblem, SqlLanguage } from '../../sql/language.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { withHint } from '../base/hints.ts';
import { definePostgres } from './define.ts';
import { ident } from './quote.ts';
import { PostgresReader } from './read/reader.ts';

const BEFORE = 'SELECT (';

/** What is wrong with a piece of SQL, at its place in that piece. */
function check(parser: PgParser, sql: string, kind: 'expression' | 'query' | 'statement'): LanguageProblem | undefined {
  const lead = kind === 'expression' ? BEFORE : '';
  // On a line of its own, so that a comment at the end does not swallow the bracket.
  const parsed = parser.parse(kind === 'expression' ? `${lead}${sql}\n)` : sql);
  if (!parsed.ok) return { message: parsed.message, position: Math.min(sql.length, Math.max(0, parsed.position - lead.length)) };
  if (parsed.tree.stmts.length > 1) {
    const second = parsed.tree.stmts[1]?.stmt_location ?? 0;
    return { message: 'Only one statement belongs here.', position: Math.max(0, second - lead.length) };
  }
  return undefined;
}

/** PostgreSQL, by its own grammar. */
export function postgresLanguage(parser: PgParser): SqlLanguage {
  return {
    dialect: 'postgresql',
    parser,
    reader: (base, ids) => new PostgresReader(base, parser, ids),
    define: (sql) => {
      const { definition, problem } = definePostgres(parser, sql);
      if (problem !== undefined) return { problem: withHint(sql, 'postgresql', problem) };
      return definition === undefined ? {} : { definition };
    },
    scan: (sql) => parser.scan(sql),
    isName: (token, name) =>
      token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') === name : token.toLowerCase() === name,
    ident,
    check: (sql, kind) => check(parser, sql, kind),
  };
}
