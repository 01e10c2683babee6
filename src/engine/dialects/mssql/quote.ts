import { enclosed, plainLiteral, textProblem } from '../base/quoting.ts';

/** Everything that turns a name or a text into T-SQL source. No other module of this dialect builds quoted text. */

/** Longest name SQL Server keeps (`sysname`), in UTF-16 code units. */
export const NAME_LENGTH = 128;

/** Why SQL Server can have no object of this name; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  const problem = textProblem(name, 'name', 'SQL Server');
  if (problem !== undefined || name.length <= NAME_LENGTH) return problem;
  return `The name has ${name.length} characters; SQL Server takes ${NAME_LENGTH} at most. Shorten it.`;
}

/** A name in brackets, as SQL Server's own tools script it: right for every name and every setting of QUOTED_IDENTIFIER. */
export function quoteIdent(name: string): string {
  return enclosed(name, '[', ']');
}

/** A text as a Unicode literal. */
export function quoteText(text: string): string {
  return `N${plainLiteral(text)}`;
}
