import type { Dialect } from '#model/types.ts';
import { lexSql } from '../../dialects/base/lex.ts';
import { quotedEnd } from '../../sql/skip.ts';
import { splitSql, statementText } from '../../sql/split.ts';
import type { Entries, Entry } from './entry.ts';
import { skippedSpace } from './space.ts';

const MAX_NAME = 60;

/** What a comment right before a statement calls it: `-- name: open_orders :many`, `-- Open orders`. */
function titleIn(gap: string, dialect: Dialect, first: boolean): string | undefined {
  const comment = lexSql(gap, dialect).comments.at(-1);
  if (comment === undefined || /\n\s*\n/.test(gap.slice(comment.end))) return undefined;
  // What stands behind the statement before is about that one.
  if (!first && !gap.slice(0, comment.start).includes('\n')) return undefined;
  const text = gap
    .slice(comment.start, comment.end)
    .replace(/^(?:--+|#+|\/\*+)\s*/, '')
    .replace(/\s*\*+\/$/, '')
    .trim();
  const name = text.replace(/^name:\s*/i, '').replace(/\s+:(?:one|many|exec\w*|batch\w*|copyfrom)$/i, '');
  return name === '' || name.length > MAX_NAME || /[\n;]/.test(name) || /^[-=*]+$/.test(name) ? undefined : name;
}

/** `#{name}`, `#{item.id,jdbcType=BIGINT}` (MyBatis) and `${name}`: to MySQL the first would begin a comment. */
const BRACED = /[#$]\{([A-Za-z_][\w.]{0,99})(?:,[^{}\n]{0,200})?\}/g;

/** Parameters in braces as `:name`, in the same room, so that places stay what they are. */
function withoutBraces(text: string): string {
  return text.replaceAll(BRACED, (all, name: string) => `:${name.replaceAll('.', '_')}`.padEnd(all.length));
}

/** SQL Server's drivers send `exec sp_executesql N'the statement', N'@p0 int', @p0 = 5`. */
const EXECUTED = /^exec(?:ute)?\s+(?:sys\.)?\[?sp_executesql\]?\s+(?:@stmt(?:ement)?\s*=\s*)?(N?')/i;

/** The statement that is executed, and where it begins. */
function executed(sql: string): { readonly sql: string; readonly at: number } {
  const found = EXECUTED.exec(sql);
  if (found === null) return { sql, at: 0 };
  const at = found[0].length;
  const end = quotedEnd(sql, at - 1, "'", false);
  return { sql: sql.slice(at, end < 0 ? undefined : end - 1).replaceAll("''", "'"), at };
}

/** A COPY without the rows that follow it. */
function withoutRows(sql: string): string {
  const end = sql.indexOf(';');
  return /^copy\b/i.test(sql) && end >= 0 ? sql.slice(0, end) : sql;
}

/** The statements of SQL text, each once for each time that it stands there. */
export function readStatements(given: string, dialect: Dialect, kind: 'typed' | 'file'): Entries {
  const entries: Entry[] = [];
  const text = withoutBraces(given);
  let gap = '';
  for (const span of splitSql(text, dialect)) {
    if (span.kind === 'gap') gap += text.slice(span.start, span.end);
    if (span.kind === 'statement' || span.kind === 'data') {
      const whole = statementText(text, span);
      const lead = skippedSpace(whole, dialect);
      const said = span.kind === 'data' ? withoutRows(whole.slice(lead)) : whole.slice(lead);
      const inner = executed(said);
      const sql = inner.sql.trim();
      const name = titleIn(gap + whole.slice(0, lead), dialect, entries.length === 0);
      const from = lead + inner.at + (inner.sql.length - inner.sql.trimStart().length);
      const line = span.line + (whole.slice(0, from).match(/\n/g)?.length ?? 0);
      const column = span.start + from - text.lastIndexOf('\n', span.start + from - 1);
      if (sql !== '') entries.push({ sql, line, column, calls: 1, ...(name === undefined ? {} : { name }) });
      gap = '';
    }
  }
  return { kind, entries, refused: [] };
}
