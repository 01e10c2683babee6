import type { Dialect } from '#model/types.ts';
import { lexSql } from '../../dialects/base/lex.ts';

/** How much white space and comments a statement begins with. */
export function skippedSpace(sql: string, dialect: Dialect): number {
  const { tokens } = lexSql(sql, dialect);
  return tokens[0]?.start ?? sql.length;
}
