import type { Cursor, SyntaxProblem } from './cursor.ts';
import type { Ddl } from './ddl.ts';

/** What a dialect's grammar makes of a statement. */
export type Read =
  /** Several when one statement does several things: `RENAME TABLE a TO b, c TO d`. */
  { readonly ok: true; readonly ddl: readonly Ddl[] } | { readonly ok: false; readonly problem: SyntaxProblem };

/** How the statements of a dialect are read. */
export interface Grammar {
  /** Never throws. What it has no rule for is `keep`, what is for no model `skip`. */
  read(cursor: Cursor): Read;
  /** What stands between statements, without comments that programs write by themselves. */
  gap?(text: string): string;
}
