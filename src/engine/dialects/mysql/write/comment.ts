import type { Id } from '#model/types.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { commentLiteral, commentProblem } from '../quote.ts';

/** Characters that comments take at most (MySQL Reference Manual, CREATE TABLE). */
const LIMITS = { table: 2048, part: 1024 } as const;

/** `COMMENT '...'` of a part, `COMMENT='...'` of a table, with a space before it; nothing when there is none. */
export function commentClause(scope: KitScope, comment: string | undefined, part?: Id): string {
  if (comment === undefined) return '';
  const problem = commentProblem(comment, part === undefined ? LIMITS.table : LIMITS.part);
  if (problem !== undefined) scope.note({ feature: 'comment', message: problem, ...(part === undefined ? {} : { part }) });
  return part === undefined ? ` COMMENT=${commentLiteral(comment)}` : ` COMMENT ${commentLiteral(comment)}`;
}
