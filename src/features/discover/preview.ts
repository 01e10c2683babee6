import type { Budget } from '#engine/budget.ts';
import { verdictOf } from '#engine/normalize/judge-table.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { randomIds } from '#lib/ids.ts';
import { recordIn } from '#model/collections.ts';
import { runCommands } from '#model/commands/run.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document } from '#model/types.ts';
import type { Addition } from './addition.ts';

/** Tables of more columns are judged when they are in the document, away from the screen's own work. */
export const MOST_COLUMNS = 60;

/** What would come of an addition: why it cannot be done, or the normal form of one of its tables. */
export interface Preview {
  readonly problem?: string;
  readonly verdict?: Verdict;
  /** `zip → city`: the dependency that keeps the table from the next form. */
  readonly breach?: string;
}

/** Tries an addition without doing it. @param file whose table is judged. */
export function previewOf(document: Document, addition: Addition, file: number, budget: Budget): Preview {
  const ran = runCommands(document, addition.calls, randomIds(Math.random));
  if (!ran.ok) return { problem: ran.problem.message };
  const next = ran.value.document;
  const table = recordIn(next, 'tables', addition.tables[file] ?? '');
  if (table === undefined || table.columns.length > MOST_COLUMNS) return {};
  const verdict = verdictOf(next, table, budget);
  const [violation] = verdict.violations;
  if (violation === undefined) return { verdict };
  const names = (ids: readonly string[]) => ids.map((id) => columnOf(next, table, id)?.name ?? '?').join(', ');
  return { verdict, breach: `${names(violation.determinant)} → ${names(violation.dependent)}` };
}
