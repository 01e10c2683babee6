/** What is wrong with a piece of SQL, in the parser's words. */
export interface ExpressionProblem {
  readonly message: string;
  /** UTF-16 offset in the text given. */
  readonly position: number;
}

/** What a piece of SQL should be: a scalar expression (checks, defaults, predicates), a query, or one whole statement. */
export type ExpressionKind = 'expression' | 'query' | 'statement';

export type ExpressionChecker = (sql: string, kind: ExpressionKind) => Promise<ExpressionProblem | undefined>;

let checker: ExpressionChecker | undefined;

/** Called once at start-up by whoever holds a parser. Until then nothing is checked. */
export function provideExpressionChecker(given: ExpressionChecker): void {
  checker = given;
}

/** Asks the parser about a piece of SQL. Undefined = it is fine, empty, or nobody can tell. */
export async function checkExpression(sql: string, kind: ExpressionKind = 'expression'): Promise<ExpressionProblem | undefined> {
  return sql.trim() === '' ? undefined : await checker?.(sql, kind);
}
