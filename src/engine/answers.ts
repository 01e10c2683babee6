import type { Dependent, QueryFunctions, SqlKind, SqlProblem } from './queries.ts';
import { dependentsOf, renameCalls } from './sql/expressions.ts';
import type { PgParser } from './sql/parser-port.ts';
import { planText, type TextContext, textProblems } from './sql/typed/plan-text.ts';
import { refInWords } from './sql/typed/words.ts';

const BEFORE = 'SELECT (';

/** What is wrong with a piece of SQL, at its place in that piece. */
function checkSql(parser: PgParser, sql: string, kind: SqlKind): SqlProblem | undefined {
  if (sql.trim() === '') return undefined;
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

/** The answers to questions about one document. */
export function answersOf(context: TextContext): QueryFunctions {
  const { document, parser } = context;
  return {
    rename: ({ ref, name }) => {
      const renaming = renameCalls(document, parser, ref, name);
      return renaming.ok ? { ok: true, value: renaming.value.calls } : renaming;
    },
    dependents: ({ refs }) => {
      const found = new Map<string, Dependent>();
      for (const ref of refs) {
        for (const one of dependentsOf(document, parser, ref)) {
          found.set(`${one.ref.record}\n${one.ref.part ?? ''}`, { ref: one.ref, label: refInWords(document, one.ref) });
        }
      }
      return [...found.values()];
    },
    check: ({ sql, kind }) => checkSql(parser, sql, kind),
    parse: ({ text }) => textProblems(text, parser),
    text: (typed) => planText(context, typed),
  };
}
