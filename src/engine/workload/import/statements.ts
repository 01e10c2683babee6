import type { Dialect } from '#model/types.ts';
import { lexSql } from '../../dialects/base/lex.ts';
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

/** The statements of SQL text, each once for each time that it stands there. */
export function readStatements(text: string, dialect: Dialect, kind: 'typed' | 'file'): Entries {
  const entries: Entry[] = [];
  let gap = '';
  for (const span of splitSql(text, dialect)) {
    if (span.kind === 'gap') gap += text.slice(span.start, span.end);
    if (span.kind === 'statement' || span.kind === 'data') {
      const whole = statementText(text, span);
      const lead = skippedSpace(whole, dialect);
      const sql = whole.slice(lead).trimEnd();
      const name = titleIn(gap + whole.slice(0, lead), dialect, entries.length === 0);
      const line = span.line + (whole.slice(0, lead).match(/\n/g)?.length ?? 0);
      const column = span.start + lead - text.lastIndexOf('\n', span.start + lead - 1);
      if (sql !== '') entries.push({ sql, line, column, calls: 1, ...(name === undefined ? {} : { name }) });
      gap = '';
    }
  }
  return { kind, entries, refused: [] };
}
